"""Addresses that programs wrap into one of their own, to count or to check who follows a link.

Links that programs make of telephone numbers say nothing that their words do not, and become these.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_WRAPPERS: Final = (
    ("www.google.com", "/url", ("q", "url")),
    (".safelinks.protection.outlook.com", "/", ("url",)),
    ("l.facebook.com", "/l.php", ("u",)),
    ("lm.facebook.com", "/l.php", ("u",)),
)
"""Host (or how it ends), path, and the fields of the query that hold the address meant."""

_DEEPEST: Final = 3
_CALLS: Final = ("tel:", "callto:", "sms:")
_FEWEST_FIGURES: Final = 5
"""In which a number with the code of its country ends as one without it."""


def unwrap_addresses(root: Element) -> None:
    """Replace wrapped addresses of a page's links by those that are meant, in place.

    Args:
        root: The root of the page.
    """
    for link in root.iter("a"):
        if not (target := link.get("href")):
            continue
        link.set("href", unwrapped(target))
        if target.strip().lower().startswith(_CALLS) and _says_number(link, target):
            link.tag = "span"
            del link.attrib["href"]


def _says_number(link: Element, target: str) -> bool:
    """Return whether the words of a link are the number it calls, the code of the country aside."""
    said, called = (re.sub(r"\D", "", text) for text in ("".join(link.itertext()), unquote(target)))
    said = said.lstrip("0")
    return len(said) >= _FEWEST_FIGURES and (called.endswith(said) or said.endswith(called.lstrip("0")))


def unwrapped(address: str) -> str:
    """Return the address that is meant by one of a program that wraps it, or the same.

    Args:
        address: Of a link.
    """
    for _ in range(_DEEPEST):
        inner = _inner(address)
        if not inner:
            return address
        address = inner
    return address


def _inner(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
    except ValueError:
        return ""
    for wrapper, path, names in _WRAPPERS:
        same = host.endswith(wrapper) if wrapper.startswith(".") else host == wrapper
        if same and parts.path == path:
            fields = parse_qs(parts.query)
            found = next((fields[name][0] for name in names if name in fields), "")
            return found if found.startswith(("http://", "https://", "mailto:")) else ""
    return ""
