"""The text of a finished page of the site, in the order in which it is read.

The page is read by `html_checks`, which shares nothing with what composes it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.html_checks.html_tree import Element, Piece, pieces, words_of
from pipeline.pdf.law.expected.signs import REFERENCE, signs_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator


class PageText(NamedTuple):
    """The text of a page.

    Args:
        signs: All of it as it is compared, without spaces.
        words: Its words as they are shown.
        starts: Where each of these begins among the signs.
        numbers: The number beside the item of a numbered list that begins at an offset.
    """

    signs: str
    words: list[str]
    starts: list[int]
    numbers: dict[int, int]

    def quoted(self, start: int, end: int, most: int = 12) -> str:
        """Return the words between two offsets, for people; not more than `most`."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        words = self.words[first : max(bisect_right(self.starts, end - 1), first + 1)]
        return " ".join(words[:most]).replace(REFERENCE, "") + (" …" if len(words) > most else "")


def page_text(
    root: Element, hidden: Collection[Element] = (), unnumbered: Collection[Element] = ()
) -> PageText:
    """Return the text of a page, or of a part of it, without drawings and the ways to other issues.

    References to notes – links to an item of a list on the page – are `REFERENCE`. Links back, to a place
    within a text, are left out.

    Args:
        root: The page, or the part.
        hidden: Elements whose own text nobody sees; it is left out.
        unnumbered: Items of lists beside which no number is set.
    """
    targets = _targets(list(root.chain())[-1])
    numbers = {item: number for item, number in _item_numbers(root).items() if item not in unnumbered}
    words: list[str] = []
    starts: list[int] = []
    numbered: dict[int, int] = {}
    length, parts = 0, list[str]()
    for word in words_of(_with_references(_seen(pieces(root), hidden), targets)):
        item = next((each for each in word.element.chain() if each in numbers), None)
        if item is not None:
            numbered[length] = numbers.pop(item)
        words.append(word.text)
        starts.append(length)
        parts.append(signs_of(word.text))
        length += len(parts[-1])
    signs = "".join(parts)
    return PageText(signs, words, starts, numbered)


@lru_cache(maxsize=1)
def _targets(page: Element) -> dict[str, Element]:
    """Return the elements of a page that links may lead to, by name."""
    return {each.attributes["id"]: each for each in page.elements() if "id" in each.attributes}


def _seen(shown: Iterable[Piece], hidden: Collection[Element]) -> Iterator[Piece]:
    return (piece for piece in shown if piece.is_gap or piece.element not in hidden)


def _with_references(shown: Iterable[Piece], targets: dict[str, Element]) -> Iterator[Piece]:
    last: Element | None = None
    for piece in shown:
        around = list(piece.element.chain())
        if any(each.tag == "svg" or each.attributes.get("rel") in {"prev", "next"} for each in around):
            yield Piece("\n", piece.element, is_gap=True)
            continue
        link = next((each for each in around if each.tag == "a"), None)
        href = link.attributes.get("href", "") if link is not None else ""
        target = targets.get(href[1:]) if href.startswith("#") else None
        if target is None or target.tag not in {"li", "span"}:
            yield piece
        elif target.tag == "li" and link is not last:
            yield Piece(REFERENCE, piece.element)
        last = link


def _item_numbers(root: Element) -> dict[Element, int]:
    """Return the number that a browser sets beside each item of a numbered list (HTML, 4.4.5 and 4.4.8)."""
    numbers: dict[Element, int] = {}
    for element in root.elements():
        if element.tag == "ol":
            items = [each for each in element.children if isinstance(each, Element) and each.tag == "li"]
            is_reversed = "reversed" in element.attributes
            following = _integer(element.attributes.get("start", ""), len(items) if is_reversed else 1)
            is_decimal = element.attributes.get("type", "1") == "1"
            for item in items:
                number = _integer(item.attributes.get("value", ""), following)
                if is_decimal and item.attributes.get("type", "1") == "1":
                    numbers[item] = number
                following = number + (-1 if is_reversed else 1)
    return numbers


def _integer(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"-?\d+", text) else otherwise
