"""Finds every expected block among the fragments that the pages draw; what is not found is missing."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.drawn.reading_order import comes_after, goes_on
from pipeline.pdf.law.drawn.running_lines import running_lines
from pipeline.pdf.law.drawn.shown_signs import ShownSigns, is_edge_of_word
from pipeline.pdf.law.expected.blocks import Block, Near
from pipeline.pdf.law.expected.signs import REFERENCE
from pipeline.pdf.law.expected.text import MAIN
from pipeline.pdf.law.likeliest import Stretch, likeliest_places
from pipeline.pdf.law.match import Match

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.pdf.law.drawn.drawn_text import Fragment

    _Rule = Callable[[Fragment, Fragment, Block], bool]
    """Whether a block can go on from one fragment to another."""

_PAGES_AHEAD: Final = 3
"""Pages from one block to the next, at most."""

_MOST_TRIALS: Final = 400
"""Fragments that are tried for one beginning of a block."""

_SOON: Final = 6
"""Fragments after a block among which the next begins, where a caption or so lies between."""

_PAINTED_LAST: Final = 4
"""Fragments of a page that are painted behind its text: its running head, its number."""

_LONGEST_REFERENCE: Final = 3
"""Signs of the reference to a note."""


class Matcher:
    """Matches blocks with fragments; a fragment shows one block only.

    Args:
        fragments: Of all pages, as they are painted.
        running: The signs of running heads that stand on all pages.
    """

    def __init__(self, fragments: Sequence[Fragment], running: frozenset[str]) -> None:
        self.fragments = fragments
        self._rows = running_lines(fragments, running)
        self.owners: dict[Fragment, Match] = {}
        self._taken: set[Fragment] = set()
        self._by_sign: dict[str, list[Fragment]] = defaultdict(list)
        for fragment in fragments:
            if fragment.bare:
                self._by_sign[fragment.bare[0]].append(fragment)
        self._signs = ShownSigns(fragments)
        self._used = bytearray(len(self.shown))
        self._last: dict[str, Fragment] = {}
        self._row = ""
        self._cell: Fragment | None = None
        self._page = 1
        self._missed = 0
        self._matches: dict[int, Match] = {}
        self._expected = ""
        self._likeliest: dict[Block, Fragment] = {}
        self._reserved: dict[Fragment, Block] = {}

    def unmatched(self) -> Iterator[Fragment]:
        """Yield the fragments that show no block and stand in no line of running heads."""
        for fragment in self.fragments:
            if fragment not in self.owners and not self._is_furniture(fragment):
                yield fragment

    def left_over(self, fragment: Fragment) -> list[str]:
        """Return what of a fragment shows no block, in stretches."""
        used = self._used[self._signs.stretch_of(fragment)]
        rest = "".join(" " if taken else sign for sign, taken in zip(fragment.bare, used, strict=True))
        return rest.split()

    def besides_furniture(self) -> Iterator[Fragment]:
        """Yield the fragments that stand in no line of running heads."""
        yield from (fragment for fragment in self.fragments if not self._is_furniture(fragment))

    @property
    def shown(self) -> str:
        """The signs of all pages, without hyphens."""
        return self._signs.joined

    def _is_furniture(self, fragment: Fragment) -> bool:
        """Return whether a fragment stands in the line of a running head."""
        return (fragment.page, round(fragment.baseline)) in self._rows

    def match_all(self, blocks: Sequence[Block]) -> list[Match]:
        """Find blocks, and keep the fragments that show them.

        What may stand within other words, and notes, are sought last, where no other block has taken them: a
        name under an article is not found in its text. Only the entries of the contents are sought in their
        turn, for a title may be one too.

        Args:
            blocks: In the order in which they are read.
        """
        self._expected = "\n".join(block.bare for block in blocks if block.stands_alone)
        main = [block for block in blocks if block.sequence == MAIN and block.stands_alone and block.bare]
        self._likeliest = likeliest_places(main, self._places)
        for block, first in self._likeliest.items():
            self._reserved |= dict.fromkeys(self._painted_from(block, first)[1], block)
        later: list[tuple[Block, range, Fragment | None]] = []
        for block in blocks:
            pages, last = self._pages(block), self._last.get(block.sequence)
            if block.note or not (block.stands_alone or block.near is Near.COVER):
                later.append((block, pages, last))
            else:
                self._keep(self._whole(block) if block.stands_alone else self._within(block, pages, last))
        for block, pages, last in later:
            self._keep(self._whole(block) if block.stands_alone else self._within(block, pages, last))
        return [self._matches[id(block)] for block in blocks]

    def _keep(self, match: Match) -> None:
        block = match.block
        self._matches[id(block)] = match
        self._missed = 0 if match.is_whole else self._missed + 1
        shows_no_more = block.stands_alone or "".join(part.bare for part in match.fragments) == block.bare
        for fragment in match.fragments:
            if shows_no_more:
                self.take(fragment, match)
            else:
                self.owners.setdefault(fragment, match)
        if match.fragments and match.in_order:
            self._remember(block, match)

    def is_taken(self, fragment: Fragment) -> bool:
        """Return whether a fragment shows a block, and nothing but this block."""
        return fragment in self._taken

    def take(self, fragment: Fragment, match: Match) -> None:
        """Keep a fragment that shows a part of a match, or the number beside it."""
        self._taken.add(fragment)
        self.owners[fragment] = match
        self._used[self._signs.stretch_of(fragment)] = b"\1" * len(fragment.bare)

    def _remember(self, block: Block, match: Match) -> None:
        first, last = match.fragments[0], match.fragments[-1]
        if block.sequence:
            before = self._last.get(block.sequence)
            in_row = bool(block.row) and block.row == self._row
            if before is None or not in_row or (last.page, -last.baseline) > (before.page, -before.baseline):
                self._last[block.sequence] = last
            # What accompanies a cell, such as its note, does not end the row.
            self._row, self._cell = block.row, first
        if block.near is Near.AFTER:
            self._page = max(self._page, last.page)

    def _pages(self, block: Block) -> range:
        """Return the pages that a block may begin on."""
        last = self.fragments[-1].page if self.fragments else 1
        if block.near is Near.COVER:
            return range(1, _PAGES_AHEAD + 1)
        if block.near in {Near.ANYWHERE, Near.LATER}:
            return range(1 if block.near is Near.ANYWHERE else self._page, last + 1)
        cell = self._cell_before(block)
        first = cell.page if cell is not None else self._page
        if block.near is Near.BESIDE and block.beside is not None:
            beside = self._matches.get(id(block.beside))
            first = beside.fragments[0].page if beside and beside.fragments else first
        if block.note:
            # Notes that have no room on the page of their call go on behind the text.
            return range(first, last + 1)
        return range(first, first + _PAGES_AHEAD + self._missed + 1)

    def _is_free(self, fragment: Fragment) -> bool:
        return fragment not in self._taken and not self._is_furniture(fragment)

    # Blocks that stand by themselves.

    def _cell_before(self, block: Block) -> Fragment | None:
        """Return the beginning of the cell before, if the block is the next of its row."""
        return self._cell if block.row and block.row == self._row else None

    def _whole(self, block: Block) -> Match:
        last = self._cell_before(block) or self._last.get(block.sequence)
        starts = self._candidates(block)
        after = [start for start in starts if last is None or comes_after(last, start)]
        best = Match(block)
        # Equal words on a later page may be painted in one go, where the block itself goes on over a page.
        nearest = [start for start in after if start.page == after[0].page]
        for rule, candidates in ((_painted_next, nearest), (_in_order, after), (_anywhere, after)):
            for start in candidates:
                best = max(best, self._from(block, start, rule), key=_offset)
                if best.is_whole:
                    return best
        for start in starts if len(after) < len(starts) else ():
            match = self._from(block, start, _in_order)
            if match.is_whole:
                match.after_previous = False
                return match
        return best

    def _places(self, block: Block) -> list[Stretch]:
        """Return where a block may stand, whole if it stands whole anywhere, as it is painted in one go."""
        listed = self.fragments if block.bare[0] == REFERENCE else self._by_sign.get(block.bare[0], [])
        found = [self._painted_from(block, first) for first in listed if self._is_free(first)]
        longest = max((length for length, _ in found), default=0)
        return [Stretch(held[0], held[-1]) for length, held in found if length == longest > 0]

    def _painted_from(self, block: Block, first: Fragment) -> tuple[int, list[Fragment]]:
        """Return the fragments from one on that show a block, as they are painted, and how much they show.

        A block that reaches the foot of its page goes on behind what is painted last there: its number.
        """
        held: list[Fragment] = []
        offset, at = 0, first.at
        while at < len(self.fragments) and offset < len(block.bare):
            fragment = self.fragments[at]
            step = _step(block.bare, offset, fragment)
            if not step:
                following = self._first_of_next_page(at)
                if not held or following is None or held[-1].page != fragment.page:
                    break
                at = following
                continue
            held.append(fragment)
            offset += step
            at += 1
        return offset, held

    def _first_of_next_page(self, at: int) -> int | None:
        """Return where the next page begins, if one of the last fragments of a page is at a place."""
        page = self.fragments[at].page
        ahead = range(at + 1, min(at + 1 + _PAINTED_LAST, len(self.fragments)))
        return next((each for each in ahead if self.fragments[each].page != page), None)

    def _candidates(self, block: Block) -> list[Fragment]:
        pages = self._pages(block)
        sign = block.bare[0] if block.bare else ""
        listed = self.fragments if sign == REFERENCE else self._by_sign.get(sign, [])
        fitting = [
            fragment
            for fragment in listed
            if (fragment.page in pages or self._likeliest.get(block) is fragment)
            and self._is_free(fragment)
            and _step(block.bare, 0, fragment)
        ]
        cell = self._cell_before(block)
        # What stands anywhere is the colophon, mostly at the end.
        way = -1 if block.near is Near.ANYWHERE else 1

        last = self._last.get(block.sequence)

        def rank(fragment: Fragment) -> tuple[float, ...]:
            is_likeliest = self._likeliest.get(block) is fragment
            is_reserved = self._reserved.get(fragment, block) is not block
            # A cell stands beside the one before it; one fragment is likelier than some that show its parts.
            away = abs(fragment.baseline - cell.baseline) if cell is not None else 0
            # Of equal words, those are meant that are painted soon after the block before.
            is_painted_soon = last is not None and 0 < fragment.at - last.at <= _SOON
            is_apart = last is None or (fragment.page == last.page and not goes_on(last, fragment))
            shows_part = fragment.bare != block.bare
            # The engine paints what is positioned after the rest: a heading after the heading below it.
            in_next_column = (
                last is not None and fragment.page == last.page and fragment.baseline > last.baseline
            )
            down = -round(fragment.baseline)
            likely = (not is_likeliest, is_reserved, way * fragment.page, away, not is_painted_soon)
            return (*likely, is_apart, shows_part, in_next_column, down, fragment.box.left)

        return sorted(fitting, key=rank)

    def _from(self, block: Block, start: Fragment, rule: _Rule) -> Match:
        """Follow a block from a fragment on, as far as its words go; where there is a choice, try all."""
        best = Match(block)
        open_ends = [([start], _step(block.bare, 0, start))]
        trials = 0
        while open_ends and trials < _MOST_TRIALS:
            trials += 1
            path, offset = open_ends.pop()
            if offset > best.offset:
                best = Match(block, path, offset, in_order=rule is not _anywhere)
            if offset == len(block.bare):
                break
            following = self._following(block, path, offset, rule)
            open_ends += [
                ([*path, fragment], offset + _step(block.bare, offset, fragment)) for fragment in following
            ][::-1]
        return best

    def _following(self, block: Block, path: list[Fragment], offset: int, rule: _Rule) -> list[Fragment]:
        """Return the fragments that a block can go on with, the likeliest first."""
        last = path[-1]
        if last.at + 1 < len(self.fragments):
            following = self.fragments[last.at + 1]
            if (
                self._is_free(following)
                and _step(block.bare, offset, following)
                and _in_order(last, following, block)
            ):
                return [following]
        sign = block.bare[offset]
        listed = self.fragments if sign == REFERENCE else self._by_sign.get(sign, [])
        held = set(path)
        fitting = [
            fragment
            for fragment in listed
            if last.page <= fragment.page <= last.page + _PAGES_AHEAD - 1
            and fragment not in held
            and self._is_free(fragment)
            and _step(block.bare, offset, fragment)
            and rule(last, fragment, block)
        ]
        return sorted(fitting, key=lambda fragment: (fragment.page, fragment.at < last.at, fragment.at))

    # Blocks that may stand within other words.

    def _within(self, block: Block, pages: range, last: Fragment | None) -> Match:
        bare = block.bare
        found = []
        for place in re.finditer(f"(?={re.escape(bare)})", self.shown):
            at = place.start()
            held = self._held(at, len(bare))
            if held and held[0].page in pages and self._are_words(at, bare, held) and self._fits(held, last):
                found.append((self._rank(block, held), at, held))
        if not found:
            return Match(block)
        _, at, held = min(found, key=lambda each: each[:2])
        self._used[at : at + len(bare)] = b"\1" * len(bare)
        return Match(block, held, len(bare))

    def _rank(self, block: Block, held: Sequence[Fragment]) -> tuple[int, int]:
        """Return how unlikely a place is, the least first."""
        # What stands anywhere is the colophon: at the end, and not set letter by letter.
        if block.near is Near.ANYWHERE:
            return len(held), -held[0].page
        # Entries of the contents stand in their order; what else the first page says, by itself mostly.
        if block.near is Near.COVER and not block.sequence:
            return held[0].page, int(sum(len(each.bare) for each in held) > len(block.bare))
        return 0, 0

    def _held(self, at: int, length: int) -> list[Fragment]:
        """Return the fragments of a stretch of all signs; none where some belongs to another block."""
        return [] if any(self._used[at : at + length]) else self._signs.holding(at, length)

    def _are_words(self, at: int, bare: str, held: Sequence[Fragment]) -> bool:
        """Return whether signs are whole words, and those around them are not of another block."""
        first, last = held[0], held[-1]
        before = at - self._signs.start_of(first)
        until = at + len(bare) - self._signs.start_of(last)
        if not (is_edge_of_word(first, before) and is_edge_of_word(last, until)):
            return False
        showing_more = [
            fragment for fragment, more in ((first, before), (last, len(last.bare) - until)) if more
        ]
        return not any(fragment.bare in self._expected for fragment in showing_more)

    def _fits(self, held: Sequence[Fragment], last: Fragment | None) -> bool:
        if any(self._is_furniture(fragment) or fragment in self._reserved for fragment in held):
            return False
        follows = last is None or last is held[0] or comes_after(last, held[0])
        return follows and all(goes_on(one, other) for one, other in pairwise(held))


def _offset(match: Match) -> int:
    return match.offset


def _in_order(last: Fragment, following: Fragment, block: Block) -> bool:
    return goes_on(last, following, block.empty_lines)


def _painted_next(last: Fragment, following: Fragment, block: Block) -> bool:
    return following.at == last.at + 1 and goes_on(last, following, block.empty_lines)


def _anywhere(last: Fragment, following: Fragment, _: Block) -> bool:
    return 0 <= following.page - last.page <= 1


def _step(bare: str, offset: int, fragment: Fragment) -> int:
    """Return how many signs of a block a fragment shows, from one on; 0 where it shows others."""
    if bare.startswith(fragment.bare, offset):
        return len(fragment.bare)
    is_reference = bare.startswith(REFERENCE, offset) and len(fragment.bare) <= _LONGEST_REFERENCE
    return int(is_reference and not any(sign.isalpha() for sign in fragment.bare))
