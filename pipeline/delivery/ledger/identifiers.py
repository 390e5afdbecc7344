"""Seals: names that stand for an address, the same each time, and from which nobody gets the address back.

All are HMACs (RFC 2104, with SHA-256) under the key of the workspace; each use has its own, so that what is
shown to the world in one tells nothing of another.
"""

from __future__ import annotations

import hashlib
import hmac
from enum import StrEnum
from typing import Final

KEY_LENGTH: Final = 32
"""Bytes of a key."""

TOKEN_LENGTH: Final = 32
"""Characters of a token."""


class Purpose(StrEnum):
    """Why a message goes out: somebody has at most one of each for a filing."""

    ISSUE = "issue"
    CORRECTION = "correction"
    REMINDER = "reminder"
    TEST = "test"


class Seals:
    """Makes the names under one key.

    Args:
        key: Of `KEY_LENGTH` bytes.
    """

    def __init__(self, key: bytes) -> None:
        """Take the key."""
        if len(key) != KEY_LENGTH:
            message = f"a key has {KEY_LENGTH} bytes, not {len(key)}"
            raise ValueError(message)
        self._key = key

    def recipient(self, address: str) -> str:
        """Return what stands for an address in the ledger, where the address itself may be forgotten."""
        return self._sealed("recipient", folded(address))

    def token(self, address: str) -> str:
        """Return the token by which somebody unsubscribes, and by which a returned message is known."""
        return self._sealed("token", folded(address))

    def message_id(self, filing: str, purpose: Purpose, address: str, domain: str) -> str:
        """Return the Message-ID (RFC 5322, 3.6.4) of what one address has of a filing for one purpose.

        Args:
            filing: As the index of the archive names it: `2023-12-20/1`.
            purpose: Why the message goes out.
            address: To whom.
            domain: Of the sender, in ASCII.
        """
        return f"<{self._sealed('message', filing, purpose, folded(address))}@{domain}>"

    def boundary(self, filing: str, purpose: Purpose) -> str:
        """Return what parts the parts of a message (RFC 2046, 5.1.1): no line of a text is the same."""
        return f"bulletin-{self._sealed('boundary', filing, purpose)}"

    def _sealed(self, *parts: str) -> str:
        # What parts the parts cannot stand in one of them.
        told = "\0".join(parts).encode()
        return hmac.new(self._key, told, hashlib.sha256).hexdigest()[:TOKEN_LENGTH]


def folded(address: str) -> str:
    """Return an address in the form in which the same mailbox is the same text.

    Nearly no server tells large letters from small before the at sign, and a list that has both means one.
    """
    return address.strip().casefold()
