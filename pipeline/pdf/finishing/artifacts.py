"""What is not read aloud: running heads, folios, the repeated heads of tables (ISO 32000-2, 14.8.2.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    import pikepdf

_MARK: Final = re.compile(rb"/\w+\s+<</MCID (\d+)>>\s+BDC\n")
_PAGINATION: Final = b"/Artifact\n<</Type/Pagination>>\nBDC\n"


def unmark(pdf: pikepdf.Pdf, kept: AbstractSet[tuple[int, int]]) -> None:
    """Mark the content that no tag holds as artifacts.

    Args:
        pdf: As the engine wrote it: a mark stands on lines of its own.
        kept: The content that tags hold: the page from 0, and the number of the mark.
    """
    for at, page in enumerate(pdf.pages):
        content = page.Contents.read_bytes()

        def marked(match: re.Match[bytes], at: int = at) -> bytes:
            return match[0] if (at, int(match[1])) in kept else _PAGINATION

        changed = _MARK.sub(marked, content)
        if changed != content:
            page.Contents = pdf.make_stream(changed)
