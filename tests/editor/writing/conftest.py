"""Articles of this repository, as bytes."""

from __future__ import annotations

import contextlib
import functools
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[3]


@functools.cache
def articles() -> dict[str, str]:
    """Return the text of every article of the repository in UTF-8, by its path, line ends as they are."""
    found = {}
    for folder in ("issues", "tests"):
        for path in sorted((ROOT / folder).rglob("*.md")):
            data = path.read_bytes()
            if data.removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
                with contextlib.suppress(UnicodeDecodeError):
                    found[path.relative_to(ROOT).as_posix()] = data.decode("utf-8")
    return found
