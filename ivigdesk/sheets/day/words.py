"""What stands in the cells of the day list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ivigdesk.messages import N_
from ivigdesk.sheets import words
from ivigdesk.sheets.day.values import DayEntry, DayOrder, DaySheet, EntryGroup
from ivigdesk.sheets.frame import dotted
from ivigdesk.wording import NO_BREAK, Wording

GROUP_WORDS: dict[EntryGroup, str] = {
    "overdue": N_("Overdue"),
    "running": N_("Running"),
    "due": N_("Due"),
    "held": N_("On hold"),
    "done": N_("Done"),
}


def totals(sheet: DaySheet, wording: Wording) -> str:
    """Return patients, doses, grams, first start, last finish and nurse-minutes of what is to be given."""
    _ = wording.gettext
    waiting = [entry for entry in sheet.entries if entry.waits]
    if not waiting:
        return _("Nothing is to be given.")
    patients = len({entry.patient.id for entry in waiting})
    starts = [entry.starts_at for entry in waiting if entry.starts_at is not None]
    ends = [entry.ends_at for entry in waiting if entry.ends_at is not None]
    return dotted(
        wording.ngettext("{n} patient", "{n} patients", patients).format(n=patients),
        wording.ngettext("{n} dose", "{n} doses", len(waiting)).format(n=len(waiting)),
        words.grams(sum(entry.dose.planned_dose_mg for entry in waiting), wording),
        _("first start {time}").format(time=wording.time(min(starts))) if starts else "",
        _("last finish {time}").format(time=wording.time(max(ends))) if ends else "",
        _("nurse-minutes, about {n}").format(n=sheet.nurse_minutes) if sheet.nurse_minutes else "",
    )


def vials_to_fetch(sheet: DaySheet, wording: Wording) -> str:
    """Return the vials of what has not begun, by product and size; nothing when there are none.

    SAFETY: one product's vials never stand in for another's, so that they are never counted together.
    """
    counts: dict[str, Counter[int]] = {}
    for entry in sheet.entries:
        if entry.group in ("overdue", "due"):
            of_product = counts.setdefault(wording.text(entry.product), Counter())
            for vial in entry.dose.vials:
                of_product[vial.mg] += vial.count
    told = []
    for product, sizes in counts.items():
        vials = " + ".join(
            f"{sizes[mg]}{NO_BREAK}×{NO_BREAK}{words.grams(mg, wording)}" for mg in sorted(sizes, reverse=True)
        )
        told.append(f"{product} {vials}")
    return wording.gettext("; ").join(told)


def number(entry: DayEntry, wording: Wording) -> str:
    """Return `3 of 11`."""
    return wording.gettext("{number} of {total}").format(number=entry.dose.number, total=entry.doses_in_all)


def when(entry: DayEntry, wording: Wording) -> str:
    """Return from when to when, and how that is known."""
    _ = wording.gettext
    if entry.group == "overdue":
        late = wording.ngettext("{n} day overdue", "{n} days overdue", entry.overdue_days)
        return late.format(n=entry.overdue_days)
    if entry.starts_at is None:
        return _("no time planned") if entry.waits else "–"
    start = wording.time(entry.starts_at)
    if entry.ends_at is None:
        return _("since {time}").format(time=start)
    return f"{start}–{wording.time(entry.ends_at)}"


def proposed(entry: DayEntry, wording: Wording) -> str:
    """Return that nobody planned the time yet; nothing for one that is known."""
    return wording.gettext("time proposed") if entry.is_proposed else ""


def rates(entry: DayEntry, wording: Wording) -> str:
    """Return which rates it runs with, and the fastest one."""
    _ = wording.gettext
    if not entry.waits:
        return ""
    card = entry.dose.rate_card
    capped = {row.capped_by for row in card.rows}
    most = words.rate(max(row.ml_per_h for row in card.rows), wording)
    if "tolerated" in capped:
        return _("rates reduced after a reaction: at most {rate}").format(rate=most)
    if "risk" in capped or "small patient" in capped:
        return _("rates reduced: at most {rate}").format(rate=most)
    kind = _("first rates") if entry.dose.is_first_infusion else _("standard rates")
    return _("{kind}, at most {rate}").format(kind=kind, rate=most)


def to_know(entry: DayEntry, wording: Wording) -> str:
    """Return what is given and drawn before it, and what to watch for, the weightiest first."""
    return wording.gettext("; ").join(_notes(entry, wording))


def _notes(entry: DayEntry, wording: Wording) -> Iterator[str]:
    _ = wording.gettext
    if entry.group == "held" and entry.dose.reason:
        effects = () if entry.last_reaction is None else (entry.last_reaction[1],)
        yield words.reason(entry.dose.reason, effects, wording)
    if entry.group == "done":
        yield from (_sentence(wording.say(missing)) for missing in entry.missing)
        return
    if entry.last_reaction is not None:
        dose, effect = entry.last_reaction
        yield _("dose {number}: {reaction}").format(number=dose, reaction=words.reaction(effect, wording))
    for order in entry.orders:
        yield _order(order, wording)
    if entry.tests:
        drawn = _("; ").join(_sentence(wording.say(test)) for test in entry.tests)
        yield _("Do first: {tests}").format(tests=drawn)
    grave = [finding for finding in entry.dose.findings if finding.severity in ("warn", "hold", "block")]
    yield from (_sentence(wording.say(finding.message)) for finding in grave)
    yield from (_sentence(wording.say(missing)) for missing in entry.missing)
    yield from _alerts(entry, wording)


def _alerts(entry: DayEntry, wording: Wording) -> Iterator[str]:
    _ = wording.gettext
    patient = entry.patient
    if patient.allergy_state == "known":
        yield _("Allergy: {allergies}").format(allergies=patient.allergies)
    if patient.risks:
        named = _(", ").join(_(words.RISK_WORDS[risk]) for risk in patient.risks)
        yield _("Risk: {risks}").format(risks=named)


def _order(order: DayOrder, wording: Wording) -> str:
    _ = wording.gettext
    name = wording.text(order.name)
    if order.from_at is None or order.to_at is None:
        return _("{name}: {detail}").format(name=name, detail=order.detail)
    times = f"{wording.time(order.from_at)}–{wording.time(order.to_at)}"
    return _("{name} {times}: {detail}").format(name=name, times=times, detail=order.detail)


def record(entry: DayEntry, wording: Wording) -> str:
    """Return what was recorded of a dose that has begun: times, amount, lots, reactions, nurses."""
    _ = wording.gettext
    infusion = entry.infusion
    if infusion is None:
        return ""
    end = infusion.end
    lots = dict.fromkeys(vial.lot for vial in infusion.vials)
    reactions = _(", ").join(words.reaction(effect, wording) for effect in entry.effects)
    parts = [
        _("started {time}").format(time=wording.time(infusion.started_at)),
        _("finished {time}").format(time=wording.time(end.ended_at)) if end else _("running"),
        words.grams(end.given_dose_mg, wording) if end else "",
        _("lot {lots}").format(lots=_(", ").join(lots)) if lots else _("no lot on record"),
        reactions or _("no reaction recorded"),
        _(", ").join(name for name in (infusion.nurse, end.second_nurse if end else "") if name),
    ]
    if end is not None and end.outcome == "not given":
        parts = [_("not given: {reason}").format(reason=end.reason), end.nurse]
    return dotted(*parts)


def _sentence(text: str) -> str:
    """Return a sentence as a part of a longer one."""
    return text.rstrip(".。")
