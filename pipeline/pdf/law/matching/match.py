"""How much of an expected block was found, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.expected.blocks import Block


@dataclass(slots=True, eq=False)
class Match:
    """How much of a block was found.

    Args:
        block: The block.
        fragments: Those that show it, in order.
        offset: How many of its signs, without hyphens, they show.
        in_order: Whether they can be read one after another.
        after_previous: Whether the block stands after the one before it in its sequence.
    """

    block: Block
    fragments: list[Fragment] = field(default_factory=list)
    offset: int = 0
    in_order: bool = True
    after_previous: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether all words were found."""
        return self.offset == len(self.block.bare)

    @property
    def top(self) -> float:
        """The upper edge of its first page's part, in points."""
        return max(fragment.box.top for fragment in self._on_first_page)

    @property
    def bottom(self) -> float:
        """The lower edge of its first page's part, in points."""
        return min(fragment.box.bottom for fragment in self._on_first_page)

    @property
    def _on_first_page(self) -> list[Fragment]:
        page = self.fragments[0].page
        return [fragment for fragment in self.fragments if fragment.page == page]
