"""Addresses as they stand on paper: of contacts, and behind the words of links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from pipeline.pdf.law.expected.blocks import Piece
from pipeline.pdf.law.expected.plain_words import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.place import Place
    from pipeline.models.text import Link

_BEYOND_ASCII: Final = re.compile("(?:%[89A-Fa-f][0-9A-Fa-f])+")
_LEADS_OUT: Final = ("http://", "https://", "mailto:")
"""How the target of a link begins that leads out of the file."""


def contact_piece(text: str, place: Place) -> Piece:
    """Return a contact, which leads to its address where it is one.

    Args:
        text: As it was written.
        place: Where.
    """
    is_mailbox = re.fullmatch(r"[^@\s]+@[^@\s]+", text) is not None and not text.startswith(_LEADS_OUT)
    target = f"mailto:{text}" if is_mailbox else text if text.startswith(_LEADS_OUT) else ""
    return Piece(bare_address(text), place, target=target)


def bare_address(text: str) -> str:
    """Return an address without scheme and closing slash; any other text as it is."""
    for scheme in _LEADS_OUT:
        if text.startswith(scheme):
            return text.removeprefix(scheme).removesuffix("/")
    return text


def address_pieces(link: Link) -> Iterator[Piece]:
    """Yield the address that stands on paper behind the words of a link, unless they are the address."""
    if not link.target.startswith(_LEADS_OUT):
        return
    written = bare_address(link.target)
    words = plain_words(link.children).strip().casefold()
    shown = {written, link.target, written.partition("?")[0]}
    # An address in angle brackets is its own words, with its letters as they were typed.
    if _simple(unquote(words)) in {_simple(unquote(text)) for text in shown}:
        return
    # Letters beyond ASCII may be shown as they are, and a space beside them encoded.
    lettered = _BEYOND_ASCII.sub(lambda match: unquote(match[0]), written)
    yield Piece(f"({written})", link.place, tuple(dict.fromkeys((f"({unquote(written)})", f"({lettered})"))))


def _simple(address: str) -> str:
    return bare_address(address.casefold()).removeprefix("www.")
