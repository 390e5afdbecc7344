"""HTML → a tree of elements, as HTML 5 reads it, in a time that grows no faster than the page.

The parser takes as many steps for a tag as elements are open, for an attribute as its tag has, and for what
stands in a table outside its cells as stand before it. So each of these is bounded while the tree is built:
a page of elements that never end is refused at the first that is too deep, before it has cost anything.
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
"""Levels a page may be nested."""

MOST_ATTRIBUTES: Final = 500
"""Attributes a tag may have."""

MOST_MISPLACED: Final = 10_000
"""Elements and texts that may stand in tables outside their cells."""


def parse_html(markup: str, name: str) -> Element:
    """Parse a page, whatever its faults.

    Args:
        markup: Its HTML.
        name: Of the file it came in, for the finding.

    Returns:
        Its root element; names of HTML elements have no namespace.

    Raises:
        IssueError: It is too deeply nested, or has more of something else than a text needs (E500).
    """
    try:
        root: Element = _BoundedParser().read(markup.replace("\x00", ""))
        _judge_depth(root)
    except _TooMuchError as error:
        raise IssueError([found("E500", None, name=name, kind="HTML", problem=str(error))]) from error
    return root


class _TooMuchError(Exception):
    """A page has more of something than a text needs."""

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
        self._judge()
        return super().insert_element_normal(token)

    def insert_element_table(self, token: dict[str, Any]) -> Any:  # noqa: ANN401
        self._judge()
        return super().insert_element_table(token)

    def get_table_misnested_node_position(self) -> Any:  # noqa: ANN401
        self.misplaced += 1
        if self.misplaced > MOST_MISPLACED:
            raise _TooMuchError(MOST_MISPLACED)
        return super().get_table_misnested_node_position()

    def _judge(self) -> None:
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
        """Parse a text; what the library does for bytes of unknown encoding is left out."""
        self.tokenizer = _BoundedTokenizer(markup, parser=self)
        self.reset()
        self.main_loop()
        root: Element = self.tree.get_document()
        return root


def _judge_depth(root: Element) -> None:
    """Judge the finished tree: elements may end up deeper in it than they ever stood among the open ones."""
    stack = [(root, 1)]
    while stack:
        element, depth = stack.pop()
        if depth > DEEPEST:
            raise _TooMuchError(DEEPEST)
        stack.extend((child, depth + 1) for child in element)
