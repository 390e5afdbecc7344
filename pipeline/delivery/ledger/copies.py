"""Copies of the ledger: recognising an older one that was put back, and reconciling it with a newer one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.delivery.ledger.database import IS_SUPPRESSED, Change, Database, change_all, timestamp
from pipeline.delivery.ledger.states import GOING, Event, State
from pipeline.delivery.ledger.suppression import FORGOTTEN, suppress_all_in
from pipeline.delivery.ledger.witness import LETTERS, Letter

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from pipeline.delivery.ledger.witness import Knowledge, Witness


class Newer(NamedTuple):
    """What a newer copy knows.

    Args:
        letters: Every delivery, with its state.
        suppressed: Suppressed recipients: identifier, reason, and since when.
        is_whole: Whether it surely knows all that was sent; if not, nobody knows what became of messages that
            were still to be sent.
    """

    letters: tuple[Letter, ...]
    suppressed: tuple[tuple[str, str, str], ...]
    is_whole: bool


class Copies(Database):
    """Compares the ledger with its witness."""

    @property
    def is_older(self) -> bool:
        """Whether it is an older copy that was put back, and is not reconciled yet: nothing may be sent."""
        row = self._row("SELECT is_older FROM changes")
        return bool(row and row[0])

    def compare(self, witness: Witness) -> None:
        """Find out whether the ledger is older than what its witness followed.

        A ledger without witness and a witness without ledger begin together. Suppressions that only the
        witness knows are renewed at once, in an older copy as in one that is not.
        """
        knowledge = witness.knowledge()
        with self._writing() as connection:
            number, _, named, is_older = connection.execute("SELECT * FROM changes").fetchone()
            if not is_older and not named and knowledge.is_new:
                connection.execute("UPDATE changes SET witness = ?", (knowledge.id,))
                return
            if is_older or named != knowledge.id or knowledge.seen > number:
                connection.execute("UPDATE changes SET is_older = 1")
                is_older = True
            if is_older or knowledge.has_more_suppressions:
                known = dict(connection.execute("SELECT recipient, reason FROM suppressed").fetchall())
                suppress_all_in(
                    connection, (each for each in witness.suppressed() if known.get(each[0]) != each[1])
                )

    def begin_anew(self, witness: Witness) -> None:
        """Let the witness follow this ledger from its beginning."""
        with self._translated_errors():
            witness.begin_anew(self._connection)

    def knowledge(self) -> Newer:
        """Return what this ledger knows, for an older copy to be reconciled with."""
        letters = {each[:3]: Letter(*each) for each in self._rows(LETTERS, (-1,))}
        suppressed = self._rows("SELECT recipient, reason, since FROM suppressed")
        return Newer(tuple(letters.values()), tuple((*each,) for each in suppressed), is_whole=True)

    def reconcile(
        self, newer: Iterable[Newer], knowledge: Knowledge, addresses: Mapping[str, tuple[str, str]]
    ) -> Counter[State]:
        """Bring an older copy to what newer ones know; afterwards mailings may be resumed.

        Deliveries of which a newer copy knows another state get that. Those it lacks are entered; where they
        were still to be sent and their address is not known any more, as cancelled. If no newer copy surely
        knows all, what was still to be sent becomes unknown.

        Args:
            newer: What newer copies know; where they differ, the last counts.
            knowledge: How far the witness has followed.
            addresses: Address and name by the identifier of a recipient.

        Returns:
            How many deliveries were changed or entered, by the state they have now.
        """
        copies = list(newer)
        with self._writing() as connection:
            connection.execute(
                "UPDATE changes SET number = max(number, ?) + 1, witness = ?", (knowledge.seen, knowledge.id)
            )
            (before,) = connection.execute("SELECT number FROM changes").fetchone()
            for copy in copies:
                suppress_all_in(connection, copy.suppressed)
            for letter in {each[:3]: each for copy in copies for each in copy.letters}.values():
                _take_over(connection, letter, addresses)
            if not any(copy.is_whole for copy in copies):
                _doubt_all(connection)
            change_all(connection, Change(Event.KILLED))
            change_all(
                connection,
                Change(Event.SUPPRESSED),
                IS_SUPPRESSED,
            )
            connection.execute("UPDATE changes SET is_older = 0")
            rows = connection.execute("SELECT state FROM promises WHERE change > ?", (before,)).fetchall()
        return Counter(State(state) for (state,) in rows)


def _take_over(
    connection: sqlite3.Connection, letter: Letter, addresses: Mapping[str, tuple[str, str]]
) -> None:
    """Enter what a newer copy knows of one delivery."""
    reason = connection.execute(
        "SELECT reason FROM suppressed WHERE recipient = ?", (letter.recipient,)
    ).fetchone()
    if reason is not None and reason[0] == FORGOTTEN:
        return
    row = connection.execute(
        "SELECT id, state FROM promises WHERE filing = ? AND purpose = ? AND recipient = ? "
        "ORDER BY id DESC LIMIT 1",
        letter[:3],
    ).fetchone()
    now = timestamp()
    if row is not None:
        if row[1] != letter.state:
            connection.execute(
                "UPDATE promises SET state = ?, changed = ? WHERE id = ?", (letter.state, now, row[0])
            )
        return
    address, name = addresses.get(letter.recipient, (None, ""))
    state = State.CANCELLED if address is None and _is_to_be_sent(letter.state) else State(letter.state)
    connection.execute(
        "INSERT INTO promises (run, filing, purpose, recipient, token, message_id, address, name, language, "
        "state, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (_run_of(connection, letter), *letter[:5], address, name, letter.language, state, now),
    )


def _is_to_be_sent(state: str) -> bool:
    return state in GOING and state != State.END_OF_DATA


def _run_of(connection: sqlite3.Connection, letter: Letter) -> int:
    """Return the number of a letter's mailing; it is entered if the ledger does not have it."""
    row = connection.execute(
        "SELECT id FROM runs WHERE filing = ? AND purpose = ? AND begun = ?",
        (letter.filing, letter.purpose, letter.begun),
    ).fetchone()
    if row is not None:
        return int(row[0])
    row = connection.execute(
        "INSERT INTO runs (filing, purpose, begun, date, digests, settings) VALUES (?, ?, ?, ?, ?, ?) "
        "RETURNING id",
        (letter.filing, letter.purpose, *letter[7:]),
    ).fetchone()
    return int(row[0])


def _doubt_all(connection: sqlite3.Connection) -> None:
    """Make unknown what was still to be sent: nobody knows whether it was."""
    open_states = [state for state in GOING if state is not State.END_OF_DATA]
    connection.execute(
        f"UPDATE promises SET state = ? WHERE state IN ({', '.join('?' for _ in open_states)})",
        (State.UNKNOWN, *open_states),
    )
