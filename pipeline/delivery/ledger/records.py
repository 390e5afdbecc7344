"""Rows of the ledger as Python values; SQL keeps its own names (`runs`, `promises`, `tries`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.delivery.ledger.states import Event, State


class Mailing(NamedTuple):
    """One confirmed sending of a filing to many recipients; it may be interrupted and resumed.

    Args:
        id: Number in the ledger.
        filing: Name of the filing in the archive's index.
        purpose: Value of a `Purpose`.
        begun: When it was confirmed (ISO 8601, UTC).
        date: Date field of its messages (RFC 5322, 3.6.1), the same however often it is resumed.
        digests: SHA-256 of the message without recipient data, by language: `bg:… en:…`.
        settings: What the messages were made with, as it was confirmed; empty where it was not recorded.
    """

    id: int
    filing: str
    purpose: str
    begun: str
    date: str
    digests: str
    settings: str = ""

    def is_of(self, issue: str | None) -> bool:
        """Return whether it sends a filing of an issue; that of any for None."""
        return issue is None or self.filing.partition("/")[0] == issue


class Delivery(NamedTuple):
    """Delivery record: what one member is to get of one filing, and what became of it.

    Args:
        id: Number in the ledger.
        mailing: Number of the mailing it belongs to.
        recipient: Identifier of the address (`Identifiers.recipient`); empty once the recipient is forgotten.
        token: Token of the member (`Identifiers.token`).
        message_id: Message-ID with angle brackets.
        address: Address; None once it is erased, or where only a copy knew it.
        name: Display name.
        language: Language of the message.
        state: Current state.
        attempts: How often the recipient was offered to a server.
        due: Earliest moment of the next attempt, in seconds since 1970.
        reply: Last reply of the server, without the address.
        changed: When the state last changed (ISO 8601, UTC).
    """

    id: int
    mailing: int
    recipient: str
    token: str
    message_id: str
    address: str | None
    name: str
    language: str
    state: State
    attempts: int
    due: float
    reply: str
    changed: str


class NewDelivery(NamedTuple):
    """Delivery record that is to be queued; the fields are those of `Delivery`."""

    recipient: str
    token: str
    message_id: str
    address: str
    name: str
    language: str


class DeliveryOutcome(NamedTuple):
    """Result of one attempt.

    Args:
        delivery: The delivery that was attempted.
        event: What became of it.
        reply: Reply of the server, without the address.
        due: Earliest moment of the next attempt, in seconds since 1970; 0 if there is none.
    """

    delivery: Delivery
    event: Event
    reply: str
    due: float
