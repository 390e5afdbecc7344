"""What both databases of the mail do in the same way: transactions, and erasing what was deleted."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run a block as one transaction that writes: committed at its end, rolled back on any exception.

    Args:
        connection: In autocommit mode.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # Where the disk is full, or cannot be read, SQLite has rolled back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def erase_deleted(connection: sqlite3.Connection) -> None:
    """Write a database anew without what was deleted from it, in its log, too.

    Raises:
        sqlite3.OperationalError: Another process is reading it.
    """
    for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
        row = connection.execute(statement).fetchone()
        if row is not None and row[0]:
            problem = "database is locked"
            raise sqlite3.OperationalError(problem)
