"""Print the report of a reaction: everything that the ward's file holds about one side effect."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.infusions.following_doses import lineage
from ivigdesk.actions.look_up import course_called, course_of_dose, patient_row
from ivigdesk.actions.printing.print_sheets import Printout, printing_now
from ivigdesk.clinical import library
from ivigdesk.clinical.courses.status import CourseView, DoseView
from ivigdesk.clinical.infusions.following import awaited_test
from ivigdesk.clinical.infusions.infusion import Infusion, SideEffect, VialUsed
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.clinical.products.product import Product
from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, Text, message
from ivigdesk.sheets.reaction.values import EarlierEffect, ReactionDecision, ReactionLot, ReactionSheet
from ivigdesk.sheets.reaction_sheet import draw_reaction
from ivigdesk.wording import Wording


def reaction_sheet(desk: Desk, effect_id: UUID, words: Wording) -> Printout:
    """Return the report of a side effect, as it is recorded now.

    Args:
        effect_id: of the side effect, or of one that was corrected since.

    Raises:
        KnownError: the side effect is not known, nobody is on duty, or a character cannot be printed.
    """
    sheet = reaction_values(desk, effect_id)
    course = sheet.view.course
    return Printout(
        title=words.gettext("Reaction report {code}, dose {number}").format(code=course.code, number=sheet.number),
        file_name=f"reaction-{course.code}-{sheet.number:02d}-{sheet.effect.code}-{words.language}.pdf",
        pdf=draw_reaction(sheet, words),
    )


def reaction_values(desk: Desk, effect_id: UUID) -> ReactionSheet:
    """Return everything that the report of a side effect prints.

    Raises:
        KnownError: the side effect is not known, or nobody is on duty.
    """
    view, one, effect = _found(desk, effect_id)
    definition = _definition(desk, effect)
    return ReactionSheet(
        ward=desk.settings,
        view=view,
        number=one.dose.number,
        effect=effect,
        printing=printing_now(desk),
        signs=library.reaction_signs(),
        ctcae_term=definition[0],
        definition=definition[1],
        corrected=len(desk.ward.side_effect_history(effect.id)) - 1,
        lots=_lots(desk, view, one),
        medications=desk.ward.medications([one.dose.id]),
        decisions=_decisions(desk, view, effect),
        earlier=_earlier(desk, view, effect),
        infusions_before=_infusions_before(desk, view, one, effect),
    )


def patient_of_effect(desk: Desk, effect_id: UUID) -> Patient:
    """Return whose side effect it is.

    Raises:
        KnownError: the side effect is not known.
    """
    return _found(desk, effect_id)[0].patient


def reaction_of_dose(desk: Desk, course_text: str, number: int, code: str = "") -> SideEffect:
    """Return the side effect of a dose that is meant: the latest one with `code`, or the only one.

    Raises:
        KnownError: course or dose is not known; the dose has no side effect, none with this code, or several and no
            code names one.
    """
    view = course_called(desk, course_text)
    one = next((each for each in view.doses if each.dose.number == number), None)
    if one is None:
        raise KnownError(
            message(
                N_("Course {code} has no dose {number}. Allowed: 1 to {most}."),
                code=view.course.code,
                number=number,
                most=len(view.course.doses),
            )
        )
    found = [effect for effect in one.side_effects if not code or effect.code == code.upper()]
    if not one.side_effects:
        raise KnownError(message(N_("Dose {number} has no side effect on record."), number=number))
    codes = tuple(dict.fromkeys(effect.code for effect in one.side_effects))
    if not found:
        raise KnownError(
            message(
                N_("Dose {number} has no side effect “{value}” on record. Allowed: {allowed}."),
                number=number,
                value=code,
                allowed=codes,
            )
        )
    if len({effect.code for effect in found}) > 1:
        raise KnownError(
            message(
                N_("Dose {number} has several side effects on record. Name one of them: {allowed}."),
                number=number,
                allowed=codes,
            )
        )
    return found[-1]


def _found(desk: Desk, effect_id: UUID) -> tuple[CourseView, DoseView, SideEffect]:
    """Return a side effect as it is now, with its dose and course."""
    dose_id = desk.ward.dose_of_side_effect(effect_id)
    if dose_id is None:
        raise KnownError(message(N_("This side effect is not in the ward's file.")))
    view, _ = course_of_dose(desk, dose_id)
    for one in view.doses:
        for effect in one.side_effects:
            if effect_id in lineage(desk, effect):
                return view, one, effect
    raise KnownError(message(N_("This side effect is not in the ward's file.")))


def _definition(desk: Desk, effect: SideEffect) -> tuple[str, Text | None]:
    """Return the CTCAE term with the words of the grade; nothing where the catalogue has them no longer."""
    try:
        term = desk.library.side_effects().term(effect.code)
    except KeyError:
        return "", None
    words = next((grade.words for grade in term.grades if grade.grade == effect.grade), None)
    return (term.ctcae_term, words) if words is not None else ("", None)


def _lots(desk: Desk, view: CourseView, one: DoseView) -> tuple[ReactionLot, ...]:
    if one.infusion is None:
        return ()
    products = {product.id: product for product in desk.library.products()}
    planned = view.course.product_of(one.dose)
    products[planned.id] = planned  # as the course keeps it, whatever the library says now
    groups: dict[tuple[object, ...], list[VialUsed]] = {}
    for vial in one.infusion.vials:
        groups.setdefault((vial.product_id, vial.mg, vial.lot, vial.expires_on), []).append(vial)
    return tuple(_lot(vials, products.get(vials[0].product_id)) for vials in groups.values())


def _lot(vials: list[VialUsed], product: Product | None) -> ReactionLot:
    first = vials[0]
    return ReactionLot(
        product=Text(en=first.product_id, zh_CN=first.product_id) if product is None else product.title,
        maker=None if product is None else product.maker,
        mg=first.mg,
        lot=first.lot,
        expires_on=first.expires_on,
        hung_at=tuple(vial.at for vial in vials),
        serials=tuple(vial.serial for vial in vials if vial.serial),
    )


def _decisions(desk: Desk, view: CourseView, effect: SideEffect) -> tuple[ReactionDecision, ...]:
    made = desk.ward.follow_ups([view.course.id])
    ids = lineage(desk, effect) if made else frozenset()
    catalogue = desk.library.side_effects()
    found = []
    for follow_up in made:
        if follow_up.effect_id in ids:
            test = awaited_test(follow_up)
            found.append(
                ReactionDecision(
                    name=catalogue.consequence(follow_up.consequence).name,
                    follow_up=follow_up,
                    test=None if test is None else library.lab_rules().test(test).title,
                )
            )
    return tuple(found)


def _earlier(desk: Desk, view: CourseView, effect: SideEffect) -> tuple[EarlierEffect, ...]:
    """Return the side effects before this one of every course of the patient, at other doses, the latest first."""
    found = []
    for course in patient_row(desk, view.patient).courses:
        for one in course.doses:
            if one.dose.id == effect.dose_id or one.status == "entered in error":
                continue
            found += [
                EarlierEffect(
                    effect=earlier,
                    course_code=course.course.code,
                    number=one.dose.number,
                    is_same_course=course.course.id == view.course.id,
                    product=course.course.product_of(one.dose).short_title,
                )
                for earlier in one.side_effects
                if earlier.onset_at < effect.onset_at
            ]
    return tuple(sorted(found, key=lambda one: one.effect.onset_at, reverse=True))


def _infusions_before(desk: Desk, view: CourseView, one: DoseView, effect: SideEffect) -> int:
    until = effect.onset_at if one.infusion is None else one.infusion.started_at
    courses = patient_row(desk, view.patient).courses
    return sum(infusion.started_at < until for infusion in _given(each for course in courses for each in course.doses))


def _given(doses: Iterable[DoseView]) -> list[Infusion]:
    return [
        one.infusion for one in doses if one.infusion is not None and one.status in ("running", "given", "partly given")
    ]
