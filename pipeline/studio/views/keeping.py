"""What pages keep in the browser: sealed, for what a browser keeps by address and port is not ours alone.

Cookies reach every port of this machine, and the rest whoever listens on this port once the studio has ended.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Final

BYTES: Final = 32
"""Of the secret of a workspace, and of a key of AES-256."""


class Keeping:
    """The keys of what pages keep; the same for a workspace as long as its secret is.

    Args:
        secret: Of the workspace, which no page learns.
    """

    def __init__(self, secret: bytes) -> None:
        """Keep the secret."""
        self._secret = secret

    @property
    def kin(self) -> str:
        """By what an open page of an earlier run is known; none learns it that was not let in."""
        return self._derived("kin").hex()

    def of_article(self, issue: str, name: str) -> dict[str, str]:
        """Return under which name an article's unsaved words are kept, `place`, and their `key`."""
        place = self._derived("place", issue, name).hex()
        return {"place": place, "key": base64.b64encode(self._derived("key", issue, name)).decode()}

    def _derived(self, *use: str) -> bytes:
        return hmac.new(self._secret, "\0".join(use).encode("utf-8", "replace"), hashlib.sha256).digest()
