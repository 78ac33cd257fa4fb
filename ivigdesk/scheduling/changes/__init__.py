"""Changes to a calendar: one change in, the new calendar and its differences out; nothing else decides a date."""

from ivigdesk.scheduling.changes.change import change_calendar as change_calendar
from ivigdesk.scheduling.changes.keeping import MOST_MOVED_DAYS as MOST_MOVED_DAYS
from ivigdesk.scheduling.changes.keeping import check_calendar as check_calendar
from ivigdesk.scheduling.changes.noticing import differences as differences
from ivigdesk.scheduling.changes.slots import Asked as Asked
from ivigdesk.scheduling.changes.slots import Difference as Difference
from ivigdesk.scheduling.changes.slots import Grid as Grid
from ivigdesk.scheduling.changes.slots import Limits as Limits
from ivigdesk.scheduling.changes.slots import Outcome as Outcome
from ivigdesk.scheduling.changes.slots import Reach as Reach
from ivigdesk.scheduling.changes.slots import Slot as Slot
from ivigdesk.scheduling.changes.slots import SlotState as SlotState
from ivigdesk.scheduling.changes.slots import Verb as Verb
from ivigdesk.scheduling.changes.tolerance import within_tolerance as within_tolerance
from ivigdesk.scheduling.changes.undoing import newest_change as newest_change
from ivigdesk.scheduling.changes.undoing import restored as restored
from ivigdesk.scheduling.changes.undoing import undone as undone
