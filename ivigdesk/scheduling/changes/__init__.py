"""Changes to a calendar: one change in, the new calendar and its differences out; nothing else decides a date."""

from ivigdesk.scheduling.changes.one_move import MOST_MOVED_DAYS as MOST_MOVED_DAYS
from ivigdesk.scheduling.changes.one_move import Moved as Moved
from ivigdesk.scheduling.changes.one_move import Reach as Reach
from ivigdesk.scheduling.changes.one_move import Slot as Slot
from ivigdesk.scheduling.changes.one_move import after_moves as after_moves
from ivigdesk.scheduling.changes.one_move import postpone as postpone
