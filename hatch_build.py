"""Compile the translation catalogues: as a hatch build hook, and by hand with `python hatch_build.py`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUES = "resources/locale/*/LC_MESSAGES/ivigdesk.po"
_CATALOGUE_LINE = re.compile(
    r"""\s*(\#.*|((msgctxt|msgid|msgid_plural|msgstr(\[\d+\])?)\s+)?"([^"\\]|\\.)*")?\s*""",
    re.VERBOSE,
)


class BrokenCatalogueError(Exception):
    """One or more catalogues must be mended before the program can be built; the text says where."""


class CatalogueBuildHook(BuildHookInterface[Any]):
    """Compiles the catalogues for a wheel and a checkout, and puts `resources/` into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Leave every `.mo` beside its `.po`. A checkout reads `resources/` in place, a wheel carries it."""
        compile_catalogues(Path(self.root))
        if version != "editable":
            build_data["force_include"]["resources"] = "ivigdesk/_resources"


def compile_catalogues(root: Path) -> list[Path]:
    """Write every catalogue below `root` as `.mo` and return the files written.

    Raises:
        BrokenCatalogueError: a catalogue is unreadable, is fuzzy, or breaks a placeholder; none is written.
    """
    catalogues = {path: read_catalogue(path) for path in sorted(root.glob(CATALOGUES))}
    found = [
        f"{path.relative_to(root)}: {problem}"
        for path, catalogue in catalogues.items()
        for problem in problems(catalogue)
    ]
    if found:
        raise BrokenCatalogueError("\n".join(found))
    written = []
    for path, catalogue in catalogues.items():
        compiled = path.with_suffix(".mo")
        with compiled.open("wb") as file:
            write_mo(file, catalogue)
        written.append(compiled)
    return written


def read_catalogue(path: Path) -> Catalog:
    """Return the catalogue in `path`, refusing any line that is not understood."""
    try:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if not _CATALOGUE_LINE.fullmatch(line):  # Babel itself guesses at a missing quotation mark
                raise BrokenCatalogueError(f"{path}: line {number} is not understood: {line}")
        with path.open("rb") as file:
            return read_po(file, locale=path.parent.parent.name, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise BrokenCatalogueError(f"{path}: {error}") from error


def problems(catalogue: Catalog) -> Iterator[str]:
    """Yield one sentence per entry that must not reach a ward. A missing translation is not among them."""
    if catalogue.fuzzy:
        yield "the header is marked fuzzy"
    for entry in catalogue:
        if not entry.id:
            continue
        wording = _as_tuple(entry.string)
        if entry.fuzzy:
            yield f"{_name(entry)} is marked fuzzy"
        elif not any(wording):
            continue
        elif entry.pluralizable and (len(wording) != catalogue.num_plurals or not all(wording)):
            yield f"{_name(entry)} needs {catalogue.num_plurals} plural forms, all worded"
        else:
            yield from _placeholder_problems(entry, wording)


def _placeholder_problems(entry: Message, wording: tuple[str, ...]) -> Iterator[str]:
    allowed = [_placeholders(text) for text in _as_tuple(entry.id)]
    for text in wording:
        try:
            used = _placeholders(text)
        except ValueError as error:
            yield f"{_name(entry)}: {text!r} cannot be filled in: {error}"
            continue
        if used not in allowed:
            yield f"{_name(entry)}: {text!r} has the places {sorted(used)}, not {sorted(allowed[-1])}"


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _as_tuple(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def _name(entry: Message) -> str:
    return repr(_as_tuple(entry.id)[0])


if __name__ == "__main__":
    try:
        compile_catalogues(Path(__file__).resolve().parent)
    except BrokenCatalogueError as error:
        sys.exit(str(error))
