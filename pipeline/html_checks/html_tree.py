"""A finished page of HTML as a tree, read by the standard library alone.

The pages were composed by a template engine and serialised by other libraries; a check that read them with
these would have their faults. What is read here is well-formed: every element that is not void is closed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.html_checks.addresses import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_WITHIN_LINES: Final = frozenset(
    (
        *("a", "abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span"),
        *("strong", "sub", "sup", "time", "tspan", "u", "var", "wbr"),
    )
)
"""Elements whose beginning and end part no words (HTML Living Standard, 4.5)."""

_NO_TEXT: Final = frozenset(("head", "script", "style", "template", "title"))


@dataclass(eq=False, slots=True)
class Element:
    """An element of a page.

    Args:
        tag: Its name in lower case.
        attributes: By name; an attribute without a value has an empty one.
        parent: The element around it, or None.
        line: Its line in the page, from 1.
        children: Elements and texts, in order.
    """

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    line: int = 0
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """The names in its attribute `class`."""
        return frozenset(self.attributes.get("class", "").split())

    def chain(self) -> Iterator[Element]:
        """Yield the element and those around it, from within."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    def elements(self) -> Iterator[Element]:
        """Yield the element and those within it, in order."""
        pending = [self]
        while pending:
            element = pending.pop()
            yield element
            pending += [child for child in reversed(element.children) if isinstance(child, Element)]


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of a page, with its element; where the begin or end of an element parts words, a line end.

    Args:
        text: The text, or a line end.
        element: The element it is in.
        is_gap: Whether it stands for the begin or end of the element.
    """

    text: str
    element: Element
    is_gap: bool = False


def read_html(html: str) -> Element:
    """Return the root of a page."""
    reader = _TreeReader()
    reader.feed(html)
    reader.close()
    return reader.root


def pieces(root: Element) -> Iterator[Piece]:
    """Yield the texts below an element in order, without those that are never shown (`<head>`, `<style>`)."""
    pending: list[Element | Piece] = [root]
    while pending:
        item = pending.pop()
        if isinstance(item, Piece):
            yield item
        elif item.tag not in _NO_TEXT:
            gap = [] if item.tag in _WITHIN_LINES else [Piece("\n", item, is_gap=True)]
            inner: list[Element | Piece] = [
                Piece(child, item) if isinstance(child, str) else child for child in item.children
            ]
            pending += reversed([*gap, *inner, *gap])


def text_of(root: Element) -> str:
    """Return the text below an element; what elements part is parted by line ends."""
    return "".join(piece.text for piece in pieces(root))


class _TreeReader(HTMLParser):
    """Builds the tree."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {}, None)
        self._open = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, self._open, self.getpos()[0])
        self._open.children.append(element)
        if tag not in _VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        opened = next((element for element in self._open.chain() if element.tag == tag), None)
        if opened is not None and opened.parent is not None:
            self._open = opened.parent

    def handle_data(self, data: str) -> None:
        self._open.children.append(data)


class ConditionalComment(NamedTuple):
    """A comment that some programs for mail read as a part of the page.

    Args:
        condition: As written, such as `[if mso]`.
        text: What is in it.
        hides: Whether it keeps what follows from these programs.
    """

    condition: str
    text: str
    hides: bool


def conditional_comments(html: str) -> list[ConditionalComment]:
    """Return the conditional comments of a page (as Microsoft's programs know them)."""
    reader = _CommentReader()
    reader.feed(html)
    reader.close()
    return reader.found


class _CommentReader(HTMLParser):
    """Gathers conditional comments."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[ConditionalComment] = []

    def handle_comment(self, data: str) -> None:
        self._note(data)

    def unknown_decl(self, data: str) -> None:
        self._note(f"[{data.strip('[]')}]")

    def _note(self, text: str) -> None:
        match = re.match(r"\s*(\[if\b[^\]]*\])", text)
        if match:
            inner = re.sub(r"<!\s*(?:\[endif\])?\s*-*$", "", text[match.end() :].removeprefix(">").strip())
            condition = match[1]
            self.found.append(ConditionalComment(condition, inner, hides=not inner.strip()))


def words_of(shown: Iterable[Piece]) -> list[Piece]:
    """Return the words of some texts, each with the element it begins in.

    Args:
        shown: Texts in order, with the gaps between them.
    """
    words: list[Piece] = []
    open_word, element = "", None
    for piece in shown:
        for part in re.split(r"(\s+)", INVISIBLE.sub("", piece.text)):
            if part and not part.isspace():
                element = element if open_word else piece.element
                open_word += part
            elif part and open_word and element is not None:
                words.append(Piece(open_word, element))
                open_word = ""
    if open_word and element is not None:
        words.append(Piece(open_word, element))
    return words
