"""Pages that were shown are kept within a bound, those that were looked at last."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.desk.preview import kept
from pipeline.desk.preview.kept import KeptPages
from pipeline.desk.preview.requests import ShowAnswer
from pipeline.desk.preview.shown import PageShown
from pipeline.findings.finding import PressError

PAGE = b"x" * 1000


def answer(key: str) -> ShowAnswer:
    decisions: Any = SimpleNamespace()
    page = PageShown(1, key, 210, 297, 0, is_left=False)
    return ShowAnswer((page,), (), {key: PAGE}, decisions, (), is_whole=True, is_slow_to_fill=False)


def test_of_many_issues_those_that_were_looked_at_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_DRAWN", 3 * len(PAGE))
    pages = KeptPages()
    for issue in ("a", "b", "c"):
        pages.keep(issue, "screen", answer(issue), settled=True)
    assert pages.of("a", "screen") is not None
    pages.keep("d", "screen", answer("d"), settled=True)
    assert [issue for issue in "abcd" if pages.of(issue, "screen") is not None] == ["a", "c", "d"]
    with pytest.raises(PressError) as refused:
        pages.with_page("b", "b")
    assert [each.code for each in refused.value.findings] == ["E652"]


def test_a_process_that_takes_over_lays_out_what_was_looked_at_last() -> None:
    pages = KeptPages()
    for issue in ("a", "b", "a"):
        pages.keep(issue, "screen", answer(issue), settled=True)
    asked = pages.last_asked()
    assert asked is not None
    assert asked.issue == "a"


def test_what_goes_while_its_pages_are_filled_is_shown_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = KeptPages()
    pages.keep("a", "screen", answer("a"), settled=False)
    before = pages.of("a", "screen")
    assert before is not None
    monkeypatch.setattr(kept, "MOST_DRAWN", 0)
    pages.keep("b", "screen", answer("b"), settled=True)
    assert pages.keep_unfilled("a", "screen", before).is_given_up
    pages.keep("b", "screen", answer("b"), settled=True)
    filled = pages.keep_filled("a", "screen", answer("a"), before)
    assert filled is not None
    assert filled.settled
