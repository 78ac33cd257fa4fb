"""`regimens` and `products`: what the library holds, and whether a file would be taken."""

from __future__ import annotations

from pathlib import Path

import click

from ivigdesk.actions.library import Library
from ivigdesk.cli.context import Context, pass_context, print_columns, print_json, put, say
from ivigdesk.errors import KnownError, reason_of
from ivigdesk.messages import N_, message
from ivigdesk.scheduling.regimen_file import parse_regimen
from ivigdesk.scheduling.sentence import rule_sentence
from ivigdesk.units import plain
from ivigdesk.wording import Wording


def commands(words: Wording) -> dict[str, click.Command]:
    """Return the commands in the reader's language."""
    _ = words.gettext

    @click.group("regimens", invoke_without_command=True, help=_("List the regimens."))
    @click.option("--json", "as_json", is_flag=True, help=_("Print data for other programs."))
    @click.pass_context
    def regimens(ctx: click.Context, as_json: bool) -> None:
        if ctx.invoked_subcommand is None:
            _list_regimens(ctx.obj, as_json)

    @regimens.command("check", help=_("Say whether a regimen file would be taken."))
    @click.argument("file", type=click.Path(path_type=Path))
    @pass_context
    def check(context: Context, file: Path) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise KnownError(
                message(N_("“{file}” cannot be read: {why}."), file=file.name, why=reason_of(error))
            ) from error
        regimen = parse_regimen(content, file.name)
        put(f"{regimen.id} {regimen.version}: {rule_sentence(regimen, context.words)}")

    @click.command("products", help=_("List the products."))
    @click.option("--json", "as_json", is_flag=True, help=_("Print data for other programs."))
    @pass_context
    def products(context: Context, as_json: bool) -> None:
        _list_products(context, as_json)

    return {"regimens": regimens, "products": products}


def _list_regimens(context: Context, as_json: bool) -> None:
    library = Library(context.data_folder)
    regimens = library.regimens()
    if as_json:
        print_json(
            [
                {
                    "id": regimen.id,
                    "version": regimen.version,
                    "standing": regimen.standing,
                    "title": context.words.text(regimen.title),
                    "facts": regimen.facts,
                }
                for regimen in regimens
            ]
        )
    else:
        print_columns(
            [(one.id, one.version, _standing(context, one.standing), context.words.text(one.title)) for one in regimens]
        )
    _say_problems(context, library)


def _list_products(context: Context, as_json: bool) -> None:
    library = Library(context.data_folder)
    products = library.products()
    if as_json:
        print_json(
            [
                {
                    "id": product.id,
                    "version": product.version,
                    "title": context.words.text(product.title),
                    "g_per_l": plain(product.g_per_l),
                }
                for product in products
            ]
        )
    else:
        print_columns([(one.id, one.version, context.words.text(one.title)) for one in products])
    _say_problems(context, library)


def _standing(context: Context, standing: str) -> str:
    _ = context.words.gettext
    words = {
        "treatment": _("treatment"),
        "replacement": _("replacement"),
        "not-routine": _("not recommended for routine use"),
        "historical": _("historical"),
        "label": _("label"),
    }
    return words[standing]


def _say_problems(context: Context, library: Library) -> None:
    for problem in library.problems:
        say(context.words.say_error(problem))
