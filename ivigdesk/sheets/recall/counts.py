"""How many got the lot and could still get it, in sentences, each count with what it is a part of."""

from __future__ import annotations

from collections.abc import Iterator

from ivigdesk.sheets import words
from ivigdesk.sheets.recall.values import RecallGiven, RecallSheet, RecallVials
from ivigdesk.wording import NO_BREAK, Wording


def count_sentences(sheet: RecallSheet, wording: Wording) -> tuple[str, ...]:
    """Return the sentences at the head of the sheet, the gravest last."""
    return tuple(_sentences(sheet, wording))


def vial_words(vials: tuple[RecallVials, ...], wording: Wording) -> str:
    """Return `2 × 2.5 g`; never with a sign of equality."""
    return " + ".join(f"{one.count}{NO_BREAK}×{NO_BREAK}{words.grams(one.mg, wording)}" for one in vials)


def _sentences(sheet: RecallSheet, wording: Wording) -> Iterator[str]:
    _ = wording.gettext
    given = tuple(one for one in sheet.given if one.counts)
    if given:
        yield _got_it(given, sheet, wording)
    else:
        yield _("No patient got it, among {infusions} on record.").format(
            infusions=_infusions(sheet.infusions_in_all, wording)
        )
    running = sum(one.status == "running" for one in given)
    if running:
        yield wording.ngettext(
            "{n} of these infusions is running now.", "{n} of these infusions are running now.", running
        ).format(n=running)
    besides = len(sheet.given) - len(given)
    if besides:
        yield wording.ngettext(
            "{n} more dose with it was not given or entered in error: listed below, not counted.",
            "{n} more doses with it were not given or entered in error: listed below, not counted.",
            besides,
        ).format(n=besides)
    yield _to_come(sheet, wording)


def _got_it(given: tuple[RecallGiven, ...], sheet: RecallSheet, wording: Wording) -> str:
    _ = wording.gettext
    patients = len({one.patient.id for one in given})
    vials = sum(vial.count for one in given for vial in one.vials)
    return _("{patients} got it, in {infusions}: {vials}, {mg} of {mg_in_all}.").format(
        patients=wording.ngettext(
            "{some} of {n} patient on record", "{some} of {n} patients on record", sheet.patients_in_all
        ).format(some=patients, n=sheet.patients_in_all),
        infusions=wording.ngettext("{some} of {n} infusion", "{some} of {n} infusions", sheet.infusions_in_all).format(
            some=len(given), n=sheet.infusions_in_all
        ),
        vials=_vials_among(vials, sum(one.vials_in_all for one in given), wording),
        mg=words.grams(sum(vial.mg * vial.count for one in given for vial in one.vials), wording),
        mg_in_all=words.grams(sum(one.mg_in_all for one in given), wording),
    )


def _vials_among(some: int, n: int, wording: Wording) -> str:
    said = wording.ngettext("{some} of the {n} vial hung for them", "{some} of the {n} vials hung for them", n)
    return said.format(some=some, n=n)


def _infusions(n: int, wording: Wording) -> str:
    return wording.ngettext("{n} infusion", "{n} infusions", n).format(n=n)


def _to_come(sheet: RecallSheet, wording: Wording) -> str:
    _ = wording.gettext
    ready, planned = len(sheet.ready), len(sheet.planned)
    if not ready and not planned:
        return _("No dose to come has a vial of it ready or is planned with its product.")
    has = wording.ngettext(
        "{n} dose to come has a vial of it ready", "{n} doses to come have a vial of it ready", ready
    ).format(n=ready)
    more = wording.ngettext(
        "{n} further dose is planned with its product", "{n} further doses are planned with its product", planned
    ).format(n=planned)
    if not ready:
        has = _("No vial of it lies ready for a dose to come")
    return _("{ready}; {planned}.").format(ready=has, planned=more)
