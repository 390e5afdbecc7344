"""The numbers beside texts: of items of a list, of notes and references to them, of pages in the contents."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import found
from pipeline.pdf.law.expected.signs import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.findings.finding import Finding
    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.matching.match import Match
    from pipeline.pdf.law.matching.shown_fragments import ShownFragments


_LEADERS: Final = ".…·_–"
"""Signs that lead from an entry of the contents to its page number."""

_FARTHEST: Final = 6.0
_NEAREST: Final = 0.5
"""Font sizes by which a number may stand away from a text's edge, and by which it may reach over it."""


def number_findings(fragments: ShownFragments, matches: Sequence[Match]) -> Iterator[Finding]:
    """Yield a finding (E189) for each number that is missing or another than it must be.

    Args:
        fragments: Those of all pages, with the blocks that were found.
        matches: What was found of each block.
    """
    marks: dict[str, str] = {}
    # Of equal texts, one may have been taken for another: their numbers say nothing.
    alike = Counter(match.block.bare for match in matches)
    for match in matches:
        if alike[match.block.bare] > 1:
            continue
        if match.block.number is not None and match.is_whole:
            shown = _number_beside(fragments, match)
            if shown != str(match.block.number):
                yield _wrong(match, str(match.block.number), shown)
        if match.block.note and match.is_whole:
            marks[match.block.note] = _number_beside(fragments, match)
    for match in matches:
        if alike[match.block.bare] > 1:
            continue
        for name, fragment in zip(match.block.notes, _references(match), strict=False):
            mark = marks.get(name)
            shown = _number(fragment)
            if mark is not None and mark != shown:
                yield _wrong(match, shown, mark)


def contents_findings(fragments: ShownFragments, matches: Sequence[Match]) -> Iterator[Finding]:
    """Yield a finding (E177) for each entry of the contents that names another page than that of its title.

    Args:
        fragments: Those of all pages, with the blocks that were found.
        matches: What was found of each block.
    """
    pages = {match.block.anchor: match.fragments[0].page for match in matches if match.is_whole}
    for match in matches:
        page = pages.get(match.block.leads_to)
        if match.block.leads_to and match.is_whole and page is not None:
            shown = _page_number_behind(fragments, match)
            if shown not in {"", str(page)}:
                words, on = match.block.words_from(0), match.fragments[0].page
                place = match.block.place
                yield found("E177", place, page=on, words=words, number=str(page), shown=shown)


def _number_beside(fragments: ShownFragments, match: Match) -> str:
    """Return the number to the left of a block's first line, and take its fragment, or an empty text."""
    first = match.fragments[0]
    edge, size = first.box.left, first.size
    beside = [
        fragment
        for fragment in fragments.all
        if fragment.page == first.page
        and not fragments.is_taken(fragment)
        and fragment.is_on_line_of(first)
        and edge - _FARTHEST * size < fragment.box.right <= edge + _NEAREST * size
    ]
    if not beside:
        return ""
    nearest = max(beside, key=lambda fragment: fragment.box.right)
    fragments.take(nearest, match)
    return _number(nearest)


def _page_number_behind(fragments: ShownFragments, match: Match) -> str:
    """Return the page number behind an entry of the contents, on its last line, or an empty text."""
    last = match.fragments[-1]
    behind = [
        fragment
        for fragment in fragments.all
        if fragment.is_on_line_of(last) and fragment.box.left >= last.box.right - _NEAREST * last.size
    ]
    for fragment in sorted(behind, key=lambda each: each.box.left):
        signs = fragment.signs.strip(_LEADERS)
        if signs:
            return signs if signs.isdecimal() and not fragments.is_taken(fragment) else ""
    return ""


def _references(match: Match) -> Iterator[Fragment]:
    """Yield the fragments that refer to notes."""
    offset = 0
    for fragment in match.fragments:
        if match.block.bare.startswith(REFERENCE, offset):
            yield fragment
            offset += 1
        else:
            offset += len(fragment.bare)


def _number(fragment: Fragment) -> str:
    return fragment.signs.strip(".):")


def _wrong(match: Match, number: str, shown: str) -> Finding:
    words = match.block.words_from(0)
    page = match.fragments[0].page
    return found("E189", match.block.place, page=page, number=number, shown=shown or "–", words=words)
