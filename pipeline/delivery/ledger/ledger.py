"""Ledger of the mail: which message was queued for whom, and what became of it.

The class is put together from one part a theme; all work on the same open database.
"""

from __future__ import annotations

from pipeline.delivery.ledger.copies import Copies
from pipeline.delivery.ledger.database import timestamp
from pipeline.delivery.ledger.queries import Queries
from pipeline.delivery.ledger.queue import Queue
from pipeline.delivery.ledger.strikes import Strikes
from pipeline.delivery.ledger.suppression import Suppressions


class Ledger(Queue, Queries, Strikes, Suppressions, Copies):
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
