"""Attachments of a PDF (ISO 19005-3, 6.8), and whether it is small enough to be mailed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pipeline.findings.finding import Finding, found
from pipeline.pdf.content.broken_files import BROKEN_PDF_ERRORS
from pipeline.pdf.content.embedded_files import embedded_files
from pipeline.pdf.content.stream_limits import bounded_bytes
from pipeline.pdf.preflight.claims import claims_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.pdf.preflight.checked_pdf import CheckedPdf

_MOST_ATTACHED: Final = 100_000_000

MAIL_SLOW: Final = 5_000_000
"""Bytes above which some mail servers refuse a message with the file."""

MAIL_NEVER: Final = 13_100_000
"""Bytes that base64 makes 18 MB of, more than most servers take (RFC 2045, 6.8)."""


def attachment_findings(checked: CheckedPdf) -> Iterator[Finding]:
    """Check attachments and size."""
    attachments = list(embedded_files(checked.pdf))
    if checked.edition.carries_sources:
        if not attachments:
            yield found("W160", None)
        unrelated = [name for name, specification in attachments if "/AFRelationship" not in specification]
        if unrelated:
            yield found("E161", None, name=unrelated[0][:60], count=len(unrelated))
        associated = _associated(checked.pdf) if attachments else set()
        lone = [name for name, each in attachments if each.is_indirect and each.objgen not in associated]
        if lone:
            yield found("E166", None, name=lone[0][:60], count=len(lone))
    else:
        foreign = [name for name, specification in attachments if not _is_archival(specification)]
        if foreign:
            yield found("E160", None, name=foreign[0][:60], count=len(foreign))
    if checked.edition.mailed:
        size = f"{len(checked.data) / 1e6:.1f}"
        if len(checked.data) > MAIL_NEVER:
            yield found("E170", None, size=size, limit=f"{MAIL_NEVER / 1e6:.0f}")
        elif len(checked.data) > MAIL_SLOW:
            yield found("W170", None, size=size, limit=f"{MAIL_SLOW / 1e6:.0f}")


def _associated(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Return the file specifications that a part of the document says belong to it (ISO 19005-3, 6.8)."""
    held: set[tuple[int, int]] = set()
    for thing in pdf.objects:
        if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)) and "/AF" in thing:
            files: Any = thing.AF
            held |= {each.objgen for each in (files if isinstance(files, pikepdf.Array) else [files])}
    return held


def _is_archival(specification: Any) -> bool:
    """Return whether an attached file is a PDF that claims to be PDF/A, which PDF/A-2 allows (6.8)."""
    try:
        data = bounded_bytes(specification.EF.F, _MOST_ATTACHED)
        with pikepdf.open(io.BytesIO(data)) as inner:
            claims = claims_of(inner)
    except BROKEN_PDF_ERRORS:
        return False
    return claims is not None and claims.of_archive[0] in {"1", "2"}
