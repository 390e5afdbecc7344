"""Decodes what arrived: by its mark, by what it declares, by its text; what is in doubt is said.

A charset that is declared is heeded (RFC 2046, 4.1.2), unless the text it gives is far stranger than that of
another: mail programs and web servers declare what they are set to, not what they send.
"""

from __future__ import annotations

import codecs
import functools
import re
import unicodedata
from typing import Final, NamedTuple

from charset_normalizer import from_bytes

from pipeline.importing.charsets.strangeness import LONGEST, strangeness

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
SINGLE_BYTES: Final = (
    "cp1251",
    "cp1252",
    "koi8-r",
    "koi8-u",
    "iso8859-5",
    "cp1250",
    "cp1253",
    "cp1254",
    "cp866",
    "mac-cyrillic",
)
"""The charsets of one byte a letter in the mail of Europe, the likelier first, as their codecs are named."""

_ALIASES: Final = {
    "unicode": "utf-16",
    "iso-8859-8-i": "iso-8859-8",
    "x-sjis": "shift_jis",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "ansi": "windows-1252",
}
_ASCII: Final = frozenset({"ascii", "us-ascii"})
_SEVEN_BITS: Final = ("iso2022", "hz", "utf-7")
"""How the names of codecs begin that write other letters with the bytes of ASCII."""

_META: Final = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w:.+-]+)|^\s*<\?xml[^>]+encoding\s*=\s*[\"']([\w:.+-]+)",
    re.IGNORECASE,
)
_HEAD: Final = 4096
_LEAST_GAIN: Final = 4.0
_GAIN: Final = 0.12
"""How much stranger, at least and in proportion, the declared text must be than another to be doubted."""
NONSENSE: Final = 4.1
"""The mean strangeness above which a text is hardly one."""

_SELDOM: Final = {"mac-cyrillic": 1.5, "cp866": 1.0, "koi8-u": 0.5}
"""How much better the text of a charset that is seldom sent must be."""

_SENSE: Final = 3.4
"""The mean strangeness below which a text makes sense beyond doubt."""

_FEWEST: Final = 3
_BYTES: Final = 256
_HIGH_BYTES: Final = frozenset(range(8))
_MANY_CONTROLS: Final = 0.45


class Decoded(NamedTuple):
    """A text with what is known of its charset.

    Args:
        text: As decoded, NFC.
        charset: The one it was decoded by.
        declared: The one it declares, or an empty text.
        doubt: Whether the declared one was not heeded, or none was declared and the text decided.
    """

    text: str
    charset: str
    declared: str
    doubt: bool


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode bytes.

    Args:
        data: The content of a part or a file.
        declared: The charset that it is said to be in, as written; an empty text where none is.
    """
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _decoded(data, charset, declared, doubt=False)
    if wide := _wide(data):
        return _decoded(data, wide, declared, doubt=False)
    heeded = known_charset(declared)
    if data.isascii():
        seven = heeded if heeded and heeded.startswith(_SEVEN_BITS) and _fits(data, heeded) else "ascii"
        return _decoded(data, seven, declared, doubt=False)
    if heeded is not None and heeded not in _ASCII and _fits(data, heeded):
        best = likeliest(data, heeded)
        doubted = best != heeded and _is_doubtful(data, heeded, best)
        return _decoded(data, best if doubted else heeded, declared, doubt=doubted)
    best = likeliest(data, None)
    # UTF-8 that is none declared leaves no doubt, for no other text looks like it.
    return _decoded(data, best, declared, doubt=best != "utf-8" or (heeded or "ascii") not in _ASCII)


def declared_in_page(data: bytes) -> str:
    """Return the charset that a page of HTML declares in itself, or an empty text.

    Args:
        data: The page; its first 4096 bytes are searched.
    """
    match = _META.search(data[:_HEAD])
    return (match[1] or match[2]).decode("ascii", "replace") if match else ""


def known_charset(name: str) -> str | None:
    """Return the codec of a charset, however its name is written; None where there is none."""
    bare = name.strip().strip("\"'; ").lower()
    bare = _ALIASES.get(bare, bare)
    bare = re.sub(r"^(?:x-)?(?:cp|win|windows)[-_ ]?(\d{3,4})$", r"cp\1", bare)
    # Browsers and mail programs read the one as the other (WHATWG Encoding, 4.2).
    bare = re.sub(r"^(?:iso[-_ ]?8859[-_ ]?1|latin[-_ ]?1|l1)$", "cp1252", bare)
    try:
        info = codecs.lookup(bare)
    except (LookupError, ValueError):
        return None
    return info.name if info._is_text_encoding else None  # noqa: SLF001 - codecs has no other way to tell


def _is_doubtful(data: bytes, declared: str, best: str) -> bool:
    sample = data[: 2 * LONGEST]
    own = _cost(sample, declared)
    return own - _cost(sample, best) >= (0 if best == "utf-8" else max(_LEAST_GAIN, _GAIN * own))


def usual_name(charset: str) -> str:
    """Return the name of a codec as mail and people write it: `windows-1251` for `cp1251`."""
    return re.sub(r"^cp125", "windows-125", charset).replace("iso8859", "iso-8859")


def _wide(data: bytes) -> str:
    """Return which UTF-16 a text without a mark is in: every second byte is that of its block of letters."""
    sample = data[:_HEAD]
    odd, even = (sum(byte in _HIGH_BYTES for byte in half) for half in (sample[1::2], sample[::2]))
    half = len(sample) // 2
    if half < _FEWEST or max(odd, even) < _MANY_CONTROLS * half or max(odd, even) < 2 * min(odd, even):
        return ""
    charset = "utf-16-le" if odd > even else "utf-16-be"
    return charset if strangeness(text_of_bytes(sample, charset)).mean < _SENSE else ""


def likeliest(data: bytes, declared: str | None = None, *, in_europe: bool = False) -> str:
    """Return the charset of the least strange text.

    Args:
        data: Bytes of a text; of a long one the beginning is judged.
        declared: A further candidate, by the name of its codec.
        in_europe: Whether only the charsets of Europe count.
    """
    sample = data[: 2 * LONGEST]
    candidates = [each for each in ("utf-8", *SINGLE_BYTES, declared) if each and _fits(data, each)]
    costs = {each: _cost(sample, each) for each in candidates}
    # Only a text that none of these fits is shown to the library, which knows many more.
    if not in_europe and all(
        strangeness(text_of_bytes(sample, each)).mean >= NONSENSE for each in candidates
    ):
        guess = from_bytes(sample).best()
        name = known_charset(guess.encoding) if guess else None
        if name and _fits(data, name):
            costs[name] = _cost(sample, name)
    return min(costs, key=lambda each: costs[each], default="cp1252")


def _cost(data: bytes, charset: str) -> float:
    """Return how strange the text is, and how seldom its charset is sent."""
    cost = strangeness(text_of_bytes(data, charset)).cost
    # Hardly any text of another charset is valid UTF-8.
    return cost / 2 if charset == "utf-8" else cost + _SELDOM.get(charset, 0.0)


def _fits(data: bytes, charset: str) -> bool:
    if charset in SINGLE_BYTES:
        return True
    try:
        data.decode(charset)
    except (UnicodeError, LookupError):
        return False
    return True


def text_of_bytes(data: bytes, charset: str) -> str:
    """Decode bytes; those that a table of single bytes does not have stay as control characters.

    Args:
        data: The bytes.
        charset: The name of a codec.
    """
    if charset in SINGLE_BYTES:
        return "".join(map(_table(charset).__getitem__, data))
    return data.decode(charset, "replace")


def bytes_of(text: str, charset: str) -> bytes | None:
    """Return the bytes of a text by a table of single bytes; None where it has other characters.

    Args:
        text: Any.
        charset: One of `SINGLE_BYTES`.
    """
    inverse = {sign: at for at, sign in enumerate(_table(charset))}
    # What a table does not have passes as a control character.
    numbers = [inverse.get(sign, ord(sign)) for sign in text]
    return bytes(numbers) if all(number < _BYTES for number in numbers) else None


@functools.cache
def _table(charset: str) -> list[str]:
    return [bytes([at]).decode(charset, "ignore") or chr(at) for at in range(_BYTES)]


def _decoded(data: bytes, charset: str, declared: str, *, doubt: bool) -> Decoded:
    text = unicodedata.normalize("NFC", text_of_bytes(data, charset).removeprefix("\ufeff"))
    return Decoded(text, charset, declared, doubt)
