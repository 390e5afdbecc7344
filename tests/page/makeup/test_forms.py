"""Each article is set by its kind, length, pictures and place, or as its author says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pipeline.findings.place import Place
from pipeline.models.kinds.article import PlainHead
from pipeline.models.text import Alignment, PageBreak, Paragraph, Quote, Run, Table
from pipeline.page.makeup.articles import made_up
from pipeline.page.makeup.forms import Form, form_of, runs_of
from pipeline.pdf.law.expected.facts import is_in_calendar
from tests.page.makeup.issues_made_up import LANDSCAPE, article, event, issue_of, picture

if TYPE_CHECKING:
    from pipeline.models.issue import Article


def forms_of(*articles: Article) -> list[tuple[Form, int]]:
    issue = issue_of(articles)
    return [(run.form, len(run.articles)) for run in runs_of(issue.sections[0], issue, {"p.jpg": LANDSCAPE})]


@pytest.mark.parametrize(
    ("letters", "form"),
    [(60, Form.NOTICE), (500, Form.SHORT), (1200, Form.STANDARD), (3000, Form.STANDARD)],
)
def test_a_plain_article_is_set_by_its_length(letters: int, form: Form) -> None:
    one = article("a.md", letters)
    assert form_of(one, issue_of((article("b.md", 10), one)), {}) is form


def test_a_long_article_with_a_picture_is_a_feature() -> None:
    one = article("a.md", 3000, picture("p.jpg"))
    assert form_of(one, issue_of((article("b.md", 10), one)), {"p.jpg": LANDSCAPE}) is Form.FEATURE


def test_the_first_article_of_an_issue_leads_where_its_photograph_is_large() -> None:
    one = article("a.md", 900, picture("p.jpg"))
    assert form_of(one, issue_of((one,)), {"p.jpg": LANDSCAPE}) is Form.LEAD
    small = LANDSCAPE._replace(pixels=1600)
    assert form_of(one, issue_of((one,)), {"p.jpg": small}) is not Form.LEAD


def test_the_author_may_say_how_an_article_is_set() -> None:
    head = PlainHead.model_validate({"title": "А", "weight": "feature"})
    assert forms_of(article("a.md", 60, head=head)) == [(Form.FEATURE, 1)]


def test_short_pieces_that_follow_one_another_stand_side_by_side_and_a_lone_one_does_not() -> None:
    shorts = [article(f"{number}.md", 400) for number in range(3)]
    assert forms_of(*shorts) == [(Form.SHORT, 3)]
    assert forms_of(shorts[0], article("long.md", 1500), shorts[1]) == [(Form.STANDARD, 1)] * 3


def test_events_of_a_run_stand_in_the_order_of_the_calendar() -> None:
    late, early = event("late.md", "2024-05-18", hour=19), event("early.md", "2024-05-07")
    morning = event("morning.md", "2024-05-18", hour=9)
    issue = issue_of((late, early, morning))
    (run,) = runs_of(issue.sections[0], issue, {})
    assert [each.name for each in run.articles] == ["early.md", "morning.md", "late.md"]


@pytest.mark.parametrize(("letters", "form"), [(0, Form.EVENT), (900, Form.EVENT), (901, Form.STANDARD)])
def test_an_event_whose_text_is_an_article_is_set_as_one(letters: int, form: Form) -> None:
    # In the calendar it is one block, which cannot go on over a page.
    one = event("a.md", "2024-05-07", text="а" * letters)
    assert form_of(one, issue_of((article("b.md", 10), one)), {}) is form


@pytest.mark.parametrize("length", [0, 899, 900, 901, 4000])
@pytest.mark.parametrize("weight", [None, "short"])
@pytest.mark.parametrize("is_broken", [False, True])
def test_the_law_of_the_page_expects_in_the_calendar_what_is_set_there(
    length: int, weight: str | None, *, is_broken: bool
) -> None:
    one = event("a.md", "2024-05-07", text="а-1 " * (length // 2))
    one = replace(one, head=one.head.model_copy(update={"weight": weight}))
    if is_broken:
        one = replace(one, body=(*one.body, PageBreak(), *one.body))
    is_event = form_of(one, issue_of((article("b.md", 10), one)), {}) is Form.EVENT
    assert is_in_calendar(one) == is_event


@pytest.mark.parametrize(
    "words", [("Час", "Зала"), ("Претендент", "Зала", "12:30"), ("а" * 40, "б"), ("а", "б" * 14, "в" * 14)]
)
def test_the_law_of_the_page_expects_in_the_calendar_an_event_whose_table_has_room_there(
    words: tuple[str, ...],
) -> None:
    place = Place("a.md")
    cells = tuple((Run(word, place),) for word in words)
    table = Table(cells, (cells, cells), (Alignment.START,) * len(words), place=place)
    one = replace(event("a.md", "2024-05-07"), body=(table,))
    is_narrow = sum(len(word) + 3 for word in words) <= 33
    is_event = form_of(one, issue_of((article("b.md", 10), one)), {}) is Form.EVENT
    assert is_event == is_narrow == is_in_calendar(one)


@pytest.mark.parametrize("weight", [None, "notice", "short"])
def test_what_a_new_page_begins_within_stands_beside_nothing(weight: str | None) -> None:
    """A row of pieces stands on one page, so none of them can end it."""
    head = PlainHead.model_validate({"title": "А"} | ({"weight": weight} if weight else {}))
    words = Paragraph((Run("Дума.", Place("a.md")),))
    one = replace(article("a.md", 0, head=head), body=(words, PageBreak(), words))
    assert form_of(one, issue_of((article("b.md", 10), one)), {}) is Form.STANDARD
    an_event = replace(event("a.md", "2024-05-07"), body=(words, PageBreak(), words))
    assert form_of(an_event, issue_of((article("b.md", 10), an_event)), {}) is Form.STANDARD


@pytest.mark.parametrize(("letters", "form"), [(900, Form.NOTICE), (3000, Form.STANDARD)])
def test_a_notice_that_no_row_holds_is_set_as_an_article(letters: int, form: Form) -> None:
    head = PlainHead.model_validate({"title": "А", "weight": "notice"})
    one = article("a.md", letters, head=head)
    assert form_of(one, issue_of((article("b.md", 10), one)), {}) is form


@pytest.mark.parametrize(("weight", "most"), [("short", 5), ("notice", 3)])
def test_a_piece_in_a_narrow_column_has_no_table_of_more_columns_than_have_room(
    weight: str, most: int
) -> None:
    head = PlainHead.model_validate({"title": "А", "weight": weight})
    for columns, form in ((most, Form(weight)), (most + 1, Form.STANDARD)):
        place = Place("a.md")
        cells = tuple((Run("а", place),) for _ in range(columns))
        table = Table(cells, (cells, cells), (Alignment.START,) * columns, place=place)
        one = replace(article("a.md", 60, head=head), body=(Quote((table,)),))
        assert form_of(one, issue_of((article("b.md", 10), one)), {}) is form


def test_notices_among_short_pieces_are_set_as_these_and_notices_alone_stay() -> None:
    assert forms_of(article("a.md", 100), article("b.md", 400), article("c.md", 90)) == [(Form.SHORT, 3)]
    assert forms_of(*(article(f"{number}.md", 100) for number in range(3))) == [(Form.NOTICE, 3)]


def test_a_notice_that_its_author_asked_for_stays_one_among_short_pieces() -> None:
    head = PlainHead.model_validate({"title": "А", "weight": "notice"})
    own = [article(f"own{number}.md", 400, head=head) for number in range(2)]
    shorts = [article(f"{number}.md", 400) for number in range(2)]
    assert forms_of(*own, *shorts) == [(Form.NOTICE, 2), (Form.SHORT, 2)]


def test_a_long_first_article_leads_the_issue_without_a_picture_too() -> None:
    one = article("a.md", 3000)
    assert form_of(one, issue_of((one,)), {}) is Form.FEATURE
    assert made_up(one, Form.FEATURE, {}).columns == 2
