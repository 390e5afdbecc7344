"""The faces in use: the characters they have, and those of an issue that they lack."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found, in_order
from pipeline.findings.place import Place
from pipeline.models.text import Code, Picture, Run
from pipeline.models.tree import nodes_of
from pipeline.typography.character_map import characters_of
from pipeline.typography.scripts import SYMBOLS, script_name, script_of
from pipeline.typography.typesetting import line_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pipeline.models.issue import Issue, Places

SPACES = frozenset("\n\t \u00a0\u00ad\u200b\u2060\ufe0e\ufe0f")
"""Characters that need no glyph of their own: spaces, the soft hyphen, the joiners, the selectors of coloured
and plain emoji (a page leaves these out)."""

MOST_SYMBOLS: Final = 20
"""The most signs of no script that are named one by one."""

SHOWN_SIGNS: Final = 24
"""How many characters of a text without a face are shown."""

MOST_LETTERS = 1000
"""The most characters without a space; no word, address or identifier is as long."""


_BREAKS: Final = r"[\s\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]+"
"""Spaces, and Chinese and Japanese characters, between which a line may end (Unicode Standard Annex 14)."""


@functools.cache
def coverage(path: Path) -> frozenset[int]:
    """Return the code points of a face.

    Args:
        path: A TrueType or OpenType file.
    """
    with path.open("rb") as face:
        return characters_of(face)


def common_coverage(faces: Iterable[Path]) -> frozenset[int]:
    """Return the code points that all of the faces have."""
    return frozenset.intersection(*(coverage(path) for path in faces))


def lacking_characters(issue: Issue, faces: Iterable[Path]) -> set[str]:
    """Return the characters of an issue that any of the faces lacks.

    Args:
        issue: As read or typeset.
        faces: The files in use; a character must be in all of them.
    """
    covered = common_coverage(faces)
    signs: set[str] = set()
    for text, _ in texts(issue):
        signs.update(text)
    return {sign for sign in signs - SPACES if ord(sign) not in covered}


def glyph_findings(
    issue: Issue, lacking: set[str], sources: Mapping[str, str], fallbacks: Iterable[Path] = ()
) -> list[Finding]:
    """Find each character that the faces have no glyph for.

    Args:
        issue: As read or typeset.
        lacking: The characters that the faces in use lack; see `lacking_characters`.
        sources: The text of each file, by path, to find the exact column in.
        fallbacks: Files of faces that are used where those lack a character; one of them must have it.

    Returns:
        An E99 for each file and script of which it has more than one line or character, else an E70 for
        each character and line it stands on.
    """
    lacking = lacking - {sign for sign in lacking if any(ord(sign) in coverage(face) for face in fallbacks)}
    if not lacking:
        return []
    lines: dict[tuple[str, int, str], Finding] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for text, place in texts(issue):
        for character, count in Counter(text).items():
            if character not in lacking:
                continue
            where = column_of(character, place, sources)
            counts[where.path, character] += count
            name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
            key = (where.path, where.line, character)
            lines.setdefault(key, found("E70", where, character=character, name=name))
    by_file: dict[str, list[tuple[str, Finding]]] = {}
    for (path, _, character), finding in lines.items():
        by_file.setdefault(path, []).append((character, finding))
    gathered = []
    for path, named in by_file.items():
        for script, group in _by_script(named).items():
            most = MOST_SYMBOLS if script == SYMBOLS else 1
            if len(group) <= most:
                gathered += [finding for _, finding in group]
                continue
            first = in_order(finding for _, finding in group)[0].place
            count = sum(counts[path, sign] for sign in {character for character, _ in group})
            shown = _lacked_at(first, sources, lacking)[:SHOWN_SIGNS].strip() or "".join(
                character for character, _ in group
            )
            gathered.append(found("E99", first, what=script_name(script), count=count, found=shown))
    return gathered


def _lacked_at(place: Place | None, sources: Mapping[str, str], lacking: set[str]) -> str:
    """Return the characters without a glyph, with the spaces among them, that stand at a place."""
    if place is None or not place.line:
        return ""
    line = "".join(sources.get(place.path, "").split("\n")[place.line - 1 : place.line])
    rest = line[max(place.column - 1, 0) :]
    return "".join(itertools.takewhile(lambda sign: sign in lacking or sign in SPACES, rest))


def _by_script(named: list[tuple[str, Finding]]) -> dict[str, list[tuple[str, Finding]]]:
    """Group findings by the script of their character; signs and Chinese letters join the script beside them.

    Args:
        named: Character and finding, all of one file.
    """
    groups: dict[str, list[tuple[str, Finding]]] = {}
    for character, finding in named:
        groups.setdefault(script_of(character), []).append((character, finding))
    if "Jpan" in groups:
        groups["Jpan"] += groups.pop("Hani", [])
    largest = max(
        (script for script in groups if script != SYMBOLS), key=lambda s: len(groups[s]), default=""
    )
    if largest and len(groups[largest]) > 1:
        groups[largest] += groups.pop(SYMBOLS, [])
    return groups


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
        if len(text) <= MOST_LETTERS:
            continue
        longest = max(re.split(_BREAKS, text), key=len, default="")
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
    for article in (*issue.articles, *issue.fillers):
        yield from _placed(article.head, article.places, article.place)
        yield from _inside((article.body, article.notes))
    if issue.cover is not None:
        yield from _inside(issue.cover)


def _placed(model: object, places: Places, otherwise: Place) -> Iterator[tuple[str, Place]]:
    for path, text in line_fields(model):
        yield text, places.get(path, otherwise)


def _inside(node: object) -> Iterator[tuple[str, Place]]:
    for piece in nodes_of((Run, Code, Picture), node):
        if isinstance(piece, (Run, Code)):
            yield piece.text, piece.place
        elif isinstance(piece, Picture):
            yield from ((text, piece.place) for text in (piece.caption, piece.credit) if text)


def column_of(text: str, place: Place, sources: Mapping[str, str]) -> Place:
    """Return the place of a text within a run; the run's own place where it is not found from there on."""
    lines = sources.get(place.path, "").split("\n")
    for number in range(max(place.line, 1), len(lines) + 1):
        start = max(place.column - 1, 0) if number == place.line else 0
        column = lines[number - 1].find(text, start)
        if column >= 0:
            return Place(place.path, number, column + 1)
    return place
