"""The style sheet of the window, made from the theme's values."""

from __future__ import annotations

from ivigdesk import resources
from ivigdesk.ui import theme
from ivigdesk.ui.theme import TONES


def style_sheet() -> str:
    """Return the whole style sheet. Widgets choose their part by class and by the property `look`."""
    return "\n".join((_grounds(), _labels(), _buttons(), _fields(), _tables(), _shell(), _tones()))


def _grounds() -> str:
    return f"""
    QMainWindow, QDialog, QWidget[look="page"], QScrollArea[look="page"] {{ background: {theme.GROUND}; }}
    QScrollArea {{ border: none; background: transparent; }}
    QFrame[look="card"] {{ background: {theme.CARD}; border: 1px solid {theme.LINE};
        border-radius: {theme.RADIUS_CARD}px; }}
    QFrame[look="amount-card"] {{ background: {theme.ACCENT_GROUND}; border: none;
        border-radius: {theme.RADIUS_CARD}px; }}
    QFrame[look="separator"] {{ background: {theme.LINE}; border: none; max-height: 1px; min-height: 1px; }}
    QToolTip {{ background: {theme.INK}; color: {theme.ON_DARK}; border: none; padding: 6px 8px;
        font-size: {theme.SMALL}px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
    QScrollBar::handle {{ background: #B4C0CC; border-radius: 4px; min-height: 32px; min-width: 32px; }}
    QScrollBar::handle:hover {{ background: {theme.FIELD_LINE}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QMenu {{ background: {theme.CARD}; border: 1px solid {theme.LINE}; padding: 6px; }}
    QMenu::item {{ padding: 8px 24px 8px 12px; border-radius: 6px; }}
    QMenu::item:selected {{ background: {theme.ACCENT_GROUND}; color: {theme.INK}; }}
    """


def _labels() -> str:
    small = theme.SMALL
    return f"""
    QLabel {{ background: transparent; border: none; }}
    QLabel[look="title"] {{ font-size: {theme.TITLE}px; font-weight: 700; }}
    QLabel[look="heading"] {{ font-size: {theme.HEADING}px; font-weight: 700; }}
    QLabel[look="strong"] {{ font-weight: 700; }}
    QLabel[look="muted"] {{ color: {theme.SECOND_INK}; }}
    QLabel[look="small"] {{ font-size: {small}px; color: {theme.SECOND_INK}; }}
    QLabel[look="label"] {{ font-size: {small}px; font-weight: 500; color: {theme.SECOND_INK}; }}
    QLabel[look="hint"] {{ font-size: {small}px; color: {theme.SECOND_INK}; }}
    QLabel[look="caution"] {{ font-size: {small}px; color: {TONES["attention"].ink}; }}
    QLabel[look="error"] {{ font-size: {small}px; font-weight: 500; color: {TONES["serious"].ink}; }}
    QLabel[look="amount"] {{ font-size: {theme.AMOUNT}px; font-weight: 700; }}
    QLabel[look="rate"] {{ font-size: {theme.RATE}px; font-weight: 700; }}
    QLabel[look="unit"] {{ color: {theme.SECOND_INK}; padding-right: 12px; }}
    """


def _buttons() -> str:
    serious = TONES["serious"].ink
    inner = theme.TARGET - 2
    return f"""
    QPushButton {{ background: {theme.CARD}; color: {theme.INK}; border: 1px solid {theme.FIELD_LINE};
        border-radius: {theme.RADIUS}px; padding: 0 15px; min-height: {inner}px; font-weight: 500; }}
    QPushButton:hover {{ background: {theme.ACCENT_GROUND}; border-color: {theme.ACCENT}; }}
    QPushButton:pressed {{ background: #D2E4F7; }}
    QPushButton:focus {{ border: {theme.FOCUS_WIDTH}px solid {theme.ACCENT}; padding: 0 14px;
        min-height: {inner - 2}px; }}
    QPushButton:checked {{ background: {theme.ACCENT_GROUND}; color: {theme.ACCENT_DARK}; font-weight: 700;
        border: {theme.FOCUS_WIDTH}px solid {theme.ACCENT}; padding: 0 14px; min-height: {inner - 2}px; }}
    QPushButton:checked:focus {{ border: {theme.FOCUS_WIDTH + 1}px solid {theme.ACCENT_DARK}; padding: 0 13px;
        min-height: {inner - 4}px; }}
    QPushButton:disabled {{ background: {theme.DISABLED_GROUND}; color: {theme.DISABLED_INK};
        border-color: {theme.LINE}; }}
    QPushButton[look="primary"] {{ background: {theme.ACCENT}; color: {theme.ON_DARK};
        border-color: {theme.ACCENT}; }}
    QPushButton[look="primary"]:hover, QPushButton[look="primary"]:pressed {{
        background: {theme.ACCENT_DARK}; border-color: {theme.ACCENT_DARK}; }}
    QPushButton[look="primary"]:focus {{ border-color: {theme.FOCUS_ON_DARK}; }}
    QPushButton[look="primary"]:disabled {{ background: {theme.DISABLED_GROUND};
        color: {theme.DISABLED_INK}; border-color: {theme.LINE}; }}
    QPushButton[look="danger"] {{ color: {serious}; border-color: {serious}; }}
    QPushButton[look="danger"]:hover {{ background: {TONES["serious"].ground}; }}
    QPushButton[look="danger"]:focus {{ border-color: {serious}; }}
    QPushButton[look="danger-filled"] {{ background: {serious}; color: {theme.ON_DARK}; border-color: {serious}; }}
    QPushButton[look="danger-filled"]:focus {{ border-color: {theme.FOCUS_ON_DARK}; }}
    QPushButton[look="quiet"] {{ background: transparent; border: 1px solid transparent; color: {theme.ACCENT};
        padding: 0 7px; }}
    QPushButton[look="quiet"]:hover {{ background: {theme.ACCENT_GROUND}; }}
    QPushButton[look="quiet"]:focus {{ border: {theme.FOCUS_WIDTH}px solid {theme.ACCENT}; padding: 0 6px; }}
    QPushButton[bedside="true"] {{ min-height: {theme.BEDSIDE_TARGET - 2}px; }}
    QPushButton[bedside="true"]:focus, QPushButton[bedside="true"]:checked {{
        min-height: {theme.BEDSIDE_TARGET - 4}px; }}
    QPushButton[bedside="true"]:checked:focus {{ min-height: {theme.BEDSIDE_TARGET - 6}px; }}
    """


def _fields() -> str:
    inner = theme.TARGET - 2
    serious = TONES["serious"].ink
    boxes = "QLineEdit, QPlainTextEdit, QComboBox"
    return f"""
    {boxes} {{ background: {theme.CARD}; color: {theme.INK}; border: 1px solid {theme.FIELD_LINE};
        border-radius: {theme.RADIUS}px; padding: 0 11px; min-height: {inner}px;
        selection-background-color: {theme.ACCENT}; selection-color: {theme.ON_DARK}; }}
    QPlainTextEdit {{ padding: 7px 7px; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QComboBox:on {{
        border: {theme.FOCUS_WIDTH}px solid {theme.ACCENT}; padding: 0 10px; min-height: {inner - 2}px; }}
    QPlainTextEdit:focus {{ padding: 6px 6px; }}
    QLineEdit[look="wrong"], QPlainTextEdit[look="wrong"], QComboBox[look="wrong"] {{
        border: {theme.FOCUS_WIDTH}px solid {serious}; padding: 0 10px; min-height: {inner - 2}px; }}
    QLineEdit:read-only {{ background: {theme.FAINT}; }}
    QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{ background: {theme.DISABLED_GROUND};
        color: {theme.DISABLED_INK}; border-color: {theme.LINE}; }}
    QLineEdit[look="search"] {{ background: {theme.FAINT}; border-color: {theme.LINE}; }}
    QLineEdit[look="search"]:focus {{ background: {theme.CARD}; border-color: {theme.ACCENT}; }}
    QComboBox::drop-down {{ border: none; width: 30px; }}
    QComboBox::down-arrow {{ image: url("{_picture("chevron-down")}"); width: 16px; height: 16px; }}
    QComboBox QAbstractItemView {{ background: {theme.CARD}; border: 1px solid {theme.LINE}; outline: none;
        selection-background-color: {theme.ACCENT_GROUND}; selection-color: {theme.INK}; }}
    QComboBox QAbstractItemView::item {{ min-height: {theme.TARGET - 4}px; padding: 0 8px; }}
    QCheckBox, QRadioButton {{ spacing: 10px; min-height: {theme.TARGET - 4}px; border-radius: 6px;
        border: {theme.FOCUS_WIDTH}px solid transparent; padding: 0 6px; }}
    QCheckBox:focus, QRadioButton:focus {{ border-color: {theme.ACCENT}; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: 20px; height: 20px; background: {theme.CARD};
        border: 1px solid {theme.FIELD_LINE}; border-radius: 5px; }}
    QRadioButton::indicator {{ border-radius: 10px; }}
    QCheckBox::indicator:checked {{ background: {theme.ACCENT_GROUND}; border-color: {theme.ACCENT};
        image: url("{_picture("check")}"); }}
    QRadioButton::indicator:checked {{ background: {theme.CARD}; border: 6px solid {theme.ACCENT};
        width: 10px; height: 10px; border-radius: 11px; }}
    """


def _tables() -> str:
    return f"""
    QTableView, QListView {{ background: {theme.CARD}; border: 1px solid {theme.LINE};
        border-radius: {theme.RADIUS_CARD}px; outline: none; gridline-color: {theme.LINE};
        selection-background-color: {theme.ACCENT_GROUND}; selection-color: {theme.INK}; }}
    QTableView:focus, QListView:focus {{ border: {theme.FOCUS_WIDTH}px solid {theme.ACCENT}; }}
    QListView {{ padding: 5px; }}
    QListView::item {{ padding: 0 12px; border-radius: 6px; }}
    QListView::item:selected {{ background: {theme.ACCENT_GROUND}; color: {theme.INK}; }}
    QHeaderView {{ background: transparent; border: none; }}
    QHeaderView::section {{ background: {theme.CARD}; color: {theme.SECOND_INK}; border: none;
        border-bottom: 1px solid {theme.LINE}; padding: 8px 12px; font-size: {theme.SMALL}px; font-weight: 500; }}
    QHeaderView::section:first {{ border-top-left-radius: {theme.RADIUS_CARD}px; }}
    QHeaderView::section:last {{ border-top-right-radius: {theme.RADIUS_CARD}px; }}
    QTabBar::tab {{ background: transparent; color: {theme.SECOND_INK}; padding: 9px 14px; font-weight: 500;
        border-bottom: 3px solid transparent; min-height: 20px; }}
    QTabBar::tab:selected {{ color: {theme.ACCENT}; border-bottom-color: {theme.ACCENT}; }}
    QTabBar::tab:focus {{ border: {theme.FOCUS_WIDTH}px solid {theme.ACCENT}; }}
    QProgressBar {{ background: {TONES["plain"].ground}; border: none; border-radius: 7px; min-height: 14px;
        max-height: 14px; }}
    QProgressBar::chunk {{ background: {TONES["running"].ink}; border-radius: 7px; }}
    """


def _shell() -> str:
    return f"""
    QWidget#rail {{ background: {theme.RAIL}; }}
    QWidget#rail QLabel {{ color: {theme.ON_DARK_SECOND}; font-size: {theme.SMALL}px; }}
    QWidget#rail QLabel[look="strong"] {{ color: {theme.ON_DARK}; }}
    QToolButton[look="rail"] {{ color: {theme.ON_DARK_SECOND}; background: transparent; font-size: {theme.SMALL}px;
        font-weight: 500; border: 2px solid transparent; border-radius: {theme.RADIUS}px; padding: 6px 2px; }}
    QToolButton[look="rail"]:hover {{ background: #1A4068; color: {theme.ON_DARK}; }}
    QToolButton[look="rail"]:checked {{ background: {theme.RAIL_CHOSEN}; color: {theme.ON_DARK}; font-weight: 700; }}
    QToolButton[look="rail"]:focus {{ border-color: {theme.FOCUS_ON_DARK}; }}
    QWidget#top-bar {{ background: {theme.CARD}; border-bottom: 1px solid {theme.LINE}; }}
    QWidget#patient-banner {{ background: {theme.BANNER}; }}
    QWidget#patient-banner QLabel {{ color: {theme.ON_DARK}; }}
    QWidget#patient-banner QLabel[look="small"] {{ color: {theme.ON_DARK_SECOND}; }}
    QWidget#patient-banner QLabel[look="name"] {{ font-size: 19px; font-weight: 700; }}
    QLabel#practice {{ background: {TONES["attention"].ground}; color: {TONES["attention"].ink};
        font-size: {theme.SMALL}px; font-weight: 700; padding: 4px 24px; }}
    QToolButton[look="field"] {{ background: {theme.CARD}; border: 1px solid {theme.FIELD_LINE};
        border-radius: {theme.RADIUS}px; }}
    QToolButton[look="field"]:hover {{ background: {theme.ACCENT_GROUND}; }}
    QToolButton[look="field"]:focus {{ border: {theme.FOCUS_WIDTH}px solid {theme.ACCENT}; }}
    """


def _tones() -> str:
    rules = []
    for tone, colours in TONES.items():
        rules.append(
            f"""
    QLabel[look="chip-{tone}"], QWidget#patient-banner QLabel[look="chip-{tone}"] {{
        color: {colours.ink}; background: {colours.ground}; border-radius: 12px;
        padding: 0; font-size: {theme.SMALL}px; font-weight: 700; }}
    QWidget#patient-banner QLabel[look="alert-{tone}"] {{
        color: {colours.ink}; background: {colours.ground}; border-radius: {theme.RADIUS}px;
        padding: 3px 10px; font-size: {theme.SMALL}px; font-weight: 700; }}
    QFrame[look="notice-{tone}"] {{ background: {colours.ground}; border: none;
        border-radius: {theme.RADIUS}px; }}
    QFrame[look="notice-{tone}"] QLabel {{ color: {colours.ink}; }}
    QLabel[look="ink-{tone}"] {{ color: {colours.ink}; font-weight: 500; }}"""
        )
    return "\n".join(rules)


def _picture(name: str) -> str:
    """Return the file of an icon as the style sheet names it; these stay black."""
    return resources.folder("icons", f"{name}.svg").as_posix()
