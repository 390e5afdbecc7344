"""Web and mail addresses in a form in which two renditions of one address are equal.

Renditions of one address differ in scheme, `www.`, closing slash, percent-encoding (RFC 3986, 2.1), the form
of an internationalised host (RFC 5890: “пример.бг” or `xn--e1afmkfd.xn--90ae`), and in signs without width
where lines may break.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
"""Signs without width: soft hyphen, break opportunities, joiners, marks of direction."""

ADDRESS: Final = re.compile(
    r"(?:https?://|mailto:|tel:)\S+"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|(?<![\w.@/-])(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?::\d{1,5})?(?![\w-])(?:[/?#]\S*)?",
    re.IGNORECASE,
)
"""An address in running text; signs that close a sentence may follow within the match: see `trimmed`."""

_SCHEME: Final = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_CLOSING: Final = ".,;:!?…'\"»«›“”„‘’*"
_BRACKETS: Final = {")": "(", "]": "[", "}": "{", ">": "<"}


def addresses_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each address of a text begins and ends, without the signs that close a sentence.

    Args:
        text: Without the signs of `INVISIBLE`.
    """
    for match in ADDRESS.finditer(text):
        end = match.start() + len(trimmed(match[0]))
        if end > match.start():
            yield match.start(), end


def trimmed(address: str) -> str:
    """Return an address without the signs of the sentence around it: full stops, quotes, a bracket."""
    while address:
        last = address[-1]
        opening = _BRACKETS.get(last)
        if last not in _CLOSING and (opening is None or address.count(opening) >= address.count(last)):
            break
        address = address[:-1]
    return address


def canonical(address: str) -> str:
    """Return an address as its renditions have it in common.

    Args:
        address: A web or mail address or telephone number, with or without scheme.
    """
    text = _SCHEME.sub("", trimmed(INVISIBLE.sub("", address).strip()), count=1)
    host = re.match(r"[^/?#]*", text)[0] if text else ""  # type: ignore[index]
    rest = text[len(host) :]
    user, at, host = host.rpartition("@")
    host = re.sub(r":(?:80|443)$", "", host.casefold()).removesuffix(".")
    host = ".".join(map(_readable_label, host.removeprefix("www.").split(".")))
    path, mark, query = rest.partition("?")
    path, cross, fragment = (path, "", "") if mark else path.partition("#")
    query = mark + query if query else ""
    fragment = cross + fragment if fragment else ""
    # Signs of a sentence may stand at the end in per cent, or bare.
    return trimmed(unquote(user) + at + host + unquote(path).rstrip("/") + unquote(query + fragment))


def _readable_label(label: str) -> str:
    """Return a label of a host in its own letters (RFC 3492, RFC 5891)."""
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:
        return label
