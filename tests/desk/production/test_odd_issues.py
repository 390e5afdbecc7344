"""What `check` passes is built: odd issues; `python -m tests.bench.check_keeps` tries five hundred."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.findings.codes.register import CODES, NEEDS_ENGINE
from pipeline.findings.finding import Finding, IssueError
from tests.bench.check_keeps import __main__ as check_keeps
from tests.support.findings_guide import guide
from tests.support.whole_issues import keeping
from tests.support.whole_issues.keeping import Kept, keeps

if TYPE_CHECKING:
    from pathlib import Path


SLOW: Final = {0, 9, 16, 18}
"""Seeds whose issues take longer than a test may."""

REFUSED_ONCE: Final = (440, 751, 774, 1015, 3873, 11095, 59016, 141892, 524288, 1179355, 9066579)
"""Seeds of issues that were refused though nothing is wrong with their pages or their mail."""

MADE_UP: Final = (146, 170, 205)
"""Seeds of the same kind, in the style for new publications."""

OF_A_SECOND_VERSION: Final = (20039,)
"""Seeds of the same kind, in a style that builds on another one."""

SEEDS: Final = (*sorted({*range(24)} - SLOW), *REFUSED_ONCE)


def error(code: str) -> Finding:
    names = set(re.findall(r"{(\w+)}", CODES[code].message + CODES[code].remedy))
    return Finding(code, None, tuple((name, "x") for name in sorted(names)))


@pytest.mark.parametrize("seed", SEEDS)
def test_an_issue_without_errors_for_check_is_built(seed: int, tmp_path: Path) -> None:
    kept = keeps(seed, tmp_path)
    assert [f"{each.code} {dict(each.values)}" for each in kept.broken] == []


@pytest.mark.parametrize("seed", MADE_UP)
def test_one_in_the_style_for_new_publications_is_built_too(seed: int, tmp_path: Path) -> None:
    kept = keeps(seed, tmp_path, "bulletin 1")
    assert [f"{each.code} {dict(each.values)}" for each in kept.broken] == []


@pytest.mark.parametrize("seed", OF_A_SECOND_VERSION)
def test_one_in_a_style_that_builds_on_another_is_built_too(seed: int, tmp_path: Path) -> None:
    kept = keeps(seed, tmp_path, "knowledge-city 2")
    assert [f"{each.code} {dict(each.values)}" for each in kept.broken] == []


def test_an_issue_that_was_passed_and_cannot_be_laid_out_counts_as_a_broken_promise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(_: object) -> None:
        raise IssueError([error("E190"), error("E72"), error("E193")])

    monkeypatch.setattr(keeping, "build", refusing)
    assert [each.code for each in keeps(1, tmp_path).broken] == ["E190", "E193"]


def test_the_bench_tries_the_issues_of_the_numbers_that_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[tuple[int, str]] = []

    def kept(number: int, _: Path, style: str) -> Kept:
        tried.append((number, style))
        return Kept((), (error("E190"),) if number == 8 else ())

    monkeypatch.setattr(check_keeps, "keeps", kept)
    assert check_keeps.main(["--examples", "2", "--from", "6", "--style", "bulletin 1"]) == 0
    assert tried == [(6, "bulletin 1"), (7, "bulletin 1")]
    assert check_keeps.main(["--examples", "3", "--from", "6"]) == 1


def test_every_error_that_only_a_build_can_find_is_explained_in_the_guide() -> None:
    text = guide()
    for code in NEEDS_ENGINE:
        assert code in CODES
        assert code.startswith("E")
        assert text.count(f"- **{code}**: ") == 1
    assert text.count("- **E") == len(NEEDS_ENGINE)
