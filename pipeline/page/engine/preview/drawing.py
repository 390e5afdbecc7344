"""One page drawn as a PDF of its own, without tags, links or bookmarks: what it looks like, and no more."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.engine_log import collected_records
from pipeline.page.engine.garbage import collector_paused
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

if TYPE_CHECKING:
    from pipeline.page.engine.preview.laid_out import LaidPage
    from pipeline.page.engine.preview.styling import Styled

GUARD: Final = Guard(
    "drawing",
    VERSION,
    (
        Shape(
            "weasyprint.document:Document",
            "(pages, metadata, url_fetcher, font_config, color_profiles, output_intent)",
        ),
        Shape("weasyprint.document:Page.links"),
        Shape("weasyprint.document:Page.anchors"),
        Shape("weasyprint.document:Page.bookmarks"),
    ),
)

_IDENTIFIER: Final = b"preview of a page"


def drawn_page(laid: LaidPage, styled: Styled, output_intent: str | None) -> bytes:
    """Draw a page.

    Args:
        laid: The page.
        styled: The document it is of.
        output_intent: The colour space of the standard the edition claims, as the engine names it.

    Returns:
        A PDF of this one page, with the same bytes for the same drawing.
    """
    from weasyprint.document import Document  # noqa: PLC0415 - slow to load
    from weasyprint.pdf.metadata import DocumentMetadata  # noqa: PLC0415 - slow to load

    page = _without_links(laid.page)
    sheets = styled.sheets
    target = io.BytesIO()
    with collector_paused(), collected_records():
        document = Document(
            [page], DocumentMetadata(), None, sheets.faces, dict(sheets.profiles), output_intent
        )
        document.write_pdf(target, pdf_identifier=_IDENTIFIER)
    return target.getvalue()


def key_of(pdf: bytes) -> str:
    """Return a hash of a drawn page."""
    return hashlib.sha256(pdf).hexdigest()[:32]


def _without_links(page: Any) -> Any:  # noqa: ANN401
    from weasyprint.document import Page  # noqa: PLC0415 - slow to load

    bare = Page.__new__(Page)
    bare.__dict__.update(page.__dict__)
    bare.links, bare.anchors, bare.bookmarks = [], {}, []
    return bare
