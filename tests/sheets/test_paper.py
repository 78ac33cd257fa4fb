"""What holds for every sheet: identity, fonts, codes, ink, sameness."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.errors import KnownError
from ivigdesk.sheets.bedside_sheet import draw_bedside
from ivigdesk.sheets.merge import join
from ivigdesk.sheets.plan_sheet import draw_plan
from ivigdesk.sheets.preview import PagePicture, page_count, page_pictures
from ivigdesk.wording import Wording

from . import golden
from .conftest import LI_NA, a_bedside_sheet, a_course, a_plan_sheet, a_view, replace

Draw = Callable[[Wording], bytes]


def plan(wording: Wording) -> bytes:
    return draw_plan(a_plan_sheet(language=wording.language), wording)


def bedside(wording: Wording) -> bytes:
    return draw_bedside(a_bedside_sheet(), wording)


@pytest.fixture(params=[plan, bedside])
def draw(request: pytest.FixtureRequest) -> Draw:
    """Each sheet in turn."""
    chosen: Draw = request.param
    return chosen


def draw_of(view: CourseView, draw: Draw, wording: Wording) -> bytes:
    """Return the same kind of sheet as `draw`, for another view."""
    if draw is plan:
        return draw_plan(a_plan_sheet(view), wording)
    return draw_bedside(a_bedside_sheet(view), wording)


def image(picture: PagePicture) -> Image.Image:
    """Return the page as Pillow sees it."""
    size = (picture.width, picture.height)
    return Image.frombuffer("RGB", size, picture.rgb, "raw", "RGB", picture.bytes_per_line, 1)


def test_every_page_names_the_patient_and_itself(draw: Draw, english: Wording) -> None:
    texts = golden.page_texts(draw(english))
    for number, text in enumerate(texts, start=1):
        assert text.count("LI, Na 李娜") >= 2
        assert text.count("BMT-004217") >= 2
        assert f"page {number} of {len(texts)}" in text
        assert "revision 2" in text
        assert "printed Mon 02 Mar 2026 08:12 by A. Wong" in text
        assert "journal 9F3A 77C1" in text


def test_all_fonts_are_embedded_and_ours(draw: Draw, wording: Wording) -> None:
    for page in PdfReader(BytesIO(draw(wording))).pages:
        fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
        for reference in fonts.values():
            font = reference.get_object()
            assert "NotoSansSC" in font["/BaseFont"]
            assert "/FontFile2" in font["/FontDescriptor"].get_object()


def test_the_same_values_give_the_same_bytes(draw: Draw, wording: Wording) -> None:
    assert draw(wording) == draw(wording)


def test_the_file_names_its_language_and_no_patient(draw: Draw, wording: Wording) -> None:
    reader = PdfReader(BytesIO(draw(wording)))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == wording.language.replace("_", "-")
    assert reader.metadata is not None
    assert "Na" not in (reader.metadata.title or "")


def test_the_paper_is_black_and_white(draw: Draw, wording: Wording) -> None:
    for picture in page_pictures(draw(wording), 1):
        red, green, blue = image(picture).split()
        assert red.tobytes() == green.tobytes() == blue.tobytes()


def test_the_code_of_every_page_opens_course_and_revision(english: Wording) -> None:
    course = a_course().id.hex
    for picture in page_pictures(plan(english), 3):
        assert [code.text for code in zxingcpp.read_barcodes(image(picture))] == [f"IVIGDESK:1:{course}:2:-"]


def test_the_code_of_every_bedside_page_opens_the_dose(english: Wording) -> None:
    course, dose = a_course(), a_course().dose(1)
    for picture in page_pictures(bedside(english), 3):
        codes = [code.text for code in zxingcpp.read_barcodes(image(picture))]
        assert codes == [f"IVIGDESK:1:{course.id.hex}:2:{dose.id.hex}"]


def test_nothing_is_drawn_outside_the_margins(draw: Draw, wording: Wording) -> None:
    for picture in page_pictures(draw(wording), 1):
        page = image(picture).convert("L")
        inked = page.point(lambda level: 255 if level < 250 else 0).getbbox()
        assert inked is not None
        assert inked[0] >= 31
        assert inked[1] >= 23
        assert inked[2] <= picture.width - 31
        assert inked[3] <= picture.height - 18


@pytest.mark.parametrize(
    "name", ["<b>Ana</b>", 'O\'Brien & "Söhne"', "50 % {name} %s", "&amp; <br/>", "龘", "x" * 500, "Ana " * 125]
)
def test_a_name_prints_literally(draw: Draw, english: Wording, name: str) -> None:
    patient = replace(LI_NA, local_name=name)
    view = a_view(patient=patient)
    for text in golden.page_texts(draw_of(view, draw, english)):
        assert "".join(name.split()) in "".join(text.split())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Ana 😀", "U+1F600"),
        ("吉𠮷", "U+20BB7"),
        ("Ana\u202e", "U+202E"),
        ("Ana\u200b", "U+200B"),
        ("Ana\x07", "U+0007"),
        ("שרה", "U+05E9"),
    ],
)
def test_a_name_that_cannot_be_printed_is_refused_by_its_character(
    draw: Draw, english: Wording, name: str, said: str
) -> None:
    view = a_view(patient=replace(LI_NA, family_name=name))
    with pytest.raises(KnownError) as refusal:
        draw_of(view, draw, english)
    assert said in english.say_error(refusal.value)


def test_joined_sheets_keep_all_pages_in_order(english: Wording) -> None:
    joined = join((plan(english), bedside(english)))
    assert page_count(joined) == page_count(plan(english)) + page_count(bedside(english))
    assert "infusion plan" in golden.page_texts(joined)[0]
    assert "dose 1 of 11" in golden.page_texts(joined)[-1]


def test_joining_one_sheet_changes_nothing(english: Wording) -> None:
    assert join((plan(english),)) == plan(english)


def test_joining_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="nothing to join"):
        join(())


def test_pictures_of_some_pages_can_be_asked_for(english: Wording) -> None:
    pdf = plan(english)
    (second,) = page_pictures(pdf, 0.5, first=2, last=2)
    assert second == page_pictures(pdf, 0.5)[1]
    assert len(second.rgb) == second.bytes_per_line * second.height
