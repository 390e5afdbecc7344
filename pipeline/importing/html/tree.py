"""Parses HTML into a tree of elements by the algorithm of HTML 5, in time proportional to the page.

The parser's steps for a tag grow with the number of open elements, for an attribute with those of its tag,
and for content misplaced in a table with the amount of it. So each of these is bounded while the tree is
built: a page of elements that are never closed is refused at the first that is too deep.

XHTML closes an empty element within its tag, `<title/>`, which in HTML opens it: all that follows would be
its title. A page that is XHTML and well-formed is first written as HTML.
"""

from __future__ import annotations

import html
import io
import re
from typing import TYPE_CHECKING, Any, Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.saxutils import escape, quoteattr

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser
from tinyhtml5.parser import HTMLParser
from tinyhtml5.tokenizer import HTMLTokenizer
from tinyhtml5.treebuilder import TreeBuilder

from pipeline.findings.finding import IssueError, found

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element
    from xml.sax.xmlreader import AttributesImpl

DEEPEST: Final = 150
"""The most levels of nested elements."""

MOST_ATTRIBUTES: Final = 500
"""The most attributes of a tag."""

MOST_MISPLACED: Final = 10_000
"""The most elements and texts in tables outside their cells."""

XHTML: Final = (".xhtml", ".xht")
"""How the names of files in XHTML end."""

_DOCTYPE: Final = re.compile(r"<!DOCTYPE\s[^<>\[]*>", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&([A-Za-z]\w*);")
_OF_XML: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
"""Elements without an end tag (HTML, 13.1.2)."""

_OF_PROGRAMS: Final = frozenset({"script", "style"})
"""Elements whose content is no markup."""

_NO_FILE_NAME: Final = 200
"""The fewest characters of a text that the parser does not look for on the disk as the name of a file."""


def parse_html(markup: str, name: str) -> Element:
    """Parse a page, which may be invalid.

    Args:
        markup: Its HTML.
        name: The name of its file, for the finding.

    Returns:
        Its root element; names of HTML elements have no namespace.

    Raises:
        IssueError: It exceeds one of the limits above (E500).
    """
    try:
        if markup.lstrip("\ufeff \t\r\n").startswith("<?xml") or name.lower().endswith(XHTML):
            markup = _xhtml_as_html(markup)
        root: Element = _BoundedParser().read(markup.replace("\x00", "").ljust(_NO_FILE_NAME))
        _check_tree_depth(root)
    except _TooMuchError as error:
        raise IssueError([found("E500", None, name=name, kind="HTML", problem=str(error))]) from error
    return root


def _xhtml_as_html(markup: str) -> str:
    """Return XHTML as HTML, where only void elements have no end tag; unchanged if it is not well-formed."""
    written = _HtmlWriter()
    parser = make_parser()
    parser.setContentHandler(written)
    # The type names a file of the web, which defines the names of signs: neither is looked up.
    plain = _ENTITY.sub(_as_sign, _DOCTYPE.sub("", markup.lstrip("\ufeff \t\r\n"), count=1))
    try:
        parser.parse(io.StringIO(plain))
    except (SAXException, DefusedXmlException, ValueError):
        return markup
    return "".join(written.parts)


def _as_sign(entity: re.Match[str]) -> str:
    """Return what an entity of HTML stands for as XML; `<` and `&` stay signs, whatever their entity is."""
    return entity[0] if entity[1] in _OF_XML else escape(html.unescape(entity[0]), {'"': "&quot;"})


class _HtmlWriter(ContentHandler):
    """Writes what an XML parser reads as HTML, names of elements and attributes without prefixes."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._depth = 0
        self._raw = ""

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - the interface of SAX
        self._depth += 1
        if self._depth > DEEPEST:
            raise _TooMuchError(DEEPEST)
        if len(attrs) > MOST_ATTRIBUTES:
            raise _TooMuchError(MOST_ATTRIBUTES)
        local = name.rpartition(":")[2].lower()
        self._raw = local if local in _OF_PROGRAMS else ""
        given = "".join(
            f" {key.rpartition(':')[2]}={quoteattr(value)}"
            for key, value in attrs.items()
            if not key.startswith("xmlns")
        )
        self.parts.append(f"<{local}{given}>")

    def endElement(self, name: str) -> None:  # noqa: N802 - as above
        self._depth -= 1
        self._raw = ""
        local = name.rpartition(":")[2].lower()
        if local not in _VOID:
            self.parts.append(f"</{local}>")

    def characters(self, content: str) -> None:
        if not self._raw:
            self.parts.append(escape(content))
        elif "<" not in content:
            # A style sheet is no markup in HTML, and what could be taken for the end of it is left out.
            self.parts.append(content)


class _TooMuchError(Exception):
    """A page exceeds one of the limits."""

    def __init__(self, most: int) -> None:
        super().__init__(f"> {most}")


class _BoundedTokenizer(HTMLTokenizer):  # type: ignore[misc] # the library is not typed
    def attribute_name_state(self) -> Any:  # noqa: ANN401 - the library is not typed
        if len(self.current_token["data"]) > MOST_ATTRIBUTES:
            raise _TooMuchError(MOST_ATTRIBUTES)
        return super().attribute_name_state()


class _BoundedTreeBuilder(TreeBuilder):  # type: ignore[misc] # the library is not typed
    misplaced = 0

    def insert_element_normal(self, token: dict[str, Any]) -> Any:  # noqa: ANN401
        self._check_open_elements()
        return super().insert_element_normal(token)

    def insert_element_table(self, token: dict[str, Any]) -> Any:  # noqa: ANN401
        self._check_open_elements()
        return super().insert_element_table(token)

    def get_table_misnested_node_position(self) -> Any:  # noqa: ANN401
        self.misplaced += 1
        if self.misplaced > MOST_MISPLACED:
            raise _TooMuchError(MOST_MISPLACED)
        return super().get_table_misnested_node_position()

    def _check_open_elements(self) -> None:
        if len(self.open_elements) >= DEEPEST:
            raise _TooMuchError(DEEPEST)


class _BoundedParser(HTMLParser):  # type: ignore[misc] # the library is not typed
    def __init__(self) -> None:
        super().__init__(namespace_html_elements=False)
        self.tree = _BoundedTreeBuilder(namespace_html_elements=False)
        for phase in self.phases.values():
            phase.tree = self.tree
        self.container = None
        self.scripting = False

    def read(self, markup: str) -> Element:
        """Parse a text, without the library's detection of encodings."""
        self.tokenizer = _BoundedTokenizer(markup, parser=self)
        self.reset()
        self.main_loop()
        root: Element = self.tree.get_document()
        return root


def _check_tree_depth(root: Element) -> None:
    """Check the finished tree: elements can be deeper in it than in the stack of open elements."""
    stack = [(root, 1)]
    while stack:
        element, depth = stack.pop()
        if depth > DEEPEST:
            raise _TooMuchError(DEEPEST)
        stack.extend((child, depth + 1) for child in element)
