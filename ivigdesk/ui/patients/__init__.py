"""Patients: find, register, correct, weigh; the way to their courses."""

from ivigdesk.ui.patients.form_page import PatientFormPage
from ivigdesk.ui.patients.list_page import PatientsPage
from ivigdesk.ui.patients.patient_page import PatientPage

__all__ = ["PatientFormPage", "PatientPage", "PatientsPage"]
