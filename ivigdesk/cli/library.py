"""`regimens`, `products`, `criteria`: what the library holds, and whether a file would be taken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from ivigdesk.actions.library.checks import check_name, check_sources
from ivigdesk.actions.library.content import library_content
from ivigdesk.actions.library.files import Library
from ivigdesk.cli.context import Context, pass_context, print_columns, print_json, put, say
from ivigdesk.clinical.eligibility.profile import Profile
from ivigdesk.clinical.eligibility.profile_file import parse_profile
from ivigdesk.clinical.products.product import Product
from ivigdesk.clinical.products.product_file import parse_product
from ivigdesk.scheduling.regimen import Regimen
from ivigdesk.scheduling.regimen_file import parse_regimen
from ivigdesk.scheduling.sentence import rule_sentence
from ivigdesk.units import plain
from ivigdesk.wording import Wording

_Read = TypeVar("_Read", Regimen, Product, Profile)


def commands(words: Wording) -> dict[str, click.Command]:
    """Return the commands in the reader's language."""
    _ = words.gettext
    return {
        "regimens": _group(
            words,
            _("List the regimens."),
            _list_regimens,
            _("Say whether a regimen file would be taken."),
            parse_regimen,
            rule_sentence,
        ),
        "products": _group(
            words,
            _("List the products."),
            _list_products,
            _("Say whether a product file would be taken."),
            parse_product,
            _title,
        ),
        "criteria": _group(
            words,
            _("List the criteria that doses are looked at with."),
            _list_criteria,
            _("Say whether a file of criteria would be taken."),
            parse_profile,
            _title,
        ),
    }


def _group(
    words: Wording,
    list_help: str,
    listed: Callable[[Context, bool], None],
    check_help: str,
    parse: Callable[[bytes, str], _Read],
    said: Callable[[_Read, Wording], str],
) -> click.Group:
    """Return the command that lists one kind of file, with `check` for one that is not in the library yet.

    Args:
        listed: prints the list; told whether as data for other programs.
        parse: reads a file's content, with its name for the sentence.
        said: what is said of a file that would be taken.
    """
    _ = words.gettext

    @click.group(invoke_without_command=True, help=list_help)
    @click.option("--json", "as_json", is_flag=True, help=_("Print data for other programs."))
    @click.pass_context
    def group(ctx: click.Context, as_json: bool) -> None:
        if ctx.invoked_subcommand is None:
            listed(ctx.obj, as_json)

    @group.command("check", help=check_help)
    @click.argument("file", type=click.Path(path_type=Path))
    @pass_context
    def check(context: Context, file: Path) -> None:
        read = _checked(file, parse)
        put(f"{read.id} {read.version}: {said(read, context.words)}")

    return group


def _title(read: Product | Profile, words: Wording) -> str:
    return words.text(read.title)


def _checked(file: Path, parse: Callable[[bytes, str], _Read]) -> _Read:
    """Return what the library would take: well formed, called by its id, every source known.

    Raises:
        KnownError: it would not take the file; names file, key and reason.
    """
    read = parse(library_content(file), file.name)
    check_name(file, read.id)
    check_sources(file.name, read, Library().evidence())
    return read


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
                    "facts": ", ".join(product.facts),
                }
                for product in products
            ]
        )
    else:
        print_columns([(one.id, one.version, context.words.text(one.title)) for one in products])
    _say_problems(context, library)


def _list_criteria(context: Context, as_json: bool) -> None:
    library = Library(context.data_folder)
    profiles = library.profiles()
    if as_json:
        print_json(
            [
                {
                    "id": profile.id,
                    "version": profile.version,
                    "title": context.words.text(profile.title),
                    "is_payment": profile.is_payment,
                    "rules": [
                        {
                            "code": rule.code,
                            "outcome": rule.outcome,
                            "source": rule.source,
                            "title": context.words.text(rule.title),
                            "is_payment": profile.is_payment or rule.is_payment,
                        }
                        for rule in profile.rules
                    ],
                }
                for profile in profiles
            ]
        )
    else:
        print_columns([(one.id, one.version, context.words.text(one.title)) for one in profiles])
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
