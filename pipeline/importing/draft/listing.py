"""Adds articles to an existing `issue.yaml`, of which all other lines stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.files.yaml_edit import YamlEditor
from pipeline.importing.draft.files import section_fields
from pipeline.importing.model.words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def list_articles(text: str, path: str, sections: Sequence[tuple[str, str, list[str]]]) -> str:
    """Add articles to the sections of their titles, or to new ones at the end.

    Args:
        text: The file.
        path: Its path, for findings.
        sections: Title, lead and article names.

    Returns:
        The file with the articles; those it lists already are not added again.

    Raises:
        IssueError: It cannot be read.
        PressError: It is written in a form to which articles cannot be added (E83).
    """
    editor = YamlEditor(text, path)
    for title, lead, names in sections:
        _add(editor, title, lead, names)
    return editor.text


def _add(editor: YamlEditor, title: str, lead: str, names: list[str]) -> None:
    written = editor.value(("sections",))
    sections = (
        [each if isinstance(each, dict) else {} for each in written] if isinstance(written, list) else []
    )
    lists = [each.get("articles") for each in sections]
    listed = {name for names in lists if isinstance(names, list) for name in names}
    new = [name for name in names if name not in listed]
    if not new:
        return
    for index, (section, articles) in enumerate(zip(sections, lists, strict=True)):
        if isinstance(articles, list) and articles and _is_titled(section, title):
            for name in new:
                editor.append(("sections", index, "articles"), name)
            return
    editor.append(("sections",), section_fields(title, lead, new))


def _is_titled(section: dict[str, object], title: str) -> bool:
    present = section.get("title")
    return isinstance(present, str) and words_of(present) == words_of(title)
