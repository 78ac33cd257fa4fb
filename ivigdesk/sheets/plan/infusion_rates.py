"""How fast the doses of a plan run: once where they are alike, by their numbers where they differ."""

from __future__ import annotations

from ivigdesk.clinical.courses.course import Dose
from ivigdesk.clinical.courses.status import CourseView
from ivigdesk.sheets import words
from ivigdesk.sheets.plan.switches import counted, switches_of
from ivigdesk.wording import Wording


def infusion_rates(view: CourseView, wording: Wording) -> str:
    """Return start and length of the first and of the later doses, by number where they differ, and the top rate."""
    _ = wording.gettext
    groups: dict[tuple[object, ...], list[Dose]] = {}
    for dose in counted(view):
        card = dose.rate_card
        key = (dose.is_first_infusion, card.rows[0].ml_per_h, words.whole_minutes(card.duration_min))
        groups.setdefault(key, []).append(dose)
    is_plain = len(groups) == len({key[0] for key in groups}) and len(switches_of(view)) == 1
    parts = []
    for doses in groups.values():
        dose = doses[0]
        text = _("doses {numbers} from {rate}, about {length}")
        if is_plain and dose.is_first_infusion:
            text = _("first infusion from {rate}, about {length}")
        elif is_plain:
            text = _("later ones from {rate}, about {length}")
        elif len(doses) == 1:
            text = _("dose {numbers} from {rate}, about {length}")
        parts.append(
            text.format(
                numbers=wording.ranges(dose.number for dose in doses),
                rate=words.rate(dose.rate_card.rows[0].ml_per_h, wording),
                length=words.length(dose.rate_card.duration_min, wording),
            )
        )
    parts.extend(_fastest(view, wording))
    return _("; ").join(parts)


def _fastest(view: CourseView, wording: Wording) -> list[str]:
    """Return the greatest rate, of each product where there are several."""
    _ = wording.gettext
    switches = switches_of(view)
    found = []
    for switch in switches:
        rate = words.rate(max(dose.rate_card.max_ml_per_h for dose in switch.of), wording)
        text = _("maximum {rate}") if len(switches) == 1 else _("{doses}: maximum {rate}")
        found.append(text.format(rate=rate, doses=switch.doses(wording)))
    return found
