"""From a regimen's form to the regimen, with every mistake in words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import cast, get_args

import msgspec

from ivigdesk.actions.library.files import Library
from ivigdesk.actions.library.own.phase_draft import read_phase
from ivigdesk.actions.library.own.reading import (
    Mistakes,
    free_id,
    id_from,
    in_both,
    needed,
    read_amount,
    read_amounts,
    read_sources,
    read_whole,
    read_wholes,
    read_words,
)
from ivigdesk.actions.library.own.regimen_form import RegimenForm
from ivigdesk.errors import KnownError, UserMistake
from ivigdesk.messages import N_, Message, Text, message
from ivigdesk.scheduling.calendar import CalendarDose, expand
from ivigdesk.scheduling.regimen import (
    WEIGHT_POLICIES,
    AnchorKind,
    Immunoglobulin,
    ListedDose,
    Phase,
    Regimen,
    Standing,
)
from ivigdesk.scheduling.regimen_check import check_regimen

_VERSION_OF_A_DRAFT = "draft"
_UNNAMED = "draft"
_NO_TITLE = Text(en="?", zh_CN="?")
_CHOICES: dict[str, tuple[str, ...]] = {
    "anchor": get_args(AnchorKind),
    "standing": get_args(Standing),
    "immunoglobulin": get_args(Immunoglobulin),
    "weight_policy": WEIGHT_POLICIES,
    "shape": ("phases", "days"),
}
_FIELD_OF_KEY = {
    "id": "title_en",
    "title.en": "title_en",
    "title.zh_CN": "title_zh",
    "note.en": "note_en",
    "note.zh_CN": "note_zh",
    "doses.day": "days",
    "doses.mg_per_kg": "amounts",
    "doses.optional": "optional_days",
    "doses": "days",
    "review_after_doses": "review_after",
    "first_dose_window": "window_to",
}
_FIELD_OF_PHASE_KEY = {
    "mg_per_kg": "amount",
    "ml_per_kg": "amount",
    "divided_mg_per_kg": "amount",
    "mg_per_kg_range": "most",
    "for_days": "number",
    "doses": "number",
    "last_day": "number",
    "also_after_days": "also_after",
    "tolerance_days": "tolerance",
    "name.en": "name_en",
    "name.zh_CN": "name_zh",
    "": "number",
}


def draft_regimen(library: Library, form: RegimenForm) -> Regimen:
    """Return the regimen that the form says, checked as a file of the library would be; nothing is stored.

    Raises:
        Refused: with every mistake, each for its field: `title_en`, `phases[0].every_days`, `days`.
    """
    mistakes = Mistakes()
    for field, allowed in _CHOICES.items():
        if getattr(form, field) not in allowed:
            mistakes.add(
                field,
                message(N_("“{value}” is not known. Allowed: {allowed}."), value=getattr(form, field), allowed=allowed),
            )
    title = mistakes.take(lambda: _title(form), _NO_TITLE)
    regimen_id = form.id or _UNNAMED
    if not form.id and title is not _NO_TITLE:
        regimen_id = mistakes.take(lambda: free_id(library, "regimens", id_from(title), "title_en"), _UNNAMED)
    note = mistakes.take(lambda: _note(form), None)
    sources = mistakes.take(lambda: read_sources(form.sources, library), ("draft",))
    review = mistakes.take(
        lambda: read_whole(form.review_after, "review_after", message(N_("Review after")), "6"), None
    )
    most = mistakes.take(
        lambda: read_amount(form.max_mg_per_kg, "max_mg_per_kg", message(N_("Most per infusion")), "mg/kg"), None
    )
    phases, doses = _stretches(form, mistakes)
    window = mistakes.take(lambda: _window(form, phases, doses), None)
    if form.shape == "phases" and form.phases and form.phases[-1].ends == "open" and review is None:
        mistakes.add("review_after", message(N_("A regimen without an end needs the number of doses before a review.")))
    drafted = Regimen(
        id=regimen_id,
        version=_VERSION_OF_A_DRAFT,
        anchor=cast(AnchorKind, form.anchor),
        standing=cast(Standing, form.standing),
        title=title,
        sources=sources,
        requires=("antiviral",) if form.needs_antiviral else (),
        weight_policy=form.weight_policy,
        indication=form.indication,
        note=note,
        phases=phases,
        doses=doses,
        review_after_doses=review,
        first_dose_window=window,
        max_mg_per_kg=most,
        immunoglobulin=cast(Immunoglobulin, form.immunoglobulin),
    )
    drafted = _with_what_the_form_does_not_ask(drafted, form.base)
    # Where doses and days can be read, what is wrong with them is said even while a title is missing.
    if (len(phases) == len(form.phases) or doses) and not mistakes.concerns(*_CHOICES, "review_after"):
        _check(drafted, mistakes)
    mistakes.refuse()
    return drafted


def draft_course(library: Library, form: RegimenForm) -> Regimen:
    """Return what the form says of doses and days alone, for a preview while title and sources are not yet written.

    Raises:
        Refused: with every mistake of doses and days.
    """
    written = msgspec.structs.replace(
        form, id=_UNNAMED, title_en=_UNNAMED, note_en=_UNNAMED, sources="fact base", title_zh="", note_zh=""
    )
    return draft_regimen(library, written)


def preview(regimen: Regimen, first_on: date, transplant_on: date | None = None) -> tuple[CalendarDose, ...]:
    """Return the doses of an example course, by date; where no transplant date is given, day 0 is `first_on`.

    Raises:
        UserMistake: no course of this regimen can begin then.
    """
    if regimen.anchor == "first-dose":
        return expand(regimen, first_on=first_on, transplant_on=transplant_on)
    return expand(regimen, first_on=None, transplant_on=transplant_on or first_on)


def _with_what_the_form_does_not_ask(drafted: Regimen, base: Regimen | None) -> Regimen:
    if base is None:
        return drafted
    kept = ("caution", "stop_rule", "exposure_within_days")
    return msgspec.structs.replace(drafted, **{name: getattr(base, name) for name in kept})


def _title(form: RegimenForm) -> Text:
    name = message(N_("Title"))
    title = in_both(
        read_words(form.title_en, "title_en", name), read_words(form.title_zh, "title_zh", message(N_("Chinese title")))
    )
    return needed(title, "title_en", name)


def _note(form: RegimenForm) -> Text | None:
    name = message(N_("Rationale"))
    note = in_both(read_words(form.note_en, "note_en", name), read_words(form.note_zh, "note_zh", name))
    return needed(note, "note_en", name)


def _stretches(form: RegimenForm, mistakes: Mistakes) -> tuple[tuple[Phase, ...], tuple[ListedDose, ...]]:
    if form.shape == "days":
        return (), mistakes.take(lambda: _listed_doses(form), ())
    if not form.phases:
        mistakes.add("shape", message(N_("The regimen has no dose. Add a phase.")))
    last = len(form.phases) - 1
    phases = []
    for index, row in enumerate(form.phases):
        phase = read_phase(row, f"phases[{index}]", mistakes)
        if row.ends == "open" and index < last:
            mistakes.add(f"phases[{index}].ends", message(N_("Only the last phase may stay without an end.")))
        if phase is not None:
            phases.append(phase)
    return tuple(phases), ()


def _listed_doses(form: RegimenForm) -> tuple[ListedDose, ...]:
    name = message(N_("Days"))
    days = read_wholes(form.days, "days", name, "1, 2, 7, 14, 21")
    needed(days or None, "days", name)
    optional = read_wholes(form.optional_days, "optional_days", message(N_("Only if asked for")), "21")
    for day in optional:
        if day not in days:
            raise UserMistake(
                "optional_days",
                message(N_("Day {value} is not among the days. Allowed: {allowed}."), value=day, allowed=days),
            )
    amounts = _amounts_of(form, len(days))
    return tuple(
        ListedDose(day=day, mg_per_kg=amount, optional=day in optional)
        for day, amount in zip(days, amounts, strict=True)
    )


def _amounts_of(form: RegimenForm, count: int) -> tuple[Decimal | None, ...]:
    """Return the amount of each listed day."""
    if form.amounts_open:
        return (None,) * count
    name = message(N_("Amounts"))
    amounts = read_amounts(form.amounts, "amounts", name, "mg/kg")
    needed(amounts or None, "amounts", name)
    if len(amounts) == 1:
        return amounts * count
    if len(amounts) != count:
        raise UserMistake(
            "amounts",
            message(
                N_("{name}: {n} numbers for {days} days. Allowed: one for all, or one for each."),
                name=name,
                n=len(amounts),
                days=count,
            ),
        )
    return amounts


def _window(form: RegimenForm, phases: tuple[Phase, ...], doses: tuple[ListedDose, ...]) -> tuple[int, int] | None:
    last = read_whole(form.window_to, "window_to", message(N_("First dose up to day")), "3")
    if last is None:
        return None
    first = phases[0].first_day if phases else doses[0].day if doses else last
    return first, last


def _check(regimen: Regimen, mistakes: Mistakes) -> None:
    """Keep what the library itself would refuse the file for."""
    try:
        check_regimen(regimen, regimen.id)
    except KnownError as error:
        facts = error.message.facts
        place = facts.get("place")
        key = place.facts.get("key", "") if isinstance(place, Message) else ""
        if "problem" not in facts:
            raise
        sentence = message(N_("{problem} Allowed: {allowed}."), problem=facts["problem"], allowed=facts["allowed"])
        mistakes.add(field_of_key(str(key)), sentence)


def field_of_key(key: str) -> str:
    """Return the form's field for a key of the file: `phases[1].doses` is asked in `phases[1].number`."""
    phase = re.match(r"(phases\[[0-9]+\])\.?(.*)", key)
    if phase:
        part = re.sub(r"(_choices)?(\[[0-9]+\])?$", "", phase[2])
        return f"{phase[1]}.{_FIELD_OF_PHASE_KEY.get(part, part)}"
    part = re.sub(r"\[[0-9]+\]", "", key)
    return _FIELD_OF_KEY.get(part, part)
