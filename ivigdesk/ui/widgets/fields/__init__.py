"""Fields of forms: labelled, strict, and able to say what is wrong."""

from ivigdesk.ui.widgets.fields.base import Field
from ivigdesk.ui.widgets.fields.date import DateField
from ivigdesk.ui.widgets.fields.form import FormErrors, FormSection
from ivigdesk.ui.widgets.fields.number import NumberField
from ivigdesk.ui.widgets.fields.text import ChoiceField, LineField, TextField, TickField

__all__ = [
    "ChoiceField",
    "DateField",
    "Field",
    "FormErrors",
    "FormSection",
    "LineField",
    "NumberField",
    "TextField",
    "TickField",
]
