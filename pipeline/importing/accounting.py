"""The law of conservation: what came in is found in what was written, or it is listed.

The files are read back as the page will read them, and every word, link, picture and note of the
inventory is sought in them, each place used once.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.files.yaml_nodes import Mapping as Fields
from pipeline.files.yaml_nodes import Source, read_yaml, scalars_of
from pipeline.findings.finding import Finding, found
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.draft.markdown_writer import usable_target
from pipeline.importing.incoming.pieces import PieceType, words_of
from pipeline.models.text import Code, LineBreak, Link, NoteCall, Picture, Run
from pipeline.models.tree import nodes_of
from pipeline.reading.markdown.manuscript import read_manuscript

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.importing.incoming.pieces import IncomingText

_SEAM: Final = b"\x1f"
_USED: Final = b"\x00"
_SHORT: Final = 90
_TELLING: Final = 4


@dataclass(slots=True)
class Count:
    """How many of a kind came, and how many of them were placed; the others are listed."""

    came: int = 0
    placed: int = 0


@dataclass(slots=True)
class PlacementReport:
    """What became of all that came.

    Args:
        counts: By kind.
        words_came: Words in the inventory.
        words_placed: Words found again, or made by the page.
        findings: What was not placed, each thing by name.
    """

    counts: dict[PieceType, Count] = field(default_factory=lambda: {kind: Count() for kind in PieceType})
    words_came: int = 0
    words_placed: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of words preserved, from 0 to 1."""
        return self.words_placed / self.words_came if self.words_came else 1.0


def report_placement(
    arrivals: Iterable[IncomingText],
    texts: Mapping[str, str],
    pictures: Mapping[str, bytes],
    made: Iterable[str],
) -> PlacementReport:
    """Seek everything that came in what was written.

    Args:
        arrivals: What came.
        texts: The files, YAML and Markdown, by name.
        pictures: Those that were kept, by file name.
        made: Words the page makes by itself.
    """
    account = PlacementReport()
    written = [_UnusedWords(_text_of(name, text)) for name, text in texts.items()]
    repeated = list(made)
    written.append(_UnusedWords(" ".join(repeated)))
    links = Counter(target for name, text in texts.items() for target in _targets_of(name, text))
    links.update(_link_key(target) for each in repeated if (target := _address_in(each)))
    shown = {source for name, text in texts.items() for source in _shown_in(name, text)}
    kept = {pictures[name] for name in shown if name in pictures}
    for arrival in arrivals:
        told = {value for finding in arrival.findings for _, value in finding.values}
        for unit in arrival.inventory:
            count = account.counts[unit.kind]
            count.came += 1
            if unit.kind is PieceType.LINK:
                placed = _take(links, unit.text)
                if not placed and not any(
                    unit.text in value or value in unit.text for value in told if len(value) >= _TELLING
                ):
                    account.findings.append(_not_placed(arrival, unit.text))
            elif unit.kind is PieceType.PICTURE:
                placed = not unit.listed and arrival.pictures.get(unit.text) in kept
                if not placed and not unit.listed:
                    account.findings.append(_not_placed(arrival, unit.text))
            else:
                words = words_of(unit.text)
                missing = _sought(words, written)
                placed = not missing
                account.words_came += len(words)
                account.words_placed += len(words) - len(missing)
                if missing and not any(_covers(value, missing) for value in told):
                    account.findings.append(_not_placed(arrival, _as_written(unit.text, missing)))
            count.placed += placed
    return account


def _not_placed(arrival: IncomingText, text: str) -> Finding:
    return found("W500", None, name=arrival.name, found=shortened(text, _SHORT))


def _as_written(text: str, missing: list[str]) -> str:
    """Return what is missing as the text writes it, so that it can be found there."""
    wanted = iter([*missing, ""])
    sought = next(wanted)
    kept = []
    for piece in text.split():
        parts = words_of(piece)
        if sought and sought in parts:
            kept.append(piece)
            while sought and sought in parts:
                sought = next(wanted)
    return " ".join(kept) or " ".join(missing)


def _covers(told: str, missing: list[str]) -> bool:
    return words_of(told)[: len(missing)] == missing


def _take(links: Counter[str], target: str) -> bool:
    key = _link_key(usable_target(target) or target)
    if links[key]:
        links[key] -= 1
        return True
    return False


def _link_key(target: str) -> str:
    return (
        target.casefold().removesuffix("/").replace("http://", "https://").replace("https://www.", "https://")
    )


class _UnusedWords:
    """The words of one file, in which those that were found are used up."""

    def __init__(self, text: str) -> None:
        self._words = bytearray(_SEAM + _SEAM.join(word.encode() for word in words_of(text)) + _SEAM)
        self._at = 0

    def take(self, words: list[str]) -> bool:
        """Use up a run of words, sought behind the last one first; tell whether it was there."""
        sought = _SEAM + _SEAM.join(word.encode() for word in words) + _SEAM
        start = self._words.find(sought, self._at)
        if start < 0:
            start = self._words.find(sought)
        if start < 0:
            return False
        # The seams stay, so that the words beside are still found.
        self._words[start + 1 : start + len(sought) - 1] = _USED * (len(sought) - 2)
        self._at = start
        return True


def _sought(words: list[str], written: list[_UnusedWords]) -> list[str]:
    """Seek words in as long runs as there are, and return those that are nowhere."""
    missing: list[str] = []
    at = 0
    while at < len(words):
        size = len(words) - at
        while size and not any(each.take(words[at : at + size]) for each in written):
            size = size // 2 if size > 8 else size - 1  # noqa: PLR2004 - halved while that saves time
        if not size:
            missing.append(words[at])
        at += max(size, 1)
    return missing


# what the files say


def _text_of(name: str, text: str) -> str:
    if not name.endswith(".md"):
        return "\n".join(_texts(read_yaml(Source(name, text))[0]))
    read = read_manuscript(Source(name, text))
    said: list[str] = list(_texts(read.fields(name).fields))
    for block in (*read.body, *read.notes):
        said.append("\n")
        said += _said(block)
    return "".join(said)


def _said(block: object) -> Iterator[str]:
    """Yield the words of a block; between its own blocks and cells stands a space."""
    match block:
        case Run() | Code():
            yield block.text
        case LineBreak():
            yield " "
        case NoteCall():
            yield ""
        case Picture():
            yield f" {block.alternative} {block.caption or ''} "
        case tuple():
            inline = all(
                isinstance(each, Run | Code | LineBreak | NoteCall) or type(each).__name__ in _INLINE
                for each in block
            )
            for each in block:
                yield from _said(each)
                yield "" if inline else " "
            yield " " if not inline or not block else ""
        case _:
            for slot in getattr(type(block), "__slots__", ()):
                if slot not in {
                    "place",
                    "label",
                    "target",
                    "alignments",
                    "start",
                    "level",
                    "measure",
                    "consent",
                }:
                    yield from _said(getattr(block, slot))
            if type(block).__name__ not in _INLINE:
                yield " "


_INLINE: Final = frozenset({"Run", "Code", "Emphasis", "Strong", "Link", "NoteCall", "LineBreak"})


def _texts(fields: Fields | None) -> Iterator[str]:
    return (f"{scalar.text or ''}\n" for scalar in scalars_of(fields))


def _targets_of(name: str, text: str) -> Iterator[str]:
    if name.endswith(".md"):
        read = read_manuscript(Source(name, text))
        for link in (*nodes_of(Link, read.body), *nodes_of(Link, read.notes)):
            yield _link_key(link.target)
        text = read.front or ""
    fields = read_yaml(Source(name, text))[0]
    for scalar in _texts(fields):
        if target := _address_in(scalar.strip()):
            yield _link_key(target)


def _address_in(text: str) -> str:
    """Return the target of a text that is an address and nothing else, or an empty text."""
    return usable_target(f"mailto:{text}" if "@" in text else text)


def _shown_in(name: str, text: str) -> Iterator[str]:
    if name.endswith(".md"):
        for picture in nodes_of(Picture, read_manuscript(Source(name, text)).body):
            yield picture.source
