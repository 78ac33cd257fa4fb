"""Products as files: what is shipped fits, and a typing mistake is one sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ivigdesk import resources
from ivigdesk.clinical.products.product_file import parse_product
from ivigdesk.errors import KnownError
from ivigdesk.wording import Wording
from tests.clinical.samples import every_product, product

GOOD = resources.folder("products", "cn-ph4-5.toml").read_text(encoding="utf-8")


def refusal(text: str | bytes) -> str:
    content = text.encode() if isinstance(text, str) else text
    with pytest.raises(KnownError) as caught:
        parse_product(content, "mine.toml")
    return Wording("en").say_error(caught.value)


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


def test_every_shipped_product_is_read_and_named_as_its_file() -> None:
    names = [path.stem for path in resources.files("products", ".toml")]
    assert [brand.id for brand in every_product()] == names
    assert {"cn-ph4-5", "privigen-10", "octagam-10", "gammagard-10", "octagam-5", "cytogam"} <= set(names)


def test_every_text_of_a_product_is_there_in_both_languages() -> None:
    for brand in every_product():
        texts = [brand.title, brand.short_title, brand.maker, brand.stabiliser, brand.storage]
        texts += [text for text in (brand.dilution, brand.flush, brand.line_filter, brand.note) if text]
        texts += [ladder.note for ladder in brand.ladders if ladder.note] + list(brand.contraindications)
        assert all(text.en.strip() and text.zh_CN.strip() for text in texts), brand.id


def test_sugars_that_matter_are_stated() -> None:
    sugars = {brand.id: brand.sugar for brand in every_product()}
    assert sugars["cn-ph4-5"] == sugars["octagam-5"] == sugars["octagam-10"] == "maltose"
    assert sugars["cytogam"] == "sucrose"
    assert sugars["flebogamma-dif-5"] == "sorbitol"


def test_numbers_are_exact() -> None:
    ladder = product("octagam-5").ladders[0]
    assert ladder.steps[-1].rate == Decimal("3.33")


def test_a_byte_order_mark_does_no_harm() -> None:
    assert parse_product(b"\xef\xbb\xbf" + GOOD.encode(), "mine.toml").id == "cn-ph4-5"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            changed("g_per_l", "gram_per_l"),
            "mine.toml, key “gram_per_l”: this key is not known. Allowed: id, version, title, ",
        ),
        (changed("minutes = 15", "minuts = 15"), "mine.toml, key “ladders[0].steps[0].minuts”: this key is not known."),
        (changed("minutes = 15", "minuts = 15"), "Allowed: rate, minutes."),
        (changed("g_per_l = 50\n", ""), "mine.toml, key “g_per_l”: this key is missing."),
        (changed('"maltose"', '"glucose"'), "key “sugar”: this value is not known. Allowed: maltose, none, sorbitol, "),
        (changed("g_per_l = 50", "g_per_l = true"), "key “g_per_l”: a number is needed here."),
        (changed("g_per_l = 50", 'g_per_l = "fifty"'), "key “g_per_l”: a number is needed here."),
        (changed("g_per_l = 50", "g_per_l = nan"), "key “g_per_l”: a number is needed here."),
        (changed("rate = 3.0", "rate = inf"), "key “ladders[0].steps[1].rate”: a number is needed here."),
        (
            changed("minutes = 15", "minutes = 15.5"),
            "[0].minutes”: a whole number is needed here.",
        ),
        (changed("[storage]", "[note2]"), "key “note2”: this key is not known."),
        (
            changed('[storage]\nen = "2 to', '[storage]\nenglish = "2 to'),
            "“storage.english”: this key is not known.",
        ),
        (
            changed("[dilution]\nen =", "[dilution]\nenglish ="),
            "not known. Allowed: en, zh_CN.",
        ),
        (changed('sources = ["S38", "general-knowledge"]', "sources = 38"), "key “sources”: a list is needed here."),
        (changed("version = ", "version = 5 # "), "key “version”: a text in quotation marks is needed here."),
        (
            changed('unit = "mL/min"', 'unit = "mL/s"'),
            "key “ladders[0].unit”: this value is not known. Allowed: mL/kg/h, ",
        ),
        (
            changed('use = "any"', 'use = "always"'),
            "key “ladders[0].use”: this value is not known. Allowed: any, first, ",
        ),
        (changed("checked_on = 2026-11-22", "checked_on = 5"), "key “checked_on”: a date such as 2026-11-22 is needed"),
    ],
)
def test_a_typing_mistake_is_one_sentence_with_file_key_and_what_is_allowed(text: str, said: str) -> None:
    assert said in refusal(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (changed("g_per_l = 50", "g_per_l = 100"), "key “vials[0]”: 1250 mg in 25 mL is not 100 g/L."),
        (changed("g_per_l = 50", "g_per_l = 0"), "key “g_per_l”: a number above 0 is needed here."),
        (changed("mg = 1250, ml = 25", "mg = 0, ml = 0"), "key “vials[0]”: a number above 0 is needed here."),
        (changed("mg = 1250, ml = 25", "mg = 2500, ml = 50"), "key “vials”: sizes go from small to large, each once."),
        (changed("rate = 1.0", "rate = 4.0"), "key “ladders[0].steps”: rates go up from step to step."),
        (changed("rate = 1.0", "rate = -1.0"), "key “ladders[0].steps”: a number above 0 is needed here."),
        (changed("rate = 1.0", "rate = 3.0"), "key “ladders[0].steps”: rates go up from step to step."),
        (changed("minutes = 15", "minutes = -15"), "key “ladders[0].steps”: every step but the last needs minutes"),
        (changed("mg = 2500, ml = 50", "mg = 2500, ml = 25"), "key “vials[1]”: 2500 mg in 25 mL is not 50 g/L."),
        (changed("checked_on = ", "units_per_ml = 0\nchecked_on = "), "key “units_per_ml”: a number above 0 is needed"),
        (
            changed("checked_on = ", "iga_max_ug_per_ml = -1\nchecked_on = "),
            "key “iga_max_ug_per_ml”: a number above 0",
        ),
        (changed('sugar = "maltose"', 'sugar = "unknown"'), "key “sugar”: “unknown” is allowed only while to_confirm"),
        (
            changed('sources = ["S38", "general-knowledge"]', "sources = []"),
            "key “sources”: at least one source is needed.",
        ),
        (changed('id = "cn-ph4-5"', 'id = " "'), "key “id”: this text must not be empty."),
        (changed('en = "2 to 8 °C', 'en = "" # '), "key “storage.en”: this text must not be empty."),
        (changed("rate = 1.0", "rate = 0"), "key “ladders[0].steps”: a number above 0 is needed here."),
        (changed(", minutes = 15", ""), "key “ladders[0].steps”: every step but the last needs minutes"),
        (
            changed("rate = 3.0", "rate = 3.0, minutes = 5"),
            "key “ladders[0].steps”: every step but the last needs minutes",
        ),
        (
            changed('use = "any"', 'use = "first"'),
            "one ladder “any” is needed, or one “first” and one “later”.",
        ),
        (changed('indication = "any"', 'indication = "itp"'), "for “any” one ladder “any” is needed"),
        (changed("small_patient_cap_mg_per_kg_min = 3.3", ""), "a ladder in mL/min needs this cap"),
        (changed("= 3.3", "= -1"), "key “small_patient_cap_mg_per_kg_min”: a number above 0 is needed here."),
    ],
)
def test_numbers_that_contradict_each_other_are_refused(text: str, said: str) -> None:
    assert said in refusal(text)


NO_LADDERS = GOOD[: GOOD.index("[[ladders]]")].replace("vials = [", "ladders = []\nvials = [", 1)
ASKING = '[to_confirm]\nen = "the rates"\nzh_CN = "速度"\n'


def test_rates_may_be_missing_only_while_the_pharmacist_is_asked() -> None:
    assert "for “any” one ladder “any” is needed" in refusal(NO_LADDERS)
    waiting = parse_product((NO_LADDERS + ASKING).encode(), "mine.toml")
    assert waiting.ladders == ()
    assert "key “to_confirm.zh_CN”: this text must not be empty." in refusal(NO_LADDERS + ASKING.replace("速度", ""))


def test_a_product_without_vials_is_refused() -> None:
    start, end = GOOD.index("vials = ["), GOOD.index("]\n", GOOD.index("vials = ["))
    assert "at least one vial size is needed." in refusal(f"{GOOD[:start]}vials = [{GOOD[end:]}")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "mine.toml cannot be read: it is not UTF-8 text."),
        (b'id = "x"\nversion = \n', "mine.toml cannot be read: line 2 is not TOML."),
        (b"vials = [", "mine.toml cannot be read: it ends in the middle of a value."),
        (b"", "this key is missing."),
    ],
)
def test_a_file_that_is_no_toml_is_one_sentence(content: bytes, said: str) -> None:
    assert said in refusal(content)


@pytest.mark.parametrize("cut", range(1, len(GOOD), 97))
def test_a_file_cut_short_anywhere_is_refused_in_words(cut: int) -> None:
    assert refusal(GOOD[:cut]).startswith("mine.toml")
