"""The plan of an issue as a flatplan shows it, and what is chosen on it, saved in steps to be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.editing.undoing import Step
from pipeline.desk.writing.articles import open_article, save_article
from pipeline.desk.writing.plan_changes import MoveArticle, SetField
from pipeline.desk.writing.plans import open_plan, save_plan
from pipeline.desk.writing.results import ArticleChange, Conflict
from pipeline.editor.writing.nodes import FigureNode
from pipeline.findings.finding import BulletinError, IssueError, found
from pipeline.models.kinds.common_head import Weight
from pipeline.models.text import Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.desk.writing.disk.version import Version
    from pipeline.desk.writing.plan_changes import PlanChange
    from pipeline.desk.writing.results import ArticleEntry, OpenArticle, Plan
    from pipeline.editor.writing.nodes import Document
    from pipeline.files.workspace import Workspace
    from pipeline.files.yaml_edit import Field
    from pipeline.files.yaml_text import Value
    from pipeline.findings.finding import Finding

OWN: Final = "own"
"""The cover is a picture of its own, which no article shows."""

_PLAN: Final = "issue.yaml"


class PlannedPicture(NamedTuple):
    """A picture of an article.

    Args:
        source: Its file, as the article names it.
        words: What is to be seen in it; the file's name where nobody has said it.
        measure: The width it is set to.
    """

    source: str
    words: str
    measure: str


class PlannedArticle(NamedTuple):
    """An article as a flatplan shows it.

    Args:
        name: Its file.
        title: Its title; the file's name where it has none.
        weight: As its file says; empty where the program chooses.
        pictures: In order.
    """

    name: str
    title: str
    weight: str
    pictures: tuple[PlannedPicture, ...]


class PlannedSection(NamedTuple):
    """A section.

    Args:
        name: Its position, from "0".
        title: Its head.
        articles: In order.
    """

    name: str
    title: str
    articles: tuple[PlannedArticle, ...]


class Flatplan(NamedTuple):
    """The plan of an issue.

    Args:
        version: Of `issue.yaml`.
        sections: In order.
        cover: The article whose first picture is on the first page; `OWN`; or empty for the style's own art.
    """

    version: Version
    sections: tuple[PlannedSection, ...]
    cover: str


class Move(NamedTuple):
    """An article moved to a position in a section, from 0, counted without it."""

    name: str
    section: str
    position: int


class Width(NamedTuple):
    """Another width of the picture at a position in an article, from 0, which has this source."""

    article: str
    position: int
    source: str
    measure: str


class Chosen(NamedTuple):
    """What was chosen on a flatplan.

    Args:
        base: The version of `issue.yaml` it was chosen on.
        moves: Articles moved, in order.
        weights: New weights by article; an empty one leaves it to the program.
        widths: New widths of pictures.
        cover: The article whose picture comes onto the first page, empty for none; None where it stays.
    """

    base: Version
    moves: tuple[Move, ...] = ()
    weights: tuple[tuple[str, str], ...] = ()
    widths: tuple[Width, ...] = ()
    cover: str | None = None


class Stepped(NamedTuple):
    """Steps that were made, in order, and why it went no further, where it did not."""

    steps: tuple[Step, ...]
    findings: tuple[Finding, ...] = ()


def flatplan_of(workspace: Workspace, issue: str) -> Flatplan:
    """Return the plan of an issue; of an article that cannot be read, its name alone.

    Raises:
        IssueError: There is no such issue, or its plan cannot be read.
    """
    plan = open_plan(workspace, issue)
    sections = tuple(
        PlannedSection(each.name, each.title, tuple(_planned(workspace, issue, one) for one in each.articles))
        for each in plan.sections
    )
    return Flatplan(plan.version, sections, _cover_of(plan))


def save_chosen(workspace: Workspace, issue: str, chosen: Chosen, hand: str) -> Stepped:
    """Save what was chosen: order and cover in `issue.yaml`, weights and widths in the articles.

    Only the lines concerned are changed. Where a file cannot be saved, those before it stay saved.

    Args:
        workspace: The workspace.
        issue: The issue's folder (its date).
        chosen: What was chosen.
        hand: Who chose, for the history.
    """
    steps: list[Step] = []
    names = dict.fromkeys([name for name, _ in chosen.weights] + [each.article for each in chosen.widths])
    try:
        if chosen.moves or chosen.cover is not None:
            steps += _save_plan(workspace, issue, chosen, hand)
        for name in names:
            steps += _save_article(workspace, issue, name, chosen, hand)
    except BulletinError as error:
        return Stepped(tuple(steps), error.findings)
    return Stepped(tuple(steps))


def _planned(workspace: Workspace, issue: str, entry: ArticleEntry) -> PlannedArticle:
    title = entry.title or entry.name
    try:
        opened = open_article(workspace, issue, entry.name)
    except BulletinError:
        return PlannedArticle(entry.name, title, "", ())
    pictures = tuple(
        PlannedPicture(
            each.attrs.source,
            each.attrs.alternative or each.attrs.source.rpartition("/")[2],
            each.attrs.measure.value,
        )
        for each in _figures(opened)
    )
    weight = opened.head.get("weight")
    return PlannedArticle(entry.name, title, weight if weight in set(Weight) else "", pictures)


def _cover_of(plan: Plan) -> str:
    cover = plan.masthead.get("cover")
    if not isinstance(cover, dict):
        return ""
    return OWN if cover.get("picture") else str(cover.get("article") or "")


def _figures(opened: OpenArticle) -> list[FigureNode]:
    return [node for node in opened.document.content if isinstance(node, FigureNode)]


def _save_plan(workspace: Workspace, issue: str, chosen: Chosen, hand: str) -> list[Step]:
    plan = open_plan(workspace, issue)
    changes: list[PlanChange] = [MoveArticle(*each) for each in chosen.moves]
    if chosen.cover is not None:
        changes.append(_cover_change(plan, chosen.cover))
    saved = save_plan(workspace, issue, chosen.base, changes, hand)
    if isinstance(saved, Conflict):
        raise IssueError([found("E632", None, name=_PLAN)])
    if saved.merged and plan.version == chosen.base:
        # Somebody changed the file between the two.
        return []
    return _steps(workspace, issue, _PLAN, plan.version, saved.plan.version)


def _cover_change(plan: Plan, article: str) -> SetField:
    if not article:
        return SetField(("cover",), None)
    cover = plan.masthead.get("cover")
    if isinstance(cover, dict) and set(cover) == {"article"}:
        return SetField(("cover", "article"), article)
    return SetField(("cover",), {"article": article})


def _save_article(workspace: Workspace, issue: str, name: str, chosen: Chosen, hand: str) -> list[Step]:
    opened = open_article(workspace, issue, name)
    head: dict[Field, Value] = {}
    for weight in [weight for article, weight in chosen.weights if article == name]:
        if weight not in {"", *Weight}:
            raise IssueError([found("E631", None)])
        head[("weight",)] = weight or None
    widths = [each for each in chosen.widths if each.article == name]
    document = _with_widths(opened, widths) if widths else None
    change = ArticleChange(document, head or None)
    saved = save_article(workspace, issue, name, opened.version, change, hand)
    if isinstance(saved, Conflict):
        raise IssueError([found("E632", None, name=name)])
    return [] if saved.merged else _steps(workspace, issue, name, opened.version, saved.version)


def _steps(workspace: Workspace, issue: str, name: str, before: Version, after: Version) -> list[Step]:
    """Return the step that a saved file is; none where nothing changed."""
    path = (workspace.choose_issue(issue) / name).relative_to(workspace.root).as_posix()
    return [Step(path, before, after)] if before != after else []


def _with_widths(opened: OpenArticle, widths: Sequence[Width]) -> Document:
    figures = _figures(opened)
    renewed = {}
    for width in widths:
        if not 0 <= width.position < len(figures) or width.measure not in set(Measure):
            raise IssueError([found("E633", None)])
        figure = figures[width.position]
        if figure.attrs.source != width.source:
            raise IssueError([found("E633", None)])
        attributes = figure.attrs.model_copy(update={"measure": Measure(width.measure)})
        renewed[id(figure)] = figure.model_copy(update={"attrs": attributes})
    content = tuple(renewed.get(id(node), node) for node in opened.document.content)
    return opened.document.model_copy(update={"content": content})
