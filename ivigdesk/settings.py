"""Where this computer keeps the ward's file; what a ward may choose is stored in the ward's file itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

DATA_VARIABLE = "IVIGDESK_DATA"
DATABASE_NAME = "ward.ivigdesk"


def data_folder(chosen: Path | None, environment: Mapping[str, str]) -> Path:
    """Return the ward's data folder: `--data`, else `IVIGDESK_DATA`, else the platform's own place."""
    if chosen is not None:
        return chosen
    named = environment.get(DATA_VARIABLE)
    if named:
        return Path(named)
    import platformdirs  # late: a stateless calculation needs no folder

    return Path(platformdirs.user_data_dir("ivigdesk", appauthor=False))
