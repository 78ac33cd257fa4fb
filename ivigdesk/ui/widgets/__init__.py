"""What several pages share: labels, buttons, fields, tables, chips, the banner, dialogs, the month."""

from ivigdesk.ui.widgets.banner import PatientBanner
from ivigdesk.ui.widgets.buttons import Button, danger_button, primary_button, quiet_button, secondary_button
from ivigdesk.ui.widgets.cards import Card, EmptyState, scrolling, separator
from ivigdesk.ui.widgets.dialogs import AskDialog, ask_to_discard, ask_which, tell
from ivigdesk.ui.widgets.fields import (
    ChoiceField,
    DateField,
    Field,
    FormErrors,
    FormSection,
    LineField,
    NumberField,
    TextField,
    TickField,
)
from ivigdesk.ui.widgets.keys import press_with
from ivigdesk.ui.widgets.labels import PlainLabel, WrappingLabel, heading, tip, title
from ivigdesk.ui.widgets.month import DayMark, MonthCalendar
from ivigdesk.ui.widgets.notices import FindingLine, Notice, NoticeBar
from ivigdesk.ui.widgets.search_box import SearchBox
from ivigdesk.ui.widgets.states import State, StateChip, chip, severity_state, status_state
from ivigdesk.ui.widgets.tables import Column, RecordTable
from ivigdesk.ui.widgets.wheel import guard_wheel

__all__ = [
    "AskDialog",
    "Button",
    "Card",
    "ChoiceField",
    "Column",
    "DateField",
    "DayMark",
    "EmptyState",
    "Field",
    "FindingLine",
    "FormErrors",
    "FormSection",
    "LineField",
    "MonthCalendar",
    "Notice",
    "NoticeBar",
    "NumberField",
    "PatientBanner",
    "PlainLabel",
    "RecordTable",
    "SearchBox",
    "State",
    "StateChip",
    "TextField",
    "TickField",
    "WrappingLabel",
    "ask_to_discard",
    "ask_which",
    "chip",
    "danger_button",
    "guard_wheel",
    "heading",
    "press_with",
    "primary_button",
    "quiet_button",
    "scrolling",
    "secondary_button",
    "separator",
    "severity_state",
    "status_state",
    "tell",
    "tip",
    "title",
]
