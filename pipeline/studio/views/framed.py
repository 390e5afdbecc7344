"""Documents that pages of the studio show in frames: kept for a while under names that nobody can guess."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from typing import Final

MOST: Final = 64 << 20
"""Bytes of documents that are kept."""

_HEAD: Final = b"<head>"
_BASE: Final = b'<head><base target="_blank"><style>html { overflow-y: scroll }</style>'
"""A link would replace the document in its frame; a new window is what a frame may not open. The bar by which
one scrolls is always there, so that the page knows how wide the document is."""


class FramedDocuments:
    """The documents; it may be asked from any thread."""

    def __init__(self) -> None:
        """Begin with none."""
        self._secret = secrets.token_bytes(32)
        self._documents: dict[str, bytes] = {}
        self._lock = threading.Lock()

    def keep(self, issue: str, html: str) -> str:
        """Keep a document, and return the address of its frame: the same for the same document.

        Args:
            issue: The name of the issue's folder.
            html: The whole document.
        """
        data = html.encode().replace(_HEAD, _BASE, 1)
        name = hmac.new(self._secret, data, hashlib.sha256).hexdigest()
        with self._lock:
            self._documents.pop(name, None)
            self._documents[name] = data
            while sum(map(len, self._documents.values())) > MOST and len(self._documents) > 1:
                del self._documents[next(iter(self._documents))]
        return f"/api/issues/{issue}/frames/{name}"

    def get(self, name: str) -> bytes | None:
        """Return a document by its name; None where it is kept no longer."""
        with self._lock:
            return self._documents.get(name)
