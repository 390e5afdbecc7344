"""Drawings for paper: every colour of an SVG is replaced by its inks (CMYK), or reported.

The engine would write RGB colours to a press file without an error, so none may be left.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from pipeline.findings.finding import Finding, found

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.findings.place import Place
    from pipeline.models.values.colours import Inks

SVG: Final = "{http://www.w3.org/2000/svg}"
_COLOURED: Final = frozenset({"fill", "stroke", "color", "stop-color", "flood-color", "lighting-color"})
_UNINKABLE: Final = frozenset({"linearGradient", "radialGradient", "meshGradient", "filter"})
_KEPT: Final = {
    "": "",
    "none": "none",
    "inherit": "inherit",
    "context-fill": "context-fill",
    "context-stroke": "context-stroke",
    "currentcolor": "currentColor",
    # The engine would write it in RGB, though invisible.
    "transparent": "none",
}
"""Values that are no colour of their own, and the spelling the engine recognises."""

_PAINT_SERVER: Final = re.compile(r"\s*(url\([^)]*\))\s*(.*)", re.DOTALL)
_NAMED: Final = re.compile(r"#([^\s\"')]+)")
_IN_INKS: Final = re.compile(r"device-cmyk\((?:\d+(?:\.\d+)?%[ )]){4}")
"""What `as_css` writes: the style's own colours come in inks already."""

_BLACK: Final = "device-cmyk(0% 0% 0% 100%)"


def as_css(inks: Inks) -> str:
    """Return inks as a CSS colour (CSS Color 5, 9)."""
    return "device-cmyk({}% {}% {}% {}%)".format(*inks)


def drawing_in_ink(
    data: bytes,
    tokens: Mapping[str, Inks],
    name: str,
    place: Place | None,
    inking: Callable[[str], Inks] | None = None,
) -> bytes | list[Finding]:
    """Return a drawing with its colours in inks.

    Args:
        data: The SVG, which `examination.examine` passed.
        tokens: The inks of each colour of the style, by `#RRGGBB`.
        name: As the issue names it.
        place: Where it is named.
        inking: Returns the inks of any other colour `#RRGGBB`; without it such a colour is refused.

    Returns:
        The drawing, or findings: colours without inks (E66), gradients and filters (E67).
    """
    root = ET.fromstring(data)  # noqa: S314 - examined, so it has no entities
    if findings := ink_findings(root, tokens, name, place, inking):
        return findings
    # The default colour is black, which the engine would write in RGB.
    for key in ("fill", "color"):
        if key not in root.attrib:
            root.set(key, _BLACK)
    ET.register_namespace("", SVG.strip("{}"))
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def ink_findings(
    root: ET.Element,
    tokens: Mapping[str, Inks],
    name: str,
    place: Place | None,
    inking: Callable[[str], Inks] | None = None,
) -> list[Finding]:
    """Put the colours of a drawing in inks, and return the findings of `drawing_in_ink` (E66, E67).

    Args:
        root: The drawing's root element; its colours and those within it are replaced.
        tokens: The inks of each colour of the style, by `#RRGGBB`.
        name: As the issue names it.
        place: Where it is named.
        inking: Returns the inks of any other colour `#RRGGBB`; without it such a colour is refused.
    """
    _drop_unused(root)
    replacement = _InkReplacement({colour.upper(): inks for colour, inks in tokens.items()}, inking)
    odd: dict[str, None] = {}
    for node in root.iter():
        tag = str(node.tag).removeprefix(SVG)
        if tag in _UNINKABLE:
            odd[f"<{tag}>"] = None
        for key in _COLOURED & node.attrib.keys():
            node.set(key, replacement.inked(node.attrib[key]))
        if style := node.get("style"):
            node.set("style", replacement.declarations(style))
        if tag == "style" and node.text:
            node.text = replacement.sheet(node.text)
    findings = [found("E67", place, name=name, what=what) for what in odd]
    choices = ", ".join(sorted(tokens))
    findings += [
        found("E66", place, name=name, found=colour, choices=choices) for colour in replacement.unknown
    ]
    return findings


def _drop_unused(root: ET.Element) -> None:
    """Remove unreferenced gradients and filters, which drawing programs leave behind."""
    while any(map(_is_uninkable, {node.tag for node in root.iter()})):
        named = {
            name
            for node in root.iter()
            for text in (*node.attrib.values(), node.text or "")
            for name in _NAMED.findall(text)
        }
        unused = [
            (parent, node)
            for parent in root.iter()
            for node in parent
            if _is_uninkable(node.tag) and node.get("id") not in named
        ]
        for parent, node in unused:
            parent.remove(node)
        if not unused:
            return


def _is_uninkable(tag: str) -> bool:
    return str(tag).removeprefix(SVG) in _UNINKABLE


class _InkReplacement:
    """Replaces colours by inks, and collects colours without inks in `unknown`."""

    def __init__(self, tokens: Mapping[str, Inks], inking: Callable[[str], Inks] | None) -> None:
        self._tokens = tokens
        self._inking = inking
        self.unknown: dict[str, None] = {}
        self._known: dict[str, str] = {}

    def inked(self, value: str) -> str:
        """Return a colour in inks; any other value as it is."""
        # A drawing has few colours and names each of them hundreds of times.
        if value not in self._known:
            self._known[value] = self._converted(value)
        return self._known[value]

    def _converted(self, value: str) -> str:
        plain = value.strip()
        if plain.lower() in _KEPT:
            return _KEPT[plain.lower()]
        if paint_server := _PAINT_SERVER.fullmatch(plain):
            source, otherwise = paint_server.groups()
            return f"{source} {self.inked(otherwise)}".rstrip()
        if known := self._tokens.get(plain.upper()):
            return as_css(known)
        if _IN_INKS.fullmatch(plain):
            return value
        from tinycss2.color5 import parse_color  # noqa: PLC0415 - most drawings have the style's colours alone

        colour = parse_color(plain)
        if colour is None or isinstance(colour, str):
            # The engine draws a value it cannot parse in black.
            return _BLACK
        if colour.space == "device-cmyk":
            return value
        if colour.alpha == 0:
            return "none"
        inks = self._inks_of(colour)
        if inks is None:
            self.unknown[plain] = None
            return value
        return as_css(inks)

    def declarations(self, text: str) -> str:
        """Return the declarations of a style attribute or a rule in inks."""
        import tinycss2  # noqa: PLC0415 - as above; most drawings have attributes alone

        parts = tinycss2.parse_declaration_list(text, skip_comments=True, skip_whitespace=True)
        return ";".join(
            self._declaration(part.name, tinycss2.serialize(part.value).strip(), important=part.important)
            for part in parts
            if part.type == "declaration"
        )

    def sheet(self, text: str) -> str:
        """Return a style sheet in inks, without at-rules such as those for certain media."""
        import tinycss2  # noqa: PLC0415 - likewise

        rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        return "".join(
            f"{tinycss2.serialize(rule.prelude)}{{{self.declarations(tinycss2.serialize(rule.content))}}}"
            for rule in rules
            if rule.type == "qualified-rule"
        )

    def _declaration(self, name: str, value: str, *, important: bool) -> str:
        written = self.inked(value) if name.lower() in _COLOURED else value
        return f"{name}:{written}{' !important' if important else ''}"

    def _inks_of(self, colour: Any) -> Inks | None:  # noqa: ANN401 - the library's own
        srgb = colour.to("srgb")
        red, green, blue = (round(min(max(part or 0, 0), 1) * 255) for part in srgb.coordinates)
        if colour.alpha is not None and colour.alpha < 1:
            # It would have to be mixed with the background, which is not known.
            return None
        plain = f"#{red:02X}{green:02X}{blue:02X}"
        known = self._tokens.get(plain)
        if known is not None:
            return known
        if red == green == blue:
            return (0, 0, 0, 100 - round(red / 255 * 100))
        return self._inking(plain) if self._inking is not None else None
