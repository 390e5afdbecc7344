"""`python -m tests.bench.two_hands [--steps 2000] [--seed 1] [--quiet 0.03]`: no accepted word is lost."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from pipeline.desk.writing.disk.settled import PATIENCE
from tests.bench.two_hands.hands import Hands

BY_HAND = (
    "type",
    "type",
    "change_word",
    "add_block",
    "take_out_block",
    "move_block",
    "set_author",
    "save",
    "save",
    "save",
)
BY_OTHERS = (
    "slow_writer",
    "slow_writer",
    "renaming_writer",
    "vanishing",
    "stale_writer",
    "deleted",
    "settle",
)


def main(arguments: list[str] | None = None) -> int:
    """Draw steps, and look for every accepted word after each hundred."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.two_hands", description=__doc__)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quiet", type=float, default=0.03)
    asked = parser.parse_args(arguments)
    PATIENCE.quiet = asked.quiet
    draw = random.Random(asked.seed)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hands-") as folder:
        hands = Hands(Path(folder), draw)
        for step in range(1, asked.steps + 1):
            if draw.random() < 0.85:
                getattr(hands, draw.choice(BY_HAND))(draw.randrange(2))
            else:
                getattr(hands, draw.choice(BY_OTHERS))()
            if not step % 100:
                hands.settle()
                hands.check()
                sys.stderr.write(f"\r{step}/{asked.steps} {hands.outcomes}")
        hands.settle()
        hands.check()
    sys.stderr.write("\n")
    words, seconds = len(hands.accepted), time.monotonic() - begun
    sys.stdout.write(f"{asked.steps} steps, {hands.outcomes}, {words} words, none lost, {seconds:.0f} s\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
