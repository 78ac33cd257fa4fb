"""`side-effects` and `recall`: what happened on the ward, and who got a lot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ivigdesk.cli.context import Context, pass_context, print_columns, print_json, put
from ivigdesk.messages import N_, message
from ivigdesk.wording import Wording

if TYPE_CHECKING:
    from ivigdesk.actions.desk import Desk
    from ivigdesk.actions.ward.recall import Recall, RecallRow, RecallToCome
    from ivigdesk.actions.ward.side_effects import SideEffectList, SideEffectQuery, SideEffectRow


def commands(words: Wording) -> dict[str, click.Command]:
    """Return both commands in the reader's language."""
    return {"side-effects": _side_effects(words), "recall": _recall(words)}


def _side_effects(words: Wording) -> click.Command:
    _ = words.gettext

    @click.command("side-effects", help=_("List the ward's side effects, among how many infusions."))
    @click.option("--patient", default="", metavar="TEXT", help=_("Name, pinyin, record number or bed."))
    @click.option("--product", default="", metavar="ID", help=_("Of what was hung."))
    @click.option("--lot", default="", metavar="LOT", help=_("Of a vial that was hung."))
    @click.option("--regimen", default="", metavar="ID", help=_("Of the course."))
    @click.option("--grade", type=click.IntRange(1, 5), default=1, help=_("From this CTCAE grade."))
    @click.option("--from", "first", metavar="DATE", help=_("First day of the infusions."))
    @click.option("--to", "last", metavar="DATE", help=_("Last day of the infusions."))
    @click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
    @click.option("--csv", "table", type=click.Path(dir_okay=False, path_type=Path), help=_("As a table, into a file."))
    @click.option("--names", is_flag=True, help=_("With names and record numbers in the table."))
    @pass_context
    def side_effects(
        context: Context, /, first: str | None, last: str | None, as_json: bool, table: Path | None, names: bool,
        **typed: str,
    ) -> None:  # fmt: skip
        from ivigdesk.actions.ward.export_side_effects import side_effect_table
        from ivigdesk.actions.ward.side_effects import side_effect_list
        from ivigdesk.actions.whole_file import write_whole

        with context.desk() as desk:
            query = _query(desk, first, last, typed)
            if table is not None:
                write_whole(side_effect_table(desk, query, context.words, named=names), table)
                put(str(table))
                return
            found = side_effect_list(desk, query)
            if as_json:
                print_json(_list_json(found))
            else:
                _print_list(desk, found, context.words)

    return side_effects


def _recall(words: Wording) -> click.Command:
    _ = words.gettext

    @click.command("recall", help=_("Say who got a lot, and who still could."))
    @click.argument("lot")
    @click.option("--json", "as_json", is_flag=True, help=_("As JSON."))
    @pass_context
    def recall_lot(context: Context, /, lot: str, as_json: bool) -> None:
        from ivigdesk.actions.ward.recall import known_recall

        with context.desk() as desk:
            found = known_recall(desk, lot)
            if as_json:
                print_json(_recall_json(found))
            else:
                _print_recall(desk, found, context.words)

    return recall_lot


def _query(desk: Desk, first: str | None, last: str | None, typed: dict[str, str]) -> SideEffectQuery:
    from ivigdesk.actions.ward.side_effects import SideEffectQuery
    from ivigdesk.actions.words import read_date
    from ivigdesk.clock import today

    now = today(desk.clock)
    return SideEffectQuery(
        patient=typed["patient"],
        product_id=typed["product"],
        lot=typed["lot"],
        regimen_id=typed["regimen"],
        least_grade=int(typed["grade"]),
        first=read_date(first, field="first", name=message(N_("First day")), base=now) if first else None,
        last=read_date(last, field="last", name=message(N_("Last day")), base=now) if last else None,
    )


def _print_list(desk: Desk, found: SideEffectList, words: Wording) -> None:
    from ivigdesk.actions.ward.export_side_effects import products_of, titles_of
    from ivigdesk.actions.ward.side_effects import besides_words, count_words

    _ = words.gettext
    titles = titles_of(desk, found.rows, words)
    put(count_words(found, words))
    if found.besides:
        put(besides_words(found, words))
    if not found.rows:
        return
    head = (_("Onset"), _("Patient"), _("Side effect"), _("Grade"), _("Dose"), _("Product"), _("Lot"))
    rows = [
        (
            words.moment(row.effect.onset_at),
            row.patient.name,
            words.text(row.effect.term),
            str(row.effect.grade),
            _("{n} of {total}").format(n=row.number, total=row.doses_in_all),
            products_of(row, titles, words),
            _(", ").join(row.lots),
        )
        for row in found.rows
    ]
    print_columns([head, *rows])


def _list_json(found: SideEffectList) -> dict[str, object]:
    return {
        "infusions": found.infusions,
        "infusions_with_side_effect": found.with_effect,
        "side_effects": found.count,
        "not_counted": found.besides,
        "rows": [_effect_json(row) for row in found.rows],
        "by_term": [
            {"code": one.code, "count": one.count, "grades": list(one.grades), "infusions": one.infusions}
            for one in found.by_term
        ],
        "by_month": [
            {
                "month": f"{one.month:%Y-%m}",
                "side_effects": one.count,
                "infusions_with_side_effect": one.with_effect,
                "infusions": one.infusions,
            }
            for one in found.by_month
        ],
    }


def _effect_json(row: SideEffectRow) -> dict[str, object]:
    effect = row.effect
    return {
        "id": str(effect.id),
        "record_number": row.patient.record_number,
        "course": str(row.course_id),
        "dose": row.number,
        "infusion_on": row.day.isoformat(),
        "code": effect.code,
        "term": effect.term.en,
        "grade": effect.grade,
        "onset_at": effect.onset_at.isoformat(),
        "minutes_from_start": effect.minutes_from_start,
        "ml_per_h": None if effect.ml_per_h is None else str(effect.ml_per_h),
        "products": list(row.product_ids) or [row.product_id],
        "lots": list(row.lots),
        "action": effect.action,
        "outcome": effect.outcome,
        "counts": row.is_given,
    }


def _print_recall(desk: Desk, found: Recall, words: Wording) -> None:
    from ivigdesk.actions.ward.recall import product_titles
    from ivigdesk.units import grams

    _ = words.gettext
    comma = _(", ")
    put(_("Lot {lot} ({products})").format(
        lot=comma.join(found.spellings), products=comma.join(product_titles(desk, found.product_ids, words))
    ))  # fmt: skip
    if found.rows:
        head = (_("Given on"), _("Patient"), _("Record no."), _("Dose"), _("Vials"), _("Amount"), _("State"))
        put("")
        print_columns([head, *(
            (
                words.date(row.day), row.patient.name, row.patient.record_number, _dose(row, words),
                str(len(row.vials)), words.amount(grams(row.mg), "g"), words.status(row.status),
            )
            for row in found.rows
        )])  # fmt: skip
    if found.to_come:
        put("")
        put(_("Who still could: doses that wait"))
        titles = (_("Planned for"), _("Patient"), _("Record no."), _("Dose"), _("Vials ready"), _("State"))
        print_columns([titles, *(
            (
                words.date(row.due_on), row.patient.name, row.patient.record_number, _dose(row, words),
                str(len(row.vials)), words.status(row.status),
            )
            for row in found.to_come
        )])  # fmt: skip


def _dose(row: RecallRow | RecallToCome, words: Wording) -> str:
    return words.gettext("{n} of {total}").format(n=row.number, total=row.doses_in_all)


def _recall_json(found: Recall) -> dict[str, object]:
    return {
        "lot": found.lot,
        "spellings": list(found.spellings),
        "products": list(found.product_ids),
        "patients": found.patients,
        "rows": [
            {
                **_dose_json(row),
                "day": row.day.isoformat(),
                "vials": len(row.vials),
                "mg": row.mg,
                "nurse": row.nurse,
                "side_effects": [{"code": one.code, "grade": one.grade} for one in row.side_effects],
            }
            for row in found.rows
        ],
        "to_come": [
            {**_dose_json(row), "day": row.due_on.isoformat(), "prepared_vials": len(row.vials)}
            for row in found.to_come
        ],
    }


def _dose_json(row: RecallRow | RecallToCome) -> dict[str, object]:
    return {
        "record_number": row.patient.record_number,
        "course": str(row.course_id),
        "dose": row.number,
        "status": row.status,
    }
