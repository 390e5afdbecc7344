"""The editor's queries: passages that a careful copy editor would ask about.

Each family of queries is a module; none of them changes the text. A query accepted in the house style, under
`accepted:`, is not raised again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.editor.confusables import (
    confusable_queries,
    misplaced_space_queries,
    mixed_letter_queries,
)
from pipeline.editor.facts import budget_queries, day_queries
from pipeline.editor.language_words import language_words_of
from pipeline.editor.markup_fixes import heading_queries
from pipeline.editor.names import name_queries, quotation_queries, term_queries
from pipeline.editor.numbers import count_queries, sum_queries, tense_queries, weekday_queries
from pipeline.editor.passages import passages
from pipeline.editor.projects import project_queries
from pipeline.editor.queries import QueryContext
from pipeline.editor.typography_fixes import typewriter_queries
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
    day_queries,
    confusable_queries,
    misplaced_space_queries,
    mixed_letter_queries,
    heading_queries,
    quotation_queries,
)


def editor_queries(
    issue: Issue,
    house: House,
    sources: Mapping[str, str],
    elsewhere: Mapping[str, str],
    *,
    spelling: bool = True,
) -> list[Finding]:
    """Return the editor's queries about an issue, in order.

    Args:
        issue: As read.
        house: The house style.
        sources: The text of each file, by path.
        elsewhere: The articles of the other issues, likewise.
        spelling: Whether words are looked up in a dictionary.
    """
    context = QueryContext(
        issue,
        tuple(passages(issue)),
        house,
        sources=sources,
        language_words=language_words_of(issue.language),
        elsewhere=elsewhere,
    )
    queries = [query for family in _FAMILIES for query in family(context)]
    if spelling:
        from pipeline.editor.misspellings import misspelling_queries  # noqa: PLC0415 - with the dictionaries

        queries += misspelling_queries(context)
    return in_order([*queries, *typewriter_queries(issue, sources)])
