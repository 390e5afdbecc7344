"""Header fields, as bytes that stand in a message (RFC 5322, 2.2 and 3.6; RFC 2047; RFC 2231).

Texts become encoded words whenever they are more than plain words, by the one encoder that keeps every
space of Bulgarian; what has a structure of its own (Message-ID, Date, List-*) goes out as it is, for a
program reads it and would not decode it. A value that could begin a field of its own is refused.
"""

from __future__ import annotations

import re
import unicodedata
from email.header import Header
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pipeline.findings.finding import DeliveryError, found

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDEST: Final = 76
"""Characters of a line, where it can be parted (RFC 2047, 2)."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9,.;:!?()'/+ -]*")
_ATOMS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/^_`{|}~-]+)*")
"""Words of a phrase (RFC 5322, 3.2.3) but for the signs that begin an encoded word."""

_ADDRESS: Final = re.compile(r"[!-;=?A-~]+@[A-Za-z0-9.-]+")
"""An address as it stands between < and >: printable ASCII without brackets (RFC 5321, 4.1.2)."""
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,60}")
_SECTION: Final = 40
"""Characters of one section of a long parameter."""


def text_field(name: str, value: str) -> bytes:
    """Return a field that people read, as `Subject`.

    Args:
        name: Of the field.
        value: What it says.

    Raises:
        DeliveryError: A character stands in it that no header may hold (E340).
    """
    return _field(name, _encoded(name, fit(name, value), len(name) + 2))


def address_field(name: str, display: str, address: str) -> bytes:
    """Return a field that names one mailbox, as `From` (RFC 5322, 3.4).

    Args:
        name: Of the field.
        display: The name before the address; empty for the address alone.
        address: In ASCII.

    Raises:
        DeliveryError: A character stands in one of them that may not (E340).
    """
    fit(name, display)
    if not _ADDRESS.fullmatch(address):
        raise DeliveryError([found("E340", None, field=name, character=_first_odd(address))])
    if not display.strip():
        return _field(name, address)
    phrase = display if _ATOMS.fullmatch(display) else _encoded(name, display, len(name) + 2, is_phrase=True)
    last = phrase.rsplit("\r\n", 1)[-1]
    is_long = len(last) + len(address) + 3 + (len(name) + 2 if last == phrase else 0) > WIDEST
    fold = "\r\n" if is_long else ""
    return _field(name, f"{phrase}{fold} <{address}>")


def structured_field(name: str, value: str) -> bytes:
    """Return a field that programs read, as it is.

    Args:
        name: Of the field.
        value: Printable ASCII; parts on lines of their own are parted by CRLF and a space.

    Raises:
        DeliveryError: It is not (E340).
    """
    for line in value.split("\r\n "):
        if odd := re.search(r"[^ -~]", line):
            raise DeliveryError([found("E340", None, field=name, character=_named(odd[0]))])
    return _field(name, value)


def parameters(kind: str, key: str, value: str) -> str:
    """Return a value with one parameter: a file name, in any letters (RFC 2231, 3 and 4).

    Args:
        kind: What the parameter belongs to, as `attachment`.
        key: Its name.
        value: The name of a file.

    Raises:
        DeliveryError: A character stands in it that no header may hold (E340).
    """
    fit(key, value)
    if _FILE_NAME.fullmatch(value):
        return f'{kind};\r\n {key}="{value}"'
    coded = quote(value, safe="")
    sections = []
    while coded:
        # Never within the three signs of one byte.
        cut = next(
            at for at in range(min(_SECTION, len(coded)), 0, -1) if "%" not in coded[max(at - 2, 0) : at]
        )
        sections.append(coded[:cut])
        coded = coded[cut:]
    sections[0] = f"utf-8''{sections[0]}"
    told = [f"{key}*{number}*={section}" for number, section in enumerate(sections)]
    return kind + "".join(f";\r\n {section}" for section in told)


def ascii_name(name: str) -> str:
    """Return a file name for programs that know no other letters: as much of it as is ASCII already."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem, dot, ending = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).rpartition(".")
    return (stem.strip("-.")[:50] or "bulletin") + dot + ending


def ascii_address(address: str) -> str:
    """Return an address as it goes over the line: its domain in ASCII (RFC 5890)."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


def fit(name: str, value: str) -> str:
    """Return a text that may stand in a header.

    Args:
        name: What it is, for whoever reads the finding.
        value: The text.

    Raises:
        DeliveryError: A control stands in it: the end of a line, which would begin a field of its own, or a
            sign that turns the direction of writing, by which an address looks like another (E340).
    """
    if sign := unfit_sign(value):
        raise DeliveryError([found("E340", None, field=name, character=sign)])
    return value


def unfit_sign(value: str) -> str:
    """Return the number of the first sign that no header may hold, as `U+000A`; empty where there is none."""
    unfit = (sign for sign in value if unicodedata.category(sign) in _UNFIT or sign in _TURNING)
    return next((_named(sign) for sign in unfit), "")


_UNFIT: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def join(fields: Sequence[bytes]) -> bytes:
    """Return fields as the head of a message or of a part, the empty line behind them included."""
    return b"".join(fields) + b"\r\n"


def _encoded(name: str, value: str, used: int, *, is_phrase: bool = False) -> str:
    is_plain = not is_phrase and _PLAIN.fullmatch(value) and value == " ".join(value.split())
    if is_plain and used + len(value) <= WIDEST:
        return value
    return Header(value, "utf-8", maxlinelen=WIDEST, header_name=name).encode(linesep="\r\n")


def _field(name: str, value: str) -> bytes:
    return f"{name}: {value}\r\n".encode("ascii")


def _first_odd(address: str) -> str:
    odd = re.search(r"[^!-;=?A-~]", address)
    return _named(odd[0]) if odd else "@"


def _named(sign: str) -> str:
    return f"U+{ord(sign):04X}"
