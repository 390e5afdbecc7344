"""The pages must show every word of an issue with every field, each where and how it is written down here."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.findings.place import Place
from pipeline.models.editions import SCREEN
from pipeline.models.issue import Correction
from pipeline.models.kinds.common_head import Weight
from pipeline.models.kinds.presentation import Contact, Count, Countries, Span, Words
from pipeline.models.text import Emphasis, Link, PageBreak, Run
from pipeline.models.values.facts import Budget, Moment, Money
from pipeline.pdf.law.expected.addresses import address_pieces, bare_address, contact_piece
from pipeline.pdf.law.expected.blocks import Near
from pipeline.pdf.law.expected.facts import is_in_calendar, value_text
from pipeline.pdf.law.expected.issue import expected_of
from tests.page.makeup.issues_made_up import event
from tests.pdf.law.expectations import CASES, described, frozen_issue, kept_file

HERE = Place("a.md", 1)


@pytest.mark.parametrize("case", CASES)
def test_the_pages_must_show_what_is_written_down(case: str) -> None:
    # After a change that is meant: python -m tests.pdf.law.expectations
    assert described(case) == kept_file(case).read_text("utf-8")


@pytest.mark.parametrize(
    ("said", "shown", "target"),
    [
        ("https://example.org/", "example.org", "https://example.org/"),
        ("http://example.org/a/", "example.org/a", "http://example.org/a/"),
        ("mailto:a@b.org", "a@b.org", "mailto:a@b.org"),
        ("a@b.org", "a@b.org", "mailto:a@b.org"),
        ("a b@c.org", "a b@c.org", ""),
        ("a@b@c.org", "a@b@c.org", ""),
        ("https://example.org/@me", "example.org/@me", "https://example.org/@me"),
        ("example.org/", "example.org/", ""),
        ("–", "–", ""),
    ],
)
def test_a_contact_leads_to_its_address(said: str, shown: str, target: str) -> None:
    piece = contact_piece(said, HERE)
    assert (piece.text, piece.target, piece.place) == (shown, target, HERE)
    assert bare_address(said) == shown


def link(words: str, target: str) -> Link:
    return Link(target, (Emphasis((Run(words, HERE),)),), HERE)


@pytest.mark.parametrize(
    ("words", "target", "shown"),
    [
        ("the page", "https://example.org/a", "(example.org/a)"),
        ("example.org/a", "https://example.org/a", None),
        ("www.Example.org/a ", "https://example.org/a", None),
        ("https://example.org/a", "https://example.org/a", None),
        ("example.org/a", "https://example.org/a?b=c", None),
        ("example.org/b", "https://example.org/a?b=c", "(example.org/a?b=c)"),
        ("example.org/а", "https://example.org/%D0%B0", None),
        ("a@b.org", "mailto:a@b.org", None),
        ("the page", "other-article", None),
    ],
)
def test_an_address_stands_on_paper_unless_the_words_are_it(
    words: str, target: str, shown: str | None
) -> None:
    pieces = list(address_pieces(link(words, target)))
    assert [piece.text for piece in pieces] == ([shown] if shown else [])
    for piece in pieces:
        assert piece.place == HERE
    (encoded,) = address_pieces(link("the page", "https://example.org/%D0%B0"))
    assert encoded.others == ("(example.org/а)",)


def test_an_address_on_paper_may_have_its_letters_readable_and_its_spaces_encoded() -> None:
    (piece,) = address_pieces(link("the page", "https://example.org/%D0%B0%20%D0%B1"))
    assert piece.others == ("(example.org/а б)", "(example.org/а%20б)")


def test_values_are_as_their_readers_see_them() -> None:
    assert value_text(Words("said"), "en") == "said"
    assert value_text(Contact("https://example.org/"), "en") == "example.org"
    day = Moment(date=dt.date(2024, 5, 24), time=None)
    assert value_text(day.date, "en") == "24\u00a0May 2024"
    assert value_text(Span(day, None), "en").endswith("24\u00a0May 2024")
    euros = Money.model_construct(amount=Decimal("1234.5"), currency="EUR")
    assert value_text(euros, "en") == "€1,234.50"
    assert value_text(Budget.model_construct(total=euros, share=None), "en") == "€1,234.50"
    assert value_text(Count(2, "{n} seat", "{n} seats"), "en") == "2\u00a0seats"
    assert value_text(Countries(("BG", "NO")), "en") == "Bulgaria and Norway"


def test_an_event_of_few_words_without_a_weight_stands_in_a_calendar() -> None:
    assert is_in_calendar(event("a", "2024-04-05", text="а" * 900))
    assert not is_in_calendar(event("a", "2024-04-05", text="а" * 901))
    assert not is_in_calendar(replace(event("a", "2024-04-05"), body=(PageBreak(),)))
    weighed = event("a", "2024-04-05")
    head = weighed.head.model_copy(update={"weight": Weight.SHORT})
    assert not is_in_calendar(replace(weighed, head=head))


@pytest.mark.parametrize("made_up", [False, True])
def test_a_notice_of_correction_stands_before_the_sections(*, made_up: bool) -> None:
    issue = replace(frozen_issue("en"), correction=Correction(1, "What was wrong"))
    blocks = expected_of(issue, SCREEN, made_up=made_up).blocks
    before = expected_of(replace(issue, correction=None), SCREEN, made_up=made_up).blocks
    said = [[piece.text for piece in block.pieces] for block in blocks]
    without = [[piece.text for piece in block.pieces] for block in before]
    (at,) = [number for number, each in enumerate(said) if each == ["What was wrong"]]
    assert blocks[at].sequence == "main"
    assert blocks[at - 1].is_label
    assert said[: at - 1] + said[at + 1 :] == without
    assert not any(block.near is Near.COVER for block in blocks[at:])
    assert all(block.near is Near.COVER for block in blocks[: at - 1])
