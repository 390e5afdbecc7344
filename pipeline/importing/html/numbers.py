"""Numbers of ordered lists of HTML (HTML Living Standard, 4.4.5 and 4.4.8)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.models.text import ListBlock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from pipeline.models.text import Block

_WHOLE: Final = re.compile(r"\d{1,9}")


def first_number(ordered: Element) -> int:
    """Return the number that the first item of an ordered list has, unless it names its own."""
    start = _whole(ordered.get("start"))
    return 1 if start is None else start


def own_number(item: Element) -> int | None:
    """Return the number that an item names for itself, or None."""
    return _whole(item.get("value"))


def numbered_list(items: Sequence[tuple[Block, ...]], numbers: Sequence[int]) -> ListBlock:
    """Return an ordered list.

    Args:
        items: The blocks of each item, of one at least.
        numbers: The number of each item.
    """
    follow = list(numbers) == list(range(numbers[0], numbers[0] + len(numbers)))
    return ListBlock(numbers[0], tuple(items), () if follow else tuple(numbers))


def _whole(written: str | None) -> int | None:
    bare = (written or "").strip()
    return int(bare) if _WHOLE.fullmatch(bare) else None
