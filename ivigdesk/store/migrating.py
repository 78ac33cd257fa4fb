"""Migrations that lose nothing by accident."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable

from ivigdesk.store.driver import Database

Migration = Callable[[Database], None]


def guarded(changes: Iterable[str] = ()) -> Callable[[Migration], Migration]:
    """Return a decorator that refuses a migration after which something is missing or different.

    Compared are triggers, indexes, views and foreign keys: rebuilding a table with sqlite-utils' `transform` drops
    its triggers without a word, and with them the protection of the record. What is added is no loss.

    Args:
        changes: names of triggers, indexes and views that the migration means to change or drop, and of columns
            (`vials.infusion_id`) whose foreign key it does.
    """
    meant = set(changes)

    def decorate(migration: Migration) -> Migration:
        @functools.wraps(migration)
        def run(db: Database) -> None:
            before = _objects(db)
            migration(db)
            after = _objects(db)
            lost = sorted(name for name, what in before.items() if name not in meant and after.get(name) != what)
            if lost:
                raise ValueError(f"the migration {migration.__name__} would lose or change {', '.join(lost)}")
            broken = db.conn.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise ValueError(f"the migration {migration.__name__} breaks a reference of {broken[0][0]}")

        return run

    return decorate


def _objects(db: Database) -> dict[str, str]:
    """Return what must survive, by name: the SQL of triggers, indexes and views, and what each column refers to."""
    rows = db.conn.execute(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'index', 'view') AND sql IS NOT NULL"
    ).fetchall()
    found = {str(name): str(sql) for name, sql in rows}
    for (table,) in db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        keys = db.conn.execute(
            'SELECT "from", "table", "to", on_update, on_delete, match FROM pragma_foreign_key_list(?)', [table]
        ).fetchall()
        found |= {f"{table}.{column}": repr(rule) for column, *rule in keys}
    return found
