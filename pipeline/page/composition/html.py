"""Composes a typeset issue into HTML: templates in a sandbox, every value escaped."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jinja2 import TemplateError

from pipeline.findings.finding import PressError, found
from pipeline.findings.place import Place
from pipeline.findings.translatable import N_
from pipeline.models.editions import SCREEN
from pipeline.page.composition.issue_values import values_of_issue, values_of_language
from pipeline.page.composition.mastheads import masthead_of
from pipeline.page.cover_plan import WHOLE_COVER
from pipeline.page.heading_levels import with_level_headings
from pipeline.page.layout_rules import PAGE_TEMPLATE, is_of_today, words_kept
from pipeline.page.makeup.fitting import UNFITTED, rearranged
from pipeline.page.makeup.page_values import makeup_values
from pipeline.page.running_heads import running_heads, title_class
from pipeline.page.templates.environment import TEMPLATES, environment_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.models.editions import Edition
    from pipeline.models.issue import Issue
    from pipeline.page.cover_plan import CoverPlan
    from pipeline.page.makeup.covers import Cover
    from pipeline.page.makeup.fitting import Fitting
    from pipeline.page.marks import PrintedPicture
    from pipeline.page.style import Style
    from pipeline.page.templates.environment import BoundedEnvironment

_FACES: Final = "@font-face"

PART_TEMPLATE: Final = "part.html.j2"
"""The template of runs that are set alone."""


class Part(NamedTuple):
    """Runs that are set alone.

    Args:
        runs: Their names.
        above: How much of their first page is taken, in CSS pixels from the head of the text.
    """

    runs: tuple[str, ...]
    above: float


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
    html = _filled_pages(PAGE_TEMPLATE, style, context | {"cover_plan": cover_plan})
    if style.templates and _FACES not in html:
        # Without a face, the engine's library ends the process.
        problem = N_("it takes over no sheet of the style, and so no face (“for sheet in sheets”)")
        raise PressError([found("E456", _place_of_templates(style), problem=problem)])
    return html


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
    context = values_of_issue(issue, edition, style, pictures, draft=draft)
    sections = [f"{section.number}. {section.title}" for section in issue.sections]
    if style.plan.is_made_up:
        shapes = {source: each.shape for source, each in pictures.items()}
        colour = functools.partial(style.colour, edition=edition)
        family = style.plan.families["head"]
        context |= makeup_values(with_level_headings(issue), shapes, colour, family, fitting)
        context |= _masthead_values(issue, edition, style, pictures, context["makeup"].cover.cover)
    else:
        context["title_class"] = title_class(issue.publication.title, style)
    return context | {
        "on_pages": True,
        "running_heads": running_heads(context["running_title"], sections, style),
    }


def _masthead_values(
    issue: Issue, edition: Edition, style: Style, pictures: Mapping[str, PrintedPicture], cover: Cover
) -> dict[str, str]:
    publication = issue.publication
    identity = publication.identity
    logo = pictures.get(f"../{identity.printed_logo(in_ink=edition.in_ink)}") if identity else None
    proportion = logo.proportion if logo else None
    masthead = masthead_of(publication.title, publication.publisher.name, cover, style, proportion)
    return {"title_class": masthead.title, "publisher_class": masthead.publisher}


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
        context = values_of_issue(issue, SCREEN, style, pictures, draft=False)
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
        return template.render(values_of_language(language) | dict(values))


def _filled(environment: BoundedEnvironment, name: str, values: Mapping[str, Any], style: Style) -> str:
    """Fill a template, which may be one of the style, or include such.

    Raises:
        PressError: A template of the style cannot be filled (E456).
    """
    try:
        return environment.get_template(name).render(values)
    except (TemplateError, RecursionError, ArithmeticError, TypeError, ValueError) as fault:
        # What goes wrong within a template is said in errors of Python, too: that two values are no sum.
        if not style.templates:
            raise
        problem = str(fault).split("\n")[0][:120]
        raise PressError([found("E456", _place_of_templates(style), problem=problem)]) from fault


def _place_of_templates(style: Style) -> Place:
    return Place(f"styles/{style.plan.name}/{style.plan.version}/templates")


def templates_in_force(style: Style) -> dict[str, bytes]:
    """Return every template in use, by name: the style's own, and the package's where it has none."""
    own = {path.name: path.read_bytes() for path in TEMPLATES.glob("*.j2")}
    own |= {name: text.encode() for name, text in style.templates.items()}
    return dict(sorted(own.items()))
