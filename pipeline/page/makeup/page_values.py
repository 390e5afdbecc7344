"""What templates of a style of format 2 ask for: slots and credits of pictures, months of events."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from pipeline.findings.translatable import L_
from pipeline.models.text import Figure, Heading, PageBreak, Paragraph, Quote, Run, Table
from pipeline.models.tree import nodes_of
from pipeline.page.figures.month_days import MonthColours, month_days
from pipeline.page.makeup.articles import LONGEST_DISPLAYED
from pipeline.page.makeup.calendars import calendar_of
from pipeline.page.makeup.fitting import UNFITTED
from pipeline.page.makeup.forms import logos_of
from pipeline.page.makeup.issue_makeup import issue_makeup
from pipeline.typography import localisation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.models.issue import Article, Issue, Section
    from pipeline.models.text import Block, Picture
    from pipeline.page.makeup.articles import MadeUp
    from pipeline.page.makeup.calendars import EventMonth
    from pipeline.page.makeup.fitting import Fitting
    from pipeline.page.makeup.issue_makeup import IssueMakeUp
    from pipeline.page.makeup.slots import PictureShape, Slot


class PartnerMark(NamedTuple):
    """An organisation in the wall of partners, with its logo or without."""

    organisation: Any
    logo: Picture | None


def makeup_values(
    issue: Issue,
    pictures: Mapping[str, PictureShape],
    colour: Callable[[str], str],
    family: str,
    fitting: Fitting = UNFITTED,
) -> dict[str, Any]:
    """Return the variables of the templates of a style whose pages are made up.

    Args:
        issue: Typeset.
        pictures: What is known of each picture file, by source.
        colour: Returns the CSS value of a role.
        family: The face of drawn text.
        fitting: What the maker-up decided to fill the pages.
    """
    makeup = issue_makeup(issue, pictures, fitting)
    colours = MonthColours(*map(colour, ("accent-text", "mid", "on-mid", "ink")))
    pages = _Pages(issue, makeup, pictures)
    return {
        "makeup": makeup,
        "slot_of": pages.slot_of,
        "credit_of": pages.credit_of,
        "is_photograph": pages.is_photograph,
        "text_of": _text_of,
        "between_page_breaks": _between_page_breaks,
        "with_heads_of_tables": _with_heads_of_tables,
        "is_displayed": is_displayed,
        "wall_of": _wall_of,
        "has_logos_in_text": lambda article: not any(article.logos) and any(logos_of(article)),
        "calendar_of": functools.partial(calendar_of, language=issue.language),
        "articles_of": lambda run: tuple(each.article for each in run.articles),
        "section_of": functools.partial(_section_of, issue=issue),
        "month_figure": functools.partial(_month_figure, colours=colours, family=family),
    }


class _Pages:
    """Answers questions of templates about pictures.

    Args:
        issue: Typeset.
        makeup: How it is made up.
        pictures: What is known of each picture file, by source.
    """

    def __init__(self, issue: Issue, makeup: IssueMakeUp, pictures: Mapping[str, PictureShape]) -> None:
        self._language = issue.language
        self._pictures = pictures
        self._slots = {place: slot for each in makeup.articles for place, slot in each.slots.items()}
        self._credited = {place for each in makeup.articles for place in each.credited}

    def slot_of(self, picture: Picture) -> Slot:
        """Return the slot of a picture in the text."""
        return self._slots[picture.place]

    def is_photograph(self, picture: Picture) -> bool:
        """Return whether a picture is a photograph."""
        return self._pictures[picture.source].is_photograph

    def credit_of(self, picture: Picture) -> str:
        """Return the line that says who made a picture; empty where the one before it is by the same."""
        if picture.place not in self._credited:
            return ""
        message = L_("Photo: {credit}") if self.is_photograph(picture) else L_("Picture: {credit}")
        credit = localisation.label(message, self._language, credit=picture.credit)
        # No line ends between what was made and who made it.
        return credit.replace(": ", f":{localisation.NBSP}", 1)


def _between_page_breaks(blocks: tuple[Block, ...]) -> list[tuple[Block, ...]]:
    """Return blocks as they stand between the page breaks an author set."""
    parts: list[tuple[Block, ...]] = [()]
    for block in blocks:
        if isinstance(block, PageBreak):
            parts.append(())
        else:
            parts[-1] = (*parts[-1], block)
    return parts


def _with_heads_of_tables(blocks: tuple[Block, ...]) -> list[tuple[bool, tuple[Block, ...]]]:
    """Return blocks in groups, each with whether it is a table with the heading right above it.

    In columns a table stands across all of them: a heading in a column would be the head of nothing.
    """
    groups: list[tuple[bool, tuple[Block, ...]]] = []
    held: tuple[Block, ...] = ()
    for block in blocks:
        if isinstance(block, Table) and held and isinstance(held[-1], Heading):
            groups += [(False, held[:-1]), (True, (held[-1], block))]
            held = ()
        else:
            held = (*held, block)
    return [group for group in (*groups, (False, held)) if group[1]]


def _text_of(each: MadeUp) -> tuple[Block, ...]:
    """Return the text of an article without the picture that opens it."""
    return tuple(
        block
        for block in each.article.body
        if not (isinstance(block, Figure) and block.picture is each.opening)
    )


def is_displayed(quote: Quote) -> bool:
    """Return whether a quotation is displayed: words alone, and few."""
    if not all(isinstance(child, Paragraph) and not child.lines for child in quote.children):
        return False
    return sum(len(run.text) for run in nodes_of(Run, quote.children)) <= LONGEST_DISPLAYED


def _section_of(article: Article, issue: Issue) -> Section:
    """Return the section that an article stands in."""
    return next(section for section in issue.sections if article in section.articles)


def _month_figure(month: EventMonth, colours: MonthColours, family: str) -> Markup:
    """Return a month drawn day by day; what happens is said in words beside it."""
    alternative = f"{month.name} {month.year}: {', '.join(map(str, sorted(month.busy)))}"
    figure = month_days(
        month.name, month.weeks, month.busy, alternative=alternative, colours=colours, family=family
    )
    return Markup(figure)  # noqa: S704 - drawn by us, its texts escaped


def _wall_of(article: Article) -> tuple[PartnerMark, ...]:
    """Return the organisations with their logos."""
    return tuple(map(PartnerMark, article.head.presentation.organisations, logos_of(article)))
