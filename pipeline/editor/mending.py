"""Mending: typography set in the files themselves, where it shows: quotes, dashes, ranges, decimals, spaces.

What does not show – spaces that do not break – is left to the press. Nothing but the signs that differ is
touched, and a mended file must say, once set, just what it said before; else it is left as it was.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, NamedTuple

from pipeline.files.yaml_nodes import Mapping, Scalar, Sequence, Source, read_yaml
from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.findings.wording.excerpts import differing
from pipeline.models.text import Run
from pipeline.models.tree import nodes_of
from pipeline.reading.markdown.manuscript import read_manuscript
from pipeline.typography.localisation import NBSP
from pipeline.typography.microtypography.setting import set_text
from pipeline.typography.typesetting import line_fields, typeset, typeset_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as MappingOf

    from pipeline.files.yaml_nodes import Node
    from pipeline.models.issue import Issue


class Mended(NamedTuple):
    """A file that was mended.

    Args:
        path: Relative to the workspace.
        text: Its whole text.
        lines: The lines that changed: number, before, after.
    """

    path: str
    text: str
    lines: tuple[tuple[int, str, str], ...]


class _Wish(NamedTuple):
    """A text as it is written, and as it should be.

    Args:
        place: Where it begins.
        before: As it is read.
        after: As it should be.
    """

    place: Place
    before: str
    after: str


def mend(issue: Issue, sources: MappingOf[str, str]) -> list[Mended]:
    """Return the files of an issue as they should be written.

    Args:
        issue: As read.
        sources: The text of each of its files, by path.
    """
    wishes: dict[str, list[_Wish]] = {}
    for wish in _wishes(issue, typeset(issue)):
        if wish.place.path.startswith(f"{issue.folder}/"):
            wishes.setdefault(wish.place.path, []).append(wish)
    mended = []
    for path, wanted in sorted(wishes.items()):
        before = sources.get(path, "")
        after = _edited(before, wanted)
        if after != before and _says_the_same(path, before, after, issue.language):
            mended.append(Mended(path, after, tuple(_changed_lines(before, after))))
    return mended


def typewriter_queries(issue: Issue, sources: MappingOf[str, str]) -> Iterator[Finding]:
    """Tell that the files hold typewriter's typography, once for all of them (W403).

    Args:
        issue: As read.
        sources: The text of each of its files, by path.
    """
    lines = [(each.path, line) for each in mend(issue, sources) for line in each.lines]
    if lines:
        path, (number, before, after) = lines[0]
        was, wanted = differing(before, after, around=12)
        column = before.find(was.strip("…")) + 1
        yield found("W403", Place(path, number, max(column, 1)), count=len(lines), found=was, wanted=wanted)


def _wishes(issue: Issue, wanted: Issue) -> Iterator[_Wish]:
    for name in ("title", "greeting"):
        yield from _wish(getattr(issue, name), getattr(wanted, name), issue.places.get(name))
    if issue.correction is not None and wanted.correction is not None:
        place = issue.places.get("correction.text") or issue.places.get("correction")
        yield from _wish(issue.correction.text, wanted.correction.text, place)
    for index, (section, set_section) in enumerate(zip(issue.sections, wanted.sections, strict=True)):
        for name in ("title", "lead"):
            place = issue.places.get(f"sections.{index}.{name}")
            yield from _wish(getattr(section, name), getattr(set_section, name), place)
    for article, set_article in zip(issue.articles, wanted.articles, strict=True):
        heads = zip(line_fields(article.head), line_fields(set_article.head), strict=True)
        for (name, text), (_, set_line) in heads:
            yield from _wish(text, set_line, article.places.get(name))
        written = nodes_of(Run, (article.body, article.notes))
        for run, set_run in zip(written, nodes_of(Run, (set_article.body, set_article.notes)), strict=True):
            yield from _wish(run.text, set_run.text, run.place)


def _wish(before: str | None, after: str | None, place: Place | None) -> Iterator[_Wish]:
    if before and after and place is not None and place.line:
        shown, wanted = before.replace(NBSP, " "), after.replace(NBSP, " ")
        if shown != wanted:
            yield _Wish(place, before, wanted)


def _edited(text: str, wishes: list[_Wish]) -> str:
    """Return a text with what was wished; what cannot be found in it sign by sign is left."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    edits: list[tuple[int, int, str]] = []
    for wish in wishes:
        offsets = _offsets(wish.before, text, starts[wish.place.line - 1] + max(wish.place.column - 1, 0))
        if offsets is not None:
            edits += _edits(wish, offsets, text)
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _offsets(wanted: str, text: str, at: int) -> list[tuple[int, int]] | None:
    """Return where in a file each sign of a text begins and ends; None where it is written another way."""
    if text[at : at + 1] in {'"', "'"} and not wanted.startswith(text[at]):
        at += 1
    offsets = []
    for sign in wanted:
        begin = at
        if text[at : at + 2] in {f"\\{sign}", "''"} and sign != "\\" and sign == text[at + 1]:
            at += 1
        here = text[at : at + 1]
        if here != sign and not (sign == " " and here in {"\n", "\t"}):
            return None
        at += 1
        offsets.append((begin, at))
        if here == "\n":
            # The next line of a paragraph may be set in, within a list or a quote.
            while text[at : at + 1] in {" ", "\t", ">"}:
                at += 1
    return offsets


def _edits(wish: _Wish, offsets: list[tuple[int, int]], text: str) -> Iterator[tuple[int, int, str]]:
    matcher = difflib.SequenceMatcher(None, wish.before.replace(NBSP, " "), wish.after, autojunk=False)
    for what, begin, end, from_, to in matcher.get_opcodes():
        if what == "equal":
            continue
        start = offsets[begin][0] if begin < len(offsets) else offsets[-1][1]
        stop = offsets[end - 1][1] if end > begin else start
        if "\n" not in text[start:stop]:
            yield start, stop, wish.after[from_:to]


def _says_the_same(path: str, before: str, after: str, language: str) -> bool:
    return list(_said(path, before, language)) == list(_said(path, after, language))


def _said(path: str, text: str, language: str) -> Iterator[str]:
    """Yield every text of a file as it is set."""
    source = Source(path, text)
    if path.endswith(".md"):
        manuscript = read_manuscript(source)
        for part in (manuscript.body, manuscript.notes):
            yield from (_shown(run.text) for run in nodes_of(Run, typeset_blocks(part, language)))
            yield from (type(block).__name__ for block in part)
        source = Source(path, manuscript.front or "")
    fields, findings = read_yaml(source)
    yield str(len(findings))
    yield from (_shown(set_text(scalar, language)) for scalar in _scalars(fields))


def _shown(text: str) -> str:
    return text.replace(NBSP, " ")


def _scalars(node: Node | None) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.fields:
            yield key.text or ""
            yield from _scalars(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _scalars(item)
    elif isinstance(node, Scalar):
        yield node.text or ""


def _changed_lines(before: str, after: str) -> Iterator[tuple[int, str, str]]:
    for number, (old, new) in enumerate(zip(before.split("\n"), after.split("\n"), strict=True), 1):
        if old != new:
            yield number, old, new
