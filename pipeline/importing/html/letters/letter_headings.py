"""The heading of an earlier letter: the lines that say from whom, to whom and when it was."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from pipeline.importing.html.letters.letter_phrases import (
    heading_length,
    is_attribution,
    is_field,
    is_forwarded,
    is_original,
)
from pipeline.importing.html.letters.text_lines import lines_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from pipeline.importing.html.letters.page_tree import PageTree

BEGINNINGS: Final = frozenset(
    {"divRplyFwdMsg", "appendonsend", "zwchr", "OLK_SRC_BODY_SECTION", "mailcontent"}
)
"""Names of elements with which an earlier letter begins that goes on to the end."""

_BORDER: Final = re.compile(r"border-top\s*:\s*solid", re.IGNORECASE)
_INNER: Final = frozenset({"p", "div", "table", "blockquote"})
_LONGEST: Final = 3_000
"""Characters of an element that are read for it."""

_MOST_BEHIND: Final = 9
"""Elements in which its further lines stand, at most."""


def heading_of(element: Element, tree: PageTree, *, sent_on: bool) -> list[Element]:
    """Return the elements that are the heading of an earlier letter and begin with one; none where it is not.

    Args:
        element: Any of the page.
        tree: Where its elements stand.
        sent_on: Whether the letter sends others on, whose words are then what it is about.
    """
    if any(child.tag in _INNER for child in element.iter() if child is not element):
        inner = next((each for each in element if each.tag in {"p", "div"}), None)
        bordered = _BORDER.search(element.get("style", ""))
        if element.get("id", "") not in BEGINNINGS and not (bordered and inner is not None):
            return []
    lines = [line for line in lines_of(element, _LONGEST) if line.strip("_")]
    if not lines:
        return []
    if is_original(lines[0]) or is_forwarded(lines[0]) or _is_attribution(lines):
        return [element, *_fields_behind(element, tree)]
    if length := heading_length(lines):
        # With words of the letter in the same element, it is not the heading alone.
        return [element] if length == len(lines) or not sent_on else []
    if is_field(lines[0]):
        behind = _fields_behind(element, tree)
        if heading_length([*lines, *(line for each in behind for line in lines_of(each) if line)]):
            return [element, *behind]
    return []


def _is_attribution(lines: list[str]) -> bool:
    return "@" in lines[0] and is_attribution(" ".join(lines))


def _fields_behind(element: Element, tree: PageTree) -> list[Element]:
    """Return the elements that follow one and have lines of a heading alone."""
    behind: list[Element] = []
    for each in islice(tree.behind(element), _MOST_BEHIND):
        lines = [line for line in lines_of(each) if line]
        if lines and not all(is_field(line) for line in lines):
            break
        if lines:
            behind.append(each)
    return behind
