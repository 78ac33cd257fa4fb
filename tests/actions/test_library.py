"""A ward's own file wins, a bad one is named, and no name reaches another folder."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from ivigdesk import resources
from ivigdesk.actions.library import Library
from ivigdesk.errors import KnownError

CMV = "cmv-pneumonia-fred-hutch"


def own(folder: Path, kind: str, name: str, content: str) -> Path:
    path = folder / "library" / kind / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def shipped(kind: str, name: str) -> str:
    return resources.folder(kind, f"{name}.toml").read_text(encoding="utf-8")


def test_every_shipped_file_is_read_and_nothing_is_wrong_with_it() -> None:
    library = Library()
    assert len(library.regimens()) == len(resources.files("regimens", ".toml"))
    assert len(library.products()) == len(resources.files("products", ".toml"))
    assert library.side_effects().terms
    assert library.evidence().entries
    assert library.checklist().items
    assert library.problems == ()


def test_a_file_is_read_once() -> None:
    library = Library()
    assert library.regimen(CMV) is library.regimen(CMV)
    assert library.product("cn-ph4-5") is library.product("cn-ph4-5")
    assert library.side_effects() is library.side_effects()
    assert library.evidence() is library.evidence()


def test_a_wards_own_file_wins_over_the_shipped_one(tmp_path: Path) -> None:
    version = Library().regimen(CMV).version
    own(tmp_path, "regimens", CMV, shipped("regimens", CMV).replace(f'version = "{version}"', 'version = "ours-1"'))
    library = Library(tmp_path)
    assert library.regimen(CMV).version == "ours-1"
    assert [one.version for one in library.regimens() if one.id == CMV] == ["ours-1"]
    assert len(library.regimens()) == len(Library().regimens())


@pytest.mark.parametrize("kind", ["regimens", "products"])
def test_a_bad_file_is_named_and_the_others_still_load(tmp_path: Path, kind: str) -> None:
    own(tmp_path, kind, "broken", "id = ")
    library = Library(tmp_path)
    read = library.regimens() if kind == "regimens" else library.products()
    assert len(read) == len(resources.files(kind, ".toml"))
    (problem,) = library.problems
    assert "broken.toml" in str(problem)
    with pytest.raises(KnownError, match=r"broken\.toml"):
        (library.regimen if kind == "regimens" else library.product)("broken")


def test_a_bad_file_of_the_wards_own_is_not_passed_over_for_the_shipped_one(tmp_path: Path) -> None:
    own(tmp_path, "products", "cn-ph4-5", "id = ")
    with pytest.raises(KnownError, match=r"cn-ph4-5\.toml"):
        Library(tmp_path).product("cn-ph4-5")


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../regimens/" + CMV, "/etc/passwd", "no-such", CMV + ".toml", "a\\..\\b", "x" * 5000, "\udcff"],
)
def test_a_name_with_a_path_in_it_reaches_no_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "library" / "regimens").mkdir(parents=True)
    (tmp_path / "library" / "outside.toml").write_text(shipped("regimens", CMV), encoding="utf-8")
    for read in (Library(tmp_path).regimen, Library(tmp_path).product):
        with pytest.raises(KnownError, match="is not in the library") as refused:
            read(name)
        assert "cn-ph4-5" in str(refused.value) or CMV in str(refused.value), "it says what there is"
    with pytest.raises(KnownError, match="is not in the library"):
        Library(tmp_path).regimen("../outside")


def test_a_folder_called_like_a_file_is_named_too(tmp_path: Path) -> None:
    (tmp_path / "library" / "regimens" / "folder.toml").mkdir(parents=True)
    library = Library(tmp_path)
    assert len(library.regimens()) == len(Library().regimens())
    (problem,) = library.problems
    assert "“folder”" in str(problem)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = own(tmp_path, "products", "cn-ph4-5", shipped("products", "cn-ph4-5"))
    read = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self == path:
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(KnownError, match=r"“cn-ph4-5\.toml” cannot be read: no permission"):
        Library(tmp_path).product("cn-ph4-5")
