"""New articles entered into an `issue.yaml` that somebody wrote, every other line of it left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.files.yaml_nodes import Mapping, Scalar, Sequence, Source, read_yaml
from pipeline.findings.finding import IssueError, errors
from pipeline.importing.draft.files import section_lines
from pipeline.importing.incoming.pieces import words_of

if TYPE_CHECKING:
    from pipeline.findings.place import Place


def list_articles(text: str, path: str, sections: list[tuple[str, str, list[str]]]) -> str:
    """Enter articles into the sections of their titles, or into new ones at the end.

    Args:
        text: The file.
        path: Its path, for findings.
        sections: Title, lead and article names.

    Returns:
        The file with the articles; those it lists already are not entered again.

    Raises:
        IssueError: It cannot be read.
    """
    for title, lead, names in sections:
        text = _with_section(text, path, title, lead, names)
    return text


def _with_section(text: str, path: str, title: str, lead: str, names: list[str]) -> str:
    fields, findings = read_yaml(Source(path, text))
    if fields is None or errors(findings):
        raise IssueError(findings)
    written = fields.get("sections")
    sections = (
        [each for each in written.items if isinstance(each, Mapping)] if isinstance(written, Sequence) else []
    )
    lists = [(each, each.get("articles")) for each in sections]
    listed = {
        item.text
        for _, held in lists
        if isinstance(held, Sequence)
        for item in held.items
        if isinstance(item, Scalar)
    }
    new = [name for name in names if name not in listed]
    if not new:
        return text
    lines = text.rstrip("\n").split("\n")
    for section, held in lists:
        named = section.get("title")
        same = isinstance(named, Scalar) and words_of(named.text or "") == words_of(title)
        if same and isinstance(held, Sequence) and held.items and isinstance(held.items[-1], Scalar):
            return _behind(lines, held.items[-1].place, new)
    if not isinstance(written, Sequence):
        lines.append("sections:")
    return "\n".join([*lines, *section_lines(title, lead, new)]) + "\n"


def _behind(lines: list[str], last: Place, names: list[str]) -> str:
    line = lines[last.line - 1]
    front = line[: last.column - 1]
    if front.strip() == "-":
        lines[last.line : last.line] = [f"{front}{name}" for name in names]
    else:
        end = last.column - 1 + last.length
        lines[last.line - 1] = line[:end] + "".join(f", {name}" for name in names) + line[end:]
    return "\n".join(lines) + "\n"
