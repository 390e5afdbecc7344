"""What `check` passes is built: odd issues; `python -m tests.bench.check_keeps` tries five hundred."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from pipeline.findings.codes.register import CODES, NEEDS_ENGINE
from tests.support.findings_guide import guide
from tests.support.whole_issues.keeping import keeps

if TYPE_CHECKING:
    from pathlib import Path


SLOW: Final = {0, 9, 16, 18}
"""Seeds whose issues take longer than a test may."""

REFUSED_ONCE: Final = (440, 751, 774, 1015, 3873, 11095, 59016, 141892, 524288, 1179355, 9066579)
"""Seeds of issues that were refused though nothing is wrong with their pages or their mail."""

MADE_UP: Final = (146, 170, 205)
"""Seeds of the same kind, in the style for new publications."""

SEEDS: Final = (*sorted({*range(24)} - SLOW), *REFUSED_ONCE)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_issue_without_errors_for_check_is_built(seed: int, tmp_path: Path) -> None:
    kept = keeps(seed, tmp_path)
    assert [f"{each.code} {dict(each.values)}" for each in kept.broken] == []


@pytest.mark.parametrize("seed", MADE_UP)
def test_one_in_the_style_for_new_publications_is_built_too(seed: int, tmp_path: Path) -> None:
    kept = keeps(seed, tmp_path, "bulletin 1")
    assert [f"{each.code} {dict(each.values)}" for each in kept.broken] == []


def test_every_error_that_only_a_build_can_find_is_explained_in_the_guide() -> None:
    text = guide()
    for code in NEEDS_ENGINE:
        assert code in CODES
        assert code.startswith("E")
        assert text.count(f"- **{code}**: ") == 1
    assert text.count("- **E") == len(NEEDS_ENGINE)
