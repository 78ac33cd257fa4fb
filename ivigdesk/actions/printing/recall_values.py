"""Print the recall of a lot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.printing.print_sheets import Printout, printing_now
from ivigdesk.actions.ward.recall import Recall, RecallRow, RecallToCome, known_recall
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.messages import Text
from ivigdesk.sheets.recall.values import RecallGiven, RecallSheet, RecallVials, RecallWaiting
from ivigdesk.sheets.recall_sheet import draw_recall
from ivigdesk.store import EffectFilter
from ivigdesk.wording import Wording


def recall_sheet(desk: Desk, lot_text: str, words: Wording) -> Printout:
    """Return everything about a lot as a sheet.

    Args:
        lot_text: typed, or scanned from a vial.

    Raises:
        UserMistake: nothing was entered, or something that cannot be a lot.
        KnownError: no record has the lot, nobody is on duty, or a character cannot be printed.
    """
    sheet = recall_values(desk, lot_text)
    plain = "".join(letter for letter in sheet.lot if letter.isascii() and letter.isalnum())
    return Printout(
        title=words.gettext("Recall of lot {lot}").format(lot=sheet.lot),
        file_name=f"recall-{plain or 'lot'}-{words.language}.pdf",
        pdf=draw_recall(sheet, words),
    )


def recall_values(desk: Desk, lot_text: str) -> RecallSheet:
    """Return everything that the recall of a lot prints.

    Raises:
        UserMistake: nothing was entered, or something that cannot be a lot.
        KnownError: no record has the lot, or nobody is on duty.
    """
    found = known_recall(desk, lot_text)
    infusions = {one.dose_id: one for one in desk.ward.infusions_of_doses(row.dose_id for row in found.rows)}
    months = desk.ward.infusions_by_month(EffectFilter())
    return RecallSheet(
        ward=desk.settings,
        printing=printing_now(desk),
        lot=found.lot,
        spellings=found.spellings,
        products=_titles(desk, found),
        given=tuple(_given(row, infusions) for row in found.rows),
        ready=tuple(_waiting(row) for row in found.prepared),
        planned=tuple(_waiting(row) for row in found.planned),
        patients_in_all=len(desk.ward.patients()),
        infusions_in_all=sum(count for _month, count in months),
    )


def _given(row: RecallRow, infusions: dict[UUID, Infusion]) -> RecallGiven:
    hung = infusions[row.dose_id].vials if row.dose_id in infusions else row.vials
    return RecallGiven(
        patient=row.patient,
        number=row.number,
        doses_in_all=row.doses_in_all,
        day=row.day,
        status=row.status,
        vials=_counted(vial.mg for vial in row.vials),
        vials_in_all=len(hung),
        mg_in_all=sum(vial.mg for vial in hung),
        given_dose_mg=row.given_dose_mg,
        side_effects=row.side_effects,
        nurse=row.nurse,
    )


def _waiting(row: RecallToCome) -> RecallWaiting:
    return RecallWaiting(
        patient=row.patient,
        number=row.number,
        doses_in_all=row.doses_in_all,
        due_on=row.due_on,
        status=row.status,
        planned_dose_mg=row.planned_dose_mg,
        vials=_counted(vial.mg for vial in row.vials),
    )


def _counted(sizes: Iterable[int]) -> tuple[RecallVials, ...]:
    counts = Counter(sizes)
    return tuple(RecallVials(mg=mg, count=counts[mg]) for mg in sorted(counts, reverse=True))


def _titles(desk: Desk, found: Recall) -> tuple[Text, ...]:
    known = {product.id: product.title for product in desk.library.products()}
    return tuple(known.get(one, Text(en=one, zh_CN=one)) for one in found.product_ids)
