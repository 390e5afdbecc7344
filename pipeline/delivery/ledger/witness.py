"""Witness of the ledger: a second file that follows every change, without any address or name.

By it an older copy of the ledger that was put back is recognised, and what the newer one knew is known still:
who is suppressed, and what became of each message. It is written after each transaction of the ledger and
before the next byte goes to the server; so it never knows more than the ledger, unless that is an older copy.
It need not be on the disk at once: what it lacks after a crash it takes from the ledger with the next change.
"""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.ledger.transactions import erase_deleted, transaction
from pipeline.findings.finding import DeliveryError, found

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BUSY_TIMEOUT: Final = 10.0
_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON")
_NOTHING_SEEN: Final = -1

_SCHEMA: Final = """
CREATE TABLE about (id TEXT NOT NULL, seen INTEGER NOT NULL, suppressions INTEGER NOT NULL);
CREATE TABLE letters (
  filing TEXT NOT NULL, purpose TEXT NOT NULL, recipient TEXT NOT NULL, token TEXT NOT NULL,
  message_id TEXT NOT NULL, language TEXT NOT NULL, state TEXT NOT NULL, begun TEXT NOT NULL,
  date TEXT NOT NULL, digests TEXT NOT NULL, settings TEXT NOT NULL,
  PRIMARY KEY (filing, purpose, recipient)) WITHOUT ROWID;
CREATE TABLE suppressed (recipient TEXT PRIMARY KEY, reason TEXT NOT NULL, since TEXT NOT NULL)
"""

_GROW: Final = (
    "INSERT INTO suppressed VALUES (?, ?, ?) ON CONFLICT (recipient) DO UPDATE "
    "SET reason = excluded.reason, since = excluded.since WHERE excluded.reason = 'forgotten'"
)

LETTERS: Final = (
    "SELECT promises.filing, promises.purpose, recipient, token, message_id, language, state, begun, date, "
    "digests, settings FROM promises JOIN runs ON runs.id = run "
    "WHERE recipient IS NOT NULL AND change > ? ORDER BY change"
)
"""Letters of a ledger that changed after a number, in the order of the fields of `Letter`."""


class Letter(NamedTuple):
    """What a newer copy knows of the delivery to one recipient.

    Args:
        filing: Name of the filing.
        purpose: Why it was sent.
        recipient: Identifier of the address.
        token: Token of the member.
        message_id: Message-ID.
        language: Language of the message.
        state: State of the delivery.
        begun: When its mailing was confirmed.
        date: Date field of the mailing's messages.
        digests: Digests of the mailing.
        settings: What the mailing was confirmed with.
    """

    filing: str
    purpose: str
    recipient: str
    token: str
    message_id: str
    language: str
    state: str
    begun: str
    date: str
    digests: str
    settings: str


class Knowledge(NamedTuple):
    """How far a witness has followed.

    Args:
        id: Its own name, which the ledger it follows bears too.
        seen: Number of the last change it has; negative if it has followed none yet.
        suppressions: Number of the last change of suppressions it has; negative if it knows some that the
            ledger does not.
    """

    id: str
    seen: int
    suppressions: int

    @property
    def is_new(self) -> bool:
        """Whether it has followed no ledger yet."""
        return self.seen == _NOTHING_SEEN

    @property
    def has_more_suppressions(self) -> bool:
        """Whether it knows suppressions that the ledger does not."""
        return self.suppressions == _NOTHING_SEEN


class Witness:
    """Open witness.

    Args:
        path: Its file; created if it does not exist, readable by its owner only.

    Raises:
        DeliveryError: It cannot be opened or is damaged (E396).
    """

    def __init__(self, path: Path) -> None:
        """Open the file."""
        self._path = path
        with self._translated_errors():
            path.touch(mode=0o600)
            self._connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT, isolation_level=None)
            for pragma in _PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}")
            with transaction(self._connection):
                if not self._connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                    for statement in _SCHEMA.split(";"):
                        self._connection.execute(statement)
                    self._connection.execute(
                        "INSERT INTO about VALUES (?, ?, ?)",
                        (secrets.token_hex(8), _NOTHING_SEEN, _NOTHING_SEEN),
                    )

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def knowledge(self) -> Knowledge:
        """Return how far it has followed."""
        with self._translated_errors():
            return Knowledge(*self._connection.execute("SELECT id, seen, suppressions FROM about").fetchone())

    def letters(self) -> list[Letter]:
        """Return what it knows of every delivery, mailings in the order they were begun."""
        with self._translated_errors():
            rows = self._connection.execute(
                "SELECT * FROM letters ORDER BY begun, filing, purpose, recipient"
            )
            return [Letter(*row) for row in rows]

    def suppressed(self) -> list[tuple[str, str, str]]:
        """Return all suppressed recipients: identifier, reason, and since when."""
        with self._translated_errors():
            return self._connection.execute("SELECT recipient, reason, since FROM suppressed").fetchall()

    def follow(self, ledger: sqlite3.Connection) -> None:
        """Take over what changed in the ledger since it was last followed.

        Of an older copy only its suppressions are taken over. If the witness cannot be written, the mailing
        goes on: the next change is taken over together with this one.

        Args:
            ledger: Connection to the ledger, outside of a transaction.
        """
        with contextlib.suppress(sqlite3.Error), transaction(self._connection):
            number, suppressions, witness, is_older = ledger.execute("SELECT * FROM changes").fetchone()
            own, seen, seen_suppressions = self._connection.execute("SELECT * FROM about").fetchone()
            if is_older or witness != own:
                rows = ledger.execute("SELECT recipient, reason, since FROM suppressed").fetchall()
                self._connection.executemany(_GROW, rows)
                # No copy of the ledger has all of these: the next that is opened takes them over.
                self._connection.execute("UPDATE about SET suppressions = ?", (_NOTHING_SEEN,))
                return
            letters = ledger.execute(LETTERS, (seen,)).fetchall()
            self._connection.executemany(
                "INSERT OR REPLACE INTO letters VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", letters
            )
            if suppressions != seen_suppressions:
                rows = ledger.execute("SELECT recipient, reason, since FROM suppressed").fetchall()
                self._connection.execute("DELETE FROM suppressed")
                self._connection.executemany("INSERT INTO suppressed VALUES (?, ?, ?)", rows)
            self._connection.execute("UPDATE about SET seen = ?, suppressions = ?", (number, suppressions))

    def begin_anew(self, ledger: sqlite3.Connection) -> None:
        """Take over the whole ledger, whose states are settled."""
        with self._translated_errors(), transaction(self._connection):
            self._connection.execute("DELETE FROM letters")
            self._connection.execute(
                "UPDATE about SET seen = ?, suppressions = ?", (_NOTHING_SEEN, _NOTHING_SEEN)
            )
        self.follow(ledger)

    def forget(self, recipient: str) -> None:
        """Erase all that speaks of a recipient, but for the identifier that is suppressed."""
        with self._translated_errors():
            with transaction(self._connection):
                self._connection.execute("DELETE FROM letters WHERE recipient = ?", (recipient,))
            erase_deleted(self._connection)

    @contextlib.contextmanager
    def _translated_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise DeliveryError([found("E396", None, name=self._path.name, problem=error)]) from error
