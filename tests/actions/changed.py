"""Change a calendar in one line, where a test is about what follows from the change."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from msgspec.structs import replace

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import course as look_up_course
from ivigdesk.clinical.courses.course import Course, Dose


def change(desk: Desk, course: Course, changed: Callable[[Dose], Dose], *added: Dose) -> Course:
    """Store the next revision: each dose as `changed` returns it, and those that are added."""
    view = look_up_course(desk, course.id)
    revision = replace(
        view.course.revision,
        id=uuid4(),
        number=view.newest_revision + 1,
        doses=(*(changed(dose) for dose in view.course.doses), *added),
        reason="Changed",
    )
    with desk.ward.changing(nurse="A. Wong", at=desk.clock.now(), action="changed") as stored:
        stored.add(revision)
    return look_up_course(desk, course.id).course


def in_error(desk: Desk, course: Course, number: int, *added: Dose) -> Course:
    """Mark a dose as entered in error."""
    return change(desk, course, lambda dose: replace(dose, is_error=True) if dose.number == number else dose, *added)


def switched(desk: Desk, course: Course, product_id: str, first: int = 1) -> Course:
    """Let the doses from `first` on be given from another product of the library; their amounts stay."""
    product = desk.library.product(product_id)
    return change(desk, course, lambda dose: replace(dose, product=product) if dose.number >= first else dose)
