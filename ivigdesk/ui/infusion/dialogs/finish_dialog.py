"""End an infusion: how it ended, what went in, and who signs; or record that it was not given at all."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from ivigdesk.actions.desk import Desk, nurses
from ivigdesk.actions.infusions.give_infusion import Bedside, EndForm, finish_infusion, record_not_given
from ivigdesk.clinical.infusions.infusion import Infusion, Outcome
from ivigdesk.errors import UserMistake
from ivigdesk.messages import N_, message
from ivigdesk.ui import theme
from ivigdesk.ui.course.dialogs.asking import FormDialog
from ivigdesk.ui.course.layout import pair
from ivigdesk.ui.dose_words import volume_text
from ivigdesk.ui.widgets.buttons import Button
from ivigdesk.ui.widgets.fields.text import ChoiceField, LineField
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.wording import Wording

_WHOLE_PERCENT = 98

_CHOICES: tuple[tuple[Outcome, str], ...] = (
    ("completed", N_("Completed: whole dose given")),
    ("partly given", N_("Partly given")),
)


class FinishDialog(FormDialog):
    """The end of a started infusion. Partly given is proposed when the pump's settings did not reach the volume."""

    def __init__(self, desk: Desk, here: Bedside, wording: Wording, parent: QWidget | None = None) -> None:
        _ = wording.gettext
        super().__init__(wording, _("Finish and sign"), _("Sign as {nurse}").format(nurse=desk.nurse), parent=parent)
        self._desk = desk
        self._here = here
        self.infusion: Infusion | None = None
        self.outcome = QButtonGroup(self)
        self.at = LineField("at", _("Ended at"), hint=_("empty is now"), example="10:34")
        self.given = LineField("given_ml", _("Volume given"), unit="mL")
        self.reason = LineField("reason", _("Why not the whole dose"), required=True)
        others = [nurse.name for nurse in nurses(desk) if nurse.name != desk.nurse]
        self.second = ChoiceField(
            "second_nurse",
            _("Second signature"),
            [("", _("Nobody yet")), *((name, name) for name in others)],
        )
        self._arrange_content()
        self._propose()

    @classmethod
    def ask(cls, desk: Desk, here: Bedside, wording: Wording, parent: QWidget | None = None) -> Infusion | None:
        """Return the ended infusion, or None when it goes on."""
        dialog = cls(desk, here, wording, parent)
        dialog.exec()
        return dialog.infusion

    def chosen_outcome(self) -> Outcome:
        """Return how it ended, as chosen."""
        return _CHOICES[max(self.outcome.checkedId(), 0)][0]

    def submit(self) -> None:
        infusion = self._here.infusion
        if infusion is None:
            raise UserMistake("outcome", message(N_("This infusion was not started.")))
        partly = self.chosen_outcome() == "partly given"
        form = EndForm(
            outcome=self.chosen_outcome(),
            at=self.at.text(),
            given_ml=self.given.text() if partly else "",
            reason=self.reason.text() if partly else "",
            second_nurse=str(self.second.value() or ""),
        )
        self.infusion = finish_infusion(self._desk, infusion.id, form)

    def has_unsaved(self) -> bool:
        return self.infusion is None and bool(self.reason.text().strip())

    def _arrange_content(self) -> None:
        _ = self.wording.gettext
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_8)
        for index, (_outcome, word) in enumerate(_CHOICES):
            button = Button(_(word), bedside=True)
            button.setCheckable(True)
            self.outcome.addButton(button, index)
            row.addWidget(button, 1)
        volume = volume_text(self.wording, self._here.dose.volume_ml)
        said = _("By the pump's settings {given} of {volume} went in.").format(
            given=volume_text(self.wording, self._here.given_ml), volume=volume
        )
        self.body.addWidget(PlainLabel(said, wrap=True))
        self.body.addLayout(row)
        self.body.addLayout(pair(self.given, self.at))
        self.body.addWidget(self.reason)
        self.body.addWidget(self.second)
        self.body.addStretch()
        self.watch((self.at, self.given, self.reason, self.second))
        self.outcome.idClicked.connect(self._show_outcome)

    def _propose(self) -> None:
        whole = self._here.given_ml * 100 >= self._here.dose.volume_ml * _WHOLE_PERCENT
        self.outcome.button(0 if whole else 1).setChecked(True)
        self.given.set_text(self.wording.number(self._here.given_ml))
        self._show_outcome()
        self.outcome.button(0 if whole else 1).setFocus()

    def _show_outcome(self) -> None:
        partly = self.chosen_outcome() == "partly given"
        self.given.setVisible(partly)
        self.reason.setVisible(partly)
        self.fit()


class NotGivenDialog(FormDialog):
    """A dose that is not given at all; only a reason is needed."""

    def __init__(
        self, desk: Desk, here: Bedside, infusion_id: UUID, wording: Wording, parent: QWidget | None = None
    ) -> None:
        _ = wording.gettext
        super().__init__(
            wording,
            _("Dose {number} is not given").format(number=here.dose.number),
            _("Record as not given"),
            weight="danger",
            parent=parent,
        )
        self._desk = desk
        self._here = here
        self._infusion_id = infusion_id
        self.infusion: Infusion | None = None
        self.reason = LineField("reason", _("Reason"), required=True)
        self.body.addWidget(
            PlainLabel(
                _("To give it on another day, postpone it instead. A dose recorded as not given stays so."), wrap=True
            )
        )
        self.body.addWidget(self.reason)
        self.body.addStretch()
        self.watch((self.reason,))
        self.reason.focus()

    @classmethod
    def ask(
        cls, desk: Desk, here: Bedside, infusion_id: UUID, wording: Wording, parent: QWidget | None = None
    ) -> Infusion | None:
        """Return the record, or None when nothing was recorded."""
        dialog = cls(desk, here, infusion_id, wording, parent)
        dialog.exec()
        return dialog.infusion

    def submit(self) -> None:
        self.infusion = record_not_given(
            self._desk, self._here.dose.id, self.reason.text(), infusion_id=self._infusion_id
        )

    def has_unsaved(self) -> bool:
        return self.infusion is None and bool(self.reason.text().strip())
