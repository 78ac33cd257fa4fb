"""Which doses are given from which product, after a shortage or for another reason."""

from __future__ import annotations

from typing import NamedTuple

from ivigdesk.clinical.courses.course import Course, Dose
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.products.product import Product
from ivigdesk.wording import Wording


class FromProduct(NamedTuple):
    """The doses, by date, that are given from one product."""

    product: Product
    of: tuple[Dose, ...]

    def doses(self, wording: Wording) -> str:
        """Return `doses 5–11`."""
        text = wording.ngettext("dose {numbers}", "doses {numbers}", len(self.of))
        return text.format(numbers=wording.ranges(dose.number for dose in self.of))


def counted(view: CourseView) -> tuple[Dose, ...]:
    """Return the doses that count, by date; all of them where none is left."""
    doses = tuple(one.dose for one in view.by_date)
    return tuple(dose for dose in doses if dose.counts) or doses


def switches_of(view: CourseView) -> tuple[FromProduct, ...]:
    """Return the products of a course in the order in which doses are given from them."""
    found: dict[str, list[Dose]] = {}
    for dose in counted(view):
        found.setdefault(view.course.product_of(dose).id, []).append(dose)
    return tuple(FromProduct(view.course.product_of(doses[0]), tuple(doses)) for doses in found.values())


def has_several(course: Course) -> bool:
    """Whether the doses of a course that count are not all given from one product."""
    return len({course.product_of(dose).id for dose in course.doses if dose.counts}) > 1
