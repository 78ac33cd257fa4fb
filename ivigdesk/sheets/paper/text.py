"""Text set in lines: Latin words stay whole, Chinese breaks by its own rules, nothing is ever clipped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ivigdesk.sheets.fonts import width as text_width
from ivigdesk.sheets.glyphs import clean
from ivigdesk.sheets.style import Style

LEADING = 1.3
_BASELINE = 1.03  # of the size, from the top of a line of `LEADING`

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_OPENING = "\uff08《“‘【〔「"
_CLOSING = "\uff0c。、\uff1b\uff1a\uff01\uff1f\uff09》”’】〕」%‰℃·…—,.;:!?)"
_TOKEN = re.compile(
    rf"\n| +"
    rf"|[{_OPENING}]*(?:(?:[0-9]{{4}}年)?[0-9]{{1,2}}月[0-9]{{1,2}}日|周[一二三四五六日]|小时|分钟|第?[0-9]+(?:\.[0-9]+)?[年月日天次页级分小瓶]|[{_CJK}])[{_CLOSING}]*"
    rf"|[^ \n{_CJK}]+[{_CLOSING}]*"
)
_NO_BREAK = "\u00a0"
_BEFORE_UNIT = re.compile(r"(?<=[0-9]) (?=(?:%|°C|g|mg|kg|mL|mmHg|cm|h|min)(?:[^A-Za-z]|$))")  # however it was typed
_AFTER_HYPHEN = re.compile(r"(?<=[a-z]-)(?=[a-z])")


class Run(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: Style


class Piece(NamedTuple):
    """Part of a line: where it begins from the line's left edge, and what it says."""

    x: float
    text: str
    style: Style


class Line(NamedTuple):
    """One set line.

    Attributes:
        pieces: from left to right.
        width: points, without trailing space.
        height: points.
        baseline: points below the line's top.
    """

    pieces: tuple[Piece, ...]
    width: float
    height: float
    baseline: float


Runs = Sequence[Run]
_Token = tuple[tuple[str, Style], ...]


def wrap(runs: Runs, width: float) -> tuple[Line, ...]:
    """Return `runs` set in lines of at most `width` points.

    A word that is wider than a line is broken between characters rather than clipped.

    Raises:
        KnownError: a character cannot be printed.
        ValueError: the line is too narrow for a single character; a bug of the caller.
    """
    return _wrapped(tuple(runs), width)


@lru_cache(maxsize=4096)  # a sheet is set several times until it fits, and the sheets of a day share their words
def _wrapped(runs: tuple[Run, ...], width: float) -> tuple[Line, ...]:
    lines = _Lines(width, runs[-1].style if runs else None)
    for token in _tokens(runs):
        lines.add(token)
    return lines.finished()


class _Lines:
    """Lines under construction."""

    def __init__(self, width: float, last_style: Style | None) -> None:
        self._width = width
        self._style = last_style
        self._done: list[Line] = []
        self._parts: list[tuple[str, Style]] = []
        self._used = 0.0
        self._spaces: list[tuple[str, Style]] = []
        self._space_width = 0.0

    def add(self, token: _Token) -> None:
        text = token[0][0]
        if text == "\n":
            self._break()
        elif text[0] == " ":
            if self._parts:
                self._spaces.extend(token)
                self._space_width += _measure(token)
        else:
            self._add_word(token, _measure(token))

    def _add_word(self, token: _Token, wide: float) -> None:
        if self._parts and self._used + self._space_width + wide > self._width:
            self._break()
        if wide > self._width:
            self._add_in_parts(token)
            return
        self._parts.extend(self._spaces)
        self._parts.extend(token)
        self._used += self._space_width + wide
        self._spaces, self._space_width = [], 0.0

    def _add_in_parts(self, token: _Token) -> None:
        """Break what should not be broken: at no-break spaces if that helps, else between characters."""
        for text, style in token:
            for part in re.split(f"(?<={_NO_BREAK})", text):
                if text_width(part, style.font, style.size) <= self._width:
                    self._add_word(((part, style),), text_width(part, style.font, style.size))
                    continue
                for character in part:
                    wide = text_width(character, style.font, style.size)
                    if wide > self._width:
                        raise ValueError(f"a line of {self._width:.1f} points cannot hold {character!r}")
                    self._add_word(((character, style),), wide)

    def _break(self) -> None:
        self._done.append(_line(self._parts, self._style))
        self._parts, self._used = [], 0.0
        self._spaces, self._space_width = [], 0.0

    def finished(self) -> tuple[Line, ...]:
        if self._parts:
            self._break()
        return tuple(self._done)


def _line(parts: list[tuple[str, Style]], fallback: Style | None) -> Line:
    pieces: list[Piece] = []
    x = 0.0
    largest = 0.0
    for text, style in parts:
        if pieces and pieces[-1].style == style:
            pieces[-1] = pieces[-1]._replace(text=pieces[-1].text + text)
        else:
            pieces.append(Piece(x, text, style))
        x += text_width(text, style.font, style.size)
        largest = max(largest, style.size)
    size = largest or (fallback.size if fallback else 0.0)
    return Line(tuple(pieces), x, size * LEADING, size * _BASELINE)


def _measure(token: _Token) -> float:
    return sum(text_width(text, style.font, style.size) for text, style in token)


def _tokens(runs: Runs) -> Iterator[_Token]:
    """Yield what may not be broken, in order; a no-break space joins its neighbours, across styles too."""
    cleaned = [(_BEFORE_UNIT.sub(_NO_BREAK, clean(run.text)), run.style) for run in runs if run.text]
    whole = "".join(text for text, _ in cleaned)
    starts = []
    at = 0
    for text, _ in cleaned:
        starts.append(at)
        at += len(text)
    for begin, end in _spans(whole):
        yield tuple(
            (text[max(begin - start, 0) : end - start], style)
            for start, (text, style) in zip(starts, cleaned, strict=True)
            if start < end and begin < start + len(text)
        )


def _spans(text: str) -> Iterable[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        begin, end = match.span()
        glued = spans and (text[begin] == _NO_BREAK or text[begin - 1] == _NO_BREAK) and text[begin] not in " \n"
        if glued:
            begin = spans.pop()[0]
        cuts = [begin + cut.start() for cut in _AFTER_HYPHEN.finditer(text[begin:end])]
        spans.extend(zip([begin, *cuts], [*cuts, end], strict=True))
    return spans
