"""The doses of a span of days, for a month of the whole ward: one question, few columns, nothing decoded twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from ivigdesk.clinical.courses.course import DoseState
from ivigdesk.clinical.infusions.infusion import Outcome
from ivigdesk.messages import Record
from ivigdesk.store.driver import Database
from ivigdesk.store.records.search import find_words


class CalendarRow(Record, frozen=True, array_like=True):
    """One dose of the revision in force, on the day on which it stands; its fields stand as the question asks for them.

    Attributes:
        dose_id: UUID.
        course_id, patient_id: as stored; each stands in many rows, and whoever needs the UUID makes it once.
        number: of the dose in its course.
        doses_in_all: highest number of a dose that is neither omitted, ceased nor entered in error: "dose 8 of 11".
        day: the day on which it was begun, else the one that it is planned for.
        due_on: the day that it is planned for.
        state, is_error: what the ward decided.
        is_started: whether its infusion was begun.
        outcome: how that ended; None while it runs, or was not begun.
        transplant_day: of `due_on`; None without a transplant date.
        planned_dose_mg: milligrams.
        duration_min: length of its rate card in minutes, as exact text.
        family_name, given_name, local_name, bed, record_number: of the patient, as known now.
        regimen_id, regimen_en, regimen_zh: of the course, with its title in both languages.
        product_id, product_en, product_zh: what it is given from, with its short title.
        is_found: whether the patient is found by the text that was asked for.
    """

    dose_id: UUID
    course_id: str
    patient_id: str
    number: int
    doses_in_all: int
    day: date
    due_on: date
    state: DoseState
    is_error: bool
    is_started: bool
    outcome: Outcome | None
    transplant_day: int | None
    planned_dose_mg: int
    duration_min: str
    family_name: str
    given_name: str
    local_name: str
    bed: str
    record_number: str
    regimen_id: str
    regimen_en: str
    regimen_zh: str
    product_id: str
    product_en: str
    product_zh: str
    is_found: bool


def calendar_rows(db: Database, first: date, last: date, text: str = "") -> tuple[CalendarRow, ...]:
    """Return the doses that stand on a day from `first` to `last`, both included, by day, bed, name and number.

    Args:
        first, last: the span.
        text: words of the patient's name, pinyin, initials, record number or bed; says which rows are found, and
            leaves none out: the load of a day does not depend on what somebody looks for.
    """
    rows = db.conn.execute(*calendar_question(first, last, text)).fetchall()
    # All rows at once, and not one by one: a month of a large ward has thousands. SQLite says 0 and 1 for no and yes.
    return msgspec.convert(rows, tuple[CalendarRow, ...], strict=False)


def calendar_question(first: date, last: date, text: str = "") -> tuple[str, dict[str, Any]]:
    """Return the question of `calendar_rows` with its parameters."""
    words = find_words(text)
    found = " AND ".join(f"patient_search.words LIKE :word{index} ESCAPE '\\'" for index in range(len(words))) or "1"
    middle = datetime.min.time()
    parameters: dict[str, Any] = {
        "first": first.isoformat(),
        "last": last.isoformat(),
        # Any offset of the wall time; which day it was there is looked at below.
        "begun_from": datetime.combine(first - timedelta(days=1), middle).isoformat(),
        "begun_until": datetime.combine(last + timedelta(days=2), middle).isoformat(),
    }
    return _QUESTION.format(found=found), parameters | {f"word{index}": word for index, word in enumerate(words)}


# Courses and people are read once each, however many of their doses fall into the span; a copy of a regimen or a
# product is taken apart inside the database, and only for its titles. What is not settled is planned or held, so
# that only settled doses are looked at to count those of a course.
_QUESTION = """
WITH near (dose_id) AS (
    SELECT dose_id FROM current_doses WHERE due_on BETWEEN :first AND :last
    UNION SELECT dose_id FROM infusions WHERE started_at_utc BETWEEN :begun_from AND :begun_until
),
standing AS MATERIALIZED (
    SELECT current_doses.dose_id, current_doses.revision_id, current_doses.course_id, current_doses.due_on,
        infusions.id AS infusion_id,
        coalesce(date(infusions.started_at_utc, infusions.started_at_offset_minutes || ' minutes'),
            current_doses.due_on) AS day
    FROM near JOIN current_doses USING (dose_id) LEFT JOIN infusions USING (dose_id)
),
course_of AS MATERIALIZED (
    SELECT courses.id, courses.patient_id,
        json_extract(courses.regimen, '$.id') AS regimen_id,
        json_extract(courses.regimen, '$.title.en') AS regimen_en,
        json_extract(courses.regimen, '$.title.zh_CN') AS regimen_zh,
        json_extract(courses.product, '$.id') AS product_id,
        json_extract(courses.product, '$.short_title.en') AS product_en,
        json_extract(courses.product, '$.short_title.zh_CN') AS product_zh,
        (SELECT max(doses.number) FROM current_doses AS every JOIN doses ON doses.id = every.dose_id
            WHERE every.course_id = courses.id AND (every.is_settled = 0 OR EXISTS (
                SELECT 1 FROM revision_doses AS dealt_with
                WHERE dealt_with.revision_id = every.revision_id AND dealt_with.dose_id = every.dose_id
                    AND dealt_with.state IN ('planned', 'held') AND dealt_with.is_error = 0))) AS in_all
    FROM courses WHERE id IN (SELECT course_id FROM standing)
),
person AS MATERIALIZED (
    SELECT current_patients.id, family_name, given_name, local_name, bed, record_number, ({found}) AS is_found
    FROM current_patients LEFT JOIN patient_search ON patient_search.id = current_patients.id
    WHERE current_patients.id IN (SELECT patient_id FROM course_of)
)
SELECT standing.dose_id, standing.course_id, person.id, doses.number, max(coalesce(in_all, 0), doses.number),
    standing.day, standing.due_on,
    planned.state, planned.is_error, standing.infusion_id IS NOT NULL,
    (SELECT outcome FROM infusion_ends AS ended WHERE ended.infusion_id = standing.infusion_id
        AND NOT EXISTS (SELECT 1 FROM infusion_ends AS later WHERE later.replaces = ended.id)),
    planned.transplant_day, planned.planned_dose_mg, json_extract(planned.rate_card, '$.duration_min'),
    family_name, given_name, local_name, bed, record_number, regimen_id, regimen_en, regimen_zh,
    coalesce(json_extract(planned.product, '$.id'), product_id),
    coalesce(json_extract(planned.product, '$.short_title.en'), product_en),
    coalesce(json_extract(planned.product, '$.short_title.zh_CN'), product_zh), is_found
FROM standing
JOIN course_of ON course_of.id = standing.course_id
JOIN person ON person.id = course_of.patient_id
JOIN doses ON doses.id = standing.dose_id
JOIN revision_doses AS planned
    ON planned.revision_id = standing.revision_id AND planned.dose_id = standing.dose_id
WHERE standing.day BETWEEN :first AND :last
ORDER BY standing.day, bed, family_name COLLATE NOCASE, given_name COLLATE NOCASE, record_number, doses.number
"""
