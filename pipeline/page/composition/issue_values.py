"""The values that a template is filled with: those of an issue, and those of its language alone."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from pipeline.models.issue import composed
from pipeline.models.text import Figure
from pipeline.page.closing import closing_parts
from pipeline.page.composition.prints import cover_print, print_of, rows_of
from pipeline.page.fact_values import code_of_fact, contact_markup, fact_markup, percent
from pipeline.page.foreign_words import own_cyrillic_of
from pipeline.page.heading_levels import is_named_by_section, with_level_headings
from pipeline.page.makeup.notes_in_use import anchor, notes_of
from pipeline.page.marks import PrintedPicture, funder_mark, house_logo
from pipeline.page.markup import address_on_paper, code, kept, linked, shown_address, words
from pipeline.page.style import head_measure
from pipeline.page.table_fit import SEMIBOLD, table_fits, table_measures
from pipeline.typography import dates, localisation
from pipeline.typography.microtypography.setting import set_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.models.editions import Edition
    from pipeline.models.issue import Issue
    from pipeline.models.text import Link
    from pipeline.models.values.facts import Moment
    from pipeline.page.style import Style


CORRECTION_SHEET: Final = "correction.css"
"""The sheet of a style that is used only where an issue corrects an earlier filing."""


def _span(start: Moment, end: Moment | None, *, language: str, date_once: bool = False) -> Markup:
    """Return from when until when something is; templates of before call it without `date_once`."""
    return kept(dates.span(start, end, language, date_once=date_once))


def values_of_issue(
    issue: Issue,
    edition: Edition,
    style: Style,
    pictures: Mapping[str, PrintedPicture],
    *,
    draft: bool,
) -> dict[str, Any]:
    """Return the variables of every template that shows an issue.

    Args:
        issue: Typeset.
        edition: Decides on colours and links.
        style: Its tokens and sheets.
        pictures: Every picture the issue names, by its source.
        draft: Whether every page is marked as a draft.
    """
    issue = with_level_headings(issue)
    language = issue.language
    publication = issue.publication
    label = functools.partial(localisation.label, language=language)
    prints = functools.partial(print_of, pictures=pictures, measures=style.plan.measures)
    closing = closing_parts(issue, style, edition)
    measure = head_measure(style)
    publisher_short = publication.publisher.short_name or publication.publisher.name
    number = label("Issue {number}", number=issue.number)
    # Styles of format 1 are printed as they always were: names of another script are not marked in them.
    own_cyrillic = own_cyrillic_of(publication.languages) if style.plan.format > 1 else ""
    running_title = set_text(f'{publication.title} "{issue.title}"', language)
    return values_of_language(language, own_cyrillic) | {
        "table_fits": table_fits(
            issue,
            table_measures(style.plan.measures, made_up=style.plan.is_made_up),
            lambda text: measure(text, 1, SEMIBOLD),
            with_addresses=not edition.carries_links,
        ),
        "issue": issue,
        "publication": publication,
        "edition": edition,
        "draft": draft,
        # A sheet is the style's own text, which load_style has checked for end tags.
        "sheets": [Markup(sheet) for sheet in sheets_of(issue, edition, style)],  # noqa: S704
        "colour": functools.partial(style.colour, edition=edition),
        "closing": closing,
        "closing_entries": closing.entries,
        "running_title": running_title,
        "running_imprint": f"{number} · {dates.month_year(issue.date, language)}",
        "publisher_short": publisher_short,
        "cover": cover_print(issue.cover, pictures, style.plan.measures) if issue.cover else None,
        "funders": issue.funders,
        "emblem": functools.partial(funder_mark, pictures=pictures, edition=edition, style=style),
        "house_logo": house_logo(publication, pictures, edition, style),
        "fact_value": functools.partial(
            fact_markup, language=language, publisher=publisher_short, own_cyrillic=own_cyrillic
        ),
        "address_code": functools.partial(
            code_of_fact, plan=publication.press, edition=edition, style=style, language=language
        ),
        "money": functools.partial(localisation.money, language=language),
        "period": functools.partial(dates.period, language=language),
        "country_name": functools.partial(localisation.country_name, language=language),
        "countries": lambda codes: localisation.listing(
            [localisation.country_name(code, language) for code in codes], language
        ),
        "span_of": functools.partial(_span, language=language),
        "percent": percent,
        "shown_address": shown_address,
        "kind_of": lambda node: type(node).__name__,
        "anchor": anchor,
        "linked": functools.partial(linked, language=language, own_cyrillic=own_cyrillic),
        "target": functools.partial(_target, names=frozenset(a.name for a in issue.articles)),
        # A link cannot be followed on paper, so its address is printed beside its words.
        "address_of": _no_address if edition.carries_links else address_on_paper,
        "notes_of": functools.partial(notes_of, issue=issue),
        "is_named_by_section": is_named_by_section,
        "prints": prints,
        "without_figures": lambda body: tuple(block for block in body if not isinstance(block, Figure)),
        "gallery_rows": functools.partial(rows_of, pictures=pictures, width=style.plan.measures["wide"]),
    }


def values_of_language(language: str, own_cyrillic: str = "") -> dict[str, Any]:
    """Return the variables of every template: the language and the functions that format text in it."""
    return {
        "language": language,
        # Whether the template is set on pages, by the engine, and not on a screen.
        "on_pages": False,
        "words": functools.partial(words, language=language, own_cyrillic=own_cyrillic),
        "code": code,
        "label": functools.partial(localisation.label, language=language),
        "plural_label": lambda one, many, n: localisation.plural_label(one, many, n, language),
        "full_date": functools.partial(dates.full_date, language=language),
        "contact": functools.partial(contact_markup, language=language, own_cyrillic=own_cyrillic),
    }


def _target(target: str, names: frozenset[str]) -> str:
    name = composed(target)
    return f"#{anchor(name)}" if name in names else target


def _no_address(link: Link) -> str:  # noqa: ARG001 - the link itself is printed
    return ""


def sheets_of(issue: Issue, edition: Edition, style: Style) -> list[str]:
    """Return the sheets of an issue's pages, in the order of the cascade.

    Args:
        issue: That for corrections is needed only where it corrects a filing.
        edition: Decides on the colours.
        style: The style.
    """
    sheets = style.sheets.items()
    needed = [sheet for name, sheet in sheets if issue.correction is not None or name != CORRECTION_SHEET]
    return [style.properties(edition), *needed]
