"""Composed HTML of printed pages adapted to the site: without millimetres and `style` attributes.

The templates give pictures their size on paper, and bars their length, in `style` attributes, which the
site's policy (Content Security Policy Level 3) forbids. Sizes become HTML attributes that reserve a picture's
space; lengths become rules of one style sheet, which the policy allows by its hash.

An issue is composed with the templates filed with it, so their output is adapted, not the templates.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.site.html_tree import SVG, inner_html, parse_body

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

PIXELS_PER_MILLIMETRE: Final = 96 / 25.4
"""Of CSS (CSS Values and Units, 6.2)."""

_SIZE: Final = re.compile(r"width:([\d.]+)mm(?:;height:([\d.]+)mm)?")
"""The declarations by which the templates size a picture."""


class ScreenHtml(NamedTuple):
    """A page without styles in attributes.

    Args:
        html: Content of `<body>`.
        lengths: A sheet with the rules its bars and rows need; empty where it has none.
    """

    html: str
    lengths: str


def for_screen(html: str, colours: Mapping[str, str], table_label: str) -> ScreenHtml:
    """Adapt the composed HTML of an issue to its page on the site.

    Args:
        html: Content of `<body>`, as composed.
        colours: The style's colours as `#RRGGBB`, by name; drawings take them from the sheet, so that they
            follow it into the dark.
        table_label: The accessible name of a table that may have to be scrolled sideways.
    """
    body = parse_body(html)
    # If two names have the same colour, the first is used.
    variables = {colour: f"var(--{name})" for name, colour in reversed(tuple(colours.items()))}
    rules: dict[str, str] = {}
    for element in list(body.iter()):
        _close_up_note_references(element)
        _join_addresses(element)
        _move_style(element, rules)
        if element.tag == f"{SVG}svg":
            _use_variables(element, variables)
        elif element.tag == "div" and "tabular" in (element.get("class") or "").split():
            element.attrib |= {"role": "group", "tabindex": "0", "aria-label": table_label}
    lengths = "".join(f"[data-length={name}]{{{rule}}}" for rule, name in rules.items())
    return ScreenHtml(inner_html(body), lengths)


def source_of(style: str) -> str:
    """Return the source expression of a style sheet within the page: its SHA-256 (CSP 3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def _move_style(element: Element, rules: dict[str, str]) -> None:
    """Replace the `style` attribute of an element by size attributes, or by a rule added to `rules`."""
    style = element.attrib.pop("style", "")
    size = _SIZE.fullmatch(style)
    if element.tag == "img" and size:
        for name, side in zip(("width", "height"), size.groups(), strict=True):
            if side:
                element.set(name, str(round(float(side) * PIXELS_PER_MILLIMETRE)))
        element.attrib |= {"loading": "lazy", "decoding": "async"}
        return
    if element.tag == "figure":
        # In a row of pictures each has its share of the width; other figures are sized by the style sheet.
        style = f"flex:{size[1]} 1 0" if size else ""
    if style:
        element.set("data-length", rules.setdefault(style, f"l{len(rules)}"))


def _use_variables(drawing: Element, variables: Mapping[str, str]) -> None:
    for element in drawing.iter():
        for name, value in element.attrib.items():
            element.attrib[name] = variables.get(value, value)


def _close_up_note_references(parent: Element) -> None:
    """Remove the space before note references.

    In print the note itself follows the space, and is moved to the foot of the page.
    """
    before: Element | None = None
    for child in parent:
        if child.tag == "a" and child.get("class") == "again":
            if before is None:
                parent.text = (parent.text or "").rstrip()
            else:
                before.tail = (before.tail or "").rstrip()
        before = child


def _join_addresses(parent: Element) -> None:
    """Join the parts of an address that print divides into several links: keyboard focus stops there once."""
    at = 0
    while at + 2 < len(parent):
        link, seam, rest = parent[at : at + 3]
        if _is_continued(link, seam, rest):
            del parent[at + 1 : at + 3]
            link.append(seam)
            link.extend(rest)
            seam.tail, link.tail = rest.text, rest.tail
        else:
            at += 1


def _is_continued(link: Element, seam: Element, rest: Element) -> bool:
    is_part = link.tag == rest.tag == "a" and link.get("class") == "part" and link.attrib == rest.attrib
    return is_part and seam.tag == "wbr" and not (link.tail or seam.tail)
