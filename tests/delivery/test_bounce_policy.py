"""When an address that sends messages back has nothing more, and when the office is asked first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.delivery.ledger.strikes import Strike
from pipeline.delivery.returns.status_codes import Cause
from pipeline.delivery.returns.withdrawal import Candidate, is_to_be_withdrawn, needs_confirmation

if TYPE_CHECKING:
    from collections.abc import Sequence

NOW = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
GONE, DOMAIN, FULL = Cause.RECIPIENT_GONE, Cause.DOMAIN_GONE, Cause.MAILBOX_FULL


def sent(*days_ago: int) -> list[tuple[str, str]]:
    """Return one mailing for each number of days, oldest first: `issue-90/1` was sent 90 days ago."""
    return [
        (f"issue-{days}/1", (NOW - dt.timedelta(days=days)).isoformat())
        for days in sorted(days_ago, reverse=True)
    ]


def strikes(cause: Cause, *days_ago: int, is_weak: bool = False) -> list[Strike]:
    return [Strike(f"issue-{days}/1", cause, is_weak, "550 no") for days in days_ago]


@pytest.mark.parametrize(
    ("against", "mailings", "withdrawn"),
    [
        (strikes(GONE, 0), sent(0), True),
        (strikes(GONE, 0, is_weak=True), sent(0), False),
        (strikes(GONE, 30, 0, is_weak=True), sent(30, 0), True),
        (strikes(GONE, 3, 0, is_weak=True), sent(3, 0), False),
        (strikes(DOMAIN, 0), sent(0), False),
        (strikes(DOMAIN, 7, 0), sent(7, 0), True),
        (strikes(DOMAIN, 90, 0), sent(90, 45, 0), False),
        (strikes(DOMAIN, 30, 0), sent(30, 10, 0), True),
        (strikes(FULL, 60, 30), sent(60, 30), False),
        (strikes(FULL, 60, 30, 0), sent(60, 30, 0), True),
        (strikes(FULL, 20, 10, 0), sent(20, 10, 0), False),
        (strikes(FULL, 30) + strikes(DOMAIN, 60, 0), sent(60, 30, 0), True),
        (strikes(FULL, 0, 0, 0, 0), sent(60, 30, 0), False),
        ([], sent(60, 30, 0), False),
    ],
    ids=[
        "gone at once",
        "gone, by a filter's word, once",
        "gone, by a filter's word, at two issues",
        "two issues within a week are too near",
        "a domain, once",
        "a domain, at two issues a week apart",
        "an issue between them came through",
        "the issue between them may still come back",
        "full at two issues",
        "full at three issues over a month",
        "full at three issues within a month",
        "a domain at two issues, full at the one between",
        "four reports of one issue are one strike",
        "nothing came back",
    ],
)
def test_the_number_of_issues_in_a_row_decides(
    against: Sequence[Strike], mailings: Sequence[tuple[str, str]], *, withdrawn: bool
) -> None:
    assert is_to_be_withdrawn(against, mailings, NOW) == withdrawn


@given(
    st.lists(
        st.tuples(
            st.sampled_from([Cause.SENDER, Cause.MESSAGE, Cause.ROUTE, Cause.UNKNOWN]),
            st.integers(0, 400),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_what_speaks_of_anybody_else_never_withdraws(reports: list[tuple[Cause, int, bool]]) -> None:
    against = [Strike(f"issue-{days}/1", cause, weak, "no") for cause, days, weak in reports]
    assert not is_to_be_withdrawn(against, sent(*{days for _, days, _ in reports}), NOW)


def candidates(count: int, words: str = "550 user {} unknown", domain: str = "d{}.bg") -> list[Candidate]:
    return [
        Candidate(
            f"r{at}", f"m{at}@{domain.format(at)}", "2024-06-01/1", words.format("abc"[at % 3] * (at + 1))
        )
        for at in range(count)
    ]


@pytest.mark.parametrize(
    ("found", "letters", "asks"),
    [
        (candidates(3), 10, False),
        (candidates(4), 10, True),
        (candidates(10), 200, False),
        (candidates(11), 200, True),
        (candidates(3, words="550 5.1.1 no such user", domain="abv.bg"), 1000, True),
        (candidates(2, words="550 5.1.1 no such user", domain="abv.bg"), 1000, False),
        (candidates(3, domain="abv.bg"), 1000, False),
        (candidates(3, words="550 5.1.1 no such user {}123"), 1000, False),
        ([], 0, False),
    ],
)
def test_many_withdrawals_at_once_are_asked_about(
    found: list[Candidate], letters: int, *, asks: bool
) -> None:
    assert needs_confirmation(found, lambda _: letters) == asks
