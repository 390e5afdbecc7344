"""A process that is killed while it saves loses no accepted word.

`python -m tests.bench.two_hands.killing` kills more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bench.two_hands.killing import kill_once

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("seed", [3, 5, 8])
def test_after_a_kill_every_accepted_word_is_there_and_saving_goes_on(tmp_path: Path, seed: int) -> None:
    faults, _ = kill_once(tmp_path, seed)
    assert faults == []
