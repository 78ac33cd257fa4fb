"""`demo`: the practice ward, its courses and sheets, and the window when there is a display."""

from __future__ import annotations

from pathlib import Path

import click

from ivigdesk.cli.context import Context, has_display, open_window, pass_context, put, say
from ivigdesk.wording import Wording


def commands(words: Wording) -> dict[str, click.Command]:
    """Return the command in the reader's language."""
    _ = words.gettext

    @click.command("demo", help=_("Make a practice ward with invented patients, print its sheets, open the window."))
    @click.option("--out", type=click.Path(file_okay=False, path_type=Path), help=_("Where; a folder of its own."))
    @click.option("--no-window", is_flag=True, help=_("Do not open the window."))
    @pass_context
    def demo(context: Context, out: Path | None, no_window: bool) -> None:
        from ivigdesk.actions.practice.ward import make_practice_ward
        from ivigdesk.clock import SystemClock

        folder = out or context.data_folder / "practice"
        say(_("Making the practice ward in {folder} …").format(folder=folder))
        made = make_practice_ward(folder, SystemClock(), words.language)
        for line in made.lines:
            put(words.say(line))
        put(_("Sheets: {folder}").format(folder=made.sheets))
        if no_window:
            return
        if not has_display():
            say(_("There is no display here, so the window stays closed."))
            return
        open_window(folder, words.language)

    return {"demo": demo}
