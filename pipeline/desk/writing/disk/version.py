"""The version of a file: what its bytes are."""

from __future__ import annotations

import hashlib
from typing import Final

Version = str
"""SHA-256 of a file's bytes, in hexadecimal digits."""


def version_of(data: bytes) -> Version:
    """Return the version of a file with these bytes."""
    return hashlib.sha256(data).hexdigest()


NOTHING: Final = version_of(b"")
"""The version of an empty file, and of one that is not there yet."""
