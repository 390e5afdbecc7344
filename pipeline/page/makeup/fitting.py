"""What the maker-up decides so that pages are filled, and an issue with these decisions carried out.

No word changes, and no article goes to another place; only what stands side by side in a section that says
`order: free` may change places.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping  # noqa: TC003 - the preview's answers are read by it
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.place import Place  # noqa: TC001 - the preview's answers are read by it
from pipeline.models.issue import Order
from pipeline.models.text import Figure, Paragraph, Quote, Run
from pipeline.models.tree import nodes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.models.issue import Article, Issue, Section
    from pipeline.models.text import Block

_AT_HEAD: Final = 2
"""The blocks that an article begins with, which figures do not pass."""

_NOTHING: Final[Mapping[object, object]] = MappingProxyType({})


class Fitting(NamedTuple):
    """The decisions of the maker-up.

    Args:
        heights: By how many lines a photograph is higher than it would be, or lower, by its place.
        later: Behind how many more blocks of its article a figure or a repeated quotation stands, likewise;
            before how many, where below zero.
        across: Drawings that are set to the full measure, by their places.
        fresh: The numbers of sections that begin a page, for else hardly anything of them would stand on the
            next.
        order: The names of short pieces that stand side by side, in their new order.
        off_spine: The names of articles on left pages whose opening picture does not run out to the edge,
            which is the spine there.
        in_rows: The names of galleries that do not fill a spread, for it would begin on a right page.
        fillers: What stands at the foot of a page: the name of the last article of a run, that of the filler.
        unfit: The names of fillers that did not fit where they were put.
        notes: How many pages for notes stand before the last one.
        back_cover: Whether the colophon has the last page to itself.
    """

    heights: Mapping[Place, int] = _NOTHING  # type: ignore[assignment]
    later: Mapping[Place, int] = _NOTHING  # type: ignore[assignment]
    across: frozenset[Place] = frozenset()
    fresh: frozenset[int] = frozenset()
    order: tuple[tuple[str, ...], ...] = ()
    off_spine: frozenset[str] = frozenset()
    in_rows: frozenset[str] = frozenset()
    fillers: tuple[tuple[str, str], ...] = ()
    unfit: frozenset[str] = frozenset()
    notes: int = 0
    back_cover: bool = False

    def with_height(self, place: Place, lines: int) -> Fitting:
        """Return the decisions with another height of a photograph, in lines from its own."""
        return self._replace(heights={**self.heights, place: lines})

    def with_move(self, place: Place, blocks: int) -> Fitting:
        """Return the decisions with a figure or quotation behind so many more blocks; before, below zero."""
        return self._replace(later={**self.later, place: blocks})


UNFITTED: Final = Fitting()
"""Before anything is decided."""


def rearranged(issue: Issue, fitting: Fitting) -> Issue:
    """Return an issue as its pages show it: short pieces, figures and quotations moved, fillers chosen.

    Args:
        issue: As read or typeset.
        fitting: What was decided; without decisions, only the fillers are left out.
    """
    used = dict(fitting.fillers)
    chosen = set(used.values())
    sections = tuple(_rearranged_section(section, fitting) for section in issue.sections)
    fillers = tuple(article for article in issue.fillers if article.name in chosen)
    return dataclasses.replace(issue, sections=sections, fillers=fillers)


def _rearranged_section(section: Section, fitting: Fitting) -> Section:
    articles = section.articles
    for group in fitting.order if section.order is Order.FREE else ():
        by_name = {article.name: article for article in articles}
        if by_name.keys() >= set(group):
            ahead = iter(group)
            articles = tuple(
                by_name[next(ahead)] if article.name in group else article for article in articles
            )
    if fitting.later:
        articles = tuple(_with_moves(article, fitting.later) for article in articles)
    return dataclasses.replace(section, articles=articles)


def _with_moves(article: Article, later: Mapping[Place, int]) -> Article:
    body = list(article.body)
    for block in article.body:
        place = place_of(block)
        if place is None or not later.get(place):
            continue
        at = next(index for index, each in enumerate(body) if each is block)
        body.insert(at + later[place], body.pop(at))
    return article if body == list(article.body) else dataclasses.replace(article, body=tuple(body))


def place_of(block: Block) -> Place | None:
    """Return where a block was written that may stand elsewhere in its article: a figure, a quotation."""
    if isinstance(block, Figure):
        return block.picture.place
    if isinstance(block, Quote):
        return next((run.place for run in nodes_of(Run, block.children)), None)
    return None


def movable(article: Article) -> dict[Place, int]:
    """Return what may stand later in an article, by its place, with the most blocks it may move by.

    A figure may, behind paragraphs alone; so may a quotation whose words are in the text as well, for it only
    repeats them. Nothing passes a heading, a list or table, another figure, or a paragraph that
    announces what follows it.
    """
    said = _bare_words([block for block in article.body if isinstance(block, Paragraph)])
    found: dict[Place, int] = {}
    for at, block in enumerate(article.body):
        place = place_of(block)
        if place is None:
            continue
        if isinstance(block, Quote) and _bare_words(block.children) not in said:
            continue
        following = article.body[at + 1 :]
        passed = next(
            (count for count, each in enumerate(following) if not _may_be_passed(each)), len(following)
        )
        if passed:
            found[place] = passed
    return found


def liftable(article: Article) -> dict[Place, int]:
    """Return which figures of an article may stand earlier, by their places, and by how many blocks at most.

    They pass paragraphs alone, none of which announces what follows it, and stay behind the first two blocks,
    so that none becomes the picture that opens the article.
    """
    found: dict[Place, int] = {}
    for at, block in enumerate(article.body):
        if isinstance(block, Figure):
            before = article.body[_AT_HEAD:at][::-1]
            passed = next(
                (count for count, each in enumerate(before) if not _may_be_passed(each)), len(before)
            )
            if passed:
                found[block.picture.place] = passed
    return found


def followers(article: Article) -> frozenset[Place]:
    """Return the places of figures that stand directly behind another, and go where that one goes."""
    pairs = itertools.pairwise(article.body)
    return frozenset(
        after.picture.place
        for before, after in pairs
        if isinstance(before, Figure) and isinstance(after, Figure)
    )


def _may_be_passed(block: Block) -> bool:
    """Return whether a figure may stand behind a block: not between a paragraph and what it announces."""
    if not isinstance(block, Paragraph):
        return False
    words = "".join(run.text for run in nodes_of(Run, block.children)).rstrip()
    return not words.endswith(":")


def _bare_words(blocks: Sequence[Block]) -> str:
    text = "".join(run.text for run in nodes_of(Run, tuple(blocks)))
    return "".join(sign for sign in text.casefold() if sign.isalnum())
