"""SQLite database of the ledger: schema, connection and transactions."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from typing import TYPE_CHECKING, Any, Final

from pipeline.findings.finding import DeliveryError, found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FORMAT: Final = 1
"""Version of the schema, kept in `user_version`."""

_BUSY_TIMEOUT: Final = 10.0
"""Seconds to wait for another process: the unsubscribe page writes while a mailing is sent."""

_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON")

_ADDED: Final = """
CREATE TABLE IF NOT EXISTS strikes (
  digest TEXT PRIMARY KEY, recipient TEXT NOT NULL, filing TEXT NOT NULL, cause TEXT NOT NULL,
  weak INTEGER NOT NULL, words TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS strikes_recipient ON strikes (recipient)
"""
"""Tables added to the schema since; a program that does not know them leaves them alone."""

_SCHEMA: Final = """
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, filing TEXT NOT NULL, purpose TEXT NOT NULL, begun TEXT NOT NULL,
  date TEXT NOT NULL, digests TEXT NOT NULL);
CREATE TABLE promises (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs, filing TEXT NOT NULL, purpose TEXT NOT NULL,
  recipient TEXT NOT NULL, token TEXT NOT NULL, message_id TEXT NOT NULL UNIQUE,
  address TEXT, name TEXT NOT NULL, language TEXT NOT NULL,
  state TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0,
  reply TEXT NOT NULL DEFAULT '', changed TEXT NOT NULL,
  UNIQUE (filing, purpose, recipient));
CREATE INDEX promises_open ON promises (run, state, tries, id);
CREATE INDEX promises_token ON promises (token);
CREATE INDEX promises_recipient ON promises (recipient);
CREATE TABLE dots (at REAL NOT NULL);
CREATE INDEX dots_at ON dots (at);
CREATE TABLE suppressed (recipient TEXT PRIMARY KEY, reason TEXT NOT NULL, since TEXT NOT NULL);
CREATE TABLE tests (filing TEXT NOT NULL, digest TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE returns (
  digest TEXT PRIMARY KEY, token TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, at TEXT NOT NULL);
"""


class Database:
    """Open database of a ledger.

    A transaction is on the disk when it is committed (write-ahead log, `synchronous=FULL`), and deleted
    content is overwritten (`secure_delete`).

    Args:
        path: Database file; created if it does not exist, readable by its owner only.

    Raises:
        DeliveryError: The file cannot be opened or is damaged (E370), or was written by a newer version of
            the program (E371).
    """

    def __init__(self, path: Path) -> None:
        """Open the database."""
        self._path = path
        with self._translated_errors():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            self._connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT, isolation_level=None)
            for pragma in _PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}")
            with self._transaction():
                (version,) = self._connection.execute("PRAGMA user_version").fetchone()
                if version == 0:
                    for statement in _SCHEMA.split(";"):
                        self._connection.execute(statement)
                    self._connection.execute(f"PRAGMA user_version={FORMAT}")
                for statement in _ADDED.split(";"):
                    self._connection.execute(statement)
        if version > FORMAT:
            raise DeliveryError([found("E371", None, name=path.name, found=version, known=FORMAT)])

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy of the database to a new file (SQLite, VACUUM INTO)."""
        with self._translated_errors():
            self._connection.execute("VACUUM INTO ?", (str(path),))

    def _rows(self, query: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        with self._translated_errors():
            return self._connection.execute(query, tuple(values)).fetchall()

    def _row(self, query: str, values: Iterable[object] = ()) -> tuple[Any, ...] | None:
        """Return the first row of a result; SQLite computes no more than it."""
        with self._translated_errors():
            row: tuple[Any, ...] | None = self._connection.execute(query, tuple(values)).fetchone()
            return row

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Run a block as one transaction, committed at its end and rolled back on any exception."""
        with self._translated_errors(), self._transaction():
            yield self._connection

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    @contextlib.contextmanager
    def _translated_errors(self) -> Iterator[None]:
        """Raise errors of SQLite and the system as E370, which names the ledger."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise DeliveryError([found("E370", None, name=self._path.name, problem=error)]) from error


def placeholders(values: Iterable[object]) -> str:
    """Return as many SQL placeholders as there are values: `?, ?, ?`."""
    return ", ".join("?" for _ in values)


def timestamp() -> str:
    """Return the present moment in UTC, to the second (ISO 8601)."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
