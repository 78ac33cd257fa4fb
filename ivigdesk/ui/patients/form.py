"""The fields of a patient, in sections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.actions.patients.register_patient import PatientForm
from ivigdesk.messages import N_, message
from ivigdesk.ui import theme
from ivigdesk.ui.patients import words
from ivigdesk.ui.patients.conditions import ConditionsSection
from ivigdesk.ui.widgets import ChoiceField, DateField, Field, FormErrors, FormSection, LineField, TickField
from ivigdesk.wording import Wording


class PatientFields(QWidget):
    """Takes a `PatientForm` and gives back what stands in the fields, unread: the action reads it.

    Attributes:
        errors: puts mistakes under their fields.
    """

    def __init__(self, wording: Wording, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._today = today
        self.fields: dict[str, Field] = {}
        self.conditions = ConditionsSection(wording)
        self._id: UUID | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, theme.SPACE_8, 0)
        self._column.setSpacing(theme.SPACE_16)
        self._add_identity()
        self._add_size()
        self._add_transplant()
        self._add_warnings()
        self._column.addWidget(self.conditions)
        self._column.addStretch()
        self.errors = FormErrors(self.fields.values(), wording, self)

    def show_form(self, form: PatientForm) -> None:
        """Fill the fields from `form`."""
        self._id = form.id
        self.errors.clear()
        for name, field in self.fields.items():
            value = getattr(form, name)
            if isinstance(field, LineField):
                field.set_text(str(value))
            elif isinstance(field, ChoiceField):
                field.set_value(value)
            elif isinstance(field, TickField):
                field.set_value(bool(value))
        self.conditions.show_ticked(form.risks, form.conditions)

    def form(self) -> PatientForm:
        """Return what stands in the fields, with the id of the form that was shown."""
        values: dict[str, object] = {}
        for name, field in self.fields.items():
            if isinstance(field, LineField):
                values[name] = field.text()
            elif isinstance(field, ChoiceField | TickField):
                values[name] = field.value()
        values["risks"] = self.conditions.ticked("risk")
        values["conditions"] = self.conditions.ticked("condition")
        if self._id is not None:
            values["id"] = self._id
        return PatientForm(**values)  # type: ignore[arg-type]

    def first_control(self) -> QWidget:
        """Return the first needed field that is still empty, else the first field."""
        for field in self.fields.values():
            if isinstance(field, LineField) and field.required and not field.text().strip():
                return field.control
        return next(iter(self.fields.values())).control

    def _add_identity(self) -> None:
        _ = self._wording.gettext
        section = self._section(_("Identity"))
        self._line(section, "family_name", _("Family name"), required=True, hint=_("As on the wristband"))
        self._line(section, "given_name", _("Given name"), required=True)
        self._line(section, "local_name", _("Name in another script"), example="李娜")
        self._line(section, "record_number", _("Record number"), required=True)
        self._date(section, "birth_on", N_("Birth date"), required=True)
        self._choice(section, "sex", _("Sex"), words.SEX)
        self._line(section, "bed", _("Bed"))
        self._line(section, "consultant", _("Consultant"))
        self._line(section, "diagnosis", _("Diagnosis"), whole_row=True)

    def _add_size(self) -> None:
        _ = self._wording.gettext
        section = self._section(_("Size and baseline"))
        self._line(section, "weight", _("Weight"), unit="kg")
        self._date(section, "weighed_on", N_("Weighed on"))
        self._line(section, "height", _("Height"), unit="cm")
        self._line(section, "igg", _("IgG before treatment"), unit="g/L")
        self._date(section, "igg_on", N_("IgG measured on"))

    def _add_warnings(self) -> None:
        _ = self._wording.gettext
        section = self._section(_("Allergies, reactions and medicines"))
        self._choice(section, "allergy_state", _("Allergies"), words.ALLERGY)
        self._line(section, "allergies", _("Which allergies"))
        self._line(section, "earlier_reactions", _("Earlier reactions to immunoglobulin or blood"), whole_row=True)
        self._line(
            section,
            "medicines",
            _("Other medicines"),
            whole_row=True,
            hint=_("Names as on the chart; the safety rules look for those that harm the kidneys."),
        )
        self._tick(section, "pregnant", _("Pregnant"))
        self._tick(section, "had_immunoglobulin", _("Had immunoglobulin elsewhere in the last 8 weeks"))

    def _add_transplant(self) -> None:
        _ = self._wording.gettext
        section = self._section(_("Transplant"))
        self._date(section, "transplant_on", N_("Transplant date"))
        self._choice(section, "transplant_kind", _("Kind of transplant"), words.TRANSPLANT)
        self._line(
            section,
            "earlier_transplants_on",
            _("Earlier transplants"),
            hint=_("Dates as year-month-day, with commas between them"),
            whole_row=True,
        )
        self._choice(section, "donor_kind", _("Donor"), words.DONOR)
        self._line(section, "donor", _("More about the donor"))
        self._line(section, "stem_cell_source", _("Stem-cell source"))
        self._choice(section, "blood_group", _("Blood group"), words.BLOOD)
        self._choice(section, "rhesus", _("Rhesus factor"), words.RHESUS)
        self._choice(section, "donor_blood_group", _("Donor's blood group"), words.BLOOD)
        self._choice(section, "cmv", _("CMV serostatus"), words.SEROSTATUS)
        self._choice(section, "donor_cmv", _("Donor's CMV serostatus"), words.SEROSTATUS)

    def _section(self, heading: str) -> FormSection:
        section = FormSection(heading)
        self._column.addWidget(section)
        return section

    def _line(
        self,
        section: FormSection,
        name: str,
        label: str,
        *,
        unit: str = "",
        hint: str = "",
        example: str = "",
        required: bool = False,
        whole_row: bool = False,
    ) -> None:
        field = LineField(name, label, unit=unit, hint=hint, example=example, required=required)
        self.fields[name] = field
        section.add(field, whole_row=whole_row)

    def _date(self, section: FormSection, name: str, label: str, *, required: bool = False) -> None:
        field = DateField(name, message(label), self._wording, self._today, required=required)
        self.fields[name] = field
        section.add(field)

    def _choice(self, section: FormSection, name: str, label: str, choices: words.Choices) -> None:
        field = ChoiceField(name, label, words.worded(choices, self._wording))
        self.fields[name] = field
        section.add(field)

    def _tick(self, section: FormSection, name: str, text: str) -> None:
        field = TickField(name, "", text)
        self.fields[name] = field
        section.add(field)
