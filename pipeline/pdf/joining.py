"""Pages of several PDFs in one file, for looking at: tags, bookmarks and attachments are left out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def joined(parts: Iterable[tuple[bytes, Sequence[int] | None]]) -> bytes:
    """Return one PDF with the pages of several, the same bytes for the same ones.

    Args:
        parts: Each file with the numbers of its pages from 1, or None for all of them.
    """
    written = io.BytesIO()
    with pikepdf.new() as target:
        for data, numbers in parts:
            with pikepdf.open(io.BytesIO(data)) as source:
                for number in numbers or range(1, len(source.pages) + 1):
                    target.pages.append(source.pages[number - 1])
        for page in target.pages:
            # What they lead to is not here.
            for key in ("/Annots", "/StructParents", "/Tabs"):
                if key in page.obj:
                    del page.obj[key]
        target.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()
