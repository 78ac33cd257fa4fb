"""Where the program's data and pictures lie, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(*parts: str) -> Path:
    """Return the path of a resource, e.g. `folder("regimens")`; it need not exist."""
    installed = _PACKAGE / "_resources"
    root = installed if installed.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)


def files(part: str, ending: str) -> tuple[Path, ...]:
    """Return the resource files below `part` with the given ending, sorted by name."""
    return tuple(sorted(folder(part).glob(f"*{ending}")))
