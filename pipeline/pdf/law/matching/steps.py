"""From one fragment of a block to the next: whether words go on there, and how many signs it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.drawn.reading_order import goes_on
from pipeline.pdf.law.expected.signs import REFERENCE

if TYPE_CHECKING:
    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.expected.blocks import Block

_LONGEST_REFERENCE: Final = 3
"""Signs of the reference to a note."""


def in_order(last: Fragment, following: Fragment, block: Block) -> bool:
    """Return whether a block can be read on from one fragment to another."""
    return goes_on(last, following, block.empty_lines)


def painted_next(last: Fragment, following: Fragment, block: Block) -> bool:
    """Return whether it can be read on there, and the two are painted one after another."""
    return following.at == last.at + 1 and goes_on(last, following, block.empty_lines)


def anywhere(last: Fragment, following: Fragment, _: Block) -> bool:
    """Return whether two fragments stand on one page, or on a page and the next."""
    return 0 <= following.page - last.page <= 1


def signs_shown(bare: str, offset: int, fragment: Fragment) -> int:
    """Return how many signs of a block a fragment shows, from one on; 0 where it shows others."""
    if bare.startswith(fragment.bare, offset):
        return len(fragment.bare)
    is_reference = bare.startswith(REFERENCE, offset) and len(fragment.bare) <= _LONGEST_REFERENCE
    return int(is_reference and not any(sign.isalpha() for sign in fragment.bare))
