"""A ward's file in a fresh folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from ivigdesk.messages import Record
from ivigdesk.store import Ward, open_store
from tests.store.samples import MORNING


class Save(Protocol):
    def __call__(self, *records: Record) -> None: ...


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ward" / "ward.ivigdesk"


@pytest.fixture
def ward(path: Path) -> Iterator[Ward]:
    with open_store(path) as opened:
        yield opened


@pytest.fixture
def save(ward: Ward) -> Save:
    def add(*records: Record) -> None:
        with ward.changing(nurse="Li Na", at=MORNING, action="test") as change:
            for record in records:
                change.add(record)

    return add


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its content. Only for folders whose ward is closed."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
