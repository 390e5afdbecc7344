"""Queries of the ledger: mailings, deliveries by state, token or Message-ID, and who got what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipeline.delivery.ledger.database import Database, placeholders
from pipeline.delivery.ledger.records import Delivery, Mailing
from pipeline.delivery.ledger.states import GOING, UNTOUCHED, State

if TYPE_CHECKING:
    from pipeline.delivery.ledger.identifiers import Purpose

COLUMNS: Final = (
    "id, run, coalesce(recipient, ''), token, coalesce(message_id, ''), address, name, language, state, "
    "tries, due, reply, changed"
)
"""Columns of a delivery, in the order of the fields of `Delivery`."""

_REACHED: Final = (State.SENT, State.UNKNOWN, State.END_OF_DATA)


class Queries(Database):
    """Reads mailings and deliveries; nothing is changed."""

    def mailings(self) -> list[Mailing]:
        """Return all mailings, oldest first."""
        rows = self._rows("SELECT id, filing, purpose, begun, date, digests, settings FROM runs ORDER BY id")
        return [Mailing(*row) for row in rows]

    def unfinished(self) -> list[Mailing]:
        """Return the mailings with deliveries that are not settled, oldest first."""
        rows = self._rows(f"SELECT DISTINCT run FROM promises WHERE state IN ({placeholders(GOING)})", GOING)
        numbers = {row[0] for row in rows}
        return [mailing for mailing in self.mailings() if mailing.id in numbers]

    def deliveries(self, mailing: int | None = None, *states: State) -> list[Delivery]:
        """Return deliveries in the order they were queued.

        Args:
            mailing: Number of a mailing; None for all.
            states: Only those in one of these states; any where left out.
        """
        where = ["run = ?"] * (mailing is not None)
        where += [f"state IN ({placeholders(states)})"] * bool(states)
        values = [*([mailing] if mailing is not None else []), *states]
        condition = " WHERE " + " AND ".join(where) if where else ""
        rows = self._rows(f"SELECT {COLUMNS} FROM promises{condition} ORDER BY id", values)
        return [delivery_of(row) for row in rows]

    def state_counts(self, mailing: int) -> dict[State, int]:
        """Return how many deliveries of a mailing are in each state."""
        rows = self._rows("SELECT state, count(*) FROM promises WHERE run = ? GROUP BY state", (mailing,))
        counts = {State(state): count for state, count in rows}
        return {state: counts.get(state, 0) for state in State}

    def deliveries_by_token(self, token: str) -> list[Delivery]:
        """Return all deliveries to the member of a token, oldest first."""
        rows = self._rows(f"SELECT {COLUMNS} FROM promises WHERE token = ? ORDER BY id", (token,))
        return [delivery_of(row) for row in rows]

    def deliveries_to(self, recipient: str) -> list[Delivery]:
        """Return all deliveries to the identifier of an address, oldest first."""
        rows = self._rows(f"SELECT {COLUMNS} FROM promises WHERE recipient = ? ORDER BY id", (recipient,))
        return [delivery_of(row) for row in rows]

    def filing_of(self, delivery: Delivery) -> str:
        """Return the name of the filing of a delivery."""
        row = self._row("SELECT filing FROM promises WHERE id = ?", (delivery.id,))
        return str(row[0]) if row else ""

    def delivery_by_message_id(self, message_id: str) -> Delivery | None:
        """Return the delivery of a Message-ID, or None."""
        row = self._row(
            f"SELECT {COLUMNS} FROM promises WHERE message_id = ? ORDER BY id DESC LIMIT 1", (message_id,)
        )
        return delivery_of(row) if row else None

    def recipients(self, filing: str, purpose: Purpose) -> set[str]:
        """Return the identifiers of all for whom a filing was queued for one purpose, and not taken back."""
        query = (
            "SELECT recipient FROM promises WHERE filing = ? AND purpose = ? AND recipient IS NOT NULL "
            f"AND state NOT IN ({placeholders(UNTOUCHED)})"
        )
        return {row[0] for row in self._rows(query, (filing, purpose, *UNTOUCHED))}

    def addresses(self) -> set[str]:
        """Return all addresses that the ledger holds."""
        return {
            row[0] for row in self._rows("SELECT DISTINCT address FROM promises WHERE address IS NOT NULL")
        }

    def reached(self, filing: str) -> set[str]:
        """Return the identifiers of all whom a filing reached, or may have reached, for any purpose."""
        query = (
            "SELECT recipient FROM promises WHERE filing = ? AND recipient IS NOT NULL "
            f"AND state IN ({placeholders(_REACHED)})"
        )
        return {row[0] for row in self._rows(query, (filing, *_REACHED))}


def delivery_of(row: tuple[Any, ...]) -> Delivery:
    """Return a row of `COLUMNS` as a delivery."""
    delivery = Delivery(*row)
    return delivery._replace(state=State(delivery.state))
