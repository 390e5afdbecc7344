"""The states of the mail: whatever happens in whatever order, the model and the ledger agree."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.delivery.states.machine import MailMachine


def test_whatever_happens_nobody_is_lost_doubled_or_written_to_against_their_will() -> None:
    run_state_machine_as_test(
        MailMachine,
        settings=settings(
            max_examples=50, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
