"""Composes a typeset issue into HTML: templates in a sandbox, every value escaped."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jinja2 import TemplateError
from markupsafe import Markup

from pipeline.findings.finding import PressError, found
from pipeline.findings.place import Place
from pipeline.models.editions import SCREEN
from pipeline.models.issue import composed
from pipeline.models.text import Figure
from pipeline.page.closing import closing_parts
from pipeline.page.cover_plan import WHOLE_COVER
from pipeline.page.fact_values import code_of_fact, contact_markup, fact_markup, percent
from pipeline.page.foreign_words import own_cyrillic_of
from pipeline.page.heading_levels import is_named_by_section, with_level_headings
from pipeline.page.layout_rules import PAGE_TEMPLATE, is_of_today, words_kept
from pipeline.page.makeup.fitting import UNFITTED, rearranged
from pipeline.page.makeup.notes_in_use import anchor, notes_of
from pipeline.page.makeup.page_values import makeup_values
from pipeline.page.makeup.slots import COLUMN
from pipeline.page.marks import PrintedPicture, funder_mark, house_logo
from pipeline.page.markup import address_on_paper, code, kept, linked, shown_address, words
from pipeline.page.pictures.sizes import cover_width, gallery_rows, picture_width
from pipeline.page.running_heads import running_heads, title_class
from pipeline.page.style import head_measure
from pipeline.page.table_fit import SEMIBOLD, table_fits
from pipeline.page.templates.environment import TEMPLATES, environment_of
from pipeline.typography import localisation
from pipeline.typography.microtypography.setting import set_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.models.editions import Edition
    from pipeline.models.issue import Issue
    from pipeline.models.text import Link, Picture
    from pipeline.models.values.facts import Moment
    from pipeline.page.cover_plan import CoverPlan
    from pipeline.page.makeup.fitting import Fitting
    from pipeline.page.style import Style
    from pipeline.page.templates.environment import BoundedEnvironment

PART_TEMPLATE: Final = "part.html.j2"
"""The template of runs that are set alone."""

CORRECTION_SHEET: Final = "correction.css"
"""The sheet of a style that is used only where an issue corrects an earlier filing."""


class Part(NamedTuple):
    """Runs that are set alone.

    Args:
        runs: Their names.
        above: How much of their first page is taken, in CSS pixels from the head of the text.
    """

    runs: tuple[str, ...]
    above: float


class Print(NamedTuple):
    """A picture with its size on the page.

    Args:
        url: The address the engine fetches it from.
        width: In millimetres.
        height: In millimetres.
        is_photograph: Whether its credit is that of a photograph.
    """

    url: str
    width: float
    height: float
    is_photograph: bool = False


def compose_html(
    issue: Issue,
    edition: Edition,
    style: Style,
    pictures: Mapping[str, PrintedPicture],
    *,
    draft: bool = False,
    cover_plan: CoverPlan = WHOLE_COVER,
    fitting: Fitting = UNFITTED,
) -> str:
    """Fill the templates.

    Args:
        issue: Typeset.
        edition: The edition to compose.
        style: Its tokens, sheets and templates.
        pictures: Every picture the issue names, by its source.
        draft: Whether every page is marked as a draft.
        cover_plan: What is set on a page of its own.
        fitting: What the maker-up decided, where pages are made up.

    Returns:
        One HTML document; all it refers to lies below `style.ORIGIN`.

    Raises:
        PressError: A template of the style cannot be filled (E456).
    """
    context = _context_of_pages(issue, edition, style, pictures, draft=draft, fitting=fitting)
    return _filled_pages(PAGE_TEMPLATE, style, context | {"cover_plan": cover_plan})


def compose_part(
    issue: Issue,
    edition: Edition,
    style: Style,
    pictures: Mapping[str, PrintedPicture],
    fitting: Fitting,
    part: Part,
) -> str:
    """Fill the template of runs that are set alone, to try how they fill pages.

    Args:
        issue: Typeset.
        edition: The edition to compose.
        style: One that makes pages up.
        pictures: Every picture the issue names, by its source.
        fitting: What the maker-up decided.
        part: The runs.

    Returns:
        One HTML document without sheets.
    """
    context = _context_of_pages(issue, edition, style, pictures, draft=False, fitting=fitting)
    of_part = {"makeup": context["makeup"].part(part.runs), "above": part.above}
    return _filled_pages(PART_TEMPLATE, style, context | of_part)


def _context_of_pages(
    issue: Issue,
    edition: Edition,
    style: Style,
    pictures: Mapping[str, PrintedPicture],
    *,
    draft: bool,
    fitting: Fitting,
) -> dict[str, Any]:
    """Return the variables of the templates of pages."""
    issue = rearranged(issue, fitting)
    context = _context(issue, edition, style, pictures, draft=draft)
    sections = [f"{section.number}. {section.title}" for section in issue.sections]
    if style.plan.is_made_up:
        shapes = {source: each.shape for source, each in pictures.items()}
        colour = functools.partial(style.colour, edition=edition)
        family = style.plan.families["head"]
        context |= makeup_values(with_level_headings(issue), shapes, colour, family, fitting)
    return context | {
        "on_pages": True,
        "title_class": title_class(issue.publication.title, style),
        "running_heads": running_heads(context["running_title"], sections, style),
    }


def _filled_pages(name: str, style: Style, context: dict[str, Any]) -> str:
    filed = style.templates.get(PAGE_TEMPLATE)
    with words_kept(kept=filed is None or is_of_today(filed)):
        html = _filled(environment_of(tuple(style.templates.items())), name, context, style)
    # They choose between a coloured and a plain picture of a character; a page has one of them, in one ink.
    return html.replace("\ufe0f", "").replace("\ufe0e", "")


class TemplateFolder(NamedTuple):
    """Templates of an output other than the PDF: of the archive's site, of the mail edition.

    Args:
        prefix: The prefix of its templates' names, as in `site/issue.html.j2`; so they never hide a template
            of the page or of a style.
        path: The folder.
    """

    prefix: str
    path: Path

    def fill_with_issue(
        self,
        name: str,
        issue: Issue,
        style: Style,
        pictures: Mapping[str, PrintedPicture],
        values: Mapping[str, Any],
    ) -> str:
        """Fill a template that shows an issue; it may include templates of the issue's style.

        Args:
            name: The template's file name.
            issue: Typeset.
            style: Its tokens and templates; where it has none of a name, the package's is taken.
            pictures: Every picture the template shows, by its source.
            values: Further variables of the template; they override the page's of the same name.
        """
        context = _context(issue, SCREEN, style, pictures, draft=False)
        environment = environment_of(tuple(style.templates.items()), (self.prefix, self.path))
        return _filled(environment, f"{self.prefix}/{name}", context | dict(values), style)

    def fill(self, name: str, language: str, values: Mapping[str, Any]) -> str:
        """Fill a template that shows no issue.

        Args:
            name: The template's file name.
            language: The language of labels and dates.
            values: Further variables of the template.
        """
        template = environment_of((), (self.prefix, self.path)).get_template(f"{self.prefix}/{name}")
        return template.render(_language_context(language) | dict(values))


def _filled(environment: BoundedEnvironment, name: str, values: Mapping[str, Any], style: Style) -> str:
    """Fill a template, which may be one of the style, or include such.

    Raises:
        PressError: A template of the style cannot be filled (E456).
    """
    try:
        return environment.get_template(name).render(values)
    except TemplateError as fault:
        if not style.templates:
            raise
        place = Place(f"styles/{style.plan.name}/{style.plan.version}/templates")
        raise PressError([found("E456", place, problem=str(fault).split("\n")[0][:120])]) from fault


def templates_in_force(style: Style) -> dict[str, bytes]:
    """Return every template in use, by name: the style's own, and the package's where it has none."""
    own = {path.name: path.read_bytes() for path in TEMPLATES.glob("*.j2")}
    own |= {name: text.encode() for name, text in style.templates.items()}
    return dict(sorted(own.items()))


def _span(start: Moment, end: Moment | None, *, language: str, date_once: bool = False) -> Markup:
    """Return from when until when something is; templates of before call it without `date_once`."""
    return kept(localisation.span(start, end, language, date_once=date_once))


def _context(
    issue: Issue,
    edition: Edition,
    style: Style,
    pictures: Mapping[str, PrintedPicture],
    *,
    draft: bool,
) -> dict[str, Any]:
    issue = with_level_headings(issue)
    language = issue.language
    publication = issue.publication
    label = functools.partial(localisation.label, language=language)
    prints = functools.partial(_print, pictures=pictures, measures=style.plan.measures)
    closing = closing_parts(issue, style, edition)
    measure = head_measure(style)
    publisher_short = publication.publisher.short_name or publication.publisher.name
    number = label("Issue {number}", number=issue.number)
    # Styles of format 1 are printed as they always were: names of another script are not marked in them.
    own_cyrillic = own_cyrillic_of(publication.languages) if style.plan.format > 1 else ""
    running_title = set_text(f'{publication.title} "{issue.title}"', language)
    return _language_context(language, own_cyrillic) | {
        "table_fits": table_fits(
            issue,
            {**style.plan.measures, "text": COLUMN} if style.plan.is_made_up else style.plan.measures,
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
        "running_imprint": f"{number} · {localisation.month_year(issue.date, language)}",
        "publisher_short": publisher_short,
        "cover": _cover(issue.cover, pictures, style.plan.measures) if issue.cover else None,
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
        "period": functools.partial(localisation.period, language=language),
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
        "gallery_rows": functools.partial(_rows, pictures=pictures, width=style.plan.measures["wide"]),
    }


def _language_context(language: str, own_cyrillic: str = "") -> dict[str, Any]:
    """Return the variables of every template: the language and the functions that format text in it."""
    return {
        "language": language,
        # Whether the template is set on pages, by the engine, and not on a screen.
        "on_pages": False,
        "words": functools.partial(words, language=language, own_cyrillic=own_cyrillic),
        "code": code,
        "label": functools.partial(localisation.label, language=language),
        "plural_label": lambda one, many, n: localisation.plural_label(one, many, n, language),
        "full_date": functools.partial(localisation.full_date, language=language),
        "contact": functools.partial(contact_markup, language=language, own_cyrillic=own_cyrillic),
    }


def _target(target: str, names: frozenset[str]) -> str:
    name = composed(target)
    return f"#{anchor(name)}" if name in names else target


def _no_address(link: Link) -> str:  # noqa: ARG001 - the link itself is printed
    return ""


def _print(
    picture: Picture,
    width: float | None = None,
    *,
    pictures: Mapping[str, PrintedPicture],
    measures: Mapping[str, float],
) -> Print:
    printed = pictures[picture.source]
    across = width or picture_width(printed.proportion, measures[picture.measure.simple])
    return Print(printed.url, across, round(across / printed.proportion, 2), printed.is_photograph)


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


def _cover(picture: Picture, pictures: Mapping[str, PrintedPicture], measures: Mapping[str, float]) -> Print:
    width = cover_width(pictures[picture.source].proportion, measures)
    return _print(picture, width, pictures=pictures, measures=measures)


def _rows(body: tuple[object, ...], pictures: Mapping[str, PrintedPicture], width: float) -> object:
    shown = [block.picture for block in body if isinstance(block, Figure)]
    return gallery_rows(shown, [pictures[picture.source].proportion for picture in shown], width)
