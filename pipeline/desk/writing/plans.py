"""The plan of an issue opened and saved."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

from pipeline.desk.writing.article_files import ArticleFiles
from pipeline.desk.writing.articles import kind_and_title
from pipeline.desk.writing.merging import merged_fields
from pipeline.desk.writing.plan_applying import (
    PlanText,
    applied,
    applied_again,
    articles_in,
    sections_in,
)
from pipeline.desk.writing.plan_changes import (
    AddArticle,
    AddSection,
    MoveSection,
    PutBackArticle,
    TakeOutArticle,
    TakeOutSection,
)
from pipeline.desk.writing.results import ArticleEntry, Conflict, Plan, SavedPlan, SectionEntry
from pipeline.desk.writing.text_saving import TextFile
from pipeline.files.owned_files import as_on_disk, load_owned
from pipeline.files.text.source import LARGEST
from pipeline.files.yaml_edit import YamlEditor
from pipeline.files.yaml_nodes import read_fields
from pipeline.findings.finding import BulletinError
from pipeline.models.issue import IssuePlan, composed
from pipeline.reading.model_files import model_in
from pipeline.reading.translations import languages_of, originals_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pipeline.desk.writing.disk.version import Version
    from pipeline.desk.writing.plan_changes import PlanChange
    from pipeline.desk.writing.results import PlanResult
    from pipeline.files.workspace import Workspace

_PLAN: Final = "issue.yaml"

_ADDING: Final = threading.Lock()
"""Held while something is added: the same may be asked for twice in a moment."""


def open_plan(workspace: Workspace, issue: str) -> Plan:
    """Open the plan of an issue.

    Args:
        workspace: The workspace.
        issue: The issue's folder (its date).

    Raises:
        IssueError: There is none, it cannot be read as YAML, or another program is still writing it (E602).
    """
    folder = workspace.choose_issue(issue)
    text, version = _file(workspace, folder, _PLAN).opened()
    return _opened(workspace, folder, text, version)


def save_plan(
    workspace: Workspace, issue: str, base: Version, changes: Sequence[PlanChange], hand: str
) -> PlanResult:
    """Save changes of a plan, all or none.

    Sections that are moved, added or taken out are so in the texts of the other languages, too. What is to be
    added, and was added since the base with the same title in the same place, is not added twice.

    Args:
        workspace: The workspace.
        issue: The issue's folder (its date).
        base: The version the changes were made to.
        changes: In order.
        hand: Who makes them, for the history.

    Raises:
        IssueError: They name what is not there (E606), take out a section that has articles (E607), or cannot
            be written (E605); the file is gone (E601), or another program is still writing it (E602).
            Nothing was written but the history.
        PressError: The disk or the system refuses.
    """
    if not any(isinstance(each, AddArticle | AddSection) for each in changes):
        return _saved(workspace, issue, base, changes, hand)
    with _ADDING:
        return _added_before(workspace, issue, base, changes) or _saved(workspace, issue, base, changes, hand)


def _added_before(
    workspace: Workspace, issue: str, base: Version, changes: Sequence[PlanChange]
) -> SavedPlan | None:
    """Return the plan where all that is to be added was added since a version; else None.

    Who presses twice, or sends again what was not answered, has still the version of before.
    """
    file = _file(workspace, workspace.choose_issue(issue), _PLAN)
    text = file.version(base)
    plan = open_plan(workspace, issue)
    if text is None or plan.version == base:
        return None
    before = sections_in(YamlEditor(text, file.name).value(()) or {})
    added = [_same_of(change, before, plan) for change in changes]
    if None in added:
        return None
    return SavedPlan(plan, merged=True, added=tuple(filter(None, added)))


def _same_of(change: PlanChange, before: Sequence[Mapping[str, Any]], plan: Plan) -> str | None:
    """Return the article that a change would add once more, empty for a section; None where there is none."""
    titles = [str(section.get("title")) for section in before]
    listed = {composed(name) for section in before for name in articles_in(section)}
    match change:
        case AddSection(title):
            is_new = title not in titles and title in {each.title for each in plan.sections}
            return "" if is_new else None
        case AddArticle(section, _, kind, title) if section in map(str, range(len(titles))):
            sought = (titles[int(section)], kind, " ".join(title.split()))
            same = (
                each.name
                for there in plan.sections
                for each in there.articles
                if composed(each.name) not in listed and (there.title, each.kind, each.title) == sought
            )
            return next(same, None)
        case _:
            return None


def _saved(
    workspace: Workspace, issue: str, base: Version, changes: Sequence[PlanChange], hand: str
) -> PlanResult:
    """Save changes; see `save_plan`."""
    folder = workspace.choose_issue(issue)
    file = _file(workspace, folder, _PLAN)
    files = ArticleFiles(workspace, folder, hand)
    if (before := file.version(base)) is not None:
        # Nothing is begun that cannot be done.
        applied(before, file.name, changes, ["new.md"] * len(changes))
    added = files.added([each for each in changes if isinstance(each, AddArticle)])
    going = files.with_translations([each.name for each in changes if isinstance(each, TakeOutArticle)])
    back = [each.name for each in changes if isinstance(each, PutBackArticle)]

    def changed(text: str) -> str:
        return applied(text, file.name, changes, added)

    def merged(before: str, ours: str, theirs: str, path: str) -> str | None:
        by_words = merged_fields(before, ours, theirs, path)
        return by_words or applied_again((before, ours, theirs), path, changes, added)

    try:
        back = files.put_back(back)
        result = file.saved(base, changed, merged, hand)
    except BulletinError:
        files.take_out([*added, *back])
        raise
    if isinstance(result, Conflict):
        files.take_out([*added, *back])
        return result
    files.take_out(going)
    _change_translations(workspace, folder, changes, hand)
    plan = _opened(workspace, folder, result.text, result.version)
    return SavedPlan(plan, result.merged, added)


def _opened(workspace: Workspace, folder: Path, text: str, version: Version) -> Plan:
    name = _named(workspace, folder / _PLAN)
    fields = YamlEditor(text, name).value(())
    fields = fields if isinstance(fields, dict) else {}
    sections = tuple(
        SectionEntry(
            str(at),
            str(section.get("title") or ""),
            str(section.get("lead") or ""),
            tuple(_entry(workspace, folder, each) for each in articles_in(section)),
            str(section.get("order") or ""),
        )
        for at, section in enumerate(sections_in(fields))
    )
    listed = {composed(each.name) for section in sections for each in section.articles}
    unlisted = tuple(
        _entry(workspace, folder, path.name)
        for each, path in originals_in(folder).items()
        if each not in listed
    )
    masthead = {name: value for name, value in fields.items() if name != "sections"}
    findings = model_in(read_fields(text.encode(), name), IssuePlan).findings
    return Plan(version, masthead, sections, unlisted, tuple(findings))


def _entry(workspace: Workspace, folder: Path, name: str) -> ArticleEntry:
    try:
        path = as_on_disk(folder, name)
        text = load_owned(folder, name, LARGEST).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ArticleEntry(name, "", "")
    kind, title = kind_and_title(text, _named(workspace, path))
    return ArticleEntry(name, title, kind)


def _change_translations(
    workspace: Workspace, folder: Path, changes: Sequence[PlanChange], hand: str
) -> None:
    """Move, add and take out the sections in the texts of the other languages."""
    of_sections = [each for each in changes if isinstance(each, AddSection | MoveSection | TakeOutSection)]
    for language in languages_of(folder) if of_sections else ():
        file = _file(workspace, folder, f"issue.{language}.yaml")

        def changed(text: str, name: str = file.name) -> str:
            plan = PlanText(text, name, has_articles=False)
            for each in of_sections:
                plan.apply(each)
            return plan.text

        _, version = file.opened()
        file.saved(version, changed, merged_fields, hand)


def _file(workspace: Workspace, folder: Path, name: str) -> TextFile:
    return TextFile(workspace, _named(workspace, folder / name))


def _named(workspace: Workspace, path: Path) -> str:
    return path.relative_to(workspace.root).as_posix()
