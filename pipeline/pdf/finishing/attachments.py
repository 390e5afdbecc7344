"""Files within a PDF, each with what it is to the document (ISO 19005-3, 6.8; ISO 32000-2, 7.11.4, 14.13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pikepdf

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence


class CarriedFile(NamedTuple):
    """A file that a PDF carries.

    Args:
        path: Its path in the workspace, with forward slashes.
        data: Its bytes.
        media_type: Its IANA media type.
        relationship: What it is to the document: `Source`, `Supplement` or `Data`.
    """

    path: str
    data: bytes
    media_type: str
    relationship: str


def carry(pdf: pikepdf.Pdf, files: Sequence[CarriedFile], issued: dt.date) -> None:
    """Attach files to a PDF.

    Args:
        pdf: The file.
        files: What it is to carry; every path once.
        issued: The date they are given, so that the same files give the same bytes.
    """
    day = f"D:{issued:%Y%m%d}000000Z"
    listed = pikepdf.Array()
    for file in sorted(files):
        specification = pikepdf.AttachedFileSpec(
            pdf,
            file.data,
            filename=file.path,
            mime_type=file.media_type,
            creation_date=day,
            mod_date=day,
            relationship=pikepdf.Name(f"/{file.relationship}"),
        )
        pdf.attachments[file.path] = specification
        listed.append(specification.obj)
    pdf.Root.AF = listed
