"""Laboratory values and events in words, the same on screen and paper."""

from __future__ import annotations

from datetime import date

from ivigdesk.clinical import library
from ivigdesk.clinical.laboratory.troughs import label_of
from ivigdesk.clinical.laboratory.values import LabTest, LabValue
from ivigdesk.clinical.patients.event_words import details
from ivigdesk.clinical.patients.events import ClinicalEvent
from ivigdesk.wording import NO_BREAK, Wording


def test_words(test: LabTest, wording: Wording) -> str:
    """Return what a test is called."""
    return wording.text(library.lab_rules().test(test).title)


def unit_words(unit: str) -> str:
    """Return a unit as it can be printed: the typeface has no raised 9."""
    return unit.replace("10⁹", "× 10^9")


def test_and_unit(test: LabTest, unit: str, wording: Wording) -> str:
    """Return `IgG, g/L`."""
    return wording.gettext("{name}, {unit}").format(name=test_words(test, wording), unit=unit_words(unit))


def number_words(value: LabValue) -> str:
    """Return the number as it is read, without its unit: `4.6`, `< 137`."""
    text = library.lab_rules().test(value.test).shown(value.value)
    return f"<{NO_BREAK}{text}" if value.is_below else text


def value_words(value: LabValue) -> str:
    """Return the number with its unit."""
    return f"{number_words(value)}{NO_BREAK}{unit_words(value.unit)}"


def sample_words(value: LabValue, doses_on: tuple[date, ...], wording: Wording) -> str:
    """Return what an IgG sample is, given the doses around it; empty for other tests."""
    if value.test != "igg":
        return ""
    label = label_of(value.taken_on, doses_on)
    # SAFETY: a level measured on treatment is partly infused IgG and must not read as recovery (FACTS Traps T13).
    return (
        wording.gettext("trough on treatment, partly infused IgG")
        if label.kind == "trough"
        else wording.say(label.words)
    )


def correction_words(record: LabValue | ClinicalEvent, wording: Wording) -> str:
    """Return why a record took the place of another; empty for one that did not."""
    return wording.gettext("corrected: {reason}").format(reason=record.reason) if record.replaces is not None else ""


def event_details(event: ClinicalEvent, wording: Wording) -> str:
    """Return what else is known of an event, beyond its title: organism, antibiotics, note."""
    _ = wording.gettext
    parts = [event.organism]
    if details(event.kind).is_infection:
        parts.append({"yes": _("bacterial"), "no": _("not bacterial")}.get(event.is_bacterial, ""))
        needed = {"yes": _("needed intravenous antibiotics"), "no": _("no intravenous antibiotics")}
        parts.append(needed.get(event.needed_iv_antibiotics, ""))
    parts.extend((event.note, correction_words(event, wording)))
    return _("; ").join(part for part in parts if part)


def event_dates(event: ClinicalEvent, wording: Wording) -> str:
    """Return on which days an event was: one day, a span, or since when it lasts."""
    _ = wording.gettext
    first = wording.date(event.on)
    if not details(event.kind).has_until:
        return first
    if event.until is None:
        return _("since {date}").format(date=first)
    if event.until == event.on:
        return first
    return _("{first} to {last}").format(first=first, last=wording.date(event.until))
