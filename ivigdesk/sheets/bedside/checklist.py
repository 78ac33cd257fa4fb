"""Before starting: lines to tick and initial, and what is measured or drawn up then."""

from __future__ import annotations

from ivigdesk import units
from ivigdesk.clinical.infusions.following import LINE
from ivigdesk.clinical.infusions.infusion import Check, Infusion
from ivigdesk.clinical.tasks.standing import is_before_dose
from ivigdesk.clinical.tasks.task import Task
from ivigdesk.sheets.bedside.density import Density
from ivigdesk.sheets.paper.blocks import Block, Stroke, beside, padded, paragraph, stacked
from ivigdesk.sheets.sections import Field, boxes, heading, tick
from ivigdesk.sheets.style import CAPTION, COLUMN_GAP, FAINT, HAIR, MM, WIDTH
from ivigdesk.sheets.values import BedsideSheet, ChecklistItem
from ivigdesk.wording import Wording

_COLUMN = (WIDTH - COLUMN_GAP) / 2
_INITIALS = 11 * MM
_INITIALS_RECORDED = 24 * MM


def checklist(sheet: BedsideSheet, infusion: Infusion | None, density: Density, wording: Wording) -> Block:
    """Return the lines in two columns, read downwards; what was ticked in the record is ticked here.

    What earlier side effects ask for is long, and weighs more: it stands below them over the whole width.
    """
    _ = wording.gettext
    done = {check.item: check for check in infusion.checks} if infusion else {}
    own = [item for item in sheet.checklist if not item.code.startswith(LINE)]
    asked = [item for item in sheet.checklist if item.code.startswith(LINE)]
    lines = [_line(item, done.get(item.code), bool(infusion), density, wording) for item in own]
    if infusion is None:
        lines += [_task_line(task, density, wording) for task in tasks_before(sheet)]
    columns = _balanced(lines)
    note = _("tick and initial; bold lines: do not start without them")
    return stacked(
        (
            heading(_("1 Before starting"), _("as recorded") if infusion else note),
            beside(((0, columns[0]), (_COLUMN + COLUMN_GAP, columns[1]))),
            *(_line(item, done.get(item.code), bool(infusion), density, wording, WIDTH) for item in asked),
        )
    )


def tasks_before(sheet: BedsideSheet) -> tuple[Task, ...]:
    """Return what is done before this dose starts; weight and meter have lines of their own on the list."""
    due_on = sheet.view.course.dose(sheet.number).due_on
    return tuple(
        task for task in sheet.tasks if task.kind not in ("weight", "vaccine") and is_before_dose(task, due_on)
    )


def _task_line(task: Task, density: Density, wording: Wording) -> Block:
    return _row(
        tick(wording.say(task.what), _COLUMN - _INITIALS - 1 * MM, is_ticked=task.is_done, style=density.check_strong),
        Block(0.0),
        _INITIALS,
        density,
    )


def _balanced(lines: list[Block]) -> tuple[Block, Block]:
    """Return the lines in two columns of the least common height, order kept."""
    splits = [(stacked(lines[:at]), stacked(lines[at:])) for at in range(1, len(lines) + 1)]
    return min(splits, key=lambda pair: max(pair[0].height, pair[1].height))


def _line(
    item: ChecklistItem,
    check: Check | None,
    is_record: bool,
    density: Density,
    wording: Wording,
    width: float = _COLUMN,
) -> Block:
    initials = _INITIALS_RECORDED if is_record else _INITIALS
    style = density.check_strong if item.is_critical else density.check
    words = tick(wording.text(item.text), width - initials - 1 * MM, is_ticked=check is not None, style=style)
    by = Block(0.0)
    if check is not None:
        by = paragraph(f"{check.nurse} {wording.time(check.at)}", initials - 1 * MM, CAPTION)
    return _row(words, by, initials, density, width)


def _row(words: Block, by: Block, initials: float, density: Density, width: float = _COLUMN) -> Block:
    content = beside(((0, words), (width - initials + 1 * MM, by)))
    above = max(0.35 * MM, (density.check_row - content.height) / 2)
    row = padded(content, 0, above)
    edge = width - initials
    lines = (
        Stroke(edge, 0.8 * MM, edge, row.height - 0.5 * MM, HAIR, FAINT),
        Stroke(0, row.height, width, row.height, HAIR, FAINT),
    )
    return Block(row.height, (*row.marks, *lines))


def preparation(sheet: BedsideSheet, density: Density, wording: Wording) -> Block:
    """Return boxes for today's weight, the line, premedication and hydration."""
    _ = wording.gettext
    course = sheet.view.course
    weight_g = course.weight_of(course.dose(sheet.number)).weight_g
    planned = wording.amount(units.kilograms(weight_g), "kg")
    fields = (
        Field(_("Weight today (plan {weight})").format(weight=planned)),
        Field(_("Line: type, site, gauge, date")),
        Field(_("Hydration, mL")),
        Field(_("New lot, brand or long gap?")),
        Field(_("Premedication, dose, time")),
        Field(_("Premedication, dose, time")),
        Field(_("Premedication, dose, time")),
        Field(_("Pump number")),
    )
    return stacked(boxes(fields, 4, density.box))
