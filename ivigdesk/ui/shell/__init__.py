"""The frame around every page: rail, top bar, practice strip, patient banner, notices."""

from ivigdesk.ui.shell.rail import Rail, RailStop
from ivigdesk.ui.shell.shell import Shell
from ivigdesk.ui.shell.top_bar import TopBar

__all__ = ["Rail", "RailStop", "Shell", "TopBar"]
