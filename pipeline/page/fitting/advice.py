"""What an author could do about a page that could not be filled: how many words more, or less."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.models.text import Run
from pipeline.models.tree import nodes_of
from pipeline.page.fitting.judging import MOST_EMPTY
from pipeline.page.fitting.tails import MOST_ON_TAIL
from pipeline.page.makeup.forms import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.models.issue import Article
    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.makeup.issue_makeup import IssueMakeUp, MadeUpRun

_SIGNS_A_LINE: Final = {1: 78, 2: 116, 3: 132}
"""Characters on a line across all columns, by how many there are: spaces count."""

_ROUNDED: Final = 5
"""Words are reckoned to five."""

_ENOUGH: Final = 40
_LETTERS_A_WORD: Final = 7.0
"""Words of an article from which their length is taken, and the length where it has fewer, with a space."""

_MOST: Final = 20
"""Lines, at most, that words alone could fill."""


class Advice(NamedTuple):
    """What would help a page.

    Args:
        page: Its number.
        article: The one whose text would be made longer or shorter.
        lines: How many lines are empty; or how many stand there too many, where that is so few that they
            should stand on the page before.
        words: How many words these are.
        is_over: Whether lines are too many.
    """

    page: int
    article: Article
    lines: int
    words: int
    is_over: bool


def advice(makeup: IssueMakeUp, measures: LayoutMeasures) -> Iterator[Advice]:
    """Yield what would help each page of articles that ends early.

    Args:
        makeup: The issue as made up in the end.
        measures: Of its pages.
    """
    runs = [run for section in makeup.sections for run in section.runs]
    for run, following in itertools.pairwise(runs):
        here, ahead = measures.runs[run.name], measures.runs[following.name]
        for page in range(here.page, here.last_page + 1):
            fill = measures.fills[page - 1]
            is_last = page == here.last_page
            if fill.free <= MOST_EMPTY or (is_last and ahead.page == page) or not _has_text(run):
                continue
            made = run.articles[-1]
            is_over = is_last and fill.lines <= MOST_ON_TAIL and here.page < page
            lines = fill.lines if is_over else fill.free
            if lines > _MOST:
                continue
            words = _words(made.article, made.columns, lines)
            yield Advice(page, made.article, lines, words, is_over)


def _has_text(run: MadeUpRun) -> bool:
    return run.form not in {Form.GALLERY, Form.PARTNERS, Form.FILLER}


def _words(article: Article, columns: int, lines: int) -> int:
    """Return how many words of an article stand on so many lines across its columns."""
    words = "".join(run.text for run in nodes_of(Run, article.body)).split()
    letters = sum(map(len, words)) / len(words) + 1 if len(words) >= _ENOUGH else _LETTERS_A_WORD
    count = lines * _SIGNS_A_LINE.get(columns, _SIGNS_A_LINE[2]) / letters
    return max(_ROUNDED, round(count / _ROUNDED) * _ROUNDED)
