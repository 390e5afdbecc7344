"""Numbers of ordered lists, and queries of lists that may have been meant as sentences."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.finding import Finding, found
from pipeline.models.text import Code, ListBlock, Paragraph, Run
from pipeline.models.tree import nodes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.findings.place import Place
    from pipeline.models.text import Block


_DATED: Final = re.compile(
    r"(?:яну|фев|мар[ть]|апр|ма[йј]|ю[нл]и|ју[нл]|авг|сеп|окт|но[ев]|дек|годин|век|клас|курс|етаж|място|изда)"
)
"""Words that follow an ordinal number, as in “14. октомври”, “XII” aside."""


class Item(NamedTuple):
    """An item of a list.

    Args:
        marker: The number it was typed with; empty for an item of a list of dashes.
        children: Its blocks.
        place: Its line.
        apart: Whether an empty line stands before it.
    """

    marker: str
    children: tuple[Block, ...]
    place: Place
    apart: bool


class NumberedList(NamedTuple):
    """An ordered list as written.

    Args:
        level: Its depth; lists that go on from one another have the same.
        items: Its items.
        sign: What stands behind each number: a point or a bracket.
    """

    level: int
    items: tuple[Item, ...]
    sign: str = "."

    @property
    def first(self) -> int:
        """The number of the first item."""
        return int(self.items[0].marker)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers as they are printed.

        CommonMark counts on from the first number whatever the others are. Here they are printed as typed,
        unless all are 1 or all are 0: so writes who leaves the counting to the program.
        """
        typed = tuple(int(item.marker) for item in self.items)
        if set(typed) in ({0}, {1}):
            return tuple(range(typed[0], typed[0] + len(typed)))
        return typed


def list_block(items: Sequence[Item], numbered: NumberedList | None) -> ListBlock:
    """Return a list of the model.

    Args:
        items: Its items.
        numbered: The same as an ordered list; None for a list of dashes.
    """
    blocks = tuple(item.children for item in items)
    if numbered is None:
        return ListBlock(None, blocks, ())
    numbers = numbered.numbers
    follow = numbers == tuple(range(numbers[0], numbers[0] + len(numbers)))
    return ListBlock(numbers[0], blocks, () if follow else numbers)


def list_findings(lists: Sequence[NumberedList]) -> Iterator[Finding]:
    """Query ordered lists.

    Args:
        lists: Those of an article, in order.

    Yields:
        W16 for a sentence that its first word made an item of a list, as “14. октомври беше …”; W17 for
        numbers that do not follow one another; W27 for numbers with a bracket, printed with a point.
    """
    chains: list[list[NumberedList]] = []
    for each in lists:
        chain = next((chain for chain in reversed(chains) if _goes_on(chain, each)), None)
        if chain is None:
            chains.append(chain := [])
        chain.append(each)
    for chain in chains:
        sentences = _sentences(chain)
        for item in sentences:
            sign = chain[0].sign
            yield found("W16", item.place, found=_beginning(item, sign), wanted=_beginning(item, rf"\{sign}"))
        if not sentences:
            for each in chain:
                yield from _gaps(each)
                yield from _brackets(each)


def _sentences(chain: Sequence[NumberedList]) -> list[Item]:
    """Return the items that may be sentences: an ordinal number is followed by a small letter.

    Args:
        chain: Lists, each of which goes on with the number of the one before it.
    """
    items = [item for each in chain for item in each.items]
    small = [item for item in items if _begins_small(item)]
    if len(items) == 1:
        # Who types one point alone begins with 1 and a capital letter.
        return [] if chain[0].first == 1 and not small else items
    dated = [item for item in small if _DATED.match(_text(item))]
    if chain[0].first > 1 and len(small) == len(items):
        return [each.items[0] for each in chain] if dated else []
    # An item unlike the others, parted from them as a paragraph is.
    suspect = dated if all(item.apart for item in items[1:]) else small
    return [item for item in suspect if item.apart] if len(small) < len(items) else []


def _goes_on(chain: Sequence[NumberedList], each: NumberedList) -> bool:
    return chain[-1].level == each.level and chain[-1].numbers[-1] + 1 == each.first


def _begins_small(item: Item) -> bool:
    return _text(item).partition(" ")[0].islower()


def _gaps(each: NumberedList) -> Iterator[Finding]:
    for (before, _), (number, item) in pairwise(zip(each.numbers, each.items, strict=True)):
        if number != before + 1:
            yield found("W17", item.place, found=number, before=before, wanted=before + 1)
            return


def _brackets(each: NumberedList) -> Iterator[Finding]:
    if each.sign == ")":
        item = each.items[0]
        yield found("W27", item.place, found=f"{item.marker})", wanted=f"{item.marker}.")


def _beginning(item: Item, sign: str = ".") -> str:
    word = (_text(item).split() or [""])[0].rstrip(".,:;!?…")
    return f"{item.marker}{sign} {word}".rstrip()[:60]


def _text(item: Item) -> str:
    first = item.children[0] if item.children else None
    if not isinstance(first, Paragraph):
        return ""
    return "".join(node.text for node in nodes_of(Run | Code, first))  # type: ignore[arg-type]
