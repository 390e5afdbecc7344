"""Finishing of the layout engine's PDF: tags, sheet and marks, overprint, metadata, attachments.

The same input gives the same bytes: no time of day is written.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

import pikepdf

from pipeline.pdf.finishing.attachments import attach_files
from pipeline.pdf.finishing.claims import claim_for_press, drop_links
from pipeline.pdf.finishing.overprint import overprint_black
from pipeline.pdf.finishing.sheet import SLUG_ROOM, set_sheet
from pipeline.pdf.finishing.slug import drawn_line
from pipeline.pdf.finishing.spot_inks import separate_spots
from pipeline.pdf.finishing.tags import NoteWords, mend_tags

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pipeline.models.editions import Edition
    from pipeline.models.printing_conditions import PrintingCondition
    from pipeline.pdf.finishing.attachments import AttachedFile
    from pipeline.pdf.finishing.spot_inks import SpotInk


class Slug(NamedTuple):
    """The line below the marks of a press file.

    Args:
        words: Returns its text, by the number of a page from 1 and the number of pages.
        face: The font file it is set in.
    """

    words: Callable[[int, int], str]
    face: Path

    def drawn(self, page: int, pages: int) -> str:
        """Return the line of a page as path operators."""
        return drawn_line(self.words(page, pages), self.face, widest=SLUG_ROOM)


class FinishingPlan(NamedTuple):
    """Input of finishing besides PDF and edition.

    Args:
        identifier: The file identifier, derived from the content.
        notes: How links to notes and back are described.
        issued: The date of the issue; all dates in the file are this.
        condition: The printing condition of a press file; None for the other editions.
        slug: The line below the marks of a press file.
        attachments: The files attached to an archive PDF.
        ends_at_spine: Whether what reaches the spine of a press file ends at the trim there.
        spots: The inks of a press file besides the four.
    """

    identifier: bytes
    notes: NoteWords
    issued: dt.date
    condition: PrintingCondition | None = None
    slug: Slug | None = None
    attachments: Sequence[AttachedFile] = ()
    ends_at_spine: bool = False
    spots: Sequence[SpotInk] = ()


def finish(pdf: bytes, edition: Edition, plan: FinishingPlan) -> bytes:
    """Finish a PDF.

    Args:
        pdf: As the layout engine wrote it.
        edition: Which edition it is.
        plan: What else is needed.
    """
    with pikepdf.open(io.BytesIO(pdf)) as file:
        if edition.accessible:
            mend_tags(file, plan.notes)
        if not edition.carries_links:
            drop_links(file)
        if plan.condition is not None:
            overprint_black(file)
            if plan.spots:
                separate_spots(file, plan.spots)
            slug = plan.slug.drawn if plan.slug else None
            set_sheet(file, edition, slug, ends_at_spine=plan.ends_at_spine)
            claim_for_press(file, plan.condition, plan.identifier)
        if plan.attachments:
            attach_files(file, plan.attachments, plan.issued)
        target = io.BytesIO()
        file.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return target.getvalue()
