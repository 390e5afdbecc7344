"""Notes of an article: where each is written, and which the text refers to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.models.text import Note, Paragraph

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.models.text import Block
    from pipeline.reading.markdown.source.source_lines import SourceLines

_NOTE: Final = re.compile(r"\s{0,3}\[\^([^\]\s]+)\]:")


class Notes:
    """The notes of a text.

    Args:
        lines: Of the file.
        numbers: The number of each note by its label, in the order of their first references, from 0; less
            where nothing refers to it.
    """

    def __init__(self, lines: SourceLines, numbers: Mapping[str, int]) -> None:
        """Find where each is written."""
        self.doubled: list[Finding] = []
        """An error for each label that stands twice (E38); of these the parser keeps the last."""
        self._path = lines.path
        self._numbers = numbers
        self._places: dict[str, Place] = {}
        self._written: dict[str, tuple[Block, ...]] = {}
        for number, line in lines.of_text():
            match = _NOTE.match(line)
            if match is not None and match[1] in numbers:
                self._enter(match[1], Place(lines.path, number, match.start(1) - 1, len(match[1]) + 3))

    def _enter(self, label: str, place: Place) -> None:
        if label in self._places:
            self.doubled.append(found("E38", place, found=f"[^{label[:60]}]"))
        self._places.setdefault(label, place)

    def keep(self, label: str, blocks: tuple[Block, ...]) -> None:
        """Keep what a note says, until all of the text is read."""
        self._written[label] = blocks

    def referred_to(self) -> tuple[tuple[Note, ...], list[Finding]]:
        """Return the notes that the text refers to, in that order, and those that are no paragraph (E62)."""
        notes: list[Note] = []
        findings = []
        for _, label in sorted((number, label) for label, number in self._numbers.items() if number >= 0):
            place = self._places.get(label, Place(self._path))
            blocks = self._written.get(label, ())
            paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
            if len(blocks) != 1 or not paragraphs:
                findings.append(found("E62", place))
            children = tuple(child for paragraph in paragraphs for child in paragraph.children)
            notes.append(Note(label, children, place))
        return tuple(notes), findings

    def unused(self) -> list[Finding]:
        """Return a warning for each note that nothing refers to (W03)."""
        left = [label for label, number in self._numbers.items() if number < 0]
        return [found("W03", self._places.get(label), label=label[:60]) for label in left]
