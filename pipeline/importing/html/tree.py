"""Parses HTML into a tree of elements by the algorithm of HTML 5, in time proportional to the page.

The parser's steps for a tag grow with the number of open elements, for an attribute with those of its tag,
and for content misplaced in a table with the amount of it. So each of these is bounded while the tree is
built: a page of elements that are never closed is refused at the first that is too deep.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tinyhtml5.parser import HTMLParser
from tinyhtml5.tokenizer import HTMLTokenizer
from tinyhtml5.treebuilder import TreeBuilder

from pipeline.findings.finding import IssueError, found

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DEEPEST: Final = 150
"""The most levels of nested elements."""

MOST_ATTRIBUTES: Final = 500
"""The most attributes of a tag."""

MOST_MISPLACED: Final = 10_000
"""The most elements and texts in tables outside their cells."""

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
        root: Element = _BoundedParser().read(markup.replace("\x00", "").ljust(_NO_FILE_NAME))
        _check_tree_depth(root)
    except _TooMuchError as error:
        raise IssueError([found("E500", None, name=name, kind="HTML", problem=str(error))]) from error
    return root


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
