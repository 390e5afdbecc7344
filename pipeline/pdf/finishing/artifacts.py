"""Artifacts, not read aloud: running heads, folios, repeated heads of tables (ISO 32000-2, 14.8.2.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    import pikepdf

_MARK: Final = re.compile(rb"/\w+\s+<</MCID (\d+)>>\s+BDC\n")
_PAGINATION: Final = b"/Artifact\n<</Type/Pagination>>\nBDC\n"


def unmark(pdf: pikepdf.Pdf, tagged: AbstractSet[tuple[int, int]]) -> None:
    """Mark content that is in no tag as artifacts.

    Args:
        pdf: As the layout engine wrote it, each mark on lines of its own.
        tagged: The content in tags: page from 0, and marked-content identifier.
    """
    for at, page in enumerate(pdf.pages):
        content = page.Contents.read_bytes()

        def marked(match: re.Match[bytes], at: int = at) -> bytes:
            return match[0] if (at, int(match[1])) in tagged else _PAGINATION

        changed = _MARK.sub(marked, content)
        if changed != content:
            page.Contents = pdf.make_stream(changed)
