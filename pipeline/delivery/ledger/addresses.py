"""E-mail addresses as people write them, and the one key by which two of them are the same.

Every comparison of addresses goes by `address_key`: in lists and ledger, of returned messages, and of what an
officer types.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_AROUND: Final = " \t\r\n\u00a0\u200b\u2060\ufeff;,"
"""Characters that remain around an address copied from elsewhere."""

_NAMED: Final = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]+)>\s*")


def split_address(written: str) -> tuple[str, str]:
    """Return display name and address of a text, as `Name <address>` copied from a mail program.

    Args:
        written: The text; what is around the address, and `mailto:` before it, is left out.
    """
    text = written.strip(_AROUND)
    name = ""
    if match := _NAMED.fullmatch(text):
        name, text = match["name"].strip().strip('"').strip(), match["address"]
    address = re.sub(r"^mailto:", "", text.strip(_AROUND), flags=re.IGNORECASE)
    return name, address.lstrip(_AROUND).rstrip(_AROUND + ".")


def address_key(written: str) -> str:
    """Return the key of an address: equal for two that mean the same mailbox, however they are written.

    The domain is in ASCII (RFC 5890; UTS 46, not transitional), so that `пример.бг` and
    `xn--e1afmkfd.xn--90ae` are one; letters are small. RFC 5321 lets the part before the at sign be
    case-sensitive; practically no server treats it so, and a list with both spellings means one mailbox.

    Args:
        written: An address as it was written, with whatever a mail program puts around it.
    """
    local, at, domain = split_address(written)[1].rpartition("@")
    return unicodedata.normalize("NFC", local).casefold() + at + ascii_domain(domain).casefold()


def former_key(written: str) -> str:
    """Return the key that versions before 0.5 gave to an address typed with a domain in other letters.

    Whoever was unsubscribed by it is unsubscribed still.

    Args:
        written: An address as it was written.

    Returns:
        The key; empty where it is that of today.
    """
    local, at, domain = address_key(written).rpartition("@")
    if "xn--" not in domain:
        return ""
    import idna  # noqa: PLC0415 - few addresses need it

    try:
        return local + at + idna.decode(domain).casefold()
    except UnicodeError:
        return ""


def ascii_domain(domain: str) -> str:
    """Return a domain in ASCII (RFC 5890); one that cannot be converted as it is written.

    Args:
        domain: The domain, in any script.
    """
    name = domain.rstrip(".")
    if name.isascii():
        return name
    import idna  # noqa: PLC0415 - likewise

    try:
        return idna.encode(name, uts46=True, transitional=False).decode("ascii")
    except UnicodeError:
        return name
