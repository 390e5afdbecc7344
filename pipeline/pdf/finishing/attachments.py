"""Files attached to a PDF, with their relationships (ISO 19005-3, 6.8; ISO 32000-2, 7.11.4 and 14.13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pikepdf

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence


class AttachedFile(NamedTuple):
    """A file to be attached to a PDF.

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


def attach_files(pdf: pikepdf.Pdf, files: Sequence[AttachedFile], issued: dt.date) -> None:
    """Attach files to a PDF.

    Args:
        pdf: The file.
        files: The files; every path once.
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
