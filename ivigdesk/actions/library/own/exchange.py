"""Hands a library file to another ward, and takes one in after the same checks as for every file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.library.checks import check_sources
from ivigdesk.actions.library.content import library_content
from ivigdesk.actions.library.own.keeping import keep, next_version, write_whole
from ivigdesk.clinical.products.product import Product
from ivigdesk.clinical.products.product_file import parse_product
from ivigdesk.clinical.products.product_write import write_product
from ivigdesk.clock import today
from ivigdesk.errors import KnownError, reason_of
from ivigdesk.messages import N_, Record, message
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.scheduling.regimen_file import parse_regimen
from ivigdesk.scheduling.regimen_write import write_regimen

Handed = Literal["regimens", "products"]


class HandedIn(Record, frozen=True):
    """A file of another ward, looked at.

    Attributes:
        kind: what it is.
        record: what it says.
        known_version: version of the file that the library has under this id; empty when it has none.
        is_stored: True when it lies in the ward's library now; False when it waits for a person's word.
    """

    kind: Handed
    record: Regimen | Product
    known_version: str = ""
    is_stored: bool = False


def hand_over(desk: Desk, kind: Handed, file_id: str, to: Path) -> Path:
    """Copy a library file out, byte by byte, and return where it lies; a folder gets it under its own name.

    Raises:
        KnownError: there is no such file, or it cannot be written there.
    """
    source = desk.library.file(kind, file_id)
    target = to / source.name if to.is_dir() else to
    try:
        write_whole(target, source.read_bytes())
    except OSError as error:
        raise KnownError(
            message(
                N_("“{file}” cannot be written: {why}. Nothing was handed over."),
                file=target.name,
                why=reason_of(error),
            )
        ) from error
    return target


def take_in(desk: Desk, path: Path, *, as_new_version: bool = False) -> HandedIn:
    """Take a file of another ward into the library.

    When the library has another content under its id, nothing is stored unless `as_new_version` says so: then it gets
    the next version, and the one before stays in `earlier`.

    Raises:
        KnownError: nobody is on duty, or the file cannot be read or used; the sentence names key and reason.
    """
    desk.must_have_nurse()
    content = library_content(path)
    kind, record = _read(content, path.name)
    check_sources(path.name, record, desk.library.evidence())
    known = _known(desk, kind, record.id)
    if known is not None and msgspec.structs.replace(record, version=known.version) == known:
        return HandedIn(kind=kind, record=known, known_version=known.version, is_stored=True)
    if known is not None:
        if not as_new_version:
            return HandedIn(kind=kind, record=record, known_version=known.version)
        record = msgspec.structs.replace(record, version=next_version(known.version, today(desk.clock)))
        content = _written(record)
    elif desk.library.is_own(kind, record.id) and not as_new_version:
        # What lies there is refused, but it is the ward's: a person says whether it may go.
        return HandedIn(kind=kind, record=record, known_version="?")
    keep(desk, kind, record.id, content)
    return HandedIn(kind=kind, record=record, known_version=known.version if known else "", is_stored=True)


def _read(content: bytes, name: str) -> tuple[Handed, Regimen | Product]:
    """Return what a file is and says. A product has vials or a concentration; everything else is read as a regimen."""
    try:
        keys = tomllib.loads(content.decode("utf-8-sig")).keys()
    except (ValueError, RecursionError):
        keys = {}.keys()  # the regimen's reader says what is wrong
    if "vials" in keys or "g_per_l" in keys:
        product = parse_product(content, name)
        _check_id(product.id, name)
        return "products", product
    return "regimens", parse_regimen(content, name)


def _check_id(file_id: str, name: str) -> None:
    # SAFETY: the id becomes a file's name; one with a path in it must not reach another folder.
    if not file_id or not file_id.isascii() or not file_id.replace("-", "").replace(".", "").isalnum():
        raise KnownError(
            message(
                N_("{file}, key “id”: “{value}” cannot be used. Allowed: small letters a to z, digits and hyphens."),
                file=name,
                value=file_id,
            )
        )


def _known(desk: Desk, kind: Handed, file_id: str) -> Regimen | Product | None:
    library = desk.library
    if not library.is_own(kind, file_id) and not library.is_shipped(kind, file_id):
        return None
    try:
        return library.regimen(file_id) if kind == "regimens" else library.product(file_id)
    except KnownError:
        return None


def _written(record: Regimen | Product) -> bytes:
    return write_regimen(record) if isinstance(record, Regimen) else write_product(record)
