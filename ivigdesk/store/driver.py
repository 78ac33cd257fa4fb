"""The only door to SQLite: SQLCipher's driver, handed to sqlite-utils before it can find another one."""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

import sqlcipher3
from sqlcipher3 import dbapi2

# WORKAROUND(https://github.com/simonw/sqlite-utils/blob/4.2.1/sqlite_utils/utils.py): sqlite-utils takes the module
# named pysqlite3 when there is one. Without this its `except OperationalError` does not match the driver's errors,
# a failed statement leaves a transaction open, and doses that were acknowledged are lost at the next power cut.
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = dbapi2


def _read_when_used(package: str, name: str) -> None:
    """Put off reading a package's module until something of it is asked for."""
    full_name = f"{package}.{name}"
    spec = None if full_name in sys.modules else importlib.util.find_spec(full_name)
    if spec is None or spec.loader is None:
        return
    loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[full_name] = module
    loader.exec_module(module)
    # Without this, `from package import name` would look at the module, and so read it.
    setattr(sys.modules[package], name, module)


# sqlite-utils reads dates in columns with it, which the store never asks for; it costs a tenth of the start.
_read_when_used("dateutil", "parser")

import sqlite_utils.utils  # noqa: E402
from sqlite_utils import Database  # noqa: E402
from sqlite_utils.migrations import Migrations  # noqa: E402

if getattr(sqlite_utils.utils, "sqlite3", None) is not sqlcipher3:
    raise ImportError("sqlite_utils was imported before ivigdesk.store.driver: its errors would not be noticed")

__all__ = [
    "OLDEST_SQLITE",
    "Connection",
    "Database",
    "DatabaseError",
    "Error",
    "IntegrityError",
    "Migrations",
    "OperationalError",
    "connect",
    "open_database",
    "versions",
]

Connection = Any  # the driver has no types

Error: type[Exception] = dbapi2.Error
DatabaseError: type[Exception] = dbapi2.DatabaseError
OperationalError: type[Exception] = dbapi2.OperationalError
IntegrityError: type[Exception] = dbapi2.IntegrityError

OLDEST_SQLITE = (3, 51, 3)
"""Versions before this one can damage a file in WAL mode (the WAL-reset bug)."""

if dbapi2.sqlite_version_info < OLDEST_SQLITE:
    raise ImportError(f"SQLite {dbapi2.sqlite_version} is too old: {OLDEST_SQLITE} or later is needed")


def connect(name: str) -> Connection:
    """Return a connection in which nothing begins by itself and nothing waits for a lock.

    Args:
        name: `:memory:`, or a `file:` address with its mode.
    """
    connection = dbapi2.connect(name, uri=True, isolation_level=None, timeout=0, check_same_thread=False)
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would print to the terminal
    return connection


def open_database(connection: Connection) -> Database:
    """Return sqlite-utils' view of a connection, without plug-ins of this computer."""
    return Database(connection, execute_plugins=False)


def versions(connection: Connection) -> tuple[str, str]:
    """Return the versions of SQLite and SQLCipher; the second is empty when the file would not be protected."""
    rows = connection.execute("PRAGMA cipher_version").fetchall()
    return str(dbapi2.sqlite_version), str(rows[0][0]) if rows else ""
