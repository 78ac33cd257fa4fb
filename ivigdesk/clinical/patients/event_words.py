"""What events, sites and grades are called, and which details each kind of event has."""

from __future__ import annotations

from ivigdesk.clinical.patients.events import (
    ClinicalEvent,
    CmvDisease,
    EventKind,
    EventSeverity,
    InfectionSite,
    YesNo,
)
from ivigdesk.messages import N_, Message, Record, message

_KINDS: dict[EventKind, str] = {
    "infection": N_("infection"),
    "cmv": N_("CMV"),
    "acute-gvhd": N_("acute GVHD"),
    "chronic-gvhd": N_("chronic GVHD"),
    "veno-occlusive-disease": N_("veno-occlusive disease"),
    "clot": N_("clot (thrombosis or embolism)"),
    "live-vaccine": N_("live vaccine"),
    "measles-exposure": N_("exposure to measles"),
    "relapse": N_("relapse"),
    "withdrawal": N_("withdrawal of consent or treatment"),
    "death": N_("death"),
}

_SEVERITIES: dict[EventSeverity, str] = {
    "": N_("not recorded"),
    "mild": N_("mild"),
    "moderate": N_("moderate"),
    "severe": N_("severe"),
    "life-threatening": N_("life-threatening"),
}

_SITES: dict[InfectionSite, str] = {
    "": N_("not recorded"),
    "blood": N_("blood"),
    "lungs": N_("lungs"),
    "sinuses": N_("sinuses"),
    "gut": N_("gut"),
    "skin": N_("skin"),
    "urinary-tract": N_("urinary tract"),
    "central-line": N_("central venous catheter"),
    "other": N_("another site"),
}

_CMV: dict[CmvDisease, str] = {
    "viraemia": N_("CMV viraemia"),
    "syndrome": N_("CMV syndrome"),
    "pneumonia-probable": N_("probable CMV pneumonia"),
    "pneumonia-proven": N_("proven CMV pneumonia"),
    "other-disease": N_("CMV disease of another organ"),
}

_YES_NO: dict[YesNo, str] = {"yes": N_("yes"), "no": N_("no"), "unknown": N_("unknown")}


class Details(Record, frozen=True):
    """Which details a kind of event has. What is not named here is left empty.

    Attributes:
        has_until: whether it lasts.
        severities: which may be chosen beside “not recorded”.
        is_infection: whether it has a site, an organism and answers about bacteria and antibiotics.
        has_cmv_disease, has_grade: whether that must be chosen.
        needs_note: whether the note must say which, e.g. which vaccine.
    """

    has_until: bool = False
    severities: tuple[EventSeverity, ...] = ()
    is_infection: bool = False
    has_cmv_disease: bool = False
    has_grade: bool = False
    needs_note: bool = False


_DETAILS: dict[EventKind, Details] = {
    "infection": Details(
        has_until=True, severities=("mild", "moderate", "severe", "life-threatening"), is_infection=True
    ),
    "cmv": Details(has_until=True, has_cmv_disease=True),
    "acute-gvhd": Details(has_until=True, has_grade=True),
    "chronic-gvhd": Details(has_until=True, severities=("mild", "moderate", "severe")),
    "veno-occlusive-disease": Details(has_until=True),
    "clot": Details(has_until=True),
    "live-vaccine": Details(needs_note=True),
    "measles-exposure": Details(),
    "relapse": Details(),
    "withdrawal": Details(),
    "death": Details(),
}


def details(kind: EventKind) -> Details:
    """Return which details a kind of event has."""
    return _DETAILS[kind]


def kind_words(kind: EventKind) -> Message:
    """Return what a kind of event is called."""
    return message(_KINDS[kind])


def severity_words(severity: EventSeverity) -> Message:
    """Return what a severity is called."""
    return message(_SEVERITIES[severity])


def site_words(site: InfectionSite) -> Message:
    """Return what a site is called."""
    return message(_SITES[site])


def cmv_words(disease: CmvDisease) -> Message:
    """Return what a CMV infection or disease is called."""
    return message(_CMV[disease])


def yes_no_words(answer: YesNo) -> Message:
    """Return an answer in words."""
    return message(_YES_NO[answer])


def title_of(event: ClinicalEvent) -> Message:
    """Return an event in a few words, with what tells it from others of its kind: `acute GVHD, grade 2`."""
    kind = kind_words(event.kind)
    if event.cmv_disease is not None:
        return cmv_words(event.cmv_disease)
    if event.grade is not None:
        return message(N_("{event}, grade {grade}"), event=kind, grade=event.grade)
    if event.severity and event.site:
        return message(
            N_("{event}, {site}, {severity}"),
            event=kind,
            site=site_words(event.site),
            severity=severity_words(event.severity),
        )
    if event.severity or event.site:
        more = severity_words(event.severity) if event.severity else site_words(event.site)
        return message(N_("{event}, {more}"), event=kind, more=more)
    return kind
