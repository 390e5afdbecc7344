"""Sentences that their first word made an item of a list, mended in the files by a backslash."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.files.text.source import Source
from pipeline.models.text import Code, ListBlock, Run
from pipeline.models.tree import nodes_of
from pipeline.reading.markdown.manuscript import Manuscript, read_manuscript

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER: Final = re.compile(r"(\d{1,9})([.)])(?=\s)")
_MOST: Final = 100
"""The most sentences that are mended in a file: it is read anew for each."""


def with_sentences(path: str, text: str) -> str:
    """Return an article's text with each sentence that was read as a list (W16) mended.

    Only where the word behind the number begins small, as after an ordinal number, and only where all words
    and numbers stay as they are read.

    Args:
        path: The file, relative to the workspace.
        text: Its whole text.
    """
    current = read_manuscript(Source(path, text))
    for _ in range(_MOST):
        for changed in _candidates(text, current):
            after = read_manuscript(Source(path, changed))
            if words_and_numbers(after) == words_and_numbers(current) and _items(after) < _items(current):
                text, current = changed, after
                break
        else:
            return text
    return text


def _candidates(text: str, manuscript: Manuscript) -> Iterator[str]:
    lines = text.split("\n")
    for finding in manuscript.findings:
        if finding.code != "W16" or finding.place is None:
            continue
        word = str(dict(finding.values)["found"]).partition(" ")[2]
        number = finding.place.line - 1
        match = _NUMBER.search(lines[number])
        if word.islower() and match is not None:
            mended = f"{lines[number][: match.end(1)]}\\{lines[number][match.start(2) :]}"
            yield "\n".join([*lines[:number], mended, *lines[number + 1 :]])


def words_and_numbers(manuscript: Manuscript) -> tuple[list[str], list[str]]:
    """Return the words that are read, in order, and all numbers, those of lists too, by size."""
    parts = (manuscript.body, manuscript.notes)
    texts = [node.text for node in nodes_of(Run | Code, parts)]  # type: ignore[arg-type]
    words = re.findall(r"\w+", " ".join(texts))
    listed = [str(number) for block in nodes_of(ListBlock, parts) for number in block.printed_numbers]
    return [word for word in words if not word.isdigit()], sorted([*filter(str.isdigit, words), *listed])


def _items(manuscript: Manuscript) -> int:
    """Return how many items all lists have."""
    return sum(len(block.items) for block in nodes_of(ListBlock, (manuscript.body, manuscript.notes)))
