"""A sheet on a real printer: page pictures at the printer's resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from ivigdesk.errors import KnownError
from ivigdesk.messages import N_, message
from ivigdesk.sheets.preview import is_landscape, page_count, page_pictures
from ivigdesk.ui.printing.page_view import image_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_POINTS_PER_INCH = 72
_ENOUGH_DPI = 300  # fine print and bar codes are sharp; more only costs memory


def has_printer() -> bool:
    """Return whether this computer knows a printer."""
    from PySide6.QtPrintSupport import QPrinterInfo  # late: most visits print nothing

    return bool(QPrinterInfo.availablePrinterNames())


def ask_printer(title: str, pages: int, parent: QWidget) -> QPrinter | None:
    """Return the printer that the nurse chose in the system's dialog, or None."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    return printer if dialog.exec() else None


def print_pages(pdf: bytes, printer: QPrinter) -> int:
    """Print the chosen pages of `pdf` and return how many were sent.

    Raises:
        KnownError: the printer does not take the job.
    """
    first = printer.fromPage() or 1
    last = printer.toPage() or page_count(pdf)
    if is_landscape(pdf):
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    painter = QPainter()
    if not painter.begin(printer):
        raise KnownError(
            message(N_("The printer does not answer. Nothing was printed; check it, or save the sheet as PDF."))
        )
    dots = min(printer.resolution(), _ENOUGH_DPI)
    try:
        for number in range(first, last + 1):
            if number > first:
                printer.newPage()
            picture = page_pictures(pdf, dots / _POINTS_PER_INCH, number, number)[0]
            paper = printer.pageLayout().fullRectPixels(printer.resolution())
            painter.drawImage(QRectF(0, 0, paper.width(), paper.height()), image_of(picture))
    finally:
        painter.end()
    return last - first + 1
