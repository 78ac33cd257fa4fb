"""The grams of a course: ordered, rounded, given, wasted and still to come, against what was approved."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ivigdesk.clinical.courses.ledger import Ledger, LedgerRow
from ivigdesk.ui import theme
from ivigdesk.ui.course.layout import bare
from ivigdesk.ui.dose_words import dose_grams
from ivigdesk.ui.widgets.cards import Card
from ivigdesk.ui.widgets.flow import FlowLayout
from ivigdesk.ui.widgets.labels import PlainLabel
from ivigdesk.ui.widgets.notices import Notice, NoticeBar
from ivigdesk.ui.widgets.states import State, status_state
from ivigdesk.ui.widgets.tables import Column, RecordTable
from ivigdesk.units import rounded
from ivigdesk.wording import Wording

_MG_READING = Decimal(1)
_NONE = "–"


class GramsPanel(QWidget):
    """The sums, the approval, and one row for each dose."""

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = wording.gettext
        self._wording = wording
        self.sums = tuple(_Sum(title) for title in _titles(wording))
        self.approval = NoticeBar(wording, closable=False)
        self.table = RecordTable(_columns(wording), _("Grams of each dose"), sortable=False)
        card = Card(margin=theme.SPACE_12)
        area = QWidget()
        flow = FlowLayout(area, spacing=theme.SPACE_32, row_spacing=theme.SPACE_8)
        for one in self.sums:
            flow.addWidget(one)
        card.body.addWidget(area)
        self.table.setMinimumHeight(theme.TABLE_ROW * 4)
        column = bare(QVBoxLayout(self))
        column.addWidget(card)
        column.addWidget(self.approval)
        column.addWidget(self.table, 1)

    def show_ledger(self, ledger: Ledger) -> None:
        """Show the grams of a course."""
        words = self._wording
        amounts = (
            exact_grams(ledger.ordered_mg, words),
            *(dose_grams(words, mg) for mg in (ledger.rounded_mg, ledger.given_mg, ledger.wasted_mg)),
            dose_grams(words, ledger.to_come_mg),
        )
        for one, amount in zip(self.sums, amounts, strict=True):
            one.show_amount(amount)
        self.approval.show_notice(approval_notice(ledger, words))
        self.table.show_rows(ledger.rows)


class _Sum(QWidget):
    """A small label above an amount."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.amount = PlainLabel("", "heading")
        column = bare(QVBoxLayout(self), 0)
        column.addWidget(PlainLabel(title, "label"))
        column.addWidget(self.amount)

    def show_amount(self, text: str) -> None:
        self.amount.setText(text)
        self.updateGeometry()


def exact_grams(mg: Decimal, wording: Wording) -> str:
    """Return an amount before rounding, to the milligram: `12.69 g`."""
    return wording.amount(rounded(mg, _MG_READING) / 1000, "g")


def approval_notice(ledger: Ledger, wording: Wording) -> Notice:
    """Return what the course takes from stock, against what was approved for it."""
    _ = wording.gettext
    expected = dose_grams(wording, ledger.expected_mg)
    if ledger.approved_mg is None or ledger.left_mg is None:
        return Notice(
            _("The whole course takes {expected} from stock. No approved amount is recorded.").format(expected=expected)
        )
    approved = dose_grams(wording, ledger.approved_mg)
    if ledger.is_exceeded:
        text = _("Approved {approved}: exceeded by {more}. The whole course takes {expected} from stock.")
        more = dose_grams(wording, -ledger.left_mg)
        return Notice(text.format(approved=approved, more=more, expected=expected), "serious")
    text = _("Approved {approved}: the whole course takes {expected} from stock, {left} are left.")
    return Notice(text.format(approved=approved, expected=expected, left=dose_grams(wording, ledger.left_mg)), "given")


def _titles(wording: Wording) -> tuple[str, ...]:
    _ = wording.gettext
    return _("Ordered"), _("Rounded to vials"), _("Given"), _("Wasted"), _("Still to come")


def _columns(wording: Wording) -> tuple[Column[LedgerRow], ...]:
    _ = wording.gettext

    def grams_or_none(mg: int) -> str:
        return dose_grams(wording, mg) if mg else _NONE

    def ordered(row: LedgerRow) -> str:
        return exact_grams(row.ordered_mg, wording) if row.ordered_mg else _NONE

    def state(row: LedgerRow) -> State:
        return status_state(row.status, wording)

    return (
        Column(_("Dose"), lambda row: str(row.number), strong=True),
        Column(_("Date"), lambda row: wording.date_short(row.due_on)),
        Column(_("State"), lambda row: state(row).word, state=state),
        Column(_("Ordered"), ordered, right=True, muted=True),
        Column(_("Rounded"), lambda row: grams_or_none(row.rounded_mg), right=True),
        Column(_("Given"), lambda row: grams_or_none(row.given_mg), right=True, strong=True),
        Column(_("Wasted"), lambda row: grams_or_none(row.wasted_mg), right=True),
        Column(_("To come"), lambda row: grams_or_none(row.to_come_mg), right=True),
        Column("", lambda _row: "", stretch=True),
    )
