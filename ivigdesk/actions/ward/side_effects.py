"""The ward's side effects: which, how many, and always among how many infusions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.words import one_line
from ivigdesk.clock import today
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, Message, Record, Text, message
from ivigdesk.store import EffectFilter, EffectRow
from ivigdesk.wording import Wording

SideEffectRow = EffectRow
"""One side effect with the dose at which it was recorded, as the screens know it."""

GRADES = (1, 2, 3, 4, 5)
LEAST_FOR_PERCENT = 20
"""Below this many infusions a share is not said: one of three is not “33 %”."""


class SideEffectQuery(Record, frozen=True):
    """Which infusions are looked at, and which of their side effects; what is empty lets everything through.

    Attributes:
        patient: words of name, pinyin, initials, record number or bed; all must occur.
        product_id: on a vial that was hung; of the plan, where no vial is recorded.
        lot: typed or scanned; spellings with other case, spaces or hyphens count too.
        regimen_id: of the course.
        least_grade: of the side effects; it narrows no infusions.
        first, last: days on which the infusion was started, both included.
        patient_id: whose; None for everybody's.
    """

    patient: str = ""
    product_id: str = ""
    lot: str = ""
    regimen_id: str = ""
    least_grade: int = 1
    first: date | None = None
    last: date | None = None
    patient_id: UUID | None = None


class TermCount(Record, frozen=True):
    """How often one term was recorded.

    Attributes:
        code, term: of the catalogue, as it was when it was recorded last.
        count: side effects.
        grades: of them, with grade 1, 2, 3, 4 and 5.
        infusions: at which it was recorded at least once.
    """

    code: str
    term: Text
    count: int
    grades: tuple[int, ...]
    infusions: int


class MonthCount(Record, frozen=True):
    """One month.

    Attributes:
        month: its first day.
        count: side effects of the infusions that were started in it.
        with_effect: infusions with at least one.
        infusions: infusions in all.
    """

    month: date
    count: int
    with_effect: int
    infusions: int


class SideEffectList(Record, frozen=True):
    """Side effects with their denominator.

    Attributes:
        rows: side effects, the latest onset first.
        count, with_effect: side effects of the infusions that were begun, and number of those infusions.
        infusions: infusions in all that the query covers.
        besides: side effects in `rows` of doses that were not begun, or not given: they count nowhere.
        by_term: the most frequent first.
        by_month: ascending, every month from the first to the last that has any.
    """

    rows: tuple[EffectRow, ...]
    count: int
    with_effect: int
    infusions: int
    besides: int
    by_term: tuple[TermCount, ...]
    by_month: tuple[MonthCount, ...]


def side_effect_list(desk: Desk, query: SideEffectQuery) -> SideEffectList:
    """Return the side effects that a query covers, counted among its infusions; nothing entered in error counts.

    Raises:
        UserMistake: the last day is before the first, a grade that is none, or a lot that cannot be one.
    """
    wanted = _filter(desk, query)
    rows = desk.ward.effect_rows(wanted)
    months = desk.ward.infusions_by_month(wanted)
    counted = [row for row in rows if row.is_given]
    return SideEffectList(
        rows=rows,
        count=len(counted),
        with_effect=len({row.effect.dose_id for row in counted}),
        infusions=sum(infusions for _, infusions in months),
        besides=len(rows) - len(counted),
        by_term=_by_term(counted),
        by_month=_by_month(counted, dict(months)),
    )


def choices(desk: Desk) -> tuple[tuple[tuple[str, Text], ...], tuple[tuple[str, Text], ...]]:
    """Return the regimens and the products that the list can be narrowed to, as id and title."""
    return desk.ward.regimens_and_products()


def days_back(desk: Desk, days: int) -> date:
    """Return the first of the last `days` days, today included."""
    return date.fromordinal(max(1, today(desk.clock).toordinal() - days + 1))


def count_words(found: SideEffectList, words: Wording) -> str:
    """Return the number of side effects with its denominator: `14 side effects at 12 of 86 infusions (14 %)`."""
    counted = words.ngettext("{n} side effect", "{n} side effects", found.count).format(n=found.count)
    among = infusion_words(found.with_effect, found.infusions, words)
    return words.gettext("{counted} at {among}").format(counted=counted, among=among)


def besides_words(found: SideEffectList, words: Wording) -> str:
    """Return what is listed though it counts nowhere; empty for nothing."""
    if not found.besides:
        return ""
    return words.ngettext(
        "{n} more at a dose that was not given, which does not count.",
        "{n} more at doses that were not given, which do not count.",
        found.besides,
    ).format(n=found.besides)


def infusion_words(some: int, infusions: int, words: Wording) -> str:
    """Return `12 of 86 infusions (14 %)`; the share only where there are enough of them."""
    sentence = words.ngettext("{some} of {n} infusion", "{some} of {n} infusions", infusions)
    counts = sentence.format(some=words.number(some), n=words.number(infusions))
    if infusions < LEAST_FOR_PERCENT:
        return counts
    return words.gettext("{counts} ({percent})").format(counts=counts, percent=_percent(some, infusions, words))


def _percent(some: int, infusions: int, words: Wording) -> str:
    """Return a share in whole percent; what is not nothing, or not all, is never said to be."""
    share = Decimal(100 * some) / infusions
    if 0 < share < 1:
        return words.gettext("less than {percent}").format(percent=words.amount(1, "%"))
    if 99 < share < 100:
        return words.gettext("more than {percent}").format(percent=words.amount(99, "%"))
    return words.amount(int(share.quantize(Decimal(1), ROUND_HALF_UP)), "%")


def _filter(desk: Desk, query: SideEffectQuery) -> EffectFilter:
    if query.first is not None and query.last is not None and query.last < query.first:
        sentence: Message = message(
            N_("Last day: {last} is before the first day, {first}. Allowed: {first} or later."),
            first=query.first,
            last=query.last,
        )
        raise UserMistake("last", sentence)
    if query.least_grade not in GRADES:
        raise UserMistake(
            "grade",
            message(
                N_("Grade: “{value}” cannot be used. Allowed: {allowed}."), value=query.least_grade, allowed=GRADES
            ),
        )
    return EffectFilter(
        patient_text=one_line(query.patient, field="patient", name=message(N_("Patient")), most=1000),
        product_id=query.product_id,
        lots=_spellings(desk, query.lot) if query.lot.strip() else None,
        regimen_id=query.regimen_id,
        first=query.first,
        last=query.last,
        least_grade=query.least_grade,
        patient_id=query.patient_id,
    )


def _spellings(desk: Desk, lot: str) -> tuple[str, ...]:
    from ivigdesk.actions.ward.lots import find_lot  # late: most lists are not narrowed to a lot

    return find_lot(desk, lot).spellings


def _by_term(counted: Sequence[EffectRow]) -> tuple[TermCount, ...]:
    of_code: dict[str, list[EffectRow]] = {}
    for row in counted:
        of_code.setdefault(row.effect.code, []).append(row)
    found = [
        TermCount(
            code=code,
            term=rows[0].effect.term,
            count=len(rows),
            grades=tuple(sum(row.effect.grade == grade for row in rows) for grade in GRADES),
            infusions=len({row.effect.dose_id for row in rows}),
        )
        for code, rows in of_code.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.code)))


def _by_month(counted: Sequence[EffectRow], infusions: dict[date, int]) -> tuple[MonthCount, ...]:
    of_month: dict[date, list[EffectRow]] = {month: [] for month in infusions}
    for row in counted:
        of_month[row.day.replace(day=1)].append(row)
    return tuple(
        MonthCount(
            month=month,
            count=len(of_month.get(month, ())),
            with_effect=len({row.effect.dose_id for row in of_month.get(month, ())}),
            infusions=infusions.get(month, 0),
        )
        for month in _months(min(infusions, default=None), max(infusions, default=None))
    )


def _months(first: date | None, last: date | None) -> Sequence[date]:
    """Return the first day of each month between two such days, both included."""
    if first is None or last is None:
        return ()
    begin, end = (day.year * 12 + day.month - 1 for day in (first, last))
    return [date(number // 12, number % 12 + 1, 1) for number in range(begin, end + 1)]
