"""When the pictures are taken: on the practice ward's day, between two rounds."""

from __future__ import annotations

from datetime import UTC, datetime

NOW = datetime(2026, 3, 2, 9, 41, tzinfo=UTC)
