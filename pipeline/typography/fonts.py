"""The faces in use: the characters they have, and those of an issue that they lack."""

from __future__ import annotations

import functools
import unicodedata
from typing import TYPE_CHECKING

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.models.text import Code, Picture, Run
from pipeline.models.tree import nodes_of
from pipeline.typography.character_map import characters_of
from pipeline.typography.typesetting import line_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pipeline.models.issue import Issue, Places

SPACES = frozenset("\n\t \u00a0\u00ad\u200b\u2060")
"""Characters that need no glyph of their own: spaces, the soft hyphen, the joiners."""

MOST_LETTERS = 1000
"""The most characters without a space; no word, address or identifier is as long."""


@functools.cache
def coverage(path: Path) -> frozenset[int]:
    """Return the code points of a face.

    Args:
        path: A TrueType or OpenType file.
    """
    return characters_of(path.read_bytes())


def common_coverage(faces: Iterable[Path]) -> frozenset[int]:
    """Return the code points that all of the faces have."""
    return frozenset.intersection(*(coverage(path) for path in faces))


def glyph_findings(issue: Issue, faces: Iterable[Path], sources: Mapping[str, str]) -> list[Finding]:
    """Find each character that the faces have no glyph for, once a line.

    Args:
        issue: As read or typeset.
        faces: The files in use; a character must be in all of them.
        sources: The text of each file, by path, to find the exact column in.

    Returns:
        An E70 for each character and line it stands on.
    """
    covered = common_coverage(faces)
    seen: dict[tuple[str, int, str], Finding] = {}
    for text, place in texts(issue):
        for character in dict.fromkeys(text):
            if ord(character) in covered or character in SPACES:
                continue
            where = column_of(character, place, sources)
            name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
            key = (where.path, where.line, character)
            seen.setdefault(key, found("E70", where, character=character, name=name))
    return list(seen.values())


def endless_word_findings(issue: Issue, sources: Mapping[str, str]) -> list[Finding]:
    """Find texts too long for any line: the layout engine would try every place to break them, for minutes.

    Args:
        issue: As read or typeset.
        sources: The text of each file, by path, to find the exact column in.

    Returns:
        An E65 for each text with more than `MOST_LETTERS` characters and no space among them.
    """
    findings = []
    for text, place in texts(issue):
        longest = max(text.split(), key=len, default="")
        if len(longest) > MOST_LETTERS:
            where = column_of(longest[:40], place, sources)
            shown = f"{longest[:30]}…"
            findings.append(found("E65", where, length=len(longest), found=shown, limit=MOST_LETTERS))
    return findings


def texts(issue: Issue) -> Iterator[tuple[str, Place]]:
    """Yield every text that is to be set, with its place."""
    here = Place(f"{issue.folder}/issue.yaml")
    yield from _placed(issue.publication, issue.publication_places, Place("issues/publication.yaml"))
    for name in ("title", "greeting"):
        if text := getattr(issue, name):
            yield text, issue.places.get(name, here)
    if issue.correction is not None:
        yield issue.correction.text, issue.places.get("correction.text", here)
    for index, section in enumerate(issue.sections):
        for name in ("title", "lead"):
            if text := getattr(section, name):
                yield text, issue.places.get(f"sections.{index}.{name}", here)
    for article in issue.articles:
        yield from _placed(article.head, article.places, article.place)
        yield from _inside((article.body, article.notes))
    if issue.cover is not None:
        yield from _inside(issue.cover)


def _placed(model: object, places: Places, otherwise: Place) -> Iterator[tuple[str, Place]]:
    for path, text in line_fields(model):
        yield text, places.get(path, otherwise)


def _inside(node: object) -> Iterator[tuple[str, Place]]:
    for run in nodes_of(Run, node):
        yield run.text, run.place
    for code in nodes_of(Code, node):
        yield code.text, code.place
    for picture in nodes_of(Picture, node):
        yield from ((text, picture.place) for text in (picture.caption, picture.credit) if text)


def column_of(text: str, place: Place, sources: Mapping[str, str]) -> Place:
    """Return the place of a text within a run; the run's own place where it is not found from there on."""
    lines = sources.get(place.path, "").split("\n")
    for number in range(max(place.line, 1), len(lines) + 1):
        start = max(place.column - 1, 0) if number == place.line else 0
        column = lines[number - 1].find(text, start)
        if column >= 0:
            return Place(place.path, number, column + 1)
    return place
