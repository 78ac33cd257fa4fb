"""Whom a report is about, and what the patient was given."""

from __future__ import annotations

from collections.abc import Iterable

from ivigdesk import units
from ivigdesk.clinical.infusions.infusion import Infusion
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.sheets import words
from ivigdesk.sheets.frame import dotted
from ivigdesk.sheets.paper.blocks import Block, paragraph, stacked
from ivigdesk.sheets.paper.table import Column, Row, Table, table
from ivigdesk.sheets.paper.text import Run
from ivigdesk.sheets.reaction.density import Density
from ivigdesk.sheets.reaction.moments import not_recorded
from ivigdesk.sheets.reaction.values import ReactionLot, ReactionSheet
from ivigdesk.sheets.sections import Field, boxes, heading
from ivigdesk.sheets.style import BODY_STRONG, CELL, CELL_STRONG, MM, WIDTH
from ivigdesk.wording import NO_BREAK, Wording

_COLUMNS = 4
_LOT_MM = (54, 26, 28, 27)


def patient(sheet: ReactionSheet, density: Density, wording: Wording) -> Block:
    """Return what haemovigilance asks of the patient beside the identity at the head of the page."""
    _ = wording.gettext
    who = sheet.view.patient
    fields = (
        Field(_("Sex"), _sex(who, wording)),
        Field(_("Weight"), _weight(who, wording)),
        Field(_("Blood group"), _blood_group(who, wording)),
        Field(_("Transplant"), _transplant(sheet, wording)),
        Field(_("Disease"), who.diagnosis or not_recorded(wording)),
        Field(_("Indication"), wording.text(sheet.view.course.regimen.title)),
        Field(_("Ward and bed when printed"), dotted(sheet.ward.name, _bed(who, wording))),
        Field(_("Infusions here before"), _before(sheet, wording)),
    )
    return stacked((heading(_("1 Patient")), stacked(boxes(fields, _COLUMNS, density.box))))


def given(sheet: ReactionSheet, density: Density, wording: Wording) -> Block:
    """Return what was ordered, and what the patient got of it, from when to when."""
    _ = wording.gettext
    dose, infusion = sheet.dose.dose, sheet.infusion
    product = sheet.view.course.product_of(dose)
    ordered = dotted(words.grams(dose.planned_dose_mg, wording), words.millilitres(dose.volume_ml, wording))
    fields = (
        Field(_("Product ordered"), wording.text(product.title)),
        Field(_("Manufacturer"), wording.text(product.maker)),
        Field(_("Dose ordered"), ordered),
        Field(_("Given"), _given(infusion, wording)),
        Field(_("Infusion began"), wording.moment(infusion.started_at) if infusion else _("nothing was started")),
        Field(_("Infusion ended"), _ended(infusion, wording)),
        Field(_("How it ended"), _how(sheet, wording)),
        Field(_("Fastest rate set"), _fastest(infusion, wording)),
    )
    head = heading(_("2 Infusion"), _dose_words(sheet, wording))
    return stacked((head, stacked(boxes(fields, _COLUMNS, density.box))))


def lots(sheet: ReactionSheet, density: Density, wording: Wording) -> Table:
    """Return every lot that was hung, with expiry, serial numbers and times."""
    _ = wording.gettext
    titles = (_("Product and manufacturer on the vial"), _("Vials"), _("Lot"), _("Expiry"), _("Serial; hung at"))
    widths = [*(width * MM for width in _LOT_MM), WIDTH - sum(_LOT_MM) * MM]
    rows = [Row(_lot_cells(one, wording), density.row) for one in sheet.lots]
    return table([Column(title, width) for title, width in zip(titles, widths, strict=True)], rows)


def no_lots(density: Density, wording: Wording) -> Block:
    """Return room for the lot, which a report needs most, where no vial was recorded."""
    _ = wording.gettext
    fields = (
        Field(_("Product and manufacturer on the vial")),
        Field(_("Vials")),
        Field(_("Lot")),
        Field(_("Expiry")),
    )
    said = paragraph(_("No vial and no lot on record: write them here."), WIDTH, BODY_STRONG)
    return stacked((said, stacked(boxes(fields, _COLUMNS, density.box))), 1)


def _lot_cells(one: ReactionLot, wording: Wording) -> tuple[tuple[Run, ...], ...]:
    _ = wording.gettext
    maker = wording.text(one.maker) if one.maker is not None else _("manufacturer not recorded")
    count = len(one.hung_at)
    vials = f"{count}{NO_BREAK}×{NO_BREAK}{words.grams(one.mg, wording)}"
    serials = _join(one.serials, wording) if one.serials else _("serial not recorded")
    hung = _join(dict.fromkeys(wording.time(at) for at in one.hung_at), wording)
    return (
        (Run(wording.text(one.product), CELL), Run(f"  {maker}", CELL)),
        (Run(vials, CELL),),
        (Run(one.lot, CELL_STRONG),),
        (Run(wording.date_plain(one.expires_on), CELL),),
        (Run(_("{serials}; {times}").format(serials=serials, times=hung), CELL),),
    )


def _join(parts: Iterable[str], wording: Wording) -> str:
    return wording.gettext(", ").join(parts)


def _sex(who: Patient, wording: Wording) -> str:
    _ = wording.gettext
    return {"female": _("female"), "male": _("male")}.get(who.sex) or not_recorded(wording)


def _weight(who: Patient, wording: Wording) -> str:
    if who.weight_g is None or who.weighed_on is None:
        return not_recorded(wording)
    kilograms = wording.amount(units.kilograms(who.weight_g), "kg")
    return wording.gettext("{weight} on {day}").format(weight=kilograms, day=wording.date_plain(who.weighed_on))


def _blood_group(who: Patient, wording: Wording) -> str:
    _ = wording.gettext
    own = words.blood_group(who, wording) if who.blood_group != "unknown" else not_recorded(wording)
    if who.transplant_on is None or who.donor_blood_group == "unknown":
        return own
    return _("{group}; donor {donor}").format(group=own, donor=who.donor_blood_group)


def _transplant(sheet: ReactionSheet, wording: Wording) -> str:
    who = sheet.view.patient
    day = who.transplant_day_on(sheet.effect.onset_at.date())
    if who.transplant_on is None or day is None:
        return not_recorded(wording)
    return dotted(wording.date_plain(who.transplant_on), wording.transplant_day(day))


def _bed(who: Patient, wording: Wording) -> str:
    return wording.gettext("bed {bed}").format(bed=who.bed) if who.bed else ""


def _before(sheet: ReactionSheet, wording: Wording) -> str:
    _ = wording.gettext
    n = sheet.infusions_before
    here = wording.number(n) if n else _("none recorded")
    if sheet.view.patient.had_immunoglobulin:
        return _("{here}; elsewhere within 8 weeks").format(here=here)
    return here


def _dose_words(sheet: ReactionSheet, wording: Wording) -> str:
    _ = wording.gettext
    course, dose = sheet.view.course, sheet.dose.dose
    number = _("dose {number} of {count}").format(number=dose.number, count=len(sheet.view.doses))
    return dotted(number, _("course {code}").format(code=course.code))


def _given(infusion: Infusion | None, wording: Wording) -> str:
    _ = wording.gettext
    if infusion is None:
        return _("nothing was started")
    if infusion.end is None:
        return _("running when this was printed")
    return dotted(words.grams(infusion.end.given_dose_mg, wording), words.millilitres(infusion.end.given_ml, wording))


def _ended(infusion: Infusion | None, wording: Wording) -> str:
    _ = wording.gettext
    if infusion is None:
        return "–"
    return _("running when this was printed") if infusion.end is None else wording.moment(infusion.end.ended_at)


def _how(sheet: ReactionSheet, wording: Wording) -> str:
    _ = wording.gettext
    if sheet.infusion is None:
        return "–"
    status = _(words.STATUS_WORDS[sheet.dose.status])
    end = sheet.infusion.end
    if end is None or not end.reason:
        return status
    return _("{state} ({reason})").format(state=status, reason=end.reason)


def _fastest(infusion: Infusion | None, wording: Wording) -> str:
    if infusion is None or not infusion.rate_changes:
        return not_recorded(wording)
    return words.rate(max(change.ml_per_h for change in infusion.rate_changes), wording)
