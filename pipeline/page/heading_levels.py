"""Levels of headings: none is skipped where one heading serves a section and its only article."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from pipeline.models.text import Heading, ListBlock, Quote

if TYPE_CHECKING:
    from pipeline.models.issue import Article, Issue, Section
    from pipeline.models.text import Block


def is_named_by_section(article: Article, section: Section) -> bool:
    """Return whether an article is alone in a section of the same title, so that one heading serves both."""
    alone = len(section.articles) == 1
    return alone and article.head.title.casefold() == section.title.casefold()


def with_level_headings(issue: Issue) -> Issue:
    """Return an issue whose headings can be set below that of their article or section.

    An article that is named by its section has no heading of its own, so those in its text take the level
    that is left free: screen readers lead from heading to heading, and PDF/UA-1 (ISO 14289-1, 7.4.2) forbids
    to skip a level.

    Args:
        issue: Typeset.
    """
    sections = tuple(_with_level_headings(section) for section in issue.sections)
    return dataclasses.replace(issue, sections=sections)


def _with_level_headings(section: Section) -> Section:
    article = section.articles[0]
    if not is_named_by_section(article, section):
        return section
    return dataclasses.replace(section, articles=(dataclasses.replace(article, body=_raised(article.body)),))


def _raised(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks with every heading in them one level higher."""
    raised: list[Block] = []
    for block in blocks:
        match block:
            case Heading():
                raised.append(dataclasses.replace(block, level=block.level - 1))
            case Quote():
                raised.append(dataclasses.replace(block, children=_raised(block.children)))
            case ListBlock():
                items = tuple(_raised(item) for item in block.items)
                raised.append(dataclasses.replace(block, items=items))
            case _:
                raised.append(block)
    return tuple(raised)
