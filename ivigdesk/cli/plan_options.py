"""The options that `schedule` and `course plan` share: how the course is computed and looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click

from ivigdesk.wording import Wording

_Command = Callable[..., None]


def course_options(words: Wording) -> Callable[[_Command], _Command]:
    """Return a decorator that adds the options; each is handed on as typed, empty when left out."""
    _ = words.gettext
    helps = {
        "--policy": _("Policy of the dosing weight: actual, ontario, nba-2026 or nhs-england."),
        "--profile": _("Criteria for every dose: cms, ontario, nhs, au, eu-label, cn-label or unit."),
        "--weekly-from": _("First day of the weekly doses, where the source leaves it open."),
        "--last-day": _("Last day, where the source leaves it open."),
        "--every-days": _("Days between doses, where the source leaves them open."),
        "--doses": _("Number of doses, where the source leaves it open."),
        "--mg-per-kg": _("Dose per kilogram, where the source states none or a range."),
        "--rounding": _("nearest, down, up or partial."),
        "--antiviral": _("Antiviral drug given beside it."),
    }

    stated = click.option(
        "--stated",
        multiple=True,
        metavar="FACT=yes|no",
        help=_("What the criteria ask and the prescriber answers, such as cause_not_reversible=yes."),
    )

    def decorate(command: _Command) -> _Command:
        command = stated(command)
        for name, text in reversed(helps.items()):
            command = click.option(name, default="", help=text)(command)
        return command

    return decorate


def stated_pairs(typed: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return each `FACT=yes` as what stands before and after the sign."""
    parts = (text.partition("=") for text in typed)
    return tuple((fact, answer) for fact, _sign, answer in parts)
