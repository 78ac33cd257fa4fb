"""Changes to a stored course: what a change would do, shown before it is accepted; then one revision and one entry."""

from ivigdesk.actions.courses.changing.accept import accept as accept
from ivigdesk.actions.courses.changing.form import ChangeForm as ChangeForm
from ivigdesk.actions.courses.changing.late import given_off_day as given_off_day
from ivigdesk.actions.courses.changing.ripple import ripple as ripple
from ivigdesk.actions.courses.changing.rows import CourseChangedMeanwhile as CourseChangedMeanwhile
from ivigdesk.actions.courses.changing.rows import Ripple as Ripple
from ivigdesk.actions.courses.changing.rows import RippleNote as RippleNote
from ivigdesk.actions.courses.changing.rows import RippleRow as RippleRow
from ivigdesk.actions.courses.changing.undo import undoable as undoable
