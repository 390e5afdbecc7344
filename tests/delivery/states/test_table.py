"""The table of states is whole, and is what the ledger does and the document says."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from pipeline.delivery.ledger.database import Change, change_one
from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.ledger.states import GOING, TABLE, UNTOUCHED, Event, State, after
from pipeline.findings.finding import DeliveryError
from tests.delivery.states.table import PAGE, page
from tests.support.deliveries import FILING, IDENTIFIERS, new_deliveries

if TYPE_CHECKING:
    from pathlib import Path

WHO = IDENTIFIERS.recipient("member0@example.bg")


def test_the_table_has_every_event_in_every_state() -> None:
    assert {(event, state) for event, row in TABLE.items() for state in row} == set(product(Event, State))


def test_nothing_leads_out_of_what_was_not_sent_and_nobody_is_sent_to_twice_by_the_program() -> None:
    for event, state in product(Event, UNTOUCHED):
        assert TABLE[event][state] in {state, None}
    by_hand = {Event.RETRIED, Event.FOUND_MISSING}
    for event, state in product(set(Event) - by_hand, (State.END_OF_DATA, State.SENT, State.UNKNOWN)):
        assert TABLE[event][state] not in {State.QUEUED, State.SENDING}, (event, state)


@pytest.mark.parametrize("suppression", ["", "unsubscribed", "forgotten"])
def test_the_ledger_does_what_the_table_says(tmp_path: Path, suppression: str) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.begin(FILING, Purpose.ISSUE, date="x", digests="x", deliveries=new_deliveries(1))
    (delivery,) = ledger.deliveries()
    if suppression == "forgotten":
        ledger.forget(WHO)
    elif suppression:
        ledger.suppress(WHO, suppression)
    connection = ledger._connection
    for event, state in product(Event, State):
        connection.execute("UPDATE promises SET state = ?", (state,))
        expected = TABLE[event][state]
        if suppression and expected is not state and expected in GOING:
            expected = State.WITHDRAWN
        assert after(state, event, is_suppressed=bool(suppression)) == expected
        if expected is None:
            with pytest.raises(DeliveryError) as raised:
                change_one(connection, delivery.id, Change(event))
            assert [finding.code for finding in raised.value.findings] == ["E372"]
        else:
            assert change_one(connection, delivery.id, Change(event)) is expected
        stored = ledger.deliveries()[0].state
        assert stored is (state if expected is None else expected), (event, state)
    ledger.close()


def test_the_document_is_the_table() -> None:
    assert PAGE.read_text("utf-8") == page(), "python -m tests.delivery.states.table"
