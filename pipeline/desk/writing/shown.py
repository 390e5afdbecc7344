"""A form whose file is another by now: what it showed, and what it changed, in the file as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.desk.writing.heads import head_of, with_fields
from pipeline.desk.writing.merging import merged_fields
from pipeline.desk.writing.text_saving import TextFile
from pipeline.files.yaml_edit import YamlEditor
from pipeline.findings.finding import BulletinError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.desk.writing.disk.version import Version
    from pipeline.files.workspace import Workspace
    from pipeline.files.yaml_edit import Field
    from pipeline.files.yaml_text import Value


def fields_shown(workspace: Workspace, name: str, base: Version, now: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the fields of a file as they were in a version.

    What a form sends is compared with these: what somebody else changed since is no change of the form.

    Args:
        workspace: The workspace.
        name: The file, relative to it: an article, whose head has the fields, or YAML.
        base: The version; empty where the form does not say it.
        now: The fields as they are, for a version that the history no longer has.

    Raises:
        IssueError: That version cannot be read.
    """
    text = TextFile(workspace, name).version(base) if base else None
    if text is None:
        return now
    if name.endswith(".md"):
        return head_of(text, name)
    fields = YamlEditor(text, name).value(())
    return fields if isinstance(fields, dict) else {}


def merging(changes: Mapping[Field, Value]) -> Callable[[str, str, str, str], str | None]:
    """Return what merges changes of fields with those of somebody else: by words, or by making them again.

    Args:
        changes: New values by the path of the field, as they were set in the text both began from.
    """

    def merged(base: str, ours: str, theirs: str, path: str) -> str | None:
        return merged_fields(base, ours, theirs, path) or _set_again(base, theirs, path, changes)

    return merged


def _set_again(base: str, theirs: str, path: str, changes: Mapping[Field, Value]) -> str | None:
    """Return a text with changes set in it; None where what one of them changes is another value by now."""
    try:
        before, now = YamlEditor(base, path), YamlEditor(theirs, path)
        fields = {_place_in(now, before, field): value for field, value in changes.items()}
        return None if None in fields else with_fields(theirs, path, {k: v for k, v in fields.items() if k})
    except BulletinError:
        return None


def _place_in(now: YamlEditor, before: YamlEditor, field: Field) -> Field | None:
    """Return where a field stands in a text whose lists may have other items; None where that is not sure."""
    there: Field = ()
    for depth, key in enumerate(field):
        step = key
        if isinstance(key, int):
            items, others = before.value(field[:depth]) or [], now.value(there) or []
            if key >= len(items):
                step = len(others) + key - len(items)
            elif items.count(items[key]) == 1 == others.count(items[key]):
                step = others.index(items[key])
            else:
                return None
        there = (*there, step)
    return there if now.value(there) == before.value(field) else None
