"""Words replaced, added or removed between two PDFs, regardless of line and page breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.comparing.alignment import Stretch, align
from pipeline.pdf.text import page_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DIVIDED: Final = re.compile("[\x02\ufffe]\n?|(?<=\\w)-\n(?=\\w)")
"""The hyphen of a word that is divided at the end of a line, as readers of text give it."""

_OF_ITS_OWN: Final = 3
"""Words that, gone from one page, are hardly found on another by chance."""


_FOOT: Final = 30
"""Words at the head and foot of a page, at most, that its last words pass by to stand on the next."""


class WordChange(NamedTuple):
    """Words that were replaced, added or removed.

    Args:
        page: Page they are on now; for removed words, the page they were on.
        before: The words before, or nothing.
        after: The words now, or nothing.
    """

    page: int
    before: str
    after: str


class _Word(NamedTuple):
    text: str
    page: int

    @property
    def is_folio(self) -> bool:
        """Whether it may be the number of its own page."""
        return self.text == str(self.page)


def word_changes(before: bytes, after: bytes) -> Iterator[WordChange]:
    """Yield the words that changed; those that only moved to another line or page are not reported.

    Args:
        before: The PDF as it was.
        after: The PDF as it is.
    """
    first, second = _words(before), _words(after)
    stretches = align(_keys(first), _keys(second))
    removed, added = _moved(first, second, stretches)
    for stretch in stretches:
        if not stretch.is_equal:
            old = [first[at] for at in range(stretch.begin, stretch.end) if at not in removed]
            new = [second[at] for at in range(stretch.now_begin, stretch.now_end) if at not in added]
            if old or new:
                yield WordChange((new or old)[0].page, _joined(old), _joined(new))


def _words(pdf: bytes) -> list[_Word]:
    words = []
    for number, text in enumerate(page_texts(pdf), 1):
        words += [_Word(word, number) for word in _DIVIDED.sub("", text).split()]
    return words


def _joined(words: Sequence[_Word]) -> str:
    return " ".join(word.text for word in words)


def _moved(
    first: Sequence[_Word], second: Sequence[_Word], stretches: Sequence[Stretch]
) -> tuple[set[int], set[int]]:
    """Return the indexes of words in each file that only moved to another page, or past such words.

    A page paints its footer and its cards after its text. Text that moves to the next page passes them in
    this order, so that they seem removed and added although nothing was reworded.
    """
    removed: list[int] = []
    added: list[int] = []
    passed: tuple[dict[int, int], dict[int, int]] = ({}, {})
    same = 0
    for stretch in stretches:
        if stretch.is_equal:
            same += stretch.end - stretch.begin
            continue
        removed += range(stretch.begin, stretch.end)
        added += range(stretch.now_begin, stretch.now_end)
        passed[0].update(dict.fromkeys(range(stretch.begin, stretch.end), same))
        passed[1].update(dict.fromkeys(range(stretch.now_begin, stretch.now_end), same))
    flowing = _flowing(first, second, stretches)
    moved: tuple[set[int], set[int]] = (set(), set())
    for stretch in align(_keys([first[at] for at in removed]), _keys([second[at] for at in added])):
        old, new = removed[stretch.begin : stretch.end], added[stretch.now_begin : stretch.now_end]
        if stretch.is_equal:
            pages = [(first[at].page, second[now].page) for at, now in zip(old, new, strict=True)]
            is_sure = len(old) >= _OF_ITS_OWN or abs(passed[0][old[0]] - passed[1][new[0]]) <= _FOOT
            is_moved = is_sure and any(page != now or page in flowing for page, now in pages)
        else:
            is_moved = len(old) == len(new) == 1 and first[old[0]].is_folio and second[new[0]].is_folio
        if is_moved:
            moved[0].update(old)
            moved[1].update(new)
    return moved


def _flowing(first: Sequence[_Word], second: Sequence[_Word], stretches: Sequence[Stretch]) -> set[int]:
    """Return the pages that text was moved from or to."""
    pages: set[int] = set()
    for stretch in stretches:
        if stretch.is_equal:
            old, new = first[stretch.begin : stretch.end], second[stretch.now_begin : stretch.now_end]
            for word, now in zip(old, new, strict=True):
                if word.page != now.page:
                    pages |= {word.page, now.page}
    return pages


def _keys(words: Sequence[_Word]) -> list[str]:
    # A hyphenated word may have been divided at its hyphen.
    return [word.text.replace("-", "") or word.text for word in words]
