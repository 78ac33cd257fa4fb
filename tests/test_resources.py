"""Data and pictures lie beside the code in a checkout, and inside the package in a wheel."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivigdesk import resources


def test_a_checkout_has_its_resources_beside_the_package() -> None:
    assert resources.folder("regimens").is_dir()
    assert resources.folder("side_effects.toml").is_file()
    assert not resources.folder("no", "such").exists()


def test_a_wheel_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_resources" / "fonts").mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    assert resources.folder("fonts") == tmp_path / "_resources" / "fonts"


def test_files_of_a_kind_are_found_in_order_and_no_others() -> None:
    files = resources.files("products", ".toml")
    assert len(files) > 5
    assert list(files) == sorted(files)
    assert {file.suffix for file in files} == {".toml"}
    assert resources.files("no-such-folder", ".toml") == ()
