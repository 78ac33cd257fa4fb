"""Where this computer keeps the ward's file; what a ward may choose is stored in the ward's file itself."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

DATA_VARIABLE = "IVIGDESK_DATA"
DATABASE_NAME = "ward.ivigdesk"
_NAME = "ivigdesk"


def data_folder(chosen: Path | None, environment: Mapping[str, str]) -> Path:
    """Return the ward's data folder: `--data`, else `IVIGDESK_DATA`, else the platform's own place."""
    if chosen is not None:
        return chosen
    named = environment.get(DATA_VARIABLE)
    if named:
        return Path(named)
    return _place_on_linux(environment) or _place_by_platform()


def _place_on_linux(environment: Mapping[str, str]) -> Path | None:
    """Return the place on Linux, as `platformdirs` would; None where that is not plain.

    Every command asks for it, and the package takes longer to load than a course to compute.
    """
    home = environment.get("HOME", "")
    shared = environment.get("XDG_DATA_HOME", "")
    if sys.platform != "linux" or not home.startswith("/"):
        return None
    return Path(shared if shared.startswith("/") else f"{home}/.local/share", _NAME)


def _place_by_platform() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir(_NAME, appauthor=False))
