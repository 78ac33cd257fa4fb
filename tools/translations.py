"""Bring the catalogues up to date with the program's texts (`update`), or say what they lack (`check`)."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from babel.messages.catalog import Catalog  # noqa: E402  (the checkout must be importable first)
from babel.messages.extract import extract_from_dir  # noqa: E402
from babel.messages.pofile import write_po  # noqa: E402

from hatch_build import (  # noqa: E402
    CATALOGUES,
    BrokenCatalogueError,
    compile_catalogues,
    problems,
    read_catalogue,
)

TEMPLATE = ROOT / "resources" / "locale" / "ivigdesk.pot"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "message": None,
    "ngettext": (1, 2),
    "plural_message": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = "# Texts of ivigdesk. Licensed like the program, Apache-2.0."


def main(arguments: list[str]) -> int:
    """Run `update` or `check` and return the exit code."""
    match arguments:
        case ["update"]:
            return update()
        case ["check"]:
            return check()
        case _:
            print("usage: translations.py update | check", file=sys.stderr)
            return 2


def update() -> int:
    """Write the template and every catalogue anew, sorted and without guesses; compile them."""
    template = extract_template()
    _write(TEMPLATE, template)
    for path in _catalogue_paths():
        catalogue = read_catalogue(path)
        catalogue.update(template, no_fuzzy_matching=True)
        _write(path, catalogue)
        waiting = len([entry for entry in catalogue if entry.id and not _is_worded(entry.string)])
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} texts, {waiting} to translate")
    try:
        compile_catalogues(ROOT)
    except BrokenCatalogueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def check() -> int:
    """Name every text that a catalogue does not know or has not translated, and every broken entry."""
    template = extract_template()
    found = []
    for path in _catalogue_paths():
        catalogue = read_catalogue(path)
        name = path.relative_to(ROOT)
        found += [f"{name}: {problem}" for problem in problems(catalogue)]
        for entry in template:
            if not entry.id:
                continue
            known = catalogue.get(entry.id, entry.context)
            if known is None:
                found.append(f"{name}: {entry.id!r} is missing; run make translations")
            elif not _is_worded(known.string):
                found.append(f"{name}: {entry.id!r} is not translated")
    print("\n".join(found), file=sys.stderr, end="\n" if found else "")
    return 1 if found else 0


def extract_template() -> Catalog:
    """Return every marked text of the program, with its comments for translators."""
    first_written = read_catalogue(TEMPLATE).creation_date  # kept, so that a diff shows texts only
    template = Catalog(
        project="ivigdesk",
        version="0.1.0",
        header_comment=HEADER,
        creation_date=first_written,
        revision_date=first_written,
        last_translator="ivigdesk",
        language_team="ivigdesk",
        fuzzy=False,
    )
    template.msgid_bugs_address = ""  # else Babel invents one
    found = extract_from_dir(
        ROOT / "ivigdesk",
        method_map=[("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for _file, _line, text, comments, context in found:
        template.add(text, None, auto_comments=comments, context=context)
    return template


def _write(path: Path, catalogue: Catalog) -> None:
    for entry in catalogue:
        entry.flags.discard("python-format")  # places are {named}; a per-cent sign is only a per-cent sign
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, no_location=True, sort_output=True, ignore_obsolete=True)


def _catalogue_paths() -> list[Path]:
    return sorted(ROOT.glob(CATALOGUES))


def _is_worded(wording: str | list[str] | tuple[str, ...] | None) -> bool:
    return bool(wording) and all(wording or ())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
