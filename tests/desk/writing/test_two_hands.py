"""Two hands and other programs at one article lose no accepted word.

`python -m tests.bench.two_hands` asks for more steps.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pipeline.desk.writing.disk.settled import PATIENCE
from tests.bench.two_hands.hands import Hands

BY_OTHERS = ("slow_writer", "renaming_writer", "vanishing", "stale_writer", "deleted", "settle")
which = st.integers(0, 1)


class TwoHands(RuleBasedStateMachine):
    """What they do, in any order."""

    def __init__(self) -> None:
        super().__init__()
        PATIENCE.quiet = 0.03
        self._folder = Path(tempfile.mkdtemp(prefix="hands-"))
        self._hands = Hands(self._folder, random.Random(0))

    @rule(
        hand=which,
        draw=st.randoms(use_true_random=False),
        what=st.sampled_from(
            ["type", "change_word", "add_block", "take_out_block", "move_block", "set_author"]
        ),
    )
    def writes(self, hand: int, draw: random.Random, what: str) -> None:
        self._hands.random = draw
        getattr(self._hands, what)(hand)

    @rule(hand=which)
    def saves(self, hand: int) -> None:
        self._hands.save(hand)

    @rule(what=st.sampled_from(BY_OTHERS))
    def another_program_writes(self, what: str) -> None:
        getattr(self._hands, what)()

    @invariant()
    def no_accepted_word_is_lost(self) -> None:
        self._hands.check()

    def teardown(self) -> None:
        self._hands.settle()
        self._hands.check()
        shutil.rmtree(self._folder)


TestTwoHands = TwoHands.TestCase
TestTwoHands.settings = settings(
    max_examples=8, stateful_step_count=16, suppress_health_check=list(HealthCheck), deadline=None
)
