"""The editions: what one content becomes, and by which standard each is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Edition:
    """One face of the bulletin.

    Args:
        name: As the command line gives it.
        suffix: What its file name adds before `.pdf`.
        standard: The PDF/A level the file claims, as the engine names it.
        accessible: Whether the file claims PDF/UA-1 (ISO 14289-1) as well.
        picture_ppi: Pixels per inch that pictures are brought down to at their printed size.
        carries_links: Whether links and bookmarks are kept.
    """

    name: str
    suffix: str
    standard: str
    accessible: bool
    picture_ppi: int
    carries_links: bool


SCREEN: Final = Edition(
    name="screen",
    suffix="",
    standard="pdf/a-2a",
    accessible=True,
    picture_ppi=150,
    carries_links=True,
)
"""For members, on screens of any size: PDF/A-2a (ISO 19005-2) and PDF/UA-1 in one file."""

EDITIONS: Final = {edition.name: edition for edition in (SCREEN,)}
