"""Returned messages in the ledger: each once, and which of them count against an address."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.delivery.ledger.database import Database, timestamp


class Strike(NamedTuple):
    """A report that a message did not reach a recipient.

    Args:
        filing: Name of the filing that was sent.
        cause: Value of a `Cause`.
        is_weak: Whether a single report of it is too little.
        words: The server's words, in one line.
    """

    filing: str
    cause: str
    is_weak: bool
    words: str


class Strikes(Database):
    """Records returned messages, and the strikes among them by recipient."""

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

    def record_strike(self, digest: str, recipient: str, strike: Strike) -> None:
        """Record that a returned message counts against a recipient; once however often it is read.

        Args:
            digest: SHA-256 of the returned message.
            recipient: Identifier of the address.
            strike: What it reports.
        """
        with self._writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO strikes VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    digest,
                    recipient,
                    strike.filing,
                    strike.cause,
                    int(strike.is_weak),
                    strike.words,
                    timestamp(),
                ),
            )

    def strikes(self, recipient: str) -> list[Strike]:
        """Return the strikes against a recipient that were not forgiven, oldest first."""
        rows = self._rows(
            "SELECT filing, cause, weak, words FROM strikes WHERE recipient = ? ORDER BY at, digest",
            (recipient,),
        )
        return [Strike(filing, cause, bool(weak), words) for filing, cause, weak, words in rows]

    def issues_sent(self, recipient: str) -> list[tuple[str, str]]:
        """Return filing and beginning of every mailing in which a server took a message for a recipient."""
        rows = self._rows(
            "SELECT promises.filing, runs.begun FROM promises JOIN runs ON runs.id = promises.run "
            "WHERE recipient = ? AND state = 'sent' ORDER BY runs.id",
            (recipient,),
        )
        return [(filing, begun) for filing, begun in rows]

    def letters_of(self, filing: str) -> int:
        """Return how many messages of a filing were queued."""
        row = self._row("SELECT count(*) FROM promises WHERE filing = ?", (filing,))
        return int(row[0]) if row else 0
