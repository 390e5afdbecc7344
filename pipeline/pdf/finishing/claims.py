"""Metadata of a press file that the layout engine does not write reliably (PDF/X-4, ISO 15930-7)."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Final

import pikepdf

if TYPE_CHECKING:
    from pipeline.models.printing_conditions import PrintingCondition

REGISTRY: Final = "http://www.color.org"
"""Where printing conditions are registered (ISO 15930-7, 6.2.3)."""

_UNREGISTERED: Final = "Custom"
"""The identifier of a condition that no registry holds: its profile alone describes it."""

_HOUSE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "https://issue.invalid/")
_DOCUMENT: Final = re.compile(rb"<xmpMM:DocumentID>[^<]*</xmpMM:DocumentID>")
_RENDITION: Final = re.compile(rb"<xmpMM:RenditionClass>[^<]*</xmpMM:RenditionClass>")


def claim_for_press(pdf: pikepdf.Pdf, condition: PrintingCondition, identifier: bytes) -> None:
    """Set the output intent for the printing condition, and a document identifier derived from the content.

    Args:
        pdf: As the layout engine wrote it for PDF/X-4.
        condition: The printing condition.
        identifier: File identifier, derived from the content; the document identifier is derived from it.
    """
    (intent,) = pdf.Root.OutputIntents
    intent.OutputConditionIdentifier = pikepdf.String(condition.identifier)
    intent.OutputCondition = pikepdf.String(condition.info)
    intent.Info = pikepdf.String(condition.info)
    if condition.identifier != _UNREGISTERED:
        intent.RegistryName = pikepdf.String(REGISTRY)
    named = uuid.uuid5(_HOUSE, identifier.hex())
    metadata = pdf.Root.Metadata.read_bytes()
    metadata, count = _DOCUMENT.subn(f"<xmpMM:DocumentID>uuid:{named}</xmpMM:DocumentID>".encode(), metadata)
    if count != 1:
        message = "the engine names the document in another way now"
        raise ValueError(message)
    metadata = _RENDITION.sub(b"<xmpMM:RenditionClass>default</xmpMM:RenditionClass>", metadata)
    pdf.Root.Metadata.write(metadata)


def drop_links(pdf: pikepdf.Pdf) -> None:
    """Remove annotations and outlines, which have no use on paper (ISO 15930-7, 6.17)."""
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj["/Annots"]
    for name in ("/Outlines", "/Names", "/Dests", "/PageMode"):
        if name in pdf.Root:
            del pdf.Root[name]
