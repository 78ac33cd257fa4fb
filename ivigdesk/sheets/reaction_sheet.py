"""The report of a reaction for haemovigilance: prefilled from the record, completed by hand."""

from __future__ import annotations

from ivigdesk.sheets import words
from ivigdesk.sheets.bands import Band
from ivigdesk.sheets.frame import Frame, FramedPages, dotted, roomiest
from ivigdesk.sheets.paper.blocks import stacked
from ivigdesk.sheets.reaction.about import given, lots, no_lots, patient
from ivigdesk.sheets.reaction.density import DENSITIES, Density
from ivigdesk.sheets.reaction.done import done
from ivigdesk.sheets.reaction.later import beside_it, later_doses
from ivigdesk.sheets.reaction.observed import observations, observations_heading
from ivigdesk.sheets.reaction.reporter import reporter, signing
from ivigdesk.sheets.reaction.values import ReactionSheet
from ivigdesk.sheets.reaction.what import reaction, signs
from ivigdesk.wording import Wording


def draw_reaction(sheet: ReactionSheet, wording: Wording) -> bytes:
    """Return the report as a PDF file; the same values give the same bytes.

    It takes both sides of one paper; where the record is too long even for the closest setting, a third page.

    Raises:
        KeyError: the course has no such dose.
        KnownError: a character cannot be printed, or a text is too long for a page.
    """
    return roomiest(_pages(sheet, density, wording) for density in DENSITIES).as_pdf()


def _pages(sheet: ReactionSheet, density: Density, wording: Wording) -> FramedPages:
    pages = FramedPages(_frame(sheet, wording), wording, is_tight=density.short_head)
    flow = pages.flow
    flow.add(patient(sheet, density, wording))
    flow.add(given(sheet, density, wording), density.gap)
    if sheet.lots:
        flow.add_table(lots(sheet, density, wording), density.gap / 2)
    else:
        flow.add(no_lots(density, wording), density.gap / 2)
    flow.add(reaction(sheet, density, wording), density.gap)
    flow.add(signs(sheet, wording), density.gap)
    flow.add(done(sheet, density, wording), density.gap)
    flow.add_table(observations(sheet, density, wording), density.gap, observations_heading(wording))
    flow.add(beside_it(sheet, density, wording), density.gap)
    flow.add(later_doses(sheet, wording), density.gap)
    # Signatures never stand alone on a page: what is signed for stands above them.
    flow.add(stacked((reporter(density, wording), signing(wording)), density.gap), density.gap)
    return pages


def _frame(sheet: ReactionSheet, wording: Wording) -> Frame:
    _ = wording.gettext
    course = sheet.view.course
    dose = _("dose {number} of {count}").format(number=sheet.number, count=len(sheet.view.doses))
    title = _("Adverse reaction report")
    return Frame(
        ward=sheet.ward,
        view=sheet.view,
        printing=sheet.printing,
        title=title,
        subtitle=(
            dotted(words.reaction(sheet.effect, wording), dose, course.code),
            _("Prefilled by the program from the record; check before sending."),
        ),
        sheet_name=dotted(title, dose),
        alerts=tuple(words.alerts(sheet.view.patient, wording)),
        bands=tuple(_bands(sheet, wording)),
        on=sheet.effect.onset_at.date(),
        dose_id=sheet.dose.dose.id,
    )


def _bands(sheet: ReactionSheet, wording: Wording) -> list[Band]:
    """Return what changes how the report is read."""
    _ = wording.gettext
    if sheet.dose.status == "entered in error":
        return [Band(_("ENTERED IN ERROR: do not send"), is_black=False, is_heavy=True)]
    if not sheet.corrected:
        return []
    at = wording.moment(sheet.effect.at)
    said = wording.ngettext(
        "CORRECTED RECORD: replaces what was first recorded ({nurse}, {at})",
        "CORRECTED RECORD, {n} times: the latest is printed ({nurse}, {at})",
        sheet.corrected,
    )
    return [Band(said.format(n=sheet.corrected, nurse=sheet.effect.nurse, at=at), is_black=False)]
