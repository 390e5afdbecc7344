"""Identifiers of members and messages: stable, and not to be turned back into an address.

Each is an HMAC (RFC 2104, with SHA-256) under the key of the workspace. Every use has a prefix of its own, so
that a published identifier (the token in a link) says nothing about a stored one.
"""

from __future__ import annotations

import hashlib
import hmac
from enum import StrEnum
from typing import Final

from pipeline.delivery.ledger.addresses import address_key, former_key

KEY_LENGTH: Final = 32
"""Bytes of a key."""

TOKEN_LENGTH: Final = 32
"""Hexadecimal digits of a token."""


class Purpose(StrEnum):
    """Why a message is sent: a member gets at most one message of each purpose for a filing."""

    ISSUE = "issue"
    CORRECTION = "correction"
    REMINDER = "reminder"
    TEST = "test"


class Identifiers:
    """Computes identifiers under one key.

    Args:
        key: HMAC key of `KEY_LENGTH` bytes.

    Raises:
        ValueError: The key has another length.
    """

    def __init__(self, key: bytes) -> None:
        """Keep the key."""
        if len(key) != KEY_LENGTH:
            message = f"a key has {KEY_LENGTH} bytes, not {len(key)}"
            raise ValueError(message)
        self._key = key

    def recipient(self, address: str) -> str:
        """Return the identifier of an address in the ledger; it stays when the address is erased."""
        return self._hmac("recipient", address_key(address))

    def former_recipient(self, address: str) -> str:
        """Return the identifier that earlier versions gave an address; empty where it is the same."""
        key = former_key(address)
        return self._hmac("recipient", key) if key else ""

    def token(self, address: str) -> str:
        """Return the token of a member: in unsubscribe links, and in the return path (VERP)."""
        return self._hmac("token", address_key(address))

    def message_id(self, filing: str, purpose: Purpose, address: str, domain: str) -> str:
        """Return a Message-ID (RFC 5322, 3.6.4), the same each time a message is built.

        Args:
            filing: Name in the archive's index: `2023-12-20/1`.
            purpose: Why the message is sent.
            address: Address of the recipient.
            domain: Domain of the sender, in ASCII.
        """
        return f"<{self._hmac('message', filing, purpose, address_key(address))}@{domain}>"

    def boundary(self, filing: str, purpose: Purpose) -> str:
        """Return the stem of a message's multipart boundaries (RFC 2046, 5.1.1); no text contains it."""
        return f"bulletin-{self._hmac('boundary', filing, purpose)}"

    def _hmac(self, *parts: str) -> str:
        # NUL occurs in no part, so ("a", "bc") and ("ab", "c") differ.
        return hmac.new(self._key, "\0".join(parts).encode(), hashlib.sha256).hexdigest()[:TOKEN_LENGTH]
