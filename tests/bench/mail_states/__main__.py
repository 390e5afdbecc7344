"""Hold the mail to its model: `python -m tests.bench.mail_states [--runs 2000] [--seed 1]`.

Each run is a sequence of events by chance: mailings, suppressions, kills at any step, answers of the server
of every kind, jumps of the clock, older copies of the ledger put back (`tests/delivery/states/machine.py`).
The exit status is 1, and the shortest sequence is shown, if the ledger and the model disagree.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.delivery.states.machine import MailMachine

_STEPS = 20


class Counted(MailMachine):
    """The machine, which counts what was tried."""

    tried: ClassVar[Counter[str]] = Counter()

    def teardown(self) -> None:
        """Count, and end the run."""
        self.tried["runs"] += 1
        self.tried["letters queued"] += len(self.queued)
        self.tried["letters taken"] += self.server.taken.total()
        self.tried["suppressed or forgotten"] += len(self.caps)
        self.tried["processes killed"] += self.killed
        self.tried["older copies put back"] += self.put_backs
        super().teardown()


def main(arguments: list[str] | None = None) -> int:
    """Try so many sequences."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.mail_states", description=__doc__)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    machine: Any = seed(asked.seed)(Counted)
    start = time.monotonic()
    chosen = settings(
        max_examples=asked.runs,
        stateful_step_count=_STEPS,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(machine, settings=chosen)
    except AssertionError as error:
        notes = "\n".join(getattr(error, "__notes__", ()))
        sys.stdout.write(f"the ledger and the model disagree: {error}\n{notes}\n")
        return 1
    told = ", ".join(f"{count} {what}" for what, count in Counted.tried.items())
    sys.stdout.write(f"{told}; all as the model says ({time.monotonic() - start:.0f} s)\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
