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

_LINE: Final = 2.0
"""Font sizes from one line to the next, at most."""

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
    """Yield a finding (E177) for each entry of the contents that names another page than its title's or none.

    Contents may name no pages at all: on a screen, they lead there.

    Args:
        fragments: Those of all pages, with the blocks that were found; the numbers are taken.
        matches: What was found of each block.
    """
    titles = (match for match in matches if match.block.anchor and match.is_whole)
    pages = {match.block.anchor: match.fragments[0].page for match in titles}
    entries = [match for match in matches if match.block.leads_to in pages and match.is_whole]
    shown = [_page_number_of(fragments, match, pages[match.block.leads_to]) for match in entries]
    for match, number in zip(entries, shown, strict=True):
        page = str(pages[match.block.leads_to])
        if number != page and any(shown):
            words, on = match.block.words_from(0), match.fragments[0].page
            yield found("E177", match.block.place, page=on, words=words, number=page, shown=number or "–")


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


def _page_number_of(fragments: ShownFragments, match: Match, page: int) -> str:
    """Return the page number of an entry of the contents, and take its fragment, or return an empty text.

    It stands behind the last line, or alone below, where there is no room for it.
    """
    last = match.fragments[-1]
    behind = [
        fragment
        for fragment in fragments.all
        if fragment.is_on_line_of(last) and fragment.box.left >= last.box.right - _NEAREST * last.size
    ]
    free = [each for each in sorted(behind, key=lambda each: each.box.left) if _bare_number(each)][:1]
    free += [each for each in fragments.all if _bare_number(each) == str(page) and _is_below(each, last)]
    for fragment in free:
        if _bare_number(fragment).isdecimal() and not fragments.is_taken(fragment):
            fragments.take(fragment, match)
            return _bare_number(fragment)
    return ""


def _bare_number(fragment: Fragment) -> str:
    return fragment.signs.strip(_LEADERS)


def _is_below(fragment: Fragment, last: Fragment) -> bool:
    """Return whether a text stands in the line below another, and not to its left."""
    is_next = 0 < last.baseline - fragment.baseline < _LINE * last.size
    return is_next and fragment.page == last.page and fragment.box.right > last.box.left


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
