"""Ledger of the mail: which message was queued for whom, and what became of it.

The class is put together from one part a theme; all work on the same open database.
"""

from __future__ import annotations

from pipeline.delivery.ledger.database import timestamp
from pipeline.delivery.ledger.queries import Queries
from pipeline.delivery.ledger.queue import Queue
from pipeline.delivery.ledger.suppression import Suppressions


class Ledger(Queue, Queries, Suppressions):
    """Open ledger of a workspace; see `Database` for its arguments and what it raises."""

    def record_test(self, filing: str, digest: str) -> None:
        """Record that a test message of a filing was sent to the office.

        Args:
            filing: Name of the filing.
            digest: SHA-256 of the message without recipient data.
        """
        with self._writing() as connection:
            connection.execute("INSERT INTO tests VALUES (?, ?, ?)", (filing, digest, timestamp()))

    def tested(self, filing: str) -> set[str]:
        """Return the digests of all messages of a filing that were sent as a test."""
        return {row[0] for row in self._rows("SELECT digest FROM tests WHERE filing = ?", (filing,))}

    def record_return(self, digest: str, *, token: str, return_type: str, status: str) -> bool:
        """Record a returned message, once however often it is read.

        Args:
            digest: SHA-256 of the returned message.
            token: Token of the member it concerns; empty where unknown.
            return_type: Value of a `ReturnType`.
            status: Enhanced status code (RFC 3463), or empty.

        Returns:
            Whether it was not recorded before.
        """
        with self._writing() as connection:
            row = connection.execute(
                "INSERT OR IGNORE INTO returns VALUES (?, ?, ?, ?, ?)",
                (digest, token, return_type, status, timestamp()),
            )
            return row.rowcount > 0

    def returned(self) -> dict[str, tuple[str, str]]:
        """Return type and status of the newest returned message about each member, by token."""
        rows = self._rows("SELECT token, kind, status FROM returns WHERE token <> '' ORDER BY at")
        return {token: (return_type, status) for token, return_type, status in rows}
