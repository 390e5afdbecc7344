"""Paths that a file from anywhere may contain: within a workspace, and the same file on every system."""

from __future__ import annotations

import re
from typing import Final

_FOLDERS: Final = ("issues", "styles", "fonts")
_LONGEST_NAME: Final = 200
_LONGEST_PATH: Final = 400
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_FORBIDDEN: Final = frozenset('\\:*?"<>|')


def is_safe(path: str) -> bool:
    """Return whether a path lies in one of a workspace's folders, on every system it may be unpacked on."""
    parts = path.split("/")
    if len(parts) < 2 or parts[0] not in _FOLDERS or len(path.encode()) > _LONGEST_PATH:  # noqa: PLR2004
        return False
    return all(
        part
        and part not in {".", ".."}
        and len(part.encode()) <= _LONGEST_NAME
        and not part.startswith((" ", ".git"))
        and not part.endswith((" ", "."))
        and not _FORBIDDEN & set(part)
        and part.isprintable()
        and not _RESERVED.fullmatch(part)
        for part in parts
    )
