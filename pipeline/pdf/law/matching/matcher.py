"""Finds every expected block among the fragments that the pages draw; what is not found is missing."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.drawn.reading_order import comes_after, goes_on
from pipeline.pdf.law.expected.blocks import Block, Near
from pipeline.pdf.law.expected.text import MAIN
from pipeline.pdf.law.matching.likeliest import Stretch, likeliest_places
from pipeline.pdf.law.matching.match import Match
from pipeline.pdf.law.matching.steps import anywhere, in_order, painted_next, signs_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.matching.shown_fragments import ShownFragments

    _Rule = Callable[[Fragment, Fragment, Block], bool]
    """Whether a block can go on from one fragment to another."""

_PAGES_AHEAD: Final = 3
"""Pages from one block to the next, at most."""

LAST_OF_COVER: Final = _PAGES_AHEAD
"""The last page on which the cover may stand, and the contents but for those that go on from there."""

_MOST_TRIALS: Final = 400
"""Fragments that are tried for one beginning of a block."""

_SOON: Final = 6
"""Fragments after a block among which the next begins, where a caption or so lies between."""

_FEWEST_SIGNS: Final = 2
"""Signs of a text that goes on on another page, at least: fewer stand there by chance."""

_MARK: Final = 20.0
"""Points from the number of a note to its text, at most."""

_PAINTED_BEFORE: Final = 30
"""Fragments of a page that are painted before what goes on from the page before: captions, another column."""


class Matcher:
    """Matches blocks with fragments; a fragment shows one block only.

    Args:
        fragments: Those of all pages, to which is added what they show.
    """

    def __init__(self, fragments: ShownFragments) -> None:
        self._shown = fragments
        self._all = fragments.all
        self._beginnings = {each.page: each.at for each in reversed(fragments.all)}
        self._numbers: dict[int, list[Fragment]] = defaultdict(list)
        for each in fragments.all:
            if each.bare.rstrip(".").isdecimal():
                self._numbers[each.page].append(each)
        self._last: dict[str, Fragment] = {}
        self._row = ""
        self._cell: Fragment | None = None
        self._page = 1
        self._missed = 0
        self._matches: dict[int, Match] = {}
        self._expected = ""
        self._likeliest: dict[Block, Fragment] = {}
        self._reserved: dict[Fragment, Block] = {}

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
        self._reserve_notes([block for block in blocks if block.note and block.bare])
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

    def _reserve_notes(self, notes: Sequence[Block]) -> None:
        """Keep the words of notes, which are sought last, from others that have the same words."""

        def numbered(block: Block) -> list[Stretch]:
            return [place for place in self._places(block) if self._is_numbered(place.first)]

        for block, first in likeliest_places(notes, numbered).items():
            length, held = self._painted_from(block, first)
            if length == len(block.bare):
                self._reserved = dict.fromkeys(held, block) | self._reserved

    def _keep(self, match: Match) -> None:
        block = match.block
        self._matches[id(block)] = match
        self._missed = 0 if match.is_whole else self._missed + 1
        shows_no_more = block.stands_alone or "".join(part.bare for part in match.fragments) == block.bare
        for fragment in match.fragments:
            if shows_no_more:
                self._shown.take(fragment, match)
            else:
                self._shown.owners.setdefault(fragment, match)
        if match.fragments and match.in_order:
            self._remember(block, match)

    def _remember(self, block: Block, match: Match) -> None:
        if block.floats:
            return
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
        last = self._all[-1].page if self._all else 1
        if block.near is Near.COVER:
            before = self._last.get(block.sequence)
            goes_on_to = before.page + 1 if block.sequence and before is not None else 0
            return range(1, max(LAST_OF_COVER, goes_on_to) + 1)
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
        for rule, candidates in ((painted_next, nearest), (in_order, after), (anywhere, after)):
            for start in candidates:
                best = max(best, self._from(block, start, rule), key=lambda match: match.offset)
                if best.is_whole:
                    return best
        for start in starts if len(after) < len(starts) else ():
            match = self._from(block, start, in_order)
            if match.is_whole:
                match.after_previous = False
                return match
        return best

    def _places(self, block: Block) -> list[Stretch]:
        """Return where a block may stand, whole if it stands whole anywhere, as it is painted in one go."""
        listed = self._shown.beginning(block.bare[0])
        found = [self._painted_from(block, first) for first in listed if self._shown.is_free(first)]
        longest = max((length for length, _ in found), default=0)
        # Of two that end together, the first begins with equal words on the page before.
        ends = {held[-1]: Stretch(held[0], held[-1]) for length, held in found if length == longest > 0}
        places = list(ends.values())
        if block.anchor and block.title_of:
            # What names an article too is repeated above the card of the article, in small type.
            largest = max((place.first.size for place in places), default=0)
            places = [place for place in places if place.first.size == largest]
        return places

    def _painted_from(self, block: Block, first: Fragment) -> tuple[int, list[Fragment]]:
        """Return the fragments from one on that show a block, as they are painted, and how much they show.

        A block that reaches the foot of its page goes on behind what else is painted there and at the head of
        the next: captions, notes, running heads, the number of the page.
        """
        held: list[Fragment] = []
        offset, at = 0, first.at
        while at < len(self._all) and offset < len(block.bare):
            fragment = self._all[at]
            step = signs_shown(block.bare, offset, fragment)
            if not step:
                following = self._on_next_page(block, offset, held[-1]) if held else None
                if following is None:
                    break
                at = following
                continue
            held.append(fragment)
            offset += step
            at += 1
        return offset, held

    def _on_next_page(self, block: Block, offset: int, last: Fragment) -> int | None:
        """Return where a block goes on on the page after that of its last fragment.

        Args:
            block: The block.
            offset: How many of its signs were found.
            last: The last fragment that shows some.
        """
        begin = self._beginnings.get(last.page + 1)
        for following in self._all[begin : begin + _PAINTED_BEFORE] if begin is not None else ():
            shown = signs_shown(block.bare, offset, following)
            if following.page == last.page + 1 and shown == len(following.bare) >= _FEWEST_SIGNS:
                return following.at
        return None

    def _candidates(self, block: Block) -> list[Fragment]:
        pages = self._pages(block)
        sign = block.bare[0] if block.bare else ""
        listed = self._shown.beginning(sign)
        fitting = [
            fragment
            for fragment in listed
            if (fragment.page in pages or self._likeliest.get(block) is fragment)
            and self._shown.is_free(fragment)
            and signs_shown(block.bare, 0, fragment)
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
            is_bare_note = bool(block.note) and not self._is_numbered(fragment)
            # No number is set in parts; the days of a calendar have the figures of many.
            is_part_of_number = shows_part and block.bare.isdecimal()
            likely = (
                is_bare_note,
                not is_likeliest,
                is_reserved,
                is_part_of_number,
                way * fragment.page,
                away,
            )
            return (
                *likely,
                not is_painted_soon,
                is_apart,
                shows_part,
                in_next_column,
                down,
                fragment.box.left,
            )

        return sorted(fitting, key=rank)

    def _is_numbered(self, fragment: Fragment) -> bool:
        """Return whether a number stands before a text on its line, as that of a note does."""
        return any(
            number.is_on_line_of(fragment) and -fragment.size < fragment.box.left - number.box.right < _MARK
            for number in self._numbers.get(fragment.page, ())
        )

    def _from(self, block: Block, start: Fragment, rule: _Rule) -> Match:
        """Follow a block from a fragment on, as far as its words go; where there is a choice, try all."""
        best = Match(block)
        open_ends = [([start], signs_shown(block.bare, 0, start))]
        trials = 0
        while open_ends and trials < _MOST_TRIALS:
            trials += 1
            path, offset = open_ends.pop()
            if offset > best.offset:
                best = Match(block, path, offset, in_order=rule is not anywhere)
            if offset == len(block.bare):
                break
            following = self._following(block, path, offset, rule)
            open_ends += [
                ([*path, fragment], offset + signs_shown(block.bare, offset, fragment))
                for fragment in following
            ][::-1]
        return best

    def _following(self, block: Block, path: list[Fragment], offset: int, rule: _Rule) -> list[Fragment]:
        """Return the fragments that a block can go on with, the likeliest first."""
        last = path[-1]
        if last.at + 1 < len(self._all):
            following = self._all[last.at + 1]
            if (
                self._shown.is_free(following)
                and signs_shown(block.bare, offset, following)
                and in_order(last, following, block)
            ):
                return [following]
        sign = block.bare[offset]
        listed = self._shown.beginning(sign)
        held = set(path)
        fitting = [
            fragment
            for fragment in listed
            if last.page <= fragment.page <= last.page + _PAGES_AHEAD - 1
            and fragment not in held
            and self._shown.is_free(fragment)
            and signs_shown(block.bare, offset, fragment)
            and rule(last, fragment, block)
        ]

        def rank(fragment: Fragment) -> tuple[int, ...]:
            is_reserved = self._reserved.get(fragment, block) is not block
            return is_reserved, fragment.page, fragment.at < last.at, fragment.at

        return sorted(fitting, key=rank)

    # Blocks that may stand within other words.

    def _within(self, block: Block, pages: range, last: Fragment | None) -> Match:
        bare = block.bare
        found = []
        for place in re.finditer(f"(?={re.escape(bare)})", self._shown.signs):
            at = place.start()
            held = self._shown.holding(at, len(bare))
            if held and held[0].page in pages and self._are_words(at, bare, held) and self._fits(held, last):
                found.append((self._rank(block, held), at, held))
        if not found:
            return Match(block)
        _, at, held = min(found, key=lambda each: each[0])
        self._shown.take_signs(at, len(bare))
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

    def _are_words(self, at: int, bare: str, held: Sequence[Fragment]) -> bool:
        """Return whether signs are whole words, and those around them are not of another block."""
        beside = self._shown.beside_words(at, len(bare), held)
        return beside is not None and not any(fragment.bare in self._expected for fragment in beside)

    def _fits(self, held: Sequence[Fragment], last: Fragment | None) -> bool:
        if any(self._shown.is_furniture(fragment) or fragment in self._reserved for fragment in held):
            return False
        follows = last is None or last is held[0] or comes_after(last, held[0])
        return follows and all(goes_on(one, other) for one, other in pairwise(held))
