"""How the elements of a page are shown, by its style sheets and attributes: whether, and in what colours.

A small part of the cascade (CSS Cascading and Inheritance Level 4): selectors of names, classes and
identifiers with descendant and child combinators, `@media`, `!important` and the attribute `style`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import tinycss2
import tinycss2.color3

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.html_checks.html_tree import Element

FAINTEST: Final = 4.5
"""The least contrast of a text (WCAG 2.2, 1.4.3)."""

_SMALLEST: Final = 8.0
"""The least font size in CSS pixels at which a text counts as shown."""

_BLACK: Final = (0.0, 0.0, 0.0)
_WHITE: Final = (1.0, 1.0, 1.0)
_DARK_CANVAS: Final = (0.07, 0.07, 0.07)
_COMPOUND: Final = re.compile(r"(?P<tag>[a-z][a-z0-9]*|\*)?(?P<rest>(?:[.#:][\w-]+)*)")

Colour = tuple[float, float, float]


class View(NamedTuple):
    """Where a page is looked at.

    Args:
        name: Its name for people.
        conditions: What in the condition of a media query holds.
    """

    name: str
    conditions: tuple[str, ...]

    @property
    def is_dark(self) -> bool:
        """Whether colours are those of the dark scheme."""
        return any("dark" in condition for condition in self.conditions)


class _Declaration(NamedTuple):
    value: str
    rank: tuple[int, int, tuple[int, int, int], int]


@dataclass(slots=True)
class Styles:
    """The styles of a page in one view.

    Args:
        view: The view.
        rules: Selectors with declarations, in order.
    """

    view: View
    rules: list[tuple[list[str], tuple[int, int, int], dict[str, tuple[str, bool]]]] = field(
        default_factory=list
    )
    _found: dict[int, dict[str, str]] = field(default_factory=dict)

    def reason_hidden(self, element: Element) -> str:
        """Return the declaration that hides the text of an element; empty if it is shown."""
        for each in element.chain():
            styles = self._styles(each)
            if "hidden" in each.attributes:
                return "hidden"
            if styles.get("display") == "none":
                return "display: none"
            if _number(styles.get("opacity", "1")) == 0:
                return "opacity: 0"
            if _clips(styles):
                return "max-height: 0"
        if self._inherited(element, "visibility") in {"hidden", "collapse"}:
            return "visibility: hidden"
        size = self.font_size(element)
        return f"font-size: {size:g}px" if size < _SMALLEST else ""

    def font_size(self, element: Element) -> float:
        """Return the font size of an element in CSS pixels."""
        factor = 1.0
        for each in element.chain():
            written = self._styles(each).get("font-size", "")
            match = re.fullmatch(r"([\d.]+)(px|pt|em|rem|%)?", written)
            if match is None:
                continue
            number = float(match[1])
            if match[2] in {"em", "%"}:
                factor *= number / (100 if match[2] == "%" else 1)
            else:
                scale = {"pt": 96 / 72, "rem": 16.0}.get(match[2] or "px", 1.0)
                return factor * number * scale
        return factor * 16

    def contrast(self, element: Element) -> float:
        """Return the contrast of an element's text with what is behind it (WCAG 2.2: relative luminance)."""
        text, ground = self.colours(element)
        light, dark = sorted((_luminance(text), _luminance(ground)), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    def colours(self, element: Element) -> tuple[Colour, Colour]:
        """Return the colour of an element's text, and that behind it."""
        canvas, ink = (_DARK_CANVAS, _WHITE) if self.view.is_dark else (_WHITE, _BLACK)
        ground: Colour = canvas
        for each in reversed(list(element.chain())):
            ground = _over(_background(self._styles(each), each), ground)
        written = self._inherited(element, "color")
        return _over(_parsed(written), ground) if written else ink, ground

    def _inherited(self, element: Element, name: str) -> str:
        for each in element.chain():
            value = self._styles(each).get(name, "inherit")
            if value != "inherit":
                return value
        return ""

    def _styles(self, element: Element) -> dict[str, str]:
        known = self._found.get(id(element))
        if known is None:
            known = self._found[id(element)] = self._cascaded(element)
        return known

    def _cascaded(self, element: Element) -> dict[str, str]:
        winners: dict[str, _Declaration] = {}
        for order, (selector, specificity, declared) in enumerate(self.rules):
            if _matches(element, selector):
                for name, (value, important) in declared.items():
                    _enter(winners, name, _Declaration(value, (important, 0, specificity, order)))
        for name, (value, important) in _declarations(element.attributes.get("style", "")).items():
            _enter(winners, name, _Declaration(value, (important, 1, (0, 0, 0), 0)))
        return {name: declaration.value for name, declaration in winners.items()}


def styles_of(root: Element, view: View) -> Styles:
    """Return the styles of a page.

    Args:
        root: Its root.
        view: Which media queries hold; all others do not.
    """
    styles = Styles(view)
    for element in root.elements():
        if element.tag == "style":
            text = "".join(child for child in element.children if isinstance(child, str))
            for prelude, declared in _rules(text, view):
                for selector in prelude.split(","):
                    parts = re.sub(r"\s*>\s*", " >", selector.strip()).split()
                    if parts and all(_COMPOUND.fullmatch(part.lstrip(">")) for part in parts):
                        styles.rules.append((parts, _specificity(parts), declared))
    return styles


def _rules(text: str, view: View) -> Iterator[tuple[str, dict[str, tuple[str, bool]]]]:
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            yield tinycss2.serialize(rule.prelude), _declarations(tinycss2.serialize(rule.content))
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            condition = re.sub(r"\s", "", tinycss2.serialize(rule.prelude))
            if condition in view.conditions:
                yield from _rules(tinycss2.serialize(rule.content), view)


@lru_cache(maxsize=512)
def _declarations(text: str) -> dict[str, tuple[str, bool]]:
    """Return declarations by property; of the shorthands `font` and `background`, what is asked for here."""
    declared = {}
    for item in tinycss2.parse_declaration_list(text, skip_comments=True, skip_whitespace=True):
        if item.type != "declaration":
            continue
        value = tinycss2.serialize(item.value).strip()
        name, important = item.lower_name, item.important
        declared[name] = (value.casefold(), important)
        if name == "font" and (size := re.search(r"([\d.]+(?:px|pt|em|rem|%))", value)):
            declared["font-size"] = (size[1], important)
        if name == "background":
            declared["background-color"] = (value.casefold(), important)
    return declared


def _enter(winners: dict[str, _Declaration], name: str, declaration: _Declaration) -> None:
    if name not in winners or declaration.rank >= winners[name].rank:
        winners[name] = declaration


def _matches(element: Element, selector: list[str]) -> bool:
    *around, own = selector
    if not _is(element, own.lstrip(">")):
        return False
    if not around:
        return True
    parents: Iterable[Element] = element.parent.chain() if element.parent else ()
    if own.startswith(">"):
        return element.parent is not None and _matches(element.parent, around)
    return any(_matches(parent, around) for parent in parents)


def _is(element: Element, compound: str) -> bool:
    match = _COMPOUND.fullmatch(compound)
    if match is None or not element.tag:
        return False
    if match["tag"] not in {None, "*", element.tag}:
        return False
    for sign, name in re.findall(r"([.#:])([\w-]+)", match["rest"]):
        holds = {
            ".": name in element.classes,
            "#": name == element.attributes.get("id"),
            ":": name == "root" and element.tag == "html",
        }
        if not holds[sign]:
            return False
    return True


def _specificity(selector: list[str]) -> tuple[int, int, int]:
    text = " ".join(selector)
    names = sum(bool(re.match(r">?[a-z]", part)) for part in selector)
    return text.count("#"), text.count(".") + text.count(":"), names


def _clips(styles: dict[str, str]) -> bool:
    heights = (styles.get("height", ""), styles.get("max-height", ""), styles.get("max-width", ""))
    return "hidden" in styles.get("overflow", "") and any(re.fullmatch(r"0\w*", size) for size in heights)


def _background(styles: dict[str, str], element: Element) -> Any:  # noqa: ANN401 - a colour of tinycss2
    written = styles.get("background-color", element.attributes.get("bgcolor", ""))
    return _parsed(written)


@lru_cache(maxsize=512)
def _parsed(written: str) -> Any:  # noqa: ANN401 - as above
    """Return the first colour in a value as red, green, blue and alpha, or None."""
    whole = tinycss2.color3.parse_color(written)
    if whole is not None:
        return whole
    components = tinycss2.parse_component_value_list(written, skip_comments=True)
    colours = map(tinycss2.color3.parse_color, components)
    return next((colour for colour in colours if colour is not None), None)


def _over(colour: Any, ground: Colour) -> Colour:  # noqa: ANN401 - as above
    if colour is None or colour == "currentColor":
        return ground
    red, green, blue, alpha = colour
    mixed = [alpha * top + (1 - alpha) * below for top, below in zip((red, green, blue), ground, strict=True)]
    return mixed[0], mixed[1], mixed[2]


def _luminance(colour: Colour) -> float:
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour]  # noqa: PLR2004
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _number(text: str) -> float:
    try:
        return float(text.removesuffix("%"))
    except ValueError:
        return 1.0
