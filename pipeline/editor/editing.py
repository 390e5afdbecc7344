"""The editor: what a careful one would query before a thousand members see it.

A module a family of queries; none of them changes a letter. What was answered once, under `accepted:` in the
house style, is not asked again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.editor.confusables import slip_queries
from pipeline.editor.facts import budget_queries
from pipeline.editor.mending import typewriter_queries
from pipeline.editor.misspellings import misspelling_queries
from pipeline.editor.names import name_queries, quotation_queries, term_queries
from pipeline.editor.numbers import count_queries, sum_queries, tense_queries, weekday_queries
from pipeline.editor.passages import passages
from pipeline.editor.projects import project_queries
from pipeline.editor.queries import Desk
from pipeline.editor.words import speech_of
from pipeline.findings.finding import Finding, in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.editor.house_style.model import House
    from pipeline.models.issue import Issue

_FAMILIES: Final = (
    name_queries,
    term_queries,
    count_queries,
    tense_queries,
    weekday_queries,
    sum_queries,
    budget_queries,
    project_queries,
    slip_queries,
    quotation_queries,
)


def edit(
    issue: Issue,
    house: House,
    sources: Mapping[str, str],
    elsewhere: Mapping[str, str],
    *,
    spelling: bool = True,
) -> list[Finding]:
    """Return what an editor would ask.

    Args:
        issue: As read.
        house: The house style.
        sources: The text of each file, by path.
        elsewhere: The articles of the other issues, likewise.
        spelling: Whether words are looked up in a dictionary.
    """
    desk = Desk(issue, tuple(passages(issue)), house, sources, speech_of(issue.language), elsewhere)
    families = (*_FAMILIES, misspelling_queries) if spelling else _FAMILIES
    asked = (query for family in families for query in family(desk))
    return in_order([*asked, *typewriter_queries(issue, sources)])
