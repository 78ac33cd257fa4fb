"""Where the public table of 187 real children lies, when it is on this machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REAL = Path(
    os.environ.get("IVIGDESK_REAL")
    or Path(__file__).resolve().parents[2].parent / "shared" / "real" / "bone-marrow.arff"
)

needs_real_children = pytest.mark.skipif(
    not REAL.is_file(), reason="the public table of children is not here; name it with IVIGDESK_REAL"
)
