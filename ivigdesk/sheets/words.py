"""Words that several sheets share: amounts, times, identity, states, reactions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal

from ivigdesk import units
from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.courses.status import CourseView, DoseStatus
from ivigdesk.clinical.doses.dosing import VialCount
from ivigdesk.clinical.infusions.infusion import SideEffect
from ivigdesk.clinical.patients.patient import Patient, Risk, Serostatus
from ivigdesk.messages import N_
from ivigdesk.scheduling.regimen import Standing
from ivigdesk.wording import MINUS, NO_BREAK, Wording

DOT = f"{NO_BREAK}· "
_MONTHS_UNTIL = 24  # months of age below which an age is told in months

STATUS_WORDS: dict[DoseStatus, str] = {
    "planned": N_("planned"),
    "due": N_("due today"),
    "overdue": N_("overdue"),
    "running": N_("running"),
    "given": N_("given"),
    "partly given": N_("partly given"),
    "not given": N_("not given"),
    "held": N_("on hold"),
    "omitted": N_("omitted"),
    "ceased": N_("ceased"),
    "entered in error": N_("entered in error"),
}

CHANGE_WORDS: dict[str, str] = {
    "postpone": N_("postponed"),
    "bring-forward": N_("brought forward"),
    "omit": N_("omitted"),
    "hold": N_("held"),
    "resume": N_("resumed"),
    "release": N_("resumed"),
    "cease": N_("ceased"),
    "add": N_("a dose added"),
    "first-day": N_("first day of a phase changed"),
    "realign": N_("moved along with a dose given on another day"),
    "error": N_("entered in error"),
    "product": N_("product switched"),
    "weight": N_("computed with a new weight"),
    "undo": N_("undone"),
    "reaction": N_("held after a reaction"),
}
"""What a revision did, by its verb."""
CHANGED = N_("changed")
"""What a revision of an earlier program did: it wrote no verb."""

OUTCOME_WORDS = {
    "ongoing": N_("ongoing"),
    "resolved": N_("resolved"),
    "resolved with sequelae": N_("resolved with sequelae"),
    "fatal": N_("fatal"),
    "unknown": N_("outcome not known"),
}

RATE_ACTION_WORDS = {
    "start": N_("started"),
    "increase": N_("increased"),
    "slow": N_("slowed"),
    "pause": N_("paused"),
    "resume": N_("resumed"),
    "stop": N_("stopped"),
    "set": N_("set to"),
}

RISK_WORDS: dict[Risk, str] = {
    "renal": N_("kidney injury"),
    "thrombosis": N_("clots"),
    "cardiac": N_("heart, fluid overload"),
    "diabetes": N_("diabetes"),
}

STANDING_WORDS: dict[Standing, str] = {
    "not-routine": N_("NOT ROUTINE: the sources do not recommend this regimen as a routine."),
    "historical": N_("HISTORICAL REGIMEN: kept for reference; no longer recommended."),
}

SUGAR_WORDS = {
    "maltose": N_("Contains maltose: use a glucose-specific meter."),
    "sucrose": N_("Contains sucrose: watch the kidneys; keep to the lowest practicable rate."),
    "sorbitol": N_("Contains sorbitol: not in hereditary fructose intolerance."),
}

_GROUPS_WITH_RISK = ("A", "B", "AB")


def grams(mg: int, wording: Wording) -> str:
    """Return `12.5 g`."""
    return wording.amount(units.grams(mg), "g")


def exact_grams(mg: Decimal, wording: Wording) -> str:
    """Return an exact dose in grams to the milligram, `12.69 g`."""
    return wording.amount(units.rounded(mg / 1000, Decimal("0.001")), "g")


def millilitres(ml: Decimal, wording: Wording) -> str:
    """Return `250 mL`."""
    return wording.amount(ml, "mL")


def rate(ml_per_h: Decimal, wording: Wording) -> str:
    """Return `120 mL/h`."""
    return wording.amount(ml_per_h, "mL/h")


def rate_per_kg(ml_per_h: Decimal, weight_g: int, wording: Wording) -> str:
    """Return the rate per kilogram of actual weight, to 0.01 mL/kg/h, without its unit."""
    return wording.number(units.rounded(ml_per_h * 1000 / weight_g, Decimal("0.01")))


def vials(counts: Iterable[VialCount], wording: Wording) -> str:
    """Return `1 × 10 g + 1 × 2.5 g`."""
    return " + ".join(f"{count.count}{NO_BREAK}×{NO_BREAK}{grams(count.mg, wording)}" for count in counts)


def contents(dose: Dose, wording: Wording) -> str:
    """Return volume and vials beside the grams: `250 mL from 5 × 2.5 g`.

    SAFETY: no sign of equality anywhere, because a part of a vial must not read as the whole vial.
    """
    source = wording.gettext("from {vials}").format(vials=vials(dose.vials, wording))
    volume = millilitres(dose.volume_ml, wording)
    return wording.gettext("{volume} {source}").format(volume=volume, source=source)


def sentences(parts: Iterable[str], wording: Wording) -> str:
    """Return finished sentences one after another; Chinese full stops need no space."""
    return ("" if wording.language == "zh_CN" else " ").join(part for part in parts if part)


def whole_minutes(minutes: Decimal) -> int:
    """Return the minutes rounded up: on paper a step is never due before its time."""
    return int(minutes.to_integral_value(ROUND_CEILING))


def length(minutes: Decimal, wording: Wording) -> str:
    """Return `1 h 43 min`."""
    return wording.duration(whole_minutes(minutes))


def clock(from_min: Decimal, start_at: datetime | None, wording: Wording) -> str:
    """Return the clock time, or the time after the start when no start is planned: `+15 min`."""
    minutes = whole_minutes(from_min)
    if start_at is not None:
        return wording.time(start_at + timedelta(minutes=minutes))
    if minutes == 0:
        return wording.gettext("at start")
    sign = "+" if minutes > 0 else MINUS
    return f"{sign}{wording.duration(abs(minutes))}"


def age(patient: Patient, day: date, wording: Wording) -> str:
    """Return full years on `day`, or months for the very young."""
    months = (day.year - patient.birth_on.year) * 12 + day.month - patient.birth_on.month
    months -= day.day < patient.birth_on.day
    if months < _MONTHS_UNTIL:
        return wording.ngettext("{n} month", "{n} months", months).format(n=months)
    years = patient.age_on(day)
    return wording.gettext("{n} y").format(n=years)


def sex(patient: Patient, wording: Wording) -> str:
    """Return the sex, or nothing when it is not known."""
    _ = wording.gettext
    return {"female": _("F"), "male": _("M")}.get(patient.sex, "")


def serostatus(status: Serostatus, wording: Wording) -> str:
    """Return `+`, `−` or words."""
    return {"positive": "+", "negative": MINUS}.get(status) or wording.gettext("not known")


def blood_group(patient: Patient, wording: Wording) -> str:
    """Return `A +`, or words when it is not known."""
    if patient.blood_group == "unknown":
        return wording.gettext("not known")
    sign = {"positive": "+", "negative": MINUS}.get(patient.rhesus, "")
    return f"{patient.blood_group}{NO_BREAK}{sign}" if sign else patient.blood_group


def alerts(patient: Patient, wording: Wording) -> list[str]:
    """Return what must be read before anything else, gravest first; never empty."""
    _ = wording.gettext
    found = [
        {
            "known": _("Allergy: {allergies}").format(allergies=patient.allergies),
            "none known": _("No known allergies"),
        }.get(patient.allergy_state, _("ALLERGIES NOT RECORDED: ask"))
    ]
    if patient.earlier_reactions:
        found.append(_("Earlier reaction: {reaction}").format(reaction=patient.earlier_reactions))
    if patient.risks:
        named = _(", ").join(_(RISK_WORDS[risk]) for risk in patient.risks)
        found.append(_("Risk: {risks}").format(risks=named))
    if patient.blood_group in _GROUPS_WITH_RISK:
        found.append(_("Blood group {group}: check for haemolysis").format(group=patient.blood_group))
    if patient.pregnant:
        found.append(_("Pregnant"))
    return found


def grade(number: int, wording: Wording) -> str:
    """Return a CTCAE grade with its word, `grade 2 (moderate)`."""
    _ = wording.gettext
    words = {
        1: _("grade 1 (mild)"),
        2: _("grade 2 (moderate)"),
        3: _("grade 3 (severe)"),
        4: _("grade 4 (life-threatening)"),
        5: _("grade 5 (death)"),
    }
    return words[number]


def reaction(effect: SideEffect, wording: Wording) -> str:
    """Return `headache, grade 1 (mild)`."""
    _ = wording.gettext
    return _("{name}, {grade}").format(name=wording.text(effect.term), grade=grade(effect.grade, wording))


def reason(text: str, effects: Iterable[SideEffect], wording: Wording) -> str:
    """Return the reason of a change as its reader says it.

    The hold that a side effect makes is stored with the term in both languages; the reader wants one.
    """
    for effect in effects:
        if text.startswith(f"{effect.term.en} / {effect.term.zh_CN},"):
            named = wording.gettext("{name}, grade {grade}")
            return named.format(name=wording.text(effect.term), grade=effect.grade)
    return text


def effects_of(view: CourseView) -> tuple[SideEffect, ...]:
    """Return the side effects of every dose of a course."""
    return tuple(effect for one in view.doses for effect in one.side_effects)


def standing_warning(course: Course, wording: Wording) -> str:
    """Return the banner of a regimen that is no routine, or nothing."""
    words = STANDING_WORDS.get(course.regimen.standing)
    return wording.gettext(words) if words else ""


def phase_rule(course: Course, phase: int, doses: tuple[Dose, ...], wording: Wording) -> str:
    """Return a phase's name and rule: `Alternate days · 150 mg/kg every other day · 7 doses`."""
    _ = wording.gettext
    parts = []
    name = doses[0].phase_name
    if name is not None:
        parts.append(wording.text(name))
    rates = sorted({dose.mg_per_kg for dose in doses})
    parts.append(_(" or ").join(wording.amount(mg_per_kg, "mg/kg") for mg_per_kg in rates))
    if course.regimen.phases:
        parts[-1] += NO_BREAK + interval(course.regimen.phases[phase].every_days, wording)
    n = sum(dose.counts for dose in doses)
    parts.append(wording.ngettext("{n} dose", "{n} doses", n).format(n=n))
    added = sum(dose.counts and dose.is_extra for dose in doses)
    if added:
        parts.append(wording.gettext("{n} of them added").format(n=added))
    if len(doses) > n:
        parts.append(wording.gettext("{n} left out").format(n=len(doses) - n))
    return DOT.join(parts)


def interval(every_days: int, wording: Wording) -> str:
    """Return `every day`, `every other day`, `every week` or `every 3 days`."""
    _ = wording.gettext
    if every_days % 7 == 0 and every_days > 7:
        weeks = every_days // 7
        return wording.ngettext("every {n} week", "every {n} weeks", weeks).format(n=weeks)
    known = {1: _("every day"), 2: _("every other day"), 7: _("every week")}
    if every_days in known:
        return known[every_days]
    return wording.ngettext("every {n} day", "every {n} days", every_days).format(n=every_days)
