"""Parts the page of a letter into the letter's own words, those it quotes or sends on, and its signature."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.importing.html.elements import BLOCKS
from pipeline.importing.html.letters.letter_headings import BEGINNINGS, heading_of
from pipeline.importing.html.letters.letter_phrases import (
    is_attribution,
    is_forwarded,
    is_sent_from,
    signed_from,
)
from pipeline.importing.html.letters.page_tree import PageTree
from pipeline.importing.html.letters.text_lines import lines_of
from pipeline.importing.model.elements import take_out

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_QUOTES: Final = frozenset(
    {"gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote", "moz-forward-container"}
)
"""Classes of what holds an earlier letter, with the line that says whose it is."""

_ATTRIBUTIONS: Final = frozenset({"gmail_attr", "moz-cite-prefix", "moz-email-headers-table"})
_SIGNATURES: Final = re.compile(
    r"(?:^|\s)(?:gmail_signature|moz-signature|protonmail_signature_block|apple-signature)(?:\s|$)"
)
_SIGNATURE_NAMES: Final = frozenset({"Signature", "ms-outlook-mobile-signature", "AppleMailSignature"})
_FEWEST_MARKED: Final = 2
"""Lines with a mark of quotation that are no chance."""

_DASHES: Final = "--"
_MOST_SIGNED: Final = 12
"""Lines of a signature below two dashes."""


class PartedOff(NamedTuple):
    """What is not the letter's own.

    Args:
        kind: `quote`, `heading` of a letter sent on, or `signature`.
        words: Its words on one line.
        pictures: The sources of the pictures in it.
    """

    kind: str
    words: str
    pictures: tuple[str, ...] = ()


def part_quoted(body: Element, *, sent_on: bool) -> list[PartedOff]:
    """Take off a letter's page what it quotes, and its signature.

    Args:
        body: The element that holds the letter; changed in place.
        sent_on: Whether it sends other letters on, whose words are then what it is about. They are, too,
            where it has no words of its own.

    Returns:
        What was taken off, in order.
    """
    whole = copy.deepcopy(body)
    parted = _Parting(body, sent_on=sent_on).part()
    if sent_on or _has_content(body):
        return parted
    body[:] = list(whole)
    body.text = whole.text
    return _Parting(body, sent_on=True).part()


class _Parting:
    """The page of a letter while it is parted."""

    def __init__(self, body: Element, *, sent_on: bool) -> None:
        self._body = body
        self._sent_on = sent_on
        self._tree = PageTree(body)
        self._off: list[PartedOff] = []

    def part(self) -> list[PartedOff]:
        for element in [*self._body.iter()]:
            if element is self._body or not self._tree.is_there(element) or not isinstance(element.tag, str):
                continue
            self._judge(element)
        self._take_marked_lines()
        self._take_below_dashes()
        self._take_last_lines()
        return [each for each in self._off if each.words or each.pictures]

    def _judge(self, element: Element) -> None:
        classes, name = set(element.get("class", "").split()), element.get("id", "")
        if _SIGNATURES.search(element.get("class", "")) or name in _SIGNATURE_NAMES:
            self._take("signature", [element])
        elif classes & _QUOTES or self._is_citation(element):
            self._quote(element)
        elif name in BEGINNINGS or (element.tag == "hr" and name == "zwchr"):
            self._from_here(element, self._heading(element))
        elif element.tag in {"p", "div", "td", "pre", "span"} and (heading := self._heading(element)):
            self._from_here(element, heading)

    def _is_citation(self, element: Element) -> bool:
        if element.tag != "blockquote":
            return False
        return element.get("type", "") == "cite" or self._said_before(element) is not None

    # earlier letters

    def _quote(self, element: Element) -> None:
        """Take off an earlier letter with the line before it, or the line alone where it is sent on."""
        lines = [*self._lines_before(element), *lines_of(element)]
        before = self._said_before(element)
        if self._sent_on or any(is_forwarded(line) for line in lines[:4]):
            if before is not None:
                self._take("heading", [before])
            for inner in [*element.iter()]:
                if set(inner.get("class", "").split()) & _ATTRIBUTIONS and self._tree.is_there(inner):
                    self._take("heading", [inner])
        else:
            self._take("quote", [each for each in (before, element) if each is not None])

    def _lines_before(self, element: Element) -> list[str]:
        before = self._said_before(element)
        return lines_of(before) if before is not None else []

    def _said_before(self, element: Element) -> Element | None:
        """Return the element before a quotation that says whose words it has, or None."""
        for before in self._tree.before(element):
            text = " ".join(lines_of(before))
            if text:
                classes = set(before.get("class", "").split())
                return before if classes & _ATTRIBUTIONS or is_attribution(text) else None
        return None

    def _heading(self, element: Element) -> list[Element]:
        return heading_of(element, self._tree, sent_on=self._sent_on)

    def _from_here(self, element: Element, heading: list[Element]) -> None:
        """Take off all from an element to the end; of a letter sent on the heading alone."""
        forwarded = any(is_forwarded(line) for each in heading for line in lines_of(each)[:3])
        if self._sent_on or forwarded:
            self._take("heading", heading)
            return
        following: list[Element] = []
        at: Element = element
        while at is not self._body and (parent := self._tree.parent(at)) is not None:
            following += self._tree.behind(at)
            if at is not element and at.tail:
                self._tail_off(at)
            at = parent
        if element.tail:
            self._tail_off(element)
        self._take("quote", [element, *following], with_tails=True)

    def _tail_off(self, element: Element) -> None:
        words = " ".join((element.tail or "").split())
        element.tail = None
        if words:
            self._off.append(PartedOff("quote", words))

    def _take_marked_lines(self) -> None:
        """Take off the last lines of an element that begin with “>” in the page itself, as at abv.bg."""
        if self._sent_on:
            return
        for element in [*self._body.iter()]:
            if not any(child.tag == "br" for child in element) or not self._tree.is_there(element):
                continue
            first = len(element)
            marked: list[str] = []
            for at in range(len(element) - 1, -1, -1):
                words = (element[at].tail or "").strip()
                if element[at].tag != "br" or (words and not words.startswith(">")):
                    break
                if words:
                    first = at
                    marked.append(words)
            if len(marked) >= _FEWEST_MARKED:
                self._tree.take_off(element[first:])
                element[first:] = []
                self._off.append(PartedOff("quote", " ".join(each.lstrip("> ") for each in reversed(marked))))

    def _take_below_dashes(self) -> None:
        """Take off a signature below a line of two dashes (RFC 3676, 4.3): to the end of what holds it."""
        for block in [*self._body.iter()]:
            if block.tag not in BLOCKS or block is self._body or not self._tree.is_there(block):
                continue
            lines = lines_of(block)[1:-1]
            at = lines.index(_DASHES) if _DASHES in lines else len(lines)
            if at == len(lines) or len(lines) - at > _MOST_SIGNED:
                continue
            if at == 0 and not any(lines[1:]):
                self._take("signature", [block, *self._signed_behind(block)])
            elif at == 0:
                self._take("signature", [block])
            elif not any(child.tag in BLOCKS for child in block):
                self._cut_lines(block, at)

    def _signed_behind(self, dashes: Element) -> list[Element]:
        """Return the elements below two dashes, as far as another letter, or none where they are too many."""
        behind: list[Element] = []
        for each in self._tree.behind(dashes):
            if set(each.get("class", "").split()) & _QUOTES or each.tag == "blockquote":
                break
            behind.append(each)
        lines = [line for each in behind for line in lines_of(each) if line]
        return behind if len(lines) <= _MOST_SIGNED else []

    def _take_last_lines(self) -> None:
        """Take off the line of a telephone at the end, and what stands below a line of two dashes."""
        blocks = [
            each
            for each in self._body.iter()
            if each.tag in BLOCKS and not any(c.tag in BLOCKS for c in each)
        ]
        for block in reversed(blocks[-6:]):
            text = " ".join(lines_of(block))
            if is_sent_from(text):
                self._take("signature", [block])
            elif text:
                break
        # Words outside of these blocks would stand between them.
        lines = [(block, at, line) for block in blocks for at, line in enumerate(lines_of(block)[1:-1])]
        start = signed_from([line for _, _, line in lines])
        signed = [block for block, at, _ in lines[start:] if at == 0 and self._tree.is_there(block)]
        if start < len(lines) and lines[start][1] and self._tree.is_there(lines[start][0]):
            self._cut_lines(lines[start][0], lines[start][1])
        if signed:
            self._take("signature", signed)

    def _cut_lines(self, block: Element, first: int) -> None:
        """Take off the lines of a block from one on, where breaks part them."""
        breaks = [at for at, child in enumerate(block) if child.tag == "br"]
        if len(breaks) != len(lines_of(block)) - 3:
            return
        behind = copy.deepcopy(block)
        behind.text = None
        behind[: breaks[first - 1]] = []
        self._tree.take_off(block[breaks[first - 1] :])
        block[breaks[first - 1] :] = []
        pictures = tuple(source for each in behind.iter("img") if (source := each.get("src", "").strip()))
        self._off.append(PartedOff("signature", " ".join(" ".join(lines_of(behind)).split()), pictures))

    # the tree

    def _take(self, kind: str, elements: list[Element], *, with_tails: bool = False) -> None:
        # What holds the whole letter stays, though all its words be a signature.
        elements = [each for each in elements if each is not self._body]
        words = " ".join(" ".join(lines_of(each)) for each in elements)
        pictures = tuple(
            image.get("src", "").strip()
            for each in elements
            for image in each.iter("img")
            if image.get("src")
        )
        for each in elements:
            parent = self._tree.parent(each)
            if parent is None or self._tree.is_taken_off(each):
                continue
            if with_tails and each.tail:
                words += f" {each.tail}"
                each.tail = None
            if kind == "signature":
                _drop_dashes(parent, each)
            take_out(parent, each)
            self._tree.take_off([each])
        self._off.append(PartedOff(kind, " ".join(words.split()), pictures))


def _drop_dashes(parent: Element, signature: Element) -> None:
    """Drop the line of two dashes above a signature."""
    at = list(parent).index(signature)
    for before in reversed(list(parent)[:at]):
        if (before.tail or "").strip() == "--":
            before.tail = None
        if (before.tail or "").strip() or before.tag != "br":
            return
    if (parent.text or "").strip() == "--":
        parent.text = None


def _has_content(body: Element) -> bool:
    return any(re.search(r"\w", line) for line in lines_of(body)) or next(body.iter("img"), None) is not None
