"""Puts a ward's own files in place whole, each with its author, date and a version that only rises."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from datetime import date
from pathlib import Path

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.library.checks import Kind
from ivigdesk.actions.library.own.product_draft import draft_product
from ivigdesk.actions.library.own.product_form import ProductForm
from ivigdesk.actions.library.own.regimen_draft import draft_regimen
from ivigdesk.actions.library.own.regimen_form import RegimenForm
from ivigdesk.clinical.products.product import Product
from ivigdesk.clinical.products.product_file import parse_product
from ivigdesk.clinical.products.product_write import write_product
from ivigdesk.clock import today
from ivigdesk.errors import KnownError, reason_of
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.scheduling.regimen_file import parse_regimen
from ivigdesk.scheduling.regimen_write import write_regimen
from ivigdesk.store.files import flush

EARLIER_FOLDER = "earlier"

_VERSION = re.compile(r"([0-9]{4}-[0-9]{2})(?:\.([0-9]+))?")


def save_regimen(desk: Desk, form: RegimenForm) -> Regimen:
    """Write what the form says as the ward's own file, and return it as the library now has it.

    The nurse on duty is its author, today its date, and its version is above the one before, which stays beside it
    in the folder `earlier`. A form that changes nothing writes nothing.

    Raises:
        Refused: with every mistake of the form.
        KnownError: nobody is on duty, or the file cannot be written: nothing was saved.
    """
    nurse = desk.must_have_nurse()
    drafted = draft_regimen(desk.library, form)
    before = _before(desk, "regimens", drafted.id)
    if isinstance(before, Regimen) and _is_same(drafted, before):
        return before
    day = today(desk.clock)
    version = next_version(before.version if before else "", day)
    kept = msgspec.structs.replace(drafted, author=nurse, written_on=day, version=version)
    content = write_regimen(kept)
    if parse_regimen(content, f"{kept.id}.toml") != kept:
        raise ValueError(f"{kept.id} does not read back as it was written")
    keep(desk, "regimens", kept.id, content)
    return desk.library.regimen(kept.id)


def save_product(desk: Desk, form: ProductForm) -> Product:
    """Write what the form says as the ward's own file, as `save_regimen` does.

    Raises:
        Refused: with every mistake of the form.
        KnownError: nobody is on duty, or the file cannot be written: nothing was saved.
    """
    nurse = desk.must_have_nurse()
    day = today(desk.clock)
    drafted = draft_product(desk.library, form, nurse=nurse, day=day)
    before = _before(desk, "products", drafted.id)
    # An unchanged product keeps the comparison with its label; a changed one has to be compared again.
    beside = () if form.compared else ("checked_by",)
    if isinstance(before, Product) and _is_same(drafted, before, *beside):
        return before
    version = next_version(before.version if before else "", day)
    kept = msgspec.structs.replace(drafted, author=nurse, written_on=day, version=version)
    content = write_product(kept)
    if parse_product(content, f"{kept.id}.toml") != kept:
        raise ValueError(f"{kept.id} does not read back as it was written")
    keep(desk, "products", kept.id, content)
    return desk.library.product(kept.id)


def next_version(before: str, day: date) -> str:
    """Return the version after `before`: the month of `day`, counted within it: `2026-11`, `2026-11.2`, `2026-11.3`.

    It never falls, not even when the clock stands behind the version before.
    """
    month = f"{day.year}-{day.month:02d}"
    found = _VERSION.fullmatch(before)
    if found is None or found[1] < month:
        return month
    return f"{found[1]}.{int(found[2] or 1) + 1}"


def keep(desk: Desk, kind: Kind, file_id: str, content: bytes) -> Path:
    """Put a file in its place whole; the one before goes into `earlier` under its version. The library reads anew.

    Raises:
        KnownError: it cannot be written; what was there stays.
    """
    folder = desk.library.own_folder(kind)
    path = folder / f"{file_id}.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists():
            _keep_earlier(desk, kind, file_id, path)
        write_whole(path, content)
    except OSError as error:
        raise KnownError(
            message(N_("“{file}” cannot be written: {why}. Nothing was saved."), file=path.name, why=reason_of(error))
        ) from error
    finally:
        desk.library.read_again()
    return path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that its name holds either what was there before or all of `content`, even if power fails."""
    handle, part = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(part).unlink()
    flush(path.parent)


def _keep_earlier(desk: Desk, kind: Kind, file_id: str, path: Path) -> None:
    """Copy the file that is about to be replaced; a refused one is kept too, under a number."""
    before = _before(desk, kind, file_id)
    version = before.version if before and desk.library.is_own(kind, file_id) else "unread"
    word = re.sub(r"[^A-Za-z0-9.-]+", "-", version)
    folder = path.parent / EARLIER_FOLDER
    folder.mkdir(exist_ok=True)
    content = path.read_bytes()
    target, number = folder / f"{file_id}-{word}.toml", 1
    while target.exists() and target.read_bytes() != content:
        number += 1
        target = folder / f"{file_id}-{word}-{number}.toml"
    if not target.exists():
        write_whole(target, content)


def _before(desk: Desk, kind: Kind, file_id: str) -> Regimen | Product | None:
    """Return what the library has under this id now; None when there is nothing, or nothing that can be read."""
    library = desk.library
    if not library.is_own(kind, file_id) and not library.is_shipped(kind, file_id):
        return None
    try:
        return library.regimen(file_id) if kind == "regimens" else library.product(file_id)
    except KnownError:
        return None


def _is_same(drafted: Regimen | Product, before: Regimen | Product, *beside: str) -> bool:
    """Whether nothing but author, dates, version and `beside` differs; a shipped file is never the ward's own."""
    if not before.author:
        return False
    facts = ("author", "written_on", "version", "checked_on", *beside)
    same = {name: getattr(before, name) for name in facts if hasattr(before, name)}
    return msgspec.structs.replace(drafted, **same) == before
