"""Who may enter: single-use links, the cookie of a browser, and a secret for each of its tabs.

A cookie reaches every port of this machine (RFC 6265, 8.5), so it alone opens nothing that is worth reading:
each tab has a secret as well, which it sends in a header and which no other origin can read. Everything is
kept in memory, as SHA-256, and ends with the process.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final, TypeVar

T = TypeVar("T")

MOST_LINKS: Final = 20
MOST_SESSIONS: Final = 20
MOST_TABS: Final = 200

_BYTES: Final = 32


class Session:
    """One browser that was let in.

    Args:
        language: The language it is spoken to in, `bg` or `en`.
    """

    def __init__(self, language: str) -> None:
        """Begin without a tab."""
        self.language = language
        self.sight = secrets.token_urlsafe(_BYTES)
        """What addresses of pictures end with: our own pages know it, and those left open on our port not."""
        self._keys: dict[str, None] = {}

    def new_key(self) -> str:
        """Return the secret of a new tab; the oldest is forgotten where there are too many."""
        key = secrets.token_urlsafe(_BYTES)
        _enter(self._keys, _hashed(key), None, MOST_TABS)
        return key

    def has_key(self, key: str) -> bool:
        """Return whether a secret is that of one of its tabs."""
        return bool(key) and _hashed(key) in self._keys

    def has_sight(self, sight: str) -> bool:
        """Return whether a page of this browser, and of this start of the studio, asks for a picture."""
        return hmac.compare_digest(sight.encode("utf-8", "replace"), self.sight.encode())


class Sessions:
    """The links that were not followed yet, and the browsers that were let in.

    Args:
        language: The language a browser is spoken to in at first, `bg` or `en`.
    """

    def __init__(self, language: str) -> None:
        """Begin with nobody."""
        self.language = language
        self._links: dict[str, None] = {}
        self._sessions: dict[str, Session] = {}

    def new_link(self) -> str:
        """Return the token of a link that lets one browser in, once."""
        token = secrets.token_urlsafe(_BYTES)
        _enter(self._links, _hashed(token), None, MOST_LINKS)
        return token

    def follow(self, token: str) -> tuple[str, Session] | None:
        """Spend a link.

        Returns:
            The value of the browser's cookie, and its session; None where the link is unknown or spent.
        """
        # By its hash: a comparison of hashes tells nothing about a token by the time it takes.
        if not token or _hashed(token) not in self._links:
            return None
        del self._links[_hashed(token)]
        cookie = secrets.token_urlsafe(_BYTES)
        session = Session(self.language)
        _enter(self._sessions, _hashed(cookie), session, MOST_SESSIONS)
        return cookie, session

    def of_cookie(self, cookie: str) -> Session | None:
        """Return the session of a cookie, or None."""
        return self._sessions.get(_hashed(cookie)) if cookie else None


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _enter(entries: dict[str, T], key: str, value: T, most: int) -> None:
    entries[key] = value
    while len(entries) > most:
        del entries[next(iter(entries))]
