"""Properties of runs and paragraphs, by themselves and by their styles (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.importing.word.names import W, is_on, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_DEEPEST: Final = 30
_TOGGLES: Final = frozenset({"vanish", "strike"})
"""Of those looked for here: on in a paragraph's style and in a character's, they are off (17.7.3)."""


class Style(NamedTuple):
    """A style.

    Args:
        name: As people see it, `heading 1`.
        parent: The identifier of the style it is based on, or None.
        run: Its properties of runs, or None.
        paragraph: Its properties of paragraphs, or None.
    """

    name: str
    parent: str | None
    run: Element | None
    paragraph: Element | None


@dataclass(slots=True)
class Styles:
    """The styles of a file.

    Args:
        by_id: Each style.
        default_run: The properties of runs that no style changes, or None.
        default_paragraph: The identifier of the style of paragraphs that name none, or None.
    """

    by_id: dict[str, Style] = field(default_factory=dict)
    default_run: Element | None = None
    default_paragraph: str | None = None

    def chain(self, identifier: str | None) -> Iterator[Style]:
        """Yield a style and those it is based on."""
        for _ in range(_DEEPEST):
            style = self.by_id.get(identifier or "")
            if style is None:
                return
            yield style
            identifier = style.parent

    def style_of(self, paragraph: Element | None) -> str | None:
        """Return the identifier of a paragraph's style."""
        properties = paragraph.find(W + "pPr") if paragraph is not None else None
        return value_of(properties, "pStyle") or self.default_paragraph

    def is_on(self, name: str, run: Element | None, paragraph: Element | None) -> bool:
        """Return whether a property of a run is on.

        Args:
            name: The property, without its namespace.
            run: The properties of the run itself, or None.
            paragraph: Its paragraph, or None.
        """
        direct = run.find(W + name) if run is not None else None
        if direct is not None:
            return is_on(direct)
        own = self._in_style(name, value_of(run, "rStyle"))
        around = self._in_style(name, self.style_of(paragraph))
        if own and around:
            return name not in _TOGGLES
        return (
            own or around or is_on(self.default_run.find(W + name) if self.default_run is not None else None)
        )

    def property_of(self, name: str, run: Element | None, paragraph: Element | None) -> Element | None:
        """Return the element of a property of a run, from wherever it is set; arguments as for `is_on`."""
        for properties in self._sources(run, paragraph):
            if (element := properties.find(W + name)) is not None:
                return element
        return None

    def left_of(self, paragraph: Element) -> int | None:
        """Return the indent of a paragraph in twips, its own or that of its style, or None."""
        chain = self.chain(self.style_of(paragraph))
        lefts = (left_in(each) for each in (paragraph.find(W + "pPr"), *(style.paragraph for style in chain)))
        return next((left for left in lefts if left is not None), None)

    def _sources(self, run: Element | None, paragraph: Element | None) -> Iterator[Element]:
        chains = (self.chain(value_of(run, "rStyle")), self.chain(self.style_of(paragraph)))
        sources = [run, *(style.run for chain in chains for style in chain), self.default_run]
        return (each for each in sources if each is not None)

    def _in_style(self, name: str, identifier: str | None) -> bool:
        for style in self.chain(identifier):
            element = style.run.find(W + name) if style.run is not None else None
            if element is not None:
                return is_on(element)
        return False


def left_in(properties: Element | None) -> int | None:
    """Return the indent that properties of a paragraph give, in twips; None where they give none."""
    indent = properties.find(W + "ind") if properties is not None else None
    if indent is None:
        return None
    written = indent.get(W + "left", indent.get(W + "start", ""))
    return int(written) if re.fullmatch(r"-?\d{1,6}", written) else None


def read_styles(root: Element | None) -> Styles:
    """Return the styles of a file.

    Args:
        root: The root of its part of styles, or None.
    """
    if root is None:
        return Styles()
    styles: dict[str, Style] = {}
    default: str | None = None
    for element in root.findall(W + "style"):
        identifier = element.get(W + "styleId", "")
        if element.get(W + "type") == "paragraph" and element.get(W + "default") in {"1", "true", "on"}:
            default = identifier
        styles[identifier] = Style(
            value_of(element, "name") or "",
            value_of(element, "basedOn"),
            element.find(W + "rPr"),
            element.find(W + "pPr"),
        )
    return Styles(styles, root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"), default)
