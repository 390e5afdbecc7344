"""Pages of a PDF as text, in the order in which they paint it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterator


def page_texts(pdf: bytes) -> Iterator[str]:
    """Give the text of each page; lines end as they do on the page, and divided words stay divided.

    Args:
        pdf: The file.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            text = page.get_textpage()
            yield text.get_text_range().replace("\r\n", "\n")
            text.close()
            page.close()
    finally:
        document.close()
