"""Another product for the doses to come, as in a shortage: the same dose per kilogram from other vials."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from ivigdesk.actions.courses.changing.compute import Computed, computed, switches
from ivigdesk.actions.desk import Desk
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.clinical.products.product import Product
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, message


def switched(desk: Desk, view: CourseView, chosen: Sequence[UUID], product: Product) -> Computed:
    """Return the course with the chosen doses given from another product; nothing is stored.

    The first dose after each change of product begins at the initial rate.

    Args:
        desk: where the nurse works.
        view: the course as it stands.
        chosen: doses to come.
        product: what they are given from.

    Raises:
        UserMistake: for `product_id`: all of them are of this product already.
        KnownError: the product cannot be planned with; the sentence says why.
    """
    course = view.course
    if all(course.product_of(dose) == product for dose in course.doses if dose.id in chosen):
        raise UserMistake(
            "product_id",
            message(N_("These doses are given from {product} already. Choose another one."), product=product.title),
        )
    own = None if product == course.product else product
    doses = tuple(msgspec.structs.replace(dose, product=own) if dose.id in chosen else dose for dose in course.doses)
    after_it = (one for one in switches(view, doses) if one not in chosen)
    return computed(desk, view, doses, (*chosen, *after_it))
