"""The numbers beside texts: of items of a list, of notes and references to them, of pages in the contents."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.findings.finding import found
from pipeline.pdf.law.expected.signs import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.findings.finding import Finding
    from pipeline.pdf.law.drawn_text import Fragment
    from pipeline.pdf.law.matching import Match, Matcher


def number_findings(matcher: Matcher, matches: Sequence[Match]) -> Iterator[Finding]:
    """Yield a finding (E189) for each number that is missing or another than it must be.

    Args:
        matcher: Has found all blocks.
        matches: What it found.
    """
    marks: dict[str, str] = {}
    # Of equal texts, one may have been taken for another: their numbers say nothing.
    alike = Counter(match.block.bare for match in matches)
    for match in matches:
        if alike[match.block.bare] > 1:
            continue
        if match.block.number is not None and match.is_whole:
            shown = _number(matcher.number_beside(match))
            if shown != str(match.block.number):
                yield _wrong(match, str(match.block.number), shown)
        if match.block.note and match.is_whole:
            marks[match.block.note] = _number(matcher.number_beside(match))
    for match in matches:
        if alike[match.block.bare] > 1:
            continue
        for name, fragment in zip(match.block.notes, _references(match), strict=False):
            mark = marks.get(name)
            shown = _number(fragment)
            if mark is not None and mark != shown:
                yield _wrong(match, shown, mark)


def contents_findings(matcher: Matcher, matches: Sequence[Match]) -> Iterator[Finding]:
    """Yield a finding (E177) for each entry of the contents that names another page than that of its title.

    Args:
        matcher: Has found all blocks.
        matches: What it found.
    """
    pages = {match.block.anchor: match.fragments[0].page for match in matches if match.is_whole}
    for match in matches:
        page = pages.get(match.block.leads_to)
        if match.block.leads_to and match.is_whole and page is not None:
            shown = matcher.page_number_behind(match)
            if shown not in {"", str(page)}:
                words, on = match.block.words_from(0), match.fragments[0].page
                place = match.block.place
                yield found("E177", place, page=on, words=words, number=str(page), shown=shown)


def _references(match: Match) -> Iterator[Fragment]:
    """Yield the fragments that refer to notes."""
    offset = 0
    for fragment in match.fragments:
        if match.block.bare.startswith(REFERENCE, offset):
            yield fragment
            offset += 1
        else:
            offset += len(fragment.bare)


def _number(fragment: Fragment | None) -> str:
    return fragment.signs.strip(".):") if fragment is not None else ""


def _wrong(match: Match, number: str, shown: str) -> Finding:
    words = match.block.words_from(0)
    page = match.fragments[0].page
    return found("E189", match.block.place, page=page, number=number, shown=shown or "–", words=words)
