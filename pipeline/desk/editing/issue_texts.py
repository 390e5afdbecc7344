"""`issue.<language>.yaml` opened and saved: what another language says instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.desk.writing.heads import with_fields
from pipeline.desk.writing.merging import merged_fields
from pipeline.desk.writing.plan_applying import places_now, sections_in
from pipeline.desk.writing.results import Conflict, Settings
from pipeline.desk.writing.shown import merging
from pipeline.desk.writing.text_saving import TextFile
from pipeline.files.workspace import ISSUES
from pipeline.files.yaml_edit import YamlEditor
from pipeline.files.yaml_nodes import read_fields
from pipeline.findings.finding import IssueError, found
from pipeline.models.issue import IssueTexts
from pipeline.reading.model_files import model_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.desk.writing.disk.version import Version
    from pipeline.files.workspace import Workspace
    from pipeline.files.yaml_edit import Field
    from pipeline.files.yaml_text import Value

_EMPTY: Final = "format: 1\n"
_SECTIONS: Final = "sections"


def texts_path(issue: str, language: str) -> str:
    """Return the file of an issue's texts in another language, relative to the workspace."""
    return f"{ISSUES}/{issue}/issue.{language}.yaml"


def open_issue_texts(workspace: Workspace, issue: str, language: str) -> Settings:
    """Open the texts; there may be none yet.

    Args:
        workspace: The workspace.
        issue: The issue's folder (its date).
        language: One of the publication's languages.

    Raises:
        IssueError: They cannot be read as YAML, or another program is still writing them (E602).
    """
    file = TextFile(workspace, texts_path(issue, language))
    return _opened(file.name, *file.opened(is_needed=False))


class TextsBase(NamedTuple):
    """What changes of an issue's texts were made to.

    Args:
        texts: The version of the texts.
        plan: The version of the issue's own file, in whose order the sections were; empty for that of now.
    """

    texts: Version
    plan: Version = ""


def save_issue_texts(
    workspace: Workspace,
    issue: str,
    language: str,
    base: TextsBase,
    changes: Mapping[Field, Value],
    hand: str,
) -> Settings:
    """Save changes of the texts, all or none; the file is made where it is missing, with every section.

    Args:
        workspace: The workspace.
        issue: The issue's folder (its date).
        language: One of the publication's languages.
        base: What the changes were made to. A section that stands elsewhere by now is found there.
        changes: New values by the path of the field; None takes it out.
        hand: Who makes them, for the history.

    Raises:
        IssueError: Somebody else changed the same, or where a section is by now is not sure (E632); or they
            cannot be saved. Nothing was written.
        PressError: The disk or the system refuses.
    """
    file = TextFile(workspace, texts_path(issue, language))
    then, now = _plans(TextFile(workspace, f"{ISSUES}/{issue}/issue.yaml"), base.plan)
    places = places_now(sections_in(then), sections_in(now))
    theirs, there = file.opened(is_needed=False)
    before = file.version(base.texts)
    others = {path: value for path, value in changes.items() if path[0] != _SECTIONS}
    new = None if before is None else _with_others(file.name, before, theirs, others)
    if before is not None and new is not None:
        new = with_fields(new, file.name, _begun(_fields(new, file.name), now))
        shown = _shown(_fields(before, file.name), then)
        new = _with_sections(new, file.name, shown, _moved(changes, places))
    saved = None if new is None else file.saved(there, lambda _: str(new), merged_fields, hand)
    if saved is None or isinstance(saved, Conflict):
        raise IssueError([found("E632", None, name=file.name)])
    return _opened(file.name, saved.text, saved.version)


def _plans(file: TextFile, base: Version) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields of the issue as they were in a version, and as they are."""
    now, version = file.opened()
    then = now if base in {"", version} else file.version(base)
    return _fields(then or "", file.name), _fields(now, file.name)


def _with_others(name: str, before: str, theirs: str, changes: Mapping[Field, Value]) -> str | None:
    """Return the file as it is, with changes of what is no section's; None where they conflict."""
    before, theirs = before if before.strip() else _EMPTY, theirs if theirs.strip() else _EMPTY
    ours = with_fields(before, name, changes)
    if theirs in {before, ours} or not changes:
        return ours if theirs == before else theirs
    return merging(changes)(before, ours, theirs, name)


def _begun(fields: Mapping[str, Any], plan: Mapping[str, Any]) -> dict[Field, Value]:
    """Return what is missing of texts that are begun: they are to have as many sections as the issue."""
    if fields.get(_SECTIONS):
        return {}
    title: dict[Field, Value] = {} if fields.get("title") else {("title",): _own(plan)}
    return {**title, (_SECTIONS,): [{"title": _own(each)} for each in sections_in(plan)]}


def _shown(fields: Mapping[str, Any], plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the sections as their fields were shown; before texts are begun their own titles."""
    return sections_in(fields) or [{"title": _own(each)} for each in sections_in(plan)]


def _own(fields: Mapping[str, Any]) -> str:
    title = fields.get("title")
    return "" if title is None else str(title)


class _SectionChange(NamedTuple):
    """A change of a section: where it was shown, where it stands by now or None, its field and its value."""

    shown: int
    place: int | None
    key: str
    value: Value


def _moved(changes: Mapping[Field, Value], places: Sequence[int | None]) -> list[_SectionChange]:
    return [
        _SectionChange(at := int(path[1]), places[at] if at < len(places) else None, str(path[2]), value)
        for path, value in changes.items()
        if path[0] == _SECTIONS
    ]


def _with_sections(
    text: str, name: str, shown: Sequence[Mapping[str, Any]], changes: Sequence[_SectionChange]
) -> str | None:
    """Return a text with changes of sections; None where one is another by now."""
    there = sections_in(_fields(text, name))
    fields: dict[Field, Value] = {}
    for each in changes:
        if each.place is None or each.place >= len(there):
            return None
        before = shown[each.shown].get(each.key) if each.shown < len(shown) else None
        if there[each.place].get(each.key) not in {before, each.value}:
            return None
        fields[(_SECTIONS, each.place, each.key)] = each.value
    return with_fields(text, name, fields)


def _fields(text: str, name: str) -> dict[str, Any]:
    fields = YamlEditor(text, name).value(()) if text.strip() else {}
    return fields if isinstance(fields, dict) else {}


def _opened(name: str, text: str, version: Version) -> Settings:
    if not text.strip():
        return Settings(version, {})
    findings = model_in(read_fields(text.encode(), name), IssueTexts).findings
    return Settings(version, _fields(text, name), tuple(findings))
