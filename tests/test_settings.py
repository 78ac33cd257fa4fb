"""Which folder holds the ward."""

from __future__ import annotations

from pathlib import Path

from ivigdesk.settings import DATA_VARIABLE, data_folder


def test_the_folder_on_the_command_line_comes_first(tmp_path: Path) -> None:
    assert data_folder(tmp_path, {DATA_VARIABLE: "/elsewhere"}) == tmp_path


def test_then_the_folder_of_the_environment() -> None:
    assert data_folder(None, {DATA_VARIABLE: "/elsewhere"}) == Path("/elsewhere")


def test_an_empty_environment_means_the_platforms_own_place() -> None:
    for environment in ({}, {DATA_VARIABLE: ""}):
        assert data_folder(None, environment).name == "ivigdesk"
        assert data_folder(None, environment).is_absolute()
