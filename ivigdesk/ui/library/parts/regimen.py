"""What the file of a regimen says."""

from __future__ import annotations

from ivigdesk.actions.library.evidence import evidence_lines
from ivigdesk.actions.library.files import Library
from ivigdesk.scheduling.choices import open_choices
from ivigdesk.scheduling.regimen import Regimen, StopRule
from ivigdesk.scheduling.sentence import rule_sentence
from ivigdesk.ui.library.detail import Part, pair
from ivigdesk.ui.library.parts.common import file_parts, other_language, source_parts, whose_state
from ivigdesk.ui.library.words import (
    IMMUNOGLOBULINS,
    choice_words,
    indication_words,
    policy_words,
    standing_state,
    standing_warning,
)
from ivigdesk.ui.widgets import State
from ivigdesk.wording import Wording


def regimen_parts(regimen: Regimen, library: Library, wording: Wording) -> tuple[Part, ...]:
    """Return every part, from what is read first to how it is filed."""
    _ = wording.gettext
    row = [State("", _("Row {row} of the fact base").format(row=regimen.facts), "plain")] if regimen.facts else []
    states = (standing_state(regimen.standing, wording), whose_state(library, "regimens", regimen.id, wording), *row)
    warning = standing_warning(regimen.standing, wording)
    return (
        Part("heading", wording.text(regimen.title)),
        *other_language(regimen.title, wording),
        Part("chips", states=states),
        *([Part("warning", warning)] if warning else []),
        *([Part("warning", wording.text(regimen.caution))] if regimen.caution else []),
        pair(_("The rule"), rule_sentence(regimen, wording)),
        *_rule_parts(regimen, wording),
        *_use_parts(regimen, wording),
        *([pair(_("Note"), wording.text(regimen.note))] if regimen.note else []),
        *(
            pair(f"{line.reference} {wording.text(line.kind)}", wording.text(line.statement))
            for line in evidence_lines(library, regimen, wording)
        ),
        *_stop_parts(regimen.stop_rule, library, wording),
        *source_parts(library, regimen.sources, wording),
        *file_parts(regimen, wording),
    )


def _rule_parts(regimen: Regimen, wording: Wording) -> list[Part]:
    """Return what belongs to the rule beside its sentence."""
    _ = wording.gettext
    anchor = _("first dose (day 1)") if regimen.anchor == "first-dose" else _("transplant (day 0)")
    parts = [pair(_("Days are counted from"), anchor)]
    choices = open_choices(regimen)
    if choices:
        said = "\n".join(choice_words(choice, wording) for choice in choices)
        parts.append(pair(_("The prescriber chooses"), said))
    if regimen.exposure_within_days is not None:
        text = wording.ngettext(
            "within {n} day of the exposure", "within {n} days of the exposure", regimen.exposure_within_days
        )
        parts.append(pair(_("Given"), text.format(n=regimen.exposure_within_days)))
    if regimen.max_mg_per_kg is not None:
        parts.append(pair(_("Most per infusion"), wording.amount(regimen.max_mg_per_kg, "mg/kg")))
    return parts


def _use_parts(regimen: Regimen, wording: Wording) -> list[Part]:
    """Return for what, with what, and by which weight."""
    _ = wording.gettext
    goes_with = _("an antiviral") if "antiviral" in regimen.requires else _("nothing else required")
    return [
        pair(_("Indication"), indication_words(regimen.indication, wording)),
        pair(_("Goes with"), goes_with),
        pair(_("Kind of immunoglobulin"), _(IMMUNOGLOBULINS[regimen.immunoglobulin])),
        pair(_("Dosing weight"), policy_words(regimen.weight_policy, wording)),
    ]


def _stop_parts(stop: StopRule | None, library: Library, wording: Wording) -> list[Part]:
    """Return when an open-ended regimen is reviewed before its time, and who says so."""
    if stop is None:
        return []
    _ = wording.gettext
    parts = [pair(_("Stop or review"), wording.text(stop.text))]
    if stop.igg_trough_g_per_l is not None:
        text = wording.ngettext(
            "IgG trough of {igg} or more, {n} time",
            "IgG trough of {igg} or more, {n} times in a row",
            stop.troughs,
        )
        said = text.format(igg=wording.amount(stop.igg_trough_g_per_l, "g/L"), n=stop.troughs)
        parts.append(pair(_("Review is due at"), said))
    if stop.target_igg_g_per_l is not None:
        parts.append(pair(_("Trough aimed at"), wording.amount(stop.target_igg_g_per_l, "g/L")))
    (sources,) = source_parts(library, (stop.source,), wording)
    parts.append(pair(_("Source of the stop rule"), sources.text))
    return parts
