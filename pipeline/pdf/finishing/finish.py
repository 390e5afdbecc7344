"""What the engine leaves undone on a PDF: tags, sheet and marks, overprint, what the file claims to be.

Everything here works on the file the press gave, and gives the same bytes for the same file: nothing is
taken from the clock.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

import pikepdf

from pipeline.pdf.finishing.attachments import carry
from pipeline.pdf.finishing.claims import claim_for_press, drop_links
from pipeline.pdf.finishing.overprint import overprint_black
from pipeline.pdf.finishing.sheet import SLUG_ROOM, set_sheet
from pipeline.pdf.finishing.slug import drawn_line
from pipeline.pdf.finishing.tags import NoteWords, mend_tags

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pipeline.models.editions import Edition
    from pipeline.models.printing_conditions import PrintingCondition
    from pipeline.pdf.finishing.attachments import CarriedFile


class Slug(NamedTuple):
    """The line below the marks of a press file.

    Args:
        words: Says it, by the number of a page from 1 and how many there are.
        face: The file of the face it is set in.
    """

    words: Callable[[int, int], str]
    face: Path

    def drawn(self, page: int, pages: int) -> str:
        """Return the line of a page as path operators."""
        return drawn_line(self.words(page, pages), self.face, widest=SLUG_ROOM)


class FinishingPlan(NamedTuple):
    """What finishing is told besides the edition.

    Args:
        identifier: Made from the content.
        notes: How links to notes and back are described.
        issued: The date of the issue, which all dates in the file are.
        condition: What a press file is made for; None where no ink is asked for.
        slug: What stands below the marks of a press file.
        carried: What an archive file carries.
    """

    identifier: bytes
    notes: NoteWords
    issued: dt.date
    condition: PrintingCondition | None = None
    slug: Slug | None = None
    carried: Sequence[CarriedFile] = ()


def finish(pdf: bytes, edition: Edition, plan: FinishingPlan) -> bytes:
    """Finish a PDF.

    Args:
        pdf: As the press gave it.
        edition: What it is to be.
        plan: What else there is to know.
    """
    with pikepdf.open(io.BytesIO(pdf)) as file:
        if edition.accessible:
            mend_tags(file, plan.notes)
        if not edition.carries_links:
            drop_links(file)
        if plan.condition is not None:
            overprint_black(file)
            set_sheet(file, edition, plan.slug.drawn if plan.slug else None)
            claim_for_press(file, plan.condition, plan.identifier)
        if plan.carried:
            carry(file, plan.carried, plan.issued)
        target = io.BytesIO()
        file.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return target.getvalue()
