"""What stands around the reaction: other drugs, earlier reactions, and what was decided about later doses."""

from __future__ import annotations

from ivigdesk.sheets import words
from ivigdesk.sheets.frame import dotted
from ivigdesk.sheets.paper.blocks import Block, stacked
from ivigdesk.sheets.reaction.density import Density
from ivigdesk.sheets.reaction.done import medication
from ivigdesk.sheets.reaction.moments import not_recorded
from ivigdesk.sheets.reaction.values import EarlierEffect, ReactionDecision, ReactionSheet
from ivigdesk.sheets.sections import heading, labelled
from ivigdesk.sheets.style import BODY, BODY_STRONG, CELL, SMALL_STRONG, WIDTH
from ivigdesk.wording import Wording


def beside_it(sheet: ReactionSheet, density: Density, wording: Wording) -> Block:
    """Return the drugs beside the dose, and the reactions of this patient before it."""
    _ = wording.gettext
    who, course = sheet.view.patient, sheet.view.course
    lines = (
        (_("Antiviral:"), course.antiviral or not_recorded(wording)),
        (_("Other medicines:"), who.medicines or not_recorded(wording)),
        (_("Premedication:"), _given("premedication", sheet, wording)),
        (_("Hydration:"), _given("hydration", sheet, wording)),
        (_("Earlier reactions known when admitted:"), who.earlier_reactions or not_recorded(wording)),
        (_("Earlier reactions to doses here:"), _earlier(sheet, density, wording)),
    )
    told = [labelled(label, text, WIDTH, CELL, SMALL_STRONG) for label, text in lines]
    return stacked((heading(_("7 Other drugs, earlier reactions")), *told), 0.5)


def later_doses(sheet: ReactionSheet, wording: Wording) -> Block:
    """Return what the reaction means for later doses, as it was decided."""
    _ = wording.gettext
    lines = [
        labelled(_("{name}:").format(name=wording.text(one.name)), _decision(one, wording), WIDTH)
        for one in sheet.decisions
    ]
    if not lines:
        lines = [labelled(_("Decided so far:"), _("nothing recorded"), WIDTH)]
    waiting = [one for one in sheet.view.doses if one.status == "held" and one.dose.awaits_release]
    if waiting:
        said = wording.ngettext(
            "{n} dose waits for the prescriber's release: {numbers}",
            "{n} doses wait for the prescriber's release: {numbers}",
            len(waiting),
        )
        numbers = wording.ranges(one.dose.number for one in waiting)
        lines.append(labelled(_("On hold:"), said.format(n=len(waiting), numbers=numbers), WIDTH, BODY, BODY_STRONG))
    return stacked((heading(_("8 Later doses")), *lines), 0.5)


def _given(kind: str, sheet: ReactionSheet, wording: Wording) -> str:
    onset_at = sheet.effect.onset_at
    given = [medication(one, onset_at, wording) for one in sheet.medications if one.kind == kind]
    return wording.gettext("; ").join(given) or not_recorded(wording)


def _earlier(sheet: ReactionSheet, density: Density, wording: Wording) -> str:
    _ = wording.gettext
    if not sheet.earlier:
        return _("none recorded")
    listed = [_earlier_words(one, wording) for one in sheet.earlier[: density.most_earlier]]
    more = len(sheet.earlier) - len(listed)
    if more:
        listed.append(wording.ngettext("{n} older one", "{n} older ones", more).format(n=more))
    return _("; ").join(listed)


def _earlier_words(one: EarlierEffect, wording: Wording) -> str:
    _ = wording.gettext
    dose = _("dose {number}").format(number=one.number)
    if not one.is_same_course:
        dose = _("{course}, dose {number}").format(course=one.course_code, number=one.number)
    told = dotted(
        dose,
        wording.date_plain(one.effect.onset_at.date()),
        words.reaction(one.effect, wording),
        words.rate(one.effect.ml_per_h, wording) if one.effect.ml_per_h is not None else "",
    )
    product = wording.text(one.product)
    return _("{reaction} ({product})").format(reaction=told, product=product)


def _decision(one: ReactionDecision, wording: Wording) -> str:
    _ = wording.gettext
    follow_up = one.follow_up
    if follow_up.decision == "declined":
        text = _("declined: {reason}").format(reason=follow_up.reason)
    else:
        rate = follow_up.ml_per_h
        parts = (
            _("accepted"),
            _("at most {rate}").format(rate=words.rate(rate, wording)) if rate is not None else "",
            wording.text(one.test) if one.test is not None else follow_up.detail,
        )
        text = _("; ").join(part for part in parts if part)
    who = _("{nurse}, {at}").format(nurse=follow_up.nurse, at=wording.moment(follow_up.at))
    if follow_up.prescriber:
        who = _("on the word of {prescriber}; {who}").format(prescriber=follow_up.prescriber, who=who)
    return _("{text} ({who})").format(text=text, who=who)
