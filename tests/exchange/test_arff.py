"""An ARFF table is read exactly, or refused in one sentence with its line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.errors import KnownError
from ivigdesk.exchange.arff import MOST_BYTES, ArffTable, read_arff
from ivigdesk.wording import Wording

CHILDREN = (Path(__file__).parent / "children.arff").read_bytes()
HEADER = "@relation r\n@attribute n numeric\n@attribute c {a, 'b c', d}\n@attribute s string\n@data\n"
ENGLISH = Wording("en")


def table_of(rows: str) -> ArffTable:
    return read_arff((HEADER + rows).encode(), "t.arff")


def refused(content: str | bytes) -> str:
    with pytest.raises(KnownError) as caught:
        read_arff(content.encode() if isinstance(content, str) else content, "t.arff")
    sentence = ENGLISH.say_error(caught.value)
    assert "t.arff" in sentence
    assert "Nothing was taken." in sentence
    assert "\n" not in sentence
    return sentence


def must_be_worded(error: KnownError) -> None:
    assert "t.arff" in ENGLISH.say_error(error)


def test_numbers_words_and_missing_values_are_read_exactly() -> None:
    rows = table_of("-1.50, a, 'it''s'\n".replace("''", "\\'") + "?, 'b c', \"two, words\"\n1e2,?,'?'\n").rows

    assert rows[0].cells == (Decimal("-1.50"), "a", "it's")
    assert rows[1].cells == (None, "b c", "two, words")
    assert rows[2].cells == (Decimal("1e2"), None, "?")


def test_keywords_and_types_are_read_in_any_case() -> None:
    table = read_arff(b"@RELATION R\r\n@ATTRIBUTE x REAL\r\n@Data\r\n1.25\r\n")

    assert table.relation == "R"
    assert table.attribute("x").kind == "numeric"
    assert table.rows[0].cells == (Decimal("1.25"),)


def test_comments_blank_lines_and_a_byte_order_mark_do_not_count() -> None:
    table = read_arff(b"\xef\xbb\xbf% made up\n\n@relation 'my table'\n@attribute\tx\tnumeric\n\n@data\n\n% none\n3\n")

    assert table.relation == "my table"
    assert [(row.line, row.cells) for row in table.rows] == [(9, (Decimal(3),))]


def test_windows_unix_and_old_mac_line_ends_give_the_same_rows() -> None:
    unix = (HEADER + "1,a,x\n2,d,y\n").encode()
    tables = {read_arff(unix.replace(b"\n", end)) for end in (b"\n", b"\r\n", b"\r")}

    assert len(tables) == 1


def test_a_quoted_column_name_with_a_space_is_kept() -> None:
    table = read_arff(b"@relation r\n@attribute 'body mass' numeric\n@data\n7\n")

    assert table.position("body mass") == 0
    with pytest.raises(KeyError):
        table.position("mass")


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        ("1,a\n", "line 6", "2 values, but the file has 3 columns"),
        ("1,a,x\n2,d,y,z\n", "line 7", "4 values"),
        ("1,a,x\n2,d", "line 7", "cut off"),
        ("one,a,x\n", "line 6", "“one” in column “n” is not a number"),
        ("1,5,a,x\n", "line 6", "4 values"),
        ("0x10,a,x\n", "line 6", "not a number"),
        ("1.,a,x\n", "line 6", "not a number"),
        ("1e999999999,a,x\n", "line 6", "not a number"),
        ("nan,a,x\n", "line 6", "not a number"),
        ("١,a,x\n", "line 6", "not a number"),
        ("1,e,x\n", "line 6", "“e” is not a value of column “c”. Allowed: a, b c, d"),
        ("1,A,x\n", "line 6", "Allowed: a, b c, d"),
        ("1,,x\n", "line 6", "column “c” is empty"),
        ("{0 1, 1 a}\n", "line 6", "sparse"),
        ("1,a,'open\n", "line 6", "quotation marks"),
        ("1,a,'x'y\n", "line 6", "quotation marks"),
        ("1,a,50%\n", "line 6", "quotation marks"),
        ("1,a,x\n@attribute late numeric\n", "line 7", "1 values"),
    ],
)
def test_a_damaged_row_is_named_by_its_line(rows: str, line: str, words: str) -> None:
    sentence = refused(HEADER + rows)

    assert line in sentence
    assert words in sentence


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "before the line @data"),
        ("% only a comment\n", "before the line @data"),
        ("@relation r\n@attribute n numeric\n", "before the line @data"),
        (HEADER, "no rows"),
        ("name,age\nA,3\n", "line 1: “name,age” is not expected here"),
        ("@relation r\n@data\n1\n", "line 2"),
        ("@attribute n numeric\n@relation r\n", "line 1"),
        ("@relation r\n@relation q\n", "line 2"),
        ("@relation r\n@attribute n\n@data\n", "line 2: an @attribute needs a name and a type"),
        ("@relation r\n@attribute n date 'yyyy'\n", "type “date 'yyyy'” of column “n” is not read"),
        ("@relation r\n@attribute n relational\n", "Allowed: numeric, real, integer, string, {a, b, ...}"),
        ("@relation r\n@attribute n numeric\n@attribute n numeric\n", "column “n” is there twice"),
        ("@relation r\n@attribute c {a, b\n", "form {a, b}"),
        ("@relation r\n@attribute c {a,,b}\n", "form {a, b}"),
        ("@relation r\n@attribute c {a, a}\n", "names a value twice"),
        ("@relation r\n@attribute c {a, 'b}\n", "form {a, b}"),
    ],
)
def test_a_file_of_another_form_is_refused_in_words(content: str, words: str) -> None:
    assert words in refused(content)


def test_binary_and_foreign_encodings_are_refused_with_their_line() -> None:
    assert "line 6: this is not UTF-8 text" in refused(HEADER.encode() + b"1,a,\xff\n")
    assert "line 1: this is not UTF-8 text" in refused(HEADER.encode("utf-16"))
    assert "line 6: this is not a text file" in refused(HEADER.encode() + b"1,a,\0\n")
    assert "line 1" in refused(b"SQLite format 3\0" + bytes(200))


def test_a_file_too_large_is_refused_before_it_is_read() -> None:
    assert "20 MB" in refused(bytes(MOST_BYTES + 1))


def test_a_very_long_or_unprintable_value_is_shortened_in_the_sentence() -> None:
    sentence = refused(f"@relation r\n{'x' * 5000}\u202e\n")

    assert len(sentence) < 250
    assert "\u202e" not in refused("@relation r\n\u202exx\n")


@given(st.integers(0, len(CHILDREN) - 1))
def test_a_file_cut_off_anywhere_is_read_as_far_as_whole_rows_or_refused_in_words(end: int) -> None:
    whole = read_arff(CHILDREN).rows
    try:
        rows = read_arff(CHILDREN[:end], "t.arff").rows
    except KnownError as error:
        must_be_worded(error)
    else:
        # The last column is a number: cut inside it, the row still looks whole, as in any text table.
        assert rows[:-1] == whole[: len(rows) - 1]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    _read_or_refuse(content)


@given(st.integers(0, len(CHILDREN) - 1), st.binary(max_size=4), st.integers(0, 6))
def test_a_file_damaged_anywhere_is_read_or_refused_in_words(at: int, put: bytes, drop: int) -> None:
    _read_or_refuse(CHILDREN[:at] + put + CHILDREN[at + drop :])


@given(st.text(st.sampled_from("@relation data attribute {}'\"\\,?%\n\r\t1.e-x\u2028\x0b"), max_size=120))
def test_any_text_of_the_formats_own_characters_is_read_or_refused_in_words(text: str) -> None:
    _read_or_refuse((HEADER + text).encode())
    _read_or_refuse(text.encode())


def _read_or_refuse(content: bytes) -> None:
    try:
        table = read_arff(content, "t.arff")
    except KnownError as error:
        must_be_worded(error)
    else:
        assert all(len(row.cells) == len(table.attributes) for row in table.rows)
