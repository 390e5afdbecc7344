"""Paths of the repository and of shipped files, for tests in any folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

REPOSITORY: Final = Path(__file__).parents[2]
PACKAGE: Final = REPOSITORY / "pipeline"
SHIPPED_ISSUES: Final = REPOSITORY / "issues"
TESTS: Final = REPOSITORY / "tests"
BAD_ISSUES: Final = TESTS / "bad_issues"
GOOD: Final = BAD_ISSUES / "_good"
"""A small workspace without a fault."""

GOLDEN: Final = TESTS / "golden"
SEED: Final = REPOSITORY.parent / "shared" / "seed" / "bulletin-2023-02.md"
"""The bulletin of an office, not kept with the code: tests of it are skipped where it is not there."""

WHOLE_BULLETIN: Final = TESTS / "importing" / "arrivals" / "whole-bulletin.md"
"""A bulletin like it, in words of its own."""
