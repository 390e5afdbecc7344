"""Header fields as the bytes of a message (RFC 5322, 2.2 and 3.6; RFC 2047; RFC 2231).

Text becomes encoded words whenever it is more than plain ASCII words, by `email.header.Header`: the folding
of `email.message.EmailMessage` loses spaces of Bulgarian text. Structured fields (Message-ID, Date, List-*)
are never encoded, because the programs that read them would not decode them. A value that could begin another
field (header injection) is refused.
"""

from __future__ import annotations

import re
import unicodedata
from email.header import Header
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pipeline.delivery.ledger.addresses import ascii_domain
from pipeline.findings.finding import DeliveryError, found

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDEST: Final = 76
"""Characters of a line, where it can be folded (RFC 2047, 2)."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9,.;:!?()'/+ -]*")
_ATOMS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/^_`{|}~-]+)*")
"""Words of a phrase (RFC 5322, 3.2.3), without the characters that begin an encoded word."""

_ADDRESS: Final = re.compile(r"[!-;=?A-~]+@[A-Za-z0-9.-]+")
"""Address as it stands between < and >: printable ASCII without brackets (RFC 5321, 4.1.2)."""
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,60}")
_SECTION: Final = 40
"""Characters in one section of a long parameter (RFC 2231, 3)."""


def text_field(name: str, value: str) -> bytes:
    """Return an unstructured field, as `Subject`.

    Args:
        name: Name of the field.
        value: Its text.

    Raises:
        DeliveryError: The text contains a character that no header may (E340).
    """
    return _field(name, _encoded(name, checked(name, value), len(name) + 2))


def address_field(name: str, display: str, address: str) -> bytes:
    """Return a field with one mailbox, as `From` (RFC 5322, 3.4).

    Args:
        name: Name of the field.
        display: Display name; empty for the address alone.
        address: Address in ASCII.

    Raises:
        DeliveryError: Name or address contains a character that it may not (E340).
    """
    checked(name, display)
    if not _ADDRESS.fullmatch(address):
        raise DeliveryError([found("E340", None, field=name, character=_first_unfit(address))])
    if not display.strip():
        return _field(name, address)
    phrase = display if _ATOMS.fullmatch(display) else _encoded(name, display, len(name) + 2, is_phrase=True)
    last = phrase.rsplit("\r\n", 1)[-1]
    is_long = len(last) + len(address) + 3 + (len(name) + 2 if last == phrase else 0) > WIDEST
    fold = "\r\n" if is_long else ""
    return _field(name, f"{phrase}{fold} <{address}>")


def structured_field(name: str, value: str) -> bytes:
    """Return a structured field, with its value unchanged.

    Args:
        name: Name of the field.
        value: Printable ASCII; CRLF and a space fold it.

    Raises:
        DeliveryError: The value contains another character (E340).
    """
    for line in value.split("\r\n "):
        if odd := re.search(r"[^ -~]", line):
            raise DeliveryError([found("E340", None, field=name, character=_code_point(odd[0]))])
    return _field(name, value)


def parameters(value: str, key: str, file_name: str) -> str:
    """Return a value with a file name as its parameter, in any script (RFC 2231, 3 and 4).

    Args:
        value: Value before the parameter, as `attachment`.
        key: Name of the parameter.
        file_name: Name of a file.

    Raises:
        DeliveryError: The file name contains a character that no header may (E340).
    """
    checked(key, file_name)
    if _FILE_NAME.fullmatch(file_name):
        return f'{value};\r\n {key}="{file_name}"'
    coded = quote(file_name, safe="")
    sections = []
    while coded:
        # A percent-encoded byte must not be cut (RFC 2231, 4.1).
        cut = next(
            at for at in range(min(_SECTION, len(coded)), 0, -1) if "%" not in coded[max(at - 2, 0) : at]
        )
        sections.append(coded[:cut])
        coded = coded[cut:]
    sections[0] = f"utf-8''{sections[0]}"
    numbered = [f"{key}*{number}*={section}" for number, section in enumerate(sections)]
    return value + "".join(f";\r\n {section}" for section in numbered)


def ascii_name(name: str) -> str:
    """Return the ASCII part of a file name, for programs that do not know RFC 2231."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem, dot, ending = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).rpartition(".")
    return (stem.strip("-.")[:50] or "bulletin") + dot + ending


def ascii_address(address: str) -> str:
    """Return an address with its domain in ASCII (RFC 5890)."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{ascii_domain(domain)}"


def checked(name: str, value: str) -> str:
    """Return a text unchanged if a header may contain it.

    Args:
        name: Name of the field or parameter, for the finding.
        value: The text.

    Raises:
        DeliveryError: It contains a control character, as the end of a line, which would begin another field;
            or a bidirectional control, which can make an address look like another (E340).
    """
    if character := unfit_character(value):
        raise DeliveryError([found("E340", None, field=name, character=character)])
    return value


def unfit_character(value: str) -> str:
    """Return the first character that no header may contain, as `U+000A`; empty if there is none."""
    unfit = (sign for sign in value if unicodedata.category(sign) in _UNFIT or sign in _BIDIRECTIONAL)
    return next((_code_point(sign) for sign in unfit), "")


_UNFIT: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
_BIDIRECTIONAL: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def join(fields: Sequence[bytes]) -> bytes:
    """Return fields as the header of a message or part, with the empty line after it."""
    return b"".join(fields) + b"\r\n"


def _encoded(name: str, value: str, used: int, *, is_phrase: bool = False) -> str:
    is_plain = not is_phrase and _PLAIN.fullmatch(value) and value == " ".join(value.split())
    if is_plain and used + len(value) <= WIDEST:
        return value
    return Header(value, "utf-8", maxlinelen=WIDEST, header_name=name).encode(linesep="\r\n")


def _field(name: str, value: str) -> bytes:
    return f"{name}: {value}\r\n".encode("ascii")


def _first_unfit(address: str) -> str:
    odd = re.search(r"[^!-;=?A-~]", address)
    return _code_point(odd[0]) if odd else "@"


def _code_point(sign: str) -> str:
    return f"U+{ord(sign):04X}"
