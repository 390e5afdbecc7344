"""The plan of an issue opened and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.desk.writing.disk.version import Version
    from pipeline.desk.writing.plan_changes import PlanChange
    from pipeline.desk.writing.results import PlanResult
    from pipeline.files.workspace import Workspace

_PLAN: Final = "issue.yaml"


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

    Sections that are moved, added or taken out are so in the texts of the other languages, too.

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
