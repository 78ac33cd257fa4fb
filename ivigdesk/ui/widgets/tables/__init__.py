"""Tables of records: columns, model, painting, view."""

from ivigdesk.ui.widgets.tables.columns import Column
from ivigdesk.ui.widgets.tables.table import RecordTable

__all__ = ["Column", "RecordTable"]
