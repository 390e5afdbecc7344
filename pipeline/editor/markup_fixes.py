"""Lines that were set as running text for want of a mark: lists, headings, brackets; mended or queried."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from pipeline.editor.sentence_fixes import words_and_numbers
from pipeline.files.text.source import Source
from pipeline.findings.finding import errors, found
from pipeline.models.text import Heading, ListBlock, Paragraph, Run, Strong
from pipeline.models.tree import nodes_of
from pipeline.reading.markdown.line_starts import with_mark
from pipeline.reading.markdown.manuscript import Manuscript, read_manuscript

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.editor.queries import QueryContext
    from pipeline.findings.finding import Finding
    from pipeline.models.text import Block

_CODES: Final = frozenset({"W23", "W24", "W25", "W27"})
_MOST: Final = 200
"""The most lines that are mended in a file: it is read anew for each."""

_DASH: Final = re.compile(r"[–—]")
_MARGIN_AND_DASH: Final = re.compile(r"([ >]*)[–—]\s*(?=\S)")
_SPOKEN: Final = r"[.!?…][“”»\")]*\s*$"
_BRACKET: Final = re.compile(r"([ \t>]*\d{1,9})\)(?=\s)")
_HASHES: Final = re.compile(r"#+")


def with_markup(path: str, text: str) -> str:
    """Return an article's text with the lines mended that were surely meant as items or headings.

    Only where all words and numbers stay as they are read and no error comes in. Lines with a dash
    that end as a sentence does are left, for somebody may speak there.

    Args:
        path: The file, relative to the workspace.
        text: Its whole text.
    """
    current = read_manuscript(Source(path, text))
    for _ in range(_MOST):
        for changed in _candidates(text, current):
            after = read_manuscript(Source(path, changed))
            if _is_better(current, after):
                text, current = changed, after
                break
        else:
            return text
    return text


def _is_better(before: Manuscript, after: Manuscript) -> bool:
    if words_and_numbers(after) != words_and_numbers(before):
        return False
    return len(errors(after.findings)) <= len(errors(before.findings)) and _open(after) > _open(before)


def _open(manuscript: Manuscript) -> tuple[int, int]:
    """Return how well a text is marked up: the fewer queries, and the later the first, the better."""
    queries = [each for each in manuscript.findings if each.code in _CODES and each.place is not None]
    items = sum(len(block.items) for block in nodes_of(ListBlock, (manuscript.body, manuscript.notes)))
    first = min((each.place.line for each in queries if each.place is not None), default=1_000_000)
    return -len(queries), first + items


def _candidates(text: str, manuscript: Manuscript) -> Iterator[str]:
    lines = text.split("\n")
    for finding in manuscript.findings:
        if finding.code in _CODES and finding.place is not None:
            yield from ("\n".join(mended) for mended in _mended(lines, finding))


def _mended(lines: list[str], finding: Finding) -> Iterator[list[str]]:
    assert finding.place is not None  # noqa: S101 - of a line
    number = finding.place.line - 1
    before, line = lines[number][: finding.place.column - 1], lines[number][finding.place.column - 1 :]
    match finding.code:
        case "W23":
            # Within a quotation an empty line has its sign.
            empty = before.rstrip() if set(before.strip()) == {">"} else ""
            yield [*lines[:number], empty, *lines[number:]]
        case "W24" if marked := with_mark(line):
            if _DASH.match(line) is None:
                yield [*lines[:number], before + marked, *lines[number + 1 :]]
            elif not _may_be_spoken(lines[number:]):
                yield [*lines[:number], *_without_dashes(lines[number:])]
        case "W25":
            spaced = _HASHES.sub(r"\g<0> ", line, count=1)
            yield [*lines[:number], before + spaced, *lines[number + 1 :]]
        case "W27":
            yield [*lines[:number], *_with_points(lines[number:], finding.place.column)]


def _may_be_spoken(lines: list[str]) -> bool:
    """Return whether any of the lines with dashes that a text begins with ends as a sentence does."""
    paragraph = itertools.takewhile(str.strip, lines)
    return any(_DASH.match(line.lstrip(" >")) and re.search(_SPOKEN, line) for line in paragraph)


def _without_dashes(lines: list[str]) -> list[str]:
    """Return lines with marks of lists instead of the dashes at the beginnings of the first paragraph."""
    end = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    return [_MARGIN_AND_DASH.sub(r"\1- ", line) for line in lines[:end]] + lines[end:]


def _with_points(lines: list[str], column: int) -> list[str]:
    """Return lines with a point instead of the bracket behind each number of the list they begin with."""
    mended = list(lines)
    for at, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" \t"))
        match = _BRACKET.match(line)
        if match and indent == column - 1:
            mended[at] = f"{match[1]}.{line[match.end() :]}"
        elif line.strip() and indent < column and at and not lines[at - 1].strip():
            break
    return mended


_LONGEST_HEADING: Final = 90
_ENDS_A_SENTENCE: Final = (".", "!", "…", ":", ";", ",")


def heading_queries(context: QueryContext) -> Iterator[Finding]:
    """Query paragraphs of bold words alone, with a text below them: headings typed as bold (W405)."""
    for article in context.issue.articles:
        level = 2
        for block, below in itertools.pairwise(article.body):
            if isinstance(block, Heading):
                level = block.level
            run = _in_bold_alone(block)
            if run is None or _in_bold_alone(below) is not None or isinstance(below, Heading):
                continue
            words = run.text.strip()
            if words not in context.house.accepted:
                wanted = f"{'#' * level} {words}"
                yield found("W405", run.place, found=words, wanted=wanted, key=words)


def _in_bold_alone(block: Block) -> Run | None:
    """Return the words of a paragraph that is one short line in bold."""
    if not isinstance(block, Paragraph):
        return None
    match [child for child in block.children if not (isinstance(child, Run) and not child.text.strip())]:
        case [Strong(children=(Run() as run,))]:
            words = run.text.strip()
            is_heading = len(words) <= _LONGEST_HEADING and not words.endswith(_ENDS_A_SENTENCE)
            return run if is_heading else None
        case _:
            return None
