"""A table for a spreadsheet: read back as it was meant, and never run."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivigdesk.exchange.csv_file import write_table


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_table_starts_with_the_mark_that_a_spreadsheet_needs() -> None:
    content = write_table(("Name",), [("李娜",)])
    assert content.startswith(b"\xef\xbb\xbfName\r\n")
    assert read(content) == [["Name"], ["李娜"]]


def test_dates_numbers_and_nothing_are_written_plainly() -> None:
    cells = (date(2026, 3, 2), 20, Decimal("60.50"), Decimal("1E+2"), None, "a,b", 'say "no"', "two\nlines")
    rows = read(write_table(tuple("abcdefgh"), [cells]))
    assert rows[1] == ["2026-03-02", "20", "60.50", "100", "", "a,b", 'say "no"', "two\nlines"]


@pytest.mark.parametrize(
    "typed", ["=1+1", "+49 30", "-2", "@SUM(A1)", "\t=1", "＝1+1", " =1", '=HYPERLINK("http://x")', "|cmd", "%x"]
)
def test_a_text_that_would_be_run_is_not(typed: str) -> None:
    (cell,) = read(write_table(("Action",), [(typed,)]))[1]
    assert cell == f"'{typed}"


@pytest.mark.parametrize("typed", ["slowed", "1+1=2", "ok - fine", "", " "])
def test_another_text_is_left_as_it_is(typed: str) -> None:
    assert read(write_table(("Action", "x"), [(typed, "y")]))[1] == [typed, "y"]


def test_a_number_below_nothing_is_a_number() -> None:
    assert read(write_table(("n",), [(-2,)]))[1] == ["-2"]


def test_a_row_of_another_width_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells under 1 heads"):
        write_table(("one",), [("a", "b")])


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_no_cell_begins_a_formula_and_no_row_is_lost(rows: list[tuple[str, str]]) -> None:
    content = write_table(("one", "two"), [(one.replace("\r", ""), two.replace("\r", "")) for one, two in rows])
    found = read(content)[1:]
    assert len(found) == len(rows)
    assert not [cell for row in found for cell in row if cell.lstrip()[:1] in tuple("=+-@")]
