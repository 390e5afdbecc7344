"""Finds, in a text that is decoded, letters that an earlier wrong decoding made or destroyed.

Such a text comes from a program that read bytes by the wrong table and sent on what it saw: “Ðàáîòà”, “РЈРІ”,
“тБВПФБ”. Its letters, written back by that table, are the bytes of a text that is far less strange.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.importing.charsets.decoding import SINGLE_BYTES, bytes_of, likeliest, text_of_bytes
from pipeline.importing.charsets.strangeness import strangeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FEWEST: Final = 4
_LEAST_MEAN: Final = 3.3
_LEAST_GAIN: Final = 6.0
_RATIO: Final = 0.9
_LOST: Final = re.compile(
    r"[\ufffd\x00-\x08\x0e-\x1f]|(?<![?!\w])\?{3,}(?: +\?{2,})+(?![?!\w])|^\?{2,}[.)] \d"
)
"""The replacement character, control characters, and question marks for words or before a list's number."""


class Garbled(NamedTuple):
    """A text with wrong letters.

    Args:
        text: As it came.
        meant: What was meant, as far as it can be told; an empty text where the letters are lost.
    """

    text: str
    meant: str


def garbled_texts(texts: Iterable[str]) -> Iterator[Garbled]:
    """Yield the texts that a wrong decoding made.

    Args:
        texts: Lines or paragraphs; each is judged by itself.
    """
    for text in texts:
        if _LOST.search(text):
            yield Garbled(text, "")
        elif not text.isascii() and (meant := meant_by(text)):
            yield Garbled(text, meant)


def meant_by(text: str) -> str:
    """Return what a garbled text means, or an empty text where it is not garbled.

    Args:
        text: A line or a paragraph.
    """
    own = strangeness(text)
    if own.letters < _FEWEST or own.mean < _LEAST_MEAN:
        return ""
    best, least = "", min(own.cost * _RATIO, own.cost - _LEAST_GAIN)
    for charset in SINGLE_BYTES:
        written = bytes_of(text, charset)
        if written is None:
            continue
        decoded = text_of_bytes(written, likeliest(written, in_europe=True))
        cost = strangeness(decoded).cost
        if not decoded.isascii() and cost < least:
            best, least = decoded, cost
    return best
