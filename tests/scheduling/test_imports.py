"""Opening the rules costs next to nothing: a stateless calculation must start fast."""

from __future__ import annotations

import subprocess
import sys

ROOMS = (
    *("calendar", "changes", "choices", "closures", "phase_check", "regimen", "regimen_check", "regimen_fault"),
    *("regimen_file", "regimen_write", "rule_words", "sentence"),
)


def test_the_rules_load_no_heavy_library() -> None:
    imports = "\n".join(f"import ivigdesk.scheduling.{room}" for room in ROOMS)
    script = f"import sys\n{imports}\nprint(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True).stdout.split()
    )
    assert not loaded & {"babel", "click", "dataclasses", "PySide6", "reportlab", "sqlite3", "sqlcipher3", "tomlkit"}
