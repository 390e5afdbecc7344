"""What pages of paper say in millimetres, said for a screen; and no style in any attribute.

The templates give pictures their size on paper, and bars their length, in `style` attributes, which the
site's policy (Content Security Policy Level 3) forbids. Sizes become the attributes of HTML that keep a
picture's room; lengths become rules of one sheet, which the policy names by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

PIXELS_A_MILLIMETRE: Final = 96 / 25.4
"""Of CSS (CSS Values and Units, 6.2)."""

_TAG: Final = re.compile(r'<(\w+)([^<>]*?) style="([^"]*)"([^<>]*)>')
_SIZE: Final = re.compile(r"width:([\d.]+)mm(?:;height:([\d.]+)mm)?")
_DRAWING: Final = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_BEFORE_CALL: Final = re.compile(r'\s+(?=<a class="again")')
"""On paper a note's text stands here, for the foot of the page to take; a numeral follows its word."""

_SPLIT_LINK: Final = re.compile(
    r'(<a href="([^"]*)" class="part">)([^<]*(?:<wbr>[^<]*)*)</a><wbr><a href="\2" class="part">'
)


class Dressed(NamedTuple):
    """A page without styles in attributes.

    Args:
        html: The page.
        lengths: The rules its bars and rows need; empty where it has none.
    """

    html: str
    lengths: str


def dressed(html: str, tokens: Mapping[str, str], table: str) -> Dressed:
    """Make of a composed page one for screens.

    Args:
        html: What the templates gave.
        tokens: The style's colours as `#RRGGBB`, by name; drawings take them from the sheet, so that
            they follow it into the dark.
        table: What a table is called that may have to be scrolled sideways.
    """
    rules: dict[str, str] = {}

    def undone(match: re.Match[str]) -> str:
        tag, before, style, after = match.groups()
        size = _SIZE.fullmatch(style)
        if tag == "img" and size:
            return f'<{tag}{before}{after}{_room(size)} loading="lazy" decoding="async">'
        rule = (f"flex:{size[1]} 1 0" if size else "") if tag == "figure" else style
        if not rule:
            return f"<{tag}{before}{after}>"
        name = rules.setdefault(rule, f"l{len(rules)}")
        return f"<{tag}{before}{after} data-length={name}>"

    page = _TAG.sub(undone, _BEFORE_CALL.sub("", html))
    page = _DRAWING.sub(lambda match: _with_tokens(match[0], tokens), page)
    page = page.replace(
        '<div class="tabular">', f'<div class="tabular" role="group" tabindex="0" aria-label="{table}">'
    )
    return Dressed(_whole_links(page), "".join(f"[data-length={n}]{{{rule}}}" for rule, n in rules.items()))


def source_of(style: str) -> str:
    """Return how a policy names a sheet within the page: by its SHA-256 (CSP 3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"


def _room(size: re.Match[str]) -> str:
    sides = (
        (name, round(float(side) * PIXELS_A_MILLIMETRE))
        for name, side in zip(("width", "height"), size.groups(), strict=True)
        if side
    )
    return "".join(f' {name}="{side}"' for name, side in sides)


def _with_tokens(drawing: str, tokens: Mapping[str, str]) -> str:
    for name, colour in tokens.items():
        drawing = drawing.replace(f'="{colour}"', f'="var(--{name})"')
    return drawing


def _whole_links(page: str) -> str:
    """Make one link again of an address that paper has in parts: who goes by keyboard stops there once."""
    before = ""
    while page != before:
        before = page
        page = _SPLIT_LINK.sub(r"\1\3<wbr>", page)
    return page
