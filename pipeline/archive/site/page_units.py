"""The text of a finished page of the site, in the order in which it is read.

The page is read by `html_checks`, which shares nothing with what composes it.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from pipeline.html_checks.html_tree import Element, Piece, pieces, words_of
from pipeline.pdf.law.expected.signs import REFERENCE, signs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


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


def page_text(root: Element) -> PageText:
    """Return the text of a page, without drawings and the ways to other issues.

    References to notes – links to an item of a list on the page – are `REFERENCE`. Links back, to a place
    within a text, are left out.
    """
    targets = {each.attributes["id"]: each for each in root.elements() if "id" in each.attributes}
    numbers = _item_numbers(root)
    words: list[str] = []
    starts: list[int] = []
    numbered: dict[int, int] = {}
    length, parts = 0, list[str]()
    for word in words_of(_with_references(pieces(root), targets)):
        item = next((each for each in word.element.chain() if each in numbers), None)
        if item is not None:
            numbered[length] = numbers.pop(item)
        words.append(word.text)
        starts.append(length)
        parts.append(signs_of(word.text))
        length += len(parts[-1])
    signs = "".join(parts)
    return PageText(signs, words, starts, numbered)


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
            following = int(element.attributes.get("start", "1"))
            for item in element.children:
                if isinstance(item, Element) and item.tag == "li":
                    numbers[item] = int(item.attributes.get("value", following))
                    following = numbers[item] + 1
    return numbers
