"""Which folder holds the ward."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from ivigdesk.settings import DATA_VARIABLE, data_folder


def test_the_folder_on_the_command_line_comes_first(tmp_path: Path) -> None:
    assert data_folder(tmp_path, {DATA_VARIABLE: "/elsewhere"}) == tmp_path


def test_then_the_folder_of_the_environment() -> None:
    assert data_folder(None, {DATA_VARIABLE: "/elsewhere"}) == Path("/elsewhere")


def test_an_empty_environment_means_the_platforms_own_place() -> None:
    for environment in ({}, {DATA_VARIABLE: ""}):
        assert data_folder(None, environment).name == "ivigdesk"
        assert data_folder(None, environment).is_absolute()


@pytest.mark.parametrize(
    "environment",
    [
        {"HOME": "/home/nurse"},
        {"HOME": "/home/nurse", "XDG_DATA_HOME": "/data"},
        {"HOME": "/home/nurse", "XDG_DATA_HOME": "data"},
        {"HOME": "/home/nurse/", "XDG_DATA_HOME": ""},
        {"HOME": "nurse"},
        {"HOME": ""},
        {"XDG_DATA_HOME": "/data"},
    ],
)
def test_the_platforms_own_place_is_where_every_program_looks(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert data_folder(None, environment) == Path(platformdirs.user_data_dir("ivigdesk", appauthor=False))
