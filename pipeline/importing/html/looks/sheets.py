"""The style sheets of a page, written onto its elements as far as they change what its words mean.

Mail programs write `style` attributes; word processors and Google's write classes, and say in a sheet what is
struck out, hidden, bold or numbered with letters. So these declarations become part of the attributes, by the
order of the cascade (CSS Cascading 4, 6.4). Rules for some media alone are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import cssselect2
import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_LARGEST: Final = 300_000
"""Characters of sheets that are read."""

_MOST_RULES: Final = 3_000
_MOST_ELEMENTS: Final = 50_000

_ANYWHERE: Final = frozenset(
    {"display", "visibility", "mso-hide", "text-decoration", "text-decoration-line", "font-size", "opacity"}
)
_IN_LINES: Final = frozenset(
    {
        "font-weight",
        "font-style",
        "font-family",
        "font-variant",
        "text-transform",
        "vertical-align",
        "color",
    }
)
"""What says something of words alone; of a block it is only its look."""

_OF_LISTS: Final = frozenset({"list-style", "list-style-type"})
_OF_PARAGRAPHS: Final = frozenset({"margin-left"})
"""What says that a paragraph continues the item of a list."""

_EVERY: Final = _ANYWHERE | _IN_LINES | _OF_LISTS | _OF_PARAGRAPHS
_LINES: Final = frozenset({"span", "font", "a", "b", "i", "em", "strong", "u", "small", "big", "label"})
_DISPLAYED: Final = re.compile(r"(?:^|;)\s*display\s*:", re.IGNORECASE)
_NAME: Final = re.compile(r"(?:^|;)\s*([-\w]+)\s*:")


class _Rule(NamedTuple):
    declarations: tuple[tuple[str, str, bool], ...]
    """Name, value, and whether it is important."""


def text_of_sheets(root: Element) -> str:
    """Return the style sheets of a page.

    Args:
        root: The root of the page.
    """
    return "\n".join("".join(each.itertext()) for each in root.iter("style"))[:_LARGEST]


def apply_sheets(root: Element) -> None:
    """Write the declarations of a page's sheets into the `style` of its elements, in place.

    Args:
        root: The root of the page.
    """
    rules = list(_rules(text_of_sheets(root)))[:_MOST_RULES]
    if rules:
        _apply(rules, root)
    for element in root.iter():
        # What a browser's own sheet says of the attribute, any other sheet may take back (HTML, 15.3.1).
        if element.get("hidden") is not None and not _DISPLAYED.search(element.get("style", "")):
            element.set("style", f"display:none;{element.get('style', '')}")


def _apply(rules: list[tuple[list[Any], _Rule]], root: Element) -> None:
    matcher = cssselect2.Matcher()
    for selectors, rule in rules:
        for selector in selectors:
            if selector.pseudo_element is None:
                matcher.add_selector(selector, rule)
    for at, wrapped in enumerate(cssselect2.ElementWrapper.from_html_root(root).iter_subtree()):
        if at > _MOST_ELEMENTS:
            break
        element = wrapped.etree_element
        matched = sorted(matcher.match(wrapped), key=lambda each: (each[0], each[1]))
        wanted = _wanted(element.tag)
        declared: dict[str, tuple[str, bool]] = {}
        for name, value, important in (each for _, _, _, rule in matched for each in rule.declarations):
            if name in wanted and (important or not declared.get(name, ("", False))[1]):
                declared[name] = (value, important)
        if declared:
            element.set("style", _merged(element.get("style", ""), declared))


def _rules(text: str) -> Iterator[tuple[list[Any], _Rule]]:
    # Old pages hide their sheets from older programs in comments of HTML.
    text = text.replace("<!--", " ").replace("-->", " ")
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        parsed = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        declarations = tuple(
            (each.lower_name, tinycss2.serialize(each.value).strip(), bool(each.important))
            for each in parsed
            if each.type == "declaration" and each.lower_name in _EVERY
        )
        if not declarations:
            continue
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            continue
        yield selectors, _Rule(declarations)


def _wanted(tag: object) -> frozenset[str]:
    if tag in _LINES:
        return _ANYWHERE | _IN_LINES
    if tag == "p":
        return _ANYWHERE | _OF_PARAGRAPHS
    return _ANYWHERE | _OF_LISTS if tag in {"ol", "ul", "li"} else _ANYWHERE


def _merged(own: str, declared: dict[str, tuple[str, bool]]) -> str:
    """Return the `style` of an element with what sheets declare; its own wins but over what is important."""
    names = {name.lower() for name in _NAME.findall(own)}
    beaten = {name for name, (_, important) in declared.items() if important and name in names}
    parts = [
        part
        for part in own.split(";")
        if part.strip() and part.partition(":")[0].strip().lower() not in beaten
    ]
    added = [
        f"{name}:{value}" for name, (value, _) in declared.items() if name not in names or name in beaten
    ]
    return ";".join([*added, *(part.strip() for part in parts)])
