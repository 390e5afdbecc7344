"""Delivery records for tests."""

from __future__ import annotations

from pipeline.delivery.ledger.identifiers import KEY_LENGTH, Identifiers, Purpose
from pipeline.delivery.ledger.records import NewDelivery

IDENTIFIERS = Identifiers(bytes(KEY_LENGTH))
FILING = "2023-12-20/1"


def new_deliveries(count: int, identifiers: Identifiers = IDENTIFIERS) -> list[NewDelivery]:
    """Return deliveries to `member0@example.bg` and so on."""
    return [
        NewDelivery(
            recipient=identifiers.recipient(address),
            token=identifiers.token(address),
            message_id=identifiers.message_id(FILING, Purpose.ISSUE, address, "example.bg"),
            address=address,
            name="",
            language="bg",
        )
        for address in (f"member{at}@example.bg" for at in range(count))
    ]
