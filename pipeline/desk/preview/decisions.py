"""What was decided to fill pages, kept while the files change.

The maker-up names photographs, figures and quotations by the place where they were written. An edit above
them moves these places; what was decided is kept for the same thing in its new place.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - answers are read by it
from typing import TYPE_CHECKING, NamedTuple

from pipeline.findings.place import Place  # noqa: TC001 - answers are read by it
from pipeline.models.text import Picture
from pipeline.models.tree import nodes_of
from pipeline.page.cover_plan import CoverPlan  # noqa: TC001 - answers are read by it
from pipeline.page.makeup.fitting import Fitting, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.models.issue import Article, Issue

Name = tuple[str, str, int]
"""A thing that decisions are about: its article, its picture or kind, and which of these it is."""


class Decisions(NamedTuple):
    """What was decided for the pages of an issue.

    Args:
        plan: What of the first page's content has a page of its own.
        fitting: How pages are filled.
        names: What stood at the places that this is about.
    """

    plan: CoverPlan
    fitting: Fitting
    names: Mapping[Place, Name]

    def for_issue(self, issue: Issue) -> tuple[CoverPlan, Fitting]:
        """Return the same decisions for an issue that was edited; what is no longer there is left out."""
        now = {name: place for place, name in names_of(issue).items()}
        moved = {place: now[name] for place, name in self.names.items() if name in now}
        fitting = self.fitting
        articles = {article.name for article in (*issue.articles, *issue.fillers)}
        return self.plan, fitting._replace(
            heights={moved[place]: lines for place, lines in fitting.heights.items() if place in moved},
            later={moved[place]: blocks for place, blocks in fitting.later.items() if place in moved},
            across=frozenset(moved[place] for place in fitting.across if place in moved),
            fillers=tuple(pair for pair in fitting.fillers if set(pair) <= articles),
        )


def decided_for(issue: Issue, plan: CoverPlan, fitting: Fitting) -> Decisions:
    """Return decisions with the names of what they are about.

    Args:
        issue: For which they were made.
        plan: See `Decisions`.
        fitting: See `Decisions`.
    """
    names = names_of(issue)
    about = {*fitting.heights, *fitting.later, *fitting.across}
    # Mappings that cannot be changed cannot be passed to another process.
    fitting = fitting._replace(heights=dict(fitting.heights), later=dict(fitting.later))
    return Decisions(plan, fitting, {place: name for place, name in names.items() if place in about})


def names_of(issue: Issue) -> dict[Place, Name]:
    """Return the names of all pictures and quotations, by their places."""
    names: dict[Place, Name] = {}
    for article in issue.articles:
        counts: dict[str, int] = {}
        for place, words in _things(article):
            counts[words] = counts.get(words, 0) + 1
            names.setdefault(place, (article.name, words, counts[words]))
    return names


def _things(article: Article) -> Iterator[tuple[Place, str]]:
    for picture in nodes_of(Picture, article.body):
        yield picture.place, picture.source
    for block in article.body:
        place = place_of(block)
        if place is not None:
            yield place, type(block).__name__
