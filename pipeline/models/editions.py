"""The editions of an issue, and the standard each conforms to."""

from typing import Final, NamedTuple

POINTS_A_MILLIMETRE: Final = 72 / 25.4


class Edition(NamedTuple):
    """One edition of the bulletin.

    Args:
        name: Its name in commands and records.
        suffix: What its file name adds before `.pdf`.
        standard: The PDF standard the file claims, as the engine names it.
        accessible: Whether the file is tagged and claims PDF/UA-1 (ISO 14289-1) as well.
        picture_ppi: Pixels per inch that pictures are brought down to at their printed size.
        in_ink: Whether colours are CMYK, and not RGB.
        bleed: How far colour and pictures run over the trim, in millimetres.
        sheet: How far the sheet extends beyond the trim, in millimetres: room for marks and slug.
        carries_links: Whether links and bookmarks are kept.
        carries_sources: Whether the sources it is built from are embedded in the file.
        mailed: Whether the file is sent by mail.
        is_for_paper: Whether it is held in the hand: addresses may carry QR codes.
    """

    name: str
    suffix: str
    standard: str
    accessible: bool
    picture_ppi: int
    in_ink: bool = False
    bleed: float = 0
    sheet: float = 0
    carries_links: bool = True
    carries_sources: bool = False
    mailed: bool = False
    is_for_paper: bool = False


TRIM: Final = (210.0, 297.0)
"""Width and height of the cut page in millimetres: A4 (ISO 216)."""

SCREEN: Final = Edition(
    name="screen",
    suffix="",
    standard="pdf/a-2a",
    accessible=True,
    picture_ppi=150,
    mailed=True,
)
"""For members, on screens of any size: PDF/A-2a (ISO 19005-2) and PDF/UA-1 in one file."""

FOLDED: Final = SCREEN._replace(is_for_paper=True)
"""What the sheets of the booklet are made of, where it is not the same as for screens."""

PRESS: Final = Edition(
    name="press",
    suffix="-press",
    standard="pdf/x-4",
    accessible=False,
    picture_ppi=300,
    in_ink=True,
    bleed=3,
    sheet=10,
    carries_links=False,
    is_for_paper=True,
)
"""For the print shop: PDF/X-4 (ISO 15930-7), in CMYK only, with bleed and marks."""

ARCHIVE: Final = Edition(
    name="archive",
    suffix="-archive",
    standard="pdf/a-3a",
    accessible=True,
    picture_ppi=220,
    carries_sources=True,
)
"""For the archive: PDF/A-3a (ISO 19005-3) and PDF/UA-1 in one file, its own sources embedded."""

EDITIONS: Final = {edition.name: edition for edition in (SCREEN, PRESS, ARCHIVE)}
"""The editions `build` produces, in order."""

MAIL: Final = "mail"
"""The edition that is no PDF: HTML and plain text for the inbox, built beside the screen edition."""


def is_of_mail(name: str) -> bool:
    """Return whether a file belongs to the mail edition, judged by its name."""
    return f"-{MAIL}." in name or f"-{MAIL}-" in name


UNSUBSCRIBE: Final = "https://unsubscribe.invalid/"
"""The placeholder in the mail edition for each recipient's own address for unsubscribing (RFC 2606)."""

LARGEST_MAIL: Final = 60_000
"""Bytes of HTML of the mail edition: widely used mail programs cut off what is longer."""
