"""Schema of the ledger, and its migration from earlier formats.

Format 2 adds to format 1: what a mailing was confirmed with (`runs.settings`), the number of the last change
of each row (`change`), by which a copy is recognised as older, and erasures that are not finished. A
recipient has one delivery of a filing for a purpose at a time; those that were withdrawn or cancelled do not
count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.delivery.ledger.states import GOING, UNTOUCHED, State

if TYPE_CHECKING:
    import sqlite3

FORMAT: Final = 2
"""Version of the schema, kept in `user_version`."""

_UNTOUCHED: Final = ", ".join(f"'{state}'" for state in UNTOUCHED)
_GOING: Final = ", ".join(f"'{state}'" for state in GOING if state is not State.END_OF_DATA)

_PROMISES: Final = """
CREATE TABLE promises (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs, filing TEXT NOT NULL, purpose TEXT NOT NULL,
  recipient TEXT, token TEXT NOT NULL, message_id TEXT,
  address TEXT, name TEXT NOT NULL, language TEXT NOT NULL,
  state TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0,
  reply TEXT NOT NULL DEFAULT '', changed TEXT NOT NULL, change INTEGER NOT NULL DEFAULT 0)
"""

_AROUND_PROMISES: Final = f"""
CREATE UNIQUE INDEX promises_once ON promises (filing, purpose, recipient) WHERE state NOT IN ({_UNTOUCHED});
CREATE UNIQUE INDEX promises_message ON promises (message_id) WHERE state NOT IN ({_UNTOUCHED});
CREATE INDEX promises_open ON promises (run, state, tries, id);
CREATE INDEX promises_token ON promises (token);
CREATE INDEX promises_recipient ON promises (recipient);
CREATE INDEX promises_change ON promises (change);
CREATE TABLE changes (
  number INTEGER NOT NULL, suppressions INTEGER NOT NULL, witness TEXT NOT NULL, is_older INTEGER NOT NULL);
INSERT INTO changes VALUES (0, 0, '', 0);
CREATE TABLE erasures (recipient TEXT PRIMARY KEY)
"""

_TRIGGERS: Final = (
    """
    CREATE TRIGGER promises_made AFTER INSERT ON promises BEGIN
      UPDATE changes SET number = number + 1;
      UPDATE promises SET change = (SELECT number FROM changes) WHERE id = NEW.id;
    END
    """,
    """
    CREATE TRIGGER promises_changed AFTER UPDATE OF state, recipient ON promises BEGIN
      UPDATE changes SET number = number + 1;
      UPDATE promises SET change = (SELECT number FROM changes) WHERE id = NEW.id;
    END
    """,
    """
    CREATE TRIGGER suppressed_made AFTER INSERT ON suppressed BEGIN
      UPDATE changes SET number = number + 1, suppressions = suppressions + 1;
    END
    """,
    """
    CREATE TRIGGER suppressed_changed AFTER UPDATE ON suppressed BEGIN
      UPDATE changes SET number = number + 1, suppressions = suppressions + 1;
    END
    """,
    """
    CREATE TRIGGER suppressed_ended AFTER DELETE ON suppressed BEGIN
      UPDATE changes SET number = number + 1, suppressions = suppressions + 1;
    END
    """,
)

_REST: Final = """
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, filing TEXT NOT NULL, purpose TEXT NOT NULL, begun TEXT NOT NULL,
  date TEXT NOT NULL, digests TEXT NOT NULL, settings TEXT NOT NULL DEFAULT '');
CREATE TABLE dots (at REAL NOT NULL);
CREATE INDEX dots_at ON dots (at);
CREATE TABLE suppressed (recipient TEXT PRIMARY KEY, reason TEXT NOT NULL, since TEXT NOT NULL);
CREATE TABLE tests (filing TEXT NOT NULL, digest TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE returns (
  digest TEXT PRIMARY KEY, token TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, at TEXT NOT NULL)
"""

_STRIKES: Final = """
CREATE TABLE IF NOT EXISTS strikes (
  digest TEXT PRIMARY KEY, recipient TEXT NOT NULL, filing TEXT NOT NULL, cause TEXT NOT NULL,
  weak INTEGER NOT NULL, words TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS strikes_recipient ON strikes (recipient)
"""
"""Added while format 1 was in use; a ledger of it may lack them."""

_FROM_1: Final = f"""
ALTER TABLE runs ADD COLUMN settings TEXT NOT NULL DEFAULT '';
DROP INDEX promises_open;
DROP INDEX promises_token;
DROP INDEX promises_recipient;
ALTER TABLE promises RENAME TO promises_1;
{_PROMISES.strip()};
INSERT INTO promises (id, run, filing, purpose, recipient, token, message_id, address, name, language, state,
  tries, due, reply, changed)
  SELECT id, run, filing, purpose, recipient, token, message_id, address, name, language, state, tries, due,
  reply, changed FROM promises_1 ORDER BY id;
DROP TABLE promises_1;
UPDATE promises SET state = '{State.WITHDRAWN}', due = 0
  WHERE state IN ({_GOING}) AND recipient IN (SELECT recipient FROM suppressed);
{_AROUND_PROMISES.strip()};
UPDATE promises SET change = id;
UPDATE changes SET number = (SELECT coalesce(max(id), 0) FROM promises);
UPDATE strikes SET words = '' WHERE recipient = '';
INSERT INTO erasures SELECT recipient FROM suppressed WHERE reason = 'forgotten'
"""
"""Format 1 let a delivery of a suppressed recipient be queued again, and kept what spoke of the forgotten."""


def prepare(connection: sqlite3.Connection) -> int:
    """Create the schema in an empty database, or bring an earlier format to the present one.

    Args:
        connection: Connection within a transaction.

    Returns:
        The format the database has now: a newer one than `FORMAT` is left alone.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version >= FORMAT:
        return version
    _run(connection, _STRIKES)
    if version == 0:
        _run(connection, _REST)
        _run(connection, _PROMISES)
        _run(connection, _AROUND_PROMISES)
    else:
        _run(connection, _FROM_1)
    for statement in _TRIGGERS:
        connection.execute(statement)
    if version:
        _erase_forgotten(connection)
    connection.execute(f"PRAGMA user_version={FORMAT}")
    return FORMAT


def erase(connection: sqlite3.Connection, recipient: str) -> int:
    """Take all that speaks of a recipient out of the tables, but for the identifier that is suppressed.

    The rows of deliveries stay, with nothing in them but filing and state, so that what was sent is still
    counted right.

    Args:
        connection: Connection within a transaction.
        recipient: Identifier of the address.

    Returns:
        From how many deliveries it was erased.
    """
    mine = "(SELECT token FROM promises WHERE recipient = ? AND token <> '')"
    connection.execute(f"UPDATE returns SET token = '' WHERE token IN {mine}", (recipient,))
    connection.execute("DELETE FROM strikes WHERE recipient = ?", (recipient,))
    row = connection.execute(
        "UPDATE promises SET recipient = NULL, token = '', message_id = NULL, address = NULL, name = '', "
        "language = '', reply = '' WHERE recipient = ?",
        (recipient,),
    )
    return row.rowcount


def _erase_forgotten(connection: sqlite3.Connection) -> None:
    for (recipient,) in connection.execute("SELECT recipient FROM erasures").fetchall():
        erase(connection, recipient)


def _run(connection: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";"):
        connection.execute(statement)
