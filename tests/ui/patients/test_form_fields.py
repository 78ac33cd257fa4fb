"""The patient's form: conditions, medicines, donor and earlier transplants are kept, and every condition is offered."""

from __future__ import annotations

from datetime import date

from ivigdesk.actions.desk import Desk
from ivigdesk.actions.look_up import known_patient
from ivigdesk.clinical.patients.conditions import CONDITIONS
from ivigdesk.clinical.patients.patient import Patient
from ivigdesk.ui import places
from ivigdesk.ui.patients import PatientFormPage
from ivigdesk.ui.patients.conditions import GROUPS
from ivigdesk.ui.patients.words import RISK
from ivigdesk.ui.shell import Shell
from ivigdesk.ui.widgets import ChoiceField, LineField


def form(shell: Shell, patient: Patient) -> PatientFormPage:
    shell.go(places.PatientFormPlace(patient.id))
    assert isinstance(shell.page, PatientFormPage)
    return shell.page


def test_every_condition_and_risk_is_offered_once() -> None:
    conditions = [condition for group in GROUPS for condition in group.conditions]
    assert sorted(conditions) == sorted(CONDITIONS)
    assert sorted(risk for group in GROUPS for risk in group.risks) == sorted(risk for risk, _ in RISK)


def test_what_is_ticked_and_typed_is_kept(shell: Shell, desk: Desk, patient: Patient) -> None:
    page = form(shell, patient)
    page.fields.conditions.boxes["condition-iga-deficiency"].box.click()
    page.fields.conditions.boxes["risk-thrombosis"].box.click()
    for name, typed in (("medicines", "ciclosporin"), ("earlier_transplants_on", "2024-05-01, 2023-01-15")):
        field = page.fields.fields[name]
        assert isinstance(field, LineField)
        field.set_text(typed)
    donor = page.fields.fields["donor_kind"]
    assert isinstance(donor, ChoiceField)
    donor.set_value("haploidentical")
    assert page.has_unsaved()
    page.save.click()
    known = known_patient(desk, patient.id)
    assert known.conditions == ("iga-deficiency",)
    assert "thrombosis" in known.risks
    assert (known.medicines, known.donor_kind) == ("ciclosporin", "haploidentical")
    assert known.earlier_transplants_on == (date(2023, 1, 15), date(2024, 5, 1))
    assert not form(shell, patient).has_unsaved()


def test_a_day_that_is_none_is_refused_at_its_field(shell: Shell, desk: Desk, patient: Patient) -> None:
    page = form(shell, patient)
    field = page.fields.fields["earlier_transplants_on"]
    assert isinstance(field, LineField)
    field.set_text("2024-13-01")
    page.save.click()
    assert "2024-13-01" in field.error
    assert known_patient(desk, patient.id).earlier_transplants_on == ()
    field.set_text("")
    page.fields.show_form(page.fields.form())
    page._shown = page.fields.form()
