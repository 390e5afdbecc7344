"""Pictures within lists and quotations: on a page each stands behind the item or the quotation it belongs to.

A picture has its place on the grid of the page, in a slot as wide as columns are; within an item of a list,
or a quotation, there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.models.text import Figure, ListBlock, Quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.models.text import Block

    _Item = tuple[int, tuple[Block, ...]]
    """An item of a list: its number, or 0, and its blocks."""


def with_pictures_between(body: Iterable[Block]) -> tuple[Block, ...]:
    """Return a text whose pictures all stand between its blocks; no word changes its place.

    A list is parted behind an item that has pictures, and a numbered one goes on with its next number. An
    item or a quotation that has nothing but pictures goes.

    Args:
        body: Blocks of an article.
    """
    return tuple(part for block in body for part in _parted(block))


def _parted(block: Block) -> Iterator[Block]:
    """Yield a block as it stands with its pictures behind it."""
    match block:
        case ListBlock():
            yield from _parts_of_list(block)
        case Quote():
            words, pictures = _apart(block.children)
            if not pictures:
                yield block
                return
            if words:
                yield Quote(words)
            yield from pictures
        case _:
            yield block


def _parts_of_list(block: ListBlock) -> Iterator[Block]:
    items = [_apart(item) for item in block.items]
    if not any(pictures for _, pictures in items):
        yield block
        return
    numbers = block.printed_numbers or (0,) * len(items)
    held: list[_Item] = []
    for number, (words, pictures) in zip(numbers, items, strict=True):
        if words or not pictures:
            held.append((number, words))
        if pictures:
            yield from _list_of(block, held)
            yield from pictures
            held = []
    yield from _list_of(block, held)


def _list_of(block: ListBlock, items: list[_Item]) -> Iterator[ListBlock]:
    """Yield the list of these items, with their numbers; nothing where there are none."""
    if not items:
        return
    numbers = tuple(number for number, _ in items)
    contents = tuple(blocks for _, blocks in items)
    if block.start is None:
        yield ListBlock(None, contents)
        return
    follow = numbers == tuple(range(numbers[0], numbers[0] + len(numbers)))
    yield ListBlock(numbers[0], contents, () if follow else numbers)


def _apart(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], tuple[Figure, ...]]:
    """Return blocks without the pictures in them, at any depth, and these pictures."""
    words: list[Block] = []
    pictures: list[Figure] = []
    for block in blocks:
        parts = [block] if isinstance(block, Figure) else list(_parted(block))
        found = [part for part in parts if isinstance(part, Figure)]
        pictures += found
        if not found:
            words.append(block)
        else:
            words += _joined([part for part in parts if not isinstance(part, Figure)], block)
    return tuple(words), tuple(pictures)


def _joined(parts: list[Block], whole: Block) -> list[Block]:
    """Return parts of a list within an item as the one list they were; other blocks as they are."""
    lists = [part for part in parts if isinstance(part, ListBlock)]
    if len(lists) < 2 or not isinstance(whole, ListBlock):  # noqa: PLR2004 - one needs no joining
        return parts
    items = tuple(item for each in lists for item in each.items)
    numbers = tuple(number for each in lists for number in each.printed_numbers)
    return [*_list_of(whole, list(zip(numbers or (0,) * len(items), items, strict=True)))]
