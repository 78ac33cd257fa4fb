"""Reads the catalogue of side effects from its file, strictly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, get_args

from ivigdesk.clinical.infusions.side_effects import (
    Action,
    Band,
    Consequence,
    ConsequenceWords,
    GradeAction,
    Grading,
    Scale,
    SideEffectCatalogue,
    SideEffectTerm,
)
from ivigdesk.clinical.library_file import read_record, refusal
from ivigdesk.messages import N_, Message, Record, Text, message

_GRADES = (1, 2, 3, 4, 5)
_PLACES = {"detail": "{detail}", "reaction": "{reaction}"}


class _TermRow(Record, frozen=True):
    """One term as the file states it; its grades stand once, under the CTCAE term."""

    code: str
    name: Text
    medical_term: str
    kind: Literal["serious", "common"]
    in_article: bool
    ctcae_term: str
    onset: Text
    action: Action
    action_words: Text
    consequences: tuple[Consequence, ...]
    source: str
    plain_name: Text | None = None
    button: Text | None = None
    search: tuple[str, ...] = ()


class _CatalogueFile(Record, frozen=True):
    """The file's layout."""

    version: str
    sources: tuple[str, ...]
    quick: tuple[str, ...]
    alarm: tuple[str, ...]
    grade_actions: tuple[GradeAction, ...]
    gradings: tuple[Grading, ...]
    terms: tuple[_TermRow, ...]
    consequences: tuple[ConsequenceWords, ...] = ()
    late: tuple[str, ...] = ()


def parse_catalogue(content: bytes, name: str) -> SideEffectCatalogue:
    """Return the catalogue; every term carries its grades, scales and what each grade asks for.

    Args:
        content: the file, TOML in UTF-8.
        name: the file's name, for the sentence.

    Raises:
        KnownError: the file does not fit; the sentence names the file, the key and what is allowed.
    """
    file = read_record(content, name, _CatalogueFile)
    for key, reason in _mistakes(file):
        raise refusal(name, key, reason)
    gradings = {grading.ctcae_term: grading for grading in file.gradings}
    return SideEffectCatalogue(
        version=file.version,
        sources=file.sources,
        quick=file.quick,
        alarm=file.alarm,
        late=file.late,
        gradings=file.gradings,
        consequences=file.consequences,
        terms=tuple(_term(row, gradings[row.ctcae_term], file.grade_actions) for row in file.terms),
    )


def _term(row: _TermRow, grading: Grading, actions: tuple[GradeAction, ...]) -> SideEffectTerm:
    allowed = {words.grade for words in grading.grades}
    return SideEffectTerm(
        code=row.code,
        name=row.name,
        plain_name=row.plain_name,
        button=row.button,
        medical_term=row.medical_term,
        kind=row.kind,
        in_article=row.in_article,
        ctcae_term=row.ctcae_term,
        grades=grading.grades,
        scales=grading.scales,
        onset=row.onset,
        action=row.action,
        action_words=row.action_words,
        grade_actions=tuple(action for action in actions if action.grade in allowed),
        consequences=row.consequences,
        search=row.search,
        source=row.source,
    )


def _mistakes(file: _CatalogueFile) -> Iterator[tuple[str, Message]]:
    """Yield each key whose value fits its type but not its meaning, in the order of the file."""
    if not file.terms:
        yield "terms", message(N_("the list must not be empty."))
    yield from _blank_texts("", file)
    if [action.grade for action in file.grade_actions] != list(_GRADES):
        yield "grade_actions", message(N_("grades {allowed} are needed, each once and in this order."), allowed=_GRADES)
    yield from _grading_mistakes(file.gradings)
    yield from _repeated("terms", "code", [row.code for row in file.terms])
    known = [grading.ctcae_term for grading in file.gradings]
    for index, row in enumerate(file.terms):
        if row.ctcae_term not in known:
            yield f"terms[{index}].ctcae_term", _unknown(row.ctcae_term, known)
    codes = [row.code for row in file.terms]
    for key, listed in (("quick", file.quick), ("alarm", file.alarm), ("late", file.late)):
        for index, code in enumerate(listed):
            if code not in codes:
                yield f"{key}[{index}]", _unknown(code, codes)
    yield from _consequence_mistakes(file.consequences, codes)


def _consequence_mistakes(
    consequences: tuple[ConsequenceWords, ...], codes: list[str]
) -> Iterator[tuple[str, Message]]:
    if sorted(words.code for words in consequences) != sorted(get_args(Consequence)):
        yield "consequences", message(N_("each of {allowed} is needed once."), allowed=get_args(Consequence))
    for index, words in enumerate(consequences):
        where = f"consequences[{index}]"
        for number, detail in enumerate(words.details):
            for code in detail.terms:
                if code not in codes:
                    yield f"{where}.details[{number}].terms", _unknown(code, codes)
        for number, awaited in enumerate(words.tests):
            if awaited.term not in codes:
                yield f"{where}.tests[{number}].term", _unknown(awaited.term, codes)
        for language in ("en", "zh_CN"):
            if words.line is None:
                break
            line = words.line.in_language(language)
            if [line.count(place) for place in ("{detail}", "{reaction}", "{")] != [1, 1, 2]:
                yield f"{where}.line.{language}", message(N_("it needs {detail} and {reaction}, each once."), **_PLACES)


def _grading_mistakes(gradings: tuple[Grading, ...]) -> Iterator[tuple[str, Message]]:
    yield from _repeated("gradings", "ctcae_term", [grading.ctcae_term for grading in gradings])
    measures = [scale.measure for grading in gradings for scale in grading.scales]
    yield from _repeated("scales", "measure", measures)
    for index, grading in enumerate(gradings):
        where = f"gradings[{index}]"
        grades = [words.grade for words in grading.grades]
        if not grades or not _ascends(grades):
            yield f"{where}.grades", message(N_("grades must ascend, each once, from 1 to 5."))
        for number, scale in enumerate(grading.scales):
            yield from _scale_mistakes(f"{where}.scales[{number}]", scale, grades)


def _scale_mistakes(where: str, scale: Scale, grades: list[int]) -> Iterator[tuple[str, Message]]:
    if scale.least >= scale.most:
        yield f"{where}.least", message(N_("it must be below “most”, {value}."), value=scale.most)
    if not scale.bands:
        yield f"{where}.bands", message(N_("the list must not be empty."))
    for index, band in enumerate(scale.bands):
        if band.grade not in grades:
            yield f"{where}.bands[{index}].grade", _unknown(str(band.grade), [str(grade) for grade in grades])
        if sum(limit is not None for limit in _limits(band)) != 1:
            yield f"{where}.bands[{index}]", message(N_("exactly one of at_least, above and below is needed."))


def _limits(band: Band) -> tuple[object, ...]:
    return (band.at_least, band.above, band.below)


def _ascends(grades: list[int]) -> bool:
    return all(grade in _GRADES for grade in grades) and grades == sorted(set(grades))


def _repeated(table: str, key: str, values: list[str]) -> Iterator[tuple[str, Message]]:
    for index, value in enumerate(values):
        if value in values[:index]:
            yield (
                f"{table}[{index}].{key}",
                message(N_("“{value}” stands here twice; each may stand once."), value=value),
            )


def _unknown(value: str, allowed: Iterable[str]) -> Message:
    return message(N_("“{value}” is not known here. Allowed: {allowed}."), value=value, allowed=tuple(allowed))


def _blank_texts(where: str, value: object) -> Iterator[tuple[str, Message]]:
    """Yield every text that is empty, in whichever language: a nurse must never see an empty button."""
    match value:
        case str():
            if not value.strip():
                yield where, message(N_("this text must not be empty."))
        case tuple():
            for index, item in enumerate(value):
                yield from _blank_texts(f"{where}[{index}]", item)
        case Record():
            for key in value.__struct_fields__:
                yield from _blank_texts(f"{where}.{key}".lstrip("."), getattr(value, key))
