"""A ward's own file wins, a bad one is named, and no name reaches another folder."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from ivigdesk import resources
from ivigdesk.actions.library.checks import Kind, unknown_source
from ivigdesk.actions.library.files import Library
from ivigdesk.errors import KnownError
from ivigdesk.wording import Wording

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
    assert "“folder.toml” cannot be read: this is a folder." in str(problem)


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


def test_a_misnamed_copy_is_refused_by_both_names_and_the_named_file_stays(tmp_path: Path) -> None:
    own(tmp_path, "regimens", CMV, shipped("regimens", CMV))
    own(tmp_path, "regimens", "copy", shipped("regimens", CMV))
    library = Library(tmp_path)
    assert CMV in [one.id for one in library.regimens()]
    (refused,) = library.refused
    assert (refused.kind, refused.file, refused.key, refused.is_own) == ("regimens", "copy.toml", "id", True)
    said = Wording("en").say(refused.reason)
    assert f"“{CMV}” is the id of {CMV}.toml already" in said
    with pytest.raises(KnownError, match=r"copy\.toml, key “id”"):
        library.regimen("copy")


def test_a_file_that_is_not_called_by_its_id_is_refused_by_both_names(tmp_path: Path) -> None:
    own(tmp_path, "products", "ours", shipped("products", "cn-ph4-5"))
    library = Library(tmp_path)
    library.products()
    (problem,) = library.problems
    assert "ours.toml" in str(problem)
    assert "cn-ph4-5.toml" in str(problem)


@pytest.mark.parametrize(
    ("kind", "name", "old", "new", "key"),
    [
        ("regimens", CMV, '["article-ref-4"]', '["s999"]', "sources[0]"),
        ("products", "privigen-10", '["S29"]', '["S29", "S999"]', "sources[1]"),
        ("products", "privigen-10", 'source = "S29"', 'source = "S999"', "ladders[0].source"),
        ("criteria", "cms", 'source = "s14, s15, article-ref-7"', 'source = "s14, s999"', "rules[0].source"),
    ],
)
def test_an_unknown_source_is_refused_and_the_others_still_load(
    tmp_path: Path, kind: Kind, name: str, old: str, new: str, key: str
) -> None:
    content = shipped(kind, name)
    assert old in content
    own(tmp_path, kind, name, content.replace(old, new))
    library = Library(tmp_path)
    read = {"regimens": library.regimens, "products": library.products, "criteria": library.profiles}[kind]()
    assert len(read) == len(resources.files(kind, ".toml")) - 1
    (refused,) = library.refused
    assert (refused.file, refused.key) == (f"{name}.toml", key)
    assert "999” is not in the evidence" in Wording("en").say(refused.reason)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("every_days = 2", "every_days = -2", "phases[0].every_days"),
        ("for_days = 14", "", "phases[0].doses"),
        ("weight_policy =", "weight_polcy =", "weight_polcy"),
        ('id = "', "id = ", "line"),
    ],
)
def test_a_slip_is_listed_with_file_key_and_reason(tmp_path: Path, old: str, new: str, key: str) -> None:
    own(tmp_path, "regimens", CMV, shipped("regimens", CMV).replace(old, new, 1))
    library = Library(tmp_path)
    assert len(library.regimens()) == len(resources.files("regimens", ".toml")) - 1
    (refused,) = library.refused
    words = Wording("en")
    assert key in (refused.key if isinstance(refused.key, str) else words.say(refused.key))
    assert "Allowed" in words.say(refused.reason)


def test_a_mended_file_is_read_again(tmp_path: Path) -> None:
    path = own(tmp_path, "regimens", CMV, "id = ")
    library = Library(tmp_path)
    assert CMV not in [one.id for one in library.regimens()]
    path.write_text(shipped("regimens", CMV), encoding="utf-8")
    library.read_again()
    assert CMV in [one.id for one in library.regimens()]
    assert library.problems == ()


def test_a_source_in_words_is_taken_and_one_that_looks_like_an_id_is_looked_up() -> None:
    evidence = Library().evidence()
    for known in (
        "s29",
        "S29, s31",
        "GK-M",
        "Dr S. Kim, ward protocol 12, 2026",
        "本院方案",
        "FACTS 4.2 (design; S34)",
    ):
        assert unknown_source(known, evidence) == "", known
    for unknown in ("s999", "S29, S999", "S29 S999", "nelson", "s29; s999"):
        assert unknown_source(unknown, evidence) in ("s999", "S999", "nelson"), unknown


def test_whose_file_it_is_can_be_asked(tmp_path: Path) -> None:
    own(tmp_path, "regimens", CMV, shipped("regimens", CMV))
    library = Library(tmp_path)
    assert library.is_own("regimens", CMV)
    assert library.is_shipped("regimens", CMV)
    assert not library.is_own("products", "privigen-10")
    assert not library.is_own("products", "../ward")
    assert not Library().is_own("regimens", CMV)
    with pytest.raises(KnownError, match="no ward"):
        Library().own_folder("regimens")


def test_every_profile_is_read_in_the_order_of_the_fact_base() -> None:
    profiles = Library().profiles()
    assert [one.id for one in profiles] == ["cms", "ontario", "nhs", "au", "eu-label", "cn-label", "unit"]
    assert Library().profile("cms") == profiles[0]
    with pytest.raises(KnownError, match="not in the library"):
        Library().profile("nobody")
