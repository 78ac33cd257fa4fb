"""Side effects of the whole ward, and the infusions among which they are counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.messages import Record, Text
from ivigdesk.store.driver import Database
from ivigdesk.store.records import codec, patients
from ivigdesk.store.records.infusions import SIDE_EFFECTS
from ivigdesk.store.records.questions import ask, ask_one, listed
from ivigdesk.store.records.search import find_words
from ivigdesk.store.records.standing import DOSES_IN_ALL, NEWEST, PRODUCT_ID, VIAL_IS_CURRENT


class EffectFilter(Record, frozen=True):
    """Which infusions are looked at, and which side effects of them; what is empty lets everything through.

    Attributes:
        patient_text: words of name, pinyin, initials, record number or bed; all must occur.
        product_id: of a vial that was hung; of the plan, where no vial is recorded.
        lots: spellings of a lot, of which a vial was hung.
        regimen_id: of the course.
        first, last: days on which the infusion was started, both included; None for no end.
        least_grade: of the side effects; it narrows no infusions.
        patient_id: whose; None for everybody's.
    """

    patient_text: str = ""
    product_id: str = ""
    lots: tuple[str, ...] | None = None
    regimen_id: str = ""
    first: date | None = None
    last: date | None = None
    least_grade: int = 1
    patient_id: UUID | None = None


class EffectRow(Record, frozen=True):
    """One side effect with the dose at which it was recorded.

    Attributes:
        patient, course_id, number, doses_in_all: whose dose, which one, and of how many that are not left out.
        day: on which the infusion was started; of a dose that was not, the day that it is planned for.
        product_title: what the dose was planned to be given from.
        product_ids, lots: on the vials that were hung, each once, in the order in which they were recorded.
        effect: what was recorded, as it is now.
        is_given: whether an infusion was begun and was not “not given”: only then is it one of those counted.
    """

    patient: Patient
    course_id: UUID
    number: int
    doses_in_all: int
    day: date
    product_id: str
    product_title: Text
    product_ids: tuple[str, ...]
    lots: tuple[str, ...]
    effect: SideEffect
    is_given: bool


_DAY = "date(infusions.started_at_utc, infusions.started_at_offset_minutes || ' minutes')"
_GIVEN = """
NOT EXISTS (SELECT 1 FROM infusion_ends AS ended WHERE ended.infusion_id = infusions.id
    AND ended.outcome = 'not given'
    AND NOT EXISTS (SELECT 1 FROM infusion_ends AS later WHERE later.replaces = ended.id))
"""


def effect_rows(db: Database, wanted: EffectFilter) -> tuple[EffectRow, ...]:
    """Return the current side effects, the latest onset first; none of a dose entered in error."""
    # CROSS JOIN begins with the side effects, of which there are few, and not with the doses of every revision.
    conditions, parameters = _conditions(wanted, day=f"coalesce({_DAY}, planned.due_on)")
    rows = ask(
        db,
        f"""
        SELECT side_effects.*, doses.number, doses.course_id, courses.patient_id, {DOSES_IN_ALL} AS in_all,
            coalesce({_DAY}, planned.due_on) AS day, infusions.id AS infusion_id,
            infusions.id IS NOT NULL AND {_GIVEN} AS is_given, {PRODUCT_ID} AS product_id,
            json_extract(coalesce(planned.product, courses.product), '$.short_title') AS product_title
        FROM side_effects
        CROSS JOIN doses ON doses.id = side_effects.dose_id
        JOIN courses ON courses.id = doses.course_id
        JOIN revision_doses AS planned ON {NEWEST}
        LEFT JOIN infusions ON infusions.dose_id = doses.id
        WHERE side_effects.grade >= :least_grade
            AND NOT EXISTS (SELECT 1 FROM side_effects AS later WHERE later.replaces = side_effects.id)
            AND {conditions}
        ORDER BY onset_at_utc DESC, side_effects.entry DESC, side_effects.id
        """,  # noqa: S608
        parameters | {"least_grade": wanted.least_grade},
    )
    people = patients.patients_by_ids(db, {UUID(row["patient_id"]) for row in rows})
    hung = _hung(db, (row["infusion_id"] for row in rows if row["infusion_id"]))
    return tuple(
        EffectRow(
            patient=people[UUID(row["patient_id"])],
            course_id=UUID(row["course_id"]),
            number=row["number"],
            doses_in_all=row["in_all"],
            day=date.fromisoformat(row["day"]),
            product_id=row["product_id"],
            product_title=codec.decode(row["product_title"], Text),
            product_ids=tuple(dict.fromkeys(product for product, _ in hung[row["infusion_id"]])),
            lots=tuple(dict.fromkeys(lot for _, lot in hung[row["infusion_id"]])),
            effect=SIDE_EFFECTS.from_row(row),
            is_given=bool(row["is_given"]),
        )
        for row in rows
    )


def infusions_by_month(db: Database, wanted: EffectFilter) -> tuple[tuple[date, int], ...]:
    """Return the number of infusions that were begun in each month that has any, as its first day, ascending.

    Those that were “not given”, and those of a dose entered in error, are left out: nothing ran into anybody.
    """
    conditions, parameters = _conditions(wanted, day=_DAY)
    middle = datetime.min.time()
    if wanted.first is not None:  # any offset of the wall time; the day itself is among the conditions
        conditions += " AND infusions.started_at_utc >= :begun_from"
        begun_from = date.fromordinal(max(1, wanted.first.toordinal() - 1))
        parameters["begun_from"] = datetime.combine(begun_from, middle).isoformat()
    if wanted.last is not None:
        conditions += " AND infusions.started_at_utc <= :begun_until"
        begun_until = date.fromordinal(min(date.max.toordinal(), wanted.last.toordinal() + 2))
        parameters["begun_until"] = datetime.combine(begun_until, middle).isoformat()
    rows = ask(
        db,
        f"""
        SELECT strftime('%Y-%m-01', {_DAY}) AS month, count(*) AS infusions
        FROM infusions
        JOIN doses ON doses.id = infusions.dose_id
        JOIN courses ON courses.id = doses.course_id
        JOIN revision_doses AS planned ON {NEWEST}
        WHERE {_GIVEN} AND {conditions}
        GROUP BY month ORDER BY month
        """,  # noqa: S608
        parameters,
    )
    return tuple((date.fromisoformat(row["month"]), row["infusions"]) for row in rows)


def regimens_and_products(db: Database) -> tuple[tuple[tuple[str, Text], ...], tuple[tuple[str, Text], ...]]:
    """Return id and title of the regimens, and of the products, that the ward's courses are made from, by id.

    Where copies differ in their title, the newest course's is returned.
    """

    def of(column: str, title: str) -> tuple[tuple[str, Text], ...]:
        rows = ask(
            db,
            f"""
            SELECT json_extract({column}, '$.id') AS id, json_extract({column}, '$.{title}') AS title, max(at_utc)
            FROM courses GROUP BY 1 ORDER BY 1
            """,  # noqa: S608
        )
        return tuple((row["id"], codec.decode(row["title"], Text)) for row in rows)

    return of("regimen", "title"), of("product", "short_title")


def dose_of_side_effect(db: Database, effect_id: UUID) -> UUID | None:
    """Return the dose of a side effect, current or corrected since; None for one that is not known."""
    row = ask_one(db, "SELECT dose_id FROM side_effects WHERE id = ?", [str(effect_id)])
    return None if row is None else UUID(row["dose_id"])


def _conditions(wanted: EffectFilter, *, day: str) -> tuple[str, dict[str, Any]]:
    """Return what the joined rows must fulfil, with the parameters; `day` is how SQL writes the day of a row."""
    conditions, parameters = ["planned.is_error = 0"], dict[str, Any]()
    if wanted.patient_id is not None:
        conditions.append("courses.patient_id = :patient")
        parameters["patient"] = str(wanted.patient_id)
    for index, word in enumerate(find_words(wanted.patient_text)):
        conditions.append(
            f"courses.patient_id IN (SELECT id FROM patient_search WHERE words LIKE :word{index} ESCAPE '\\')"  # noqa: S608
        )
        parameters[f"word{index}"] = word
    if wanted.regimen_id:
        conditions.append("courses.id IN (SELECT id FROM courses WHERE json_extract(regimen, '$.id') = :regimen)")
        parameters["regimen"] = wanted.regimen_id
    hung = f"infusions.id IN (SELECT infusion_id FROM vials WHERE {{}} AND {VIAL_IS_CURRENT})"  # noqa: S608
    if wanted.lots is not None:
        conditions.append(hung.format("lot IN (SELECT value FROM json_each(:lots))"))
        parameters["lots"] = listed(wanted.lots)
    if wanted.product_id:
        has_vials = f"EXISTS (SELECT 1 FROM vials WHERE infusion_id = infusions.id AND {VIAL_IS_CURRENT})"  # noqa: S608
        conditions.append(f"({hung.format('product_id = :product')} OR (NOT {has_vials} AND {PRODUCT_ID} = :product))")
        parameters["product"] = wanted.product_id
    for name, sign in (("first", ">="), ("last", "<=")):
        bound: date | None = getattr(wanted, name)
        if bound is not None:
            conditions.append(f"{day} {sign} :{name}")
            parameters[name] = bound.isoformat()
    return " AND ".join(conditions), parameters


def _hung(db: Database, infusion_ids: Iterable[str]) -> dict[str | None, list[tuple[str, str]]]:
    """Return product and lot of the current vials by infusion."""
    found: dict[str | None, list[tuple[str, str]]] = defaultdict(list)
    for row in ask(
        db,
        f"""
        SELECT infusion_id, product_id, lot FROM vials
        WHERE infusion_id IN (SELECT value FROM json_each(?)) AND {VIAL_IS_CURRENT} ORDER BY at_utc, entry, id
        """,  # noqa: S608
        [listed(infusion_ids)],
    ):
        found[row["infusion_id"]].append((row["product_id"], row["lot"]))
    return found
