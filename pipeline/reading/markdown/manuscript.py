"""Reads an article's file into the text of its front matter, its blocks and its notes."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.text.source import Source
from pipeline.files.yaml_nodes import FieldsFile, read_yaml
from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.reading.markdown.blocks import BlockReader

if TYPE_CHECKING:
    from pipeline.models.text import Block, Note
    from pipeline.reading.markdown.source.spans import Span

LARGEST: Final = 400_000
"""The most characters of an article: some 130 pages."""

_REMEMBERED: Final = 128
"""Articles that are remembered: while one is written, the others of its issue stay the same."""


class Manuscript(NamedTuple):
    """An article as written.

    Args:
        front: The text of its front matter, or None where it has none.
        front_line: The line of the file the front matter begins on.
        body: The blocks.
        notes: Its footnotes, in the order of their first references.
        findings: Errors and warnings about the text.
        spans: The lines of each block that stands within no other, in order.
        body_line: The line of the file the text below the front matter begins on.
    """

    front: str | None
    front_line: int = 2
    body: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    findings: tuple[Finding, ...] = ()
    spans: tuple[Span, ...] = ()
    body_line: int = 1

    def fields(self, path: str) -> FieldsFile:
        """Read the fields; where there are none, they are empty.

        Args:
            path: The file, relative to the workspace.
        """
        source = Source(path, self.front or "")
        return FieldsFile(*read_yaml(source, self.front_line), source)


@functools.lru_cache(_REMEMBERED)
def read_manuscript(source: Source) -> Manuscript:
    """Read an article's file.

    Args:
        source: The file's text.

    Returns:
        Fields, blocks, notes and findings (E03, E38, E40 to E64); nothing that was written is left out
        without a finding, comments apart.
    """
    lines = source.text.split("\n")
    fences = [number for number, line in enumerate(lines) if line.rstrip() == "---"]
    if fences[:1] != [0] or len(fences) == 1:
        return Manuscript(None, findings=(found("E40", Place(source.path, 1, 1)),))
    end = fences[1]
    front = "\n".join(lines[1:end])
    if len(source.text) > LARGEST:
        size, limit = f"{len(source.text) // 1000} kB", f"{LARGEST // 1000} kB"
        return Manuscript(front, findings=(found("E03", Place(source.path), size=size, limit=limit),))
    reader = BlockReader(source.path, lines, end + 1)
    body, notes = reader.read("\n".join(lines[end + 1 :]))
    findings, spans = tuple(reader.findings), tuple(reader.spans)
    return Manuscript(front, body=body, notes=notes, findings=findings, spans=spans, body_line=end + 2)
