"""What scanners send for a vial is read as the GS1 specifications say; anything else is nothing, and never an error."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ivigdesk.exchange.gs1 import ScannedCode, check_gtin, read_gs1

GS = "\x1d"
GTIN = "06901234567892"  # a GTIN-13 of a Chinese maker, in 14 digits
WHOLE = ScannedCode(gtin=GTIN, lot="202511A012", expires_on=date(2027, 9, 30), serial="8K2F77")


@pytest.mark.parametrize(
    "text",
    [
        f"]d201{GTIN}1727093010202511A012{GS}218K2F77",
        f"]C101{GTIN}1727093010202511A012{GS}218K2F77",
        f"]Q301{GTIN}1727093010202511A012{GS}218K2F77",
        f"01{GTIN}1727093010202511A012{GS}218K2F77",
        f"{GS}01{GTIN}1727093010202511A012{GS}218K2F77",
        f"]d2{GS}01{GTIN}17270930{GS}10202511A012{GS}218K2F77{GS}",
        f"01{GTIN}218K2F77{GS}1727093010202511A012",
        f"01{GTIN}218K2F77{GS}10202511A012{GS}17270930",
        f"01{GTIN}1727090010202511A012{GS}218K2F77",
        f"01{GTIN}1727093010202511A012<GS>218K2F77",
        f"01{GTIN}1727093010202511A012{{GS}}218K2F77",
        f"01{GTIN}1727093010202511A012␝218K2F77",
        f"(01){GTIN}(17)270930(10)202511A012(21)8K2F77",
        f"(01) {GTIN} (17) 270930 (10) 202511A012 (21) 8K2F77",
        f"（０１）{GTIN}（17）270930（10）202511A012（21）8K2F77",
        f"  01{GTIN}1727093010202511A012{GS}218K2F77\r\n",
        f"01{GTIN}11251101172709301020251" + f"1A012{GS}218K2F77",
        f"01{GTIN}700327093012001020251" + f"1A012{GS}218K2F77",
    ],
)
def test_every_way_in_which_scanners_send_a_code_says_the_same(text: str) -> None:
    assert read_gs1(text) == WHOLE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Real forms of labels: European, with serial number before the expiry; American; one with a lot alone.
        (
            f"010401234500001617280131{GS}10P100471881{GS}21A1B2C3D4E5",
            ScannedCode(
                gtin="04012345000016", lot="P100471881", expires_on=date(2028, 1, 31), serial="A1B2C3D4E5"
            ),
        ),
        (
            f"]d20100344206000106211234567890AB{GS}1728110010LCA/15-3",
            ScannedCode(
                gtin="00344206000106", lot="LCA/15-3", expires_on=date(2028, 11, 30), serial="1234567890AB"
            ),
        ),
        (f"01{GTIN}10L-1/2", ScannedCode(gtin=GTIN, lot="L-1/2")),
        (f"01{GTIN}17280229", ScannedCode(gtin=GTIN, expires_on=date(2028, 2, 29))),
        (f"01{GTIN}17280200", ScannedCode(gtin=GTIN, expires_on=date(2028, 2, 29))),
        (f"01{GTIN}17270200", ScannedCode(gtin=GTIN, expires_on=date(2027, 2, 28))),
        (f"01{GTIN}1700000010L1", ScannedCode(gtin=GTIN, lot="L1")),
        ("6901234567892", ScannedCode(gtin=GTIN)),
        ("]E06901234567892", ScannedCode(gtin=GTIN)),
        (GTIN, ScannedCode(gtin=GTIN)),
    ],
)  # fmt: skip
def test_a_code_says_what_stands_in_it_and_no_more(text: str, expected: ScannedCode) -> None:
    assert read_gs1(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "hello",
        "BMT-004217",
        "C-9F3A77",
        "20270930",  # a date, typed
        "690123456789",
        "6901234567893",  # a wrong check digit
        "81234567890123456789",  # a Chinese traceability code: no GS1
        f"01{GTIN[:-1]}517270930",  # a wrong check digit
        f"01{GTIN}1727133110L1",  # there is no month 13
        "10202511A012",  # a lot without a product
        f"02{GTIN}3704",  # what is in a case, not what is in a hand
        "00012345678901234567",  # a pallet
        f"01{GTIN}10L1{GS}10L2",  # two codes that ran into each other
        f"01{GTIN}10{'A' * 21}",
        f"01{GTIN}10AB\x07C",
        f"01{GTIN}10批号",
        "(01)",
        "(01)123",
        "(99",
        "http://example.com/01/06901234567892",
        "x" * 100_000,
        "１" * 299,
        "²²²²",
        "٠١٠٦٩٠١٢٣٤٥٦٧٨٩٢",
    ],
)
def test_what_is_no_product_code_is_nothing(text: str) -> None:
    assert read_gs1(text) is None


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        (f"01{GTIN}1727093010202511A012218K2F77", True),  # FNC1 left out: the lot swallowed the serial number
        (f"01{GTIN}218K2F771727093010L1", True),
        (f"01{GTIN}1727093010202511A012{GS}218K2F77", False),
        (f"(01){GTIN}(10)A21B", False),
        (f"01{GTIN}1727093010LOT", False),
    ],
)
def test_a_lot_that_may_have_swallowed_the_serial_number_is_doubted(text: str, doubtful: bool) -> None:
    found = read_gs1(text)
    assert found is not None
    assert found.may_have_run_together is doubtful


def test_the_check_digit_decides_what_is_a_product_code() -> None:
    assert check_gtin("6901234567892") == GTIN
    assert check_gtin("6901234567890") is None
    assert check_gtin("12") is None
    assert check_gtin("６９０１２３４５６７８９２") is None


@given(st.text(max_size=400))
@example("]")
@example("]d")
@example("]d2")
@example("(01)(10)")
@example("17")
@example("01")
@example("391٠")
def test_no_text_ever_raises(text: str) -> None:
    found = read_gs1(text)
    assert found is None or len(found.gtin) == 14


@given(
    st.text(alphabet="0123456789()ABab]dC1\x1d ", max_size=60),
    st.sampled_from(["", f"01{GTIN}", f"(01){GTIN}", "]d2", "7007", "8008", "3103", "394", "255", "8200"]),
)
def test_nothing_that_looks_like_a_code_raises(text: str, before: str) -> None:
    found = read_gs1(before + text)
    if found is not None:
        assert check_gtin(found.gtin) == found.gtin
        assert len(found.lot) <= 20
        assert found.lot.isprintable()
