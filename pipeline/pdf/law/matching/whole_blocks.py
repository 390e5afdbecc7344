"""Finds blocks that stand by themselves, from fragment to fragment in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.pdf.law.drawn.reading_order import comes_after, goes_on
from pipeline.pdf.law.expected.blocks import Near
from pipeline.pdf.law.matching.match import Match
from pipeline.pdf.law.matching.reading_position import PAGES_AHEAD
from pipeline.pdf.law.matching.steps import anywhere, in_order, painted_next, signs_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.expected.blocks import Block
    from pipeline.pdf.law.matching.painted_places import PaintedPlaces
    from pipeline.pdf.law.matching.reading_position import ReadingPosition
    from pipeline.pdf.law.matching.shown_fragments import ShownFragments

    _Rule = Callable[[Fragment, Fragment, Block], bool]
    """Whether a block can go on from one fragment to another."""

_MOST_TRIALS: Final = 400
"""Fragments that are tried for one beginning of a block."""

_SOON: Final = 6
"""Fragments after a block among which the next begins, where a caption or so lies between."""


class WholeBlocks:
    """Finds blocks that stand by themselves.

    Args:
        fragments: Those of all pages.
        painted: Their places as they are painted.
        position: How far the reading has come.
        likeliest: Where blocks begin, most likely.
        reserved: Fragments that a block shows most likely, which others take only where they find no other.
    """

    def __init__(
        self,
        fragments: ShownFragments,
        painted: PaintedPlaces,
        position: ReadingPosition,
        likeliest: Mapping[Block, Fragment],
        reserved: Mapping[Fragment, Block],
    ) -> None:
        self._shown = fragments
        self._all = fragments.all
        self._painted = painted
        self._position = position
        self._likeliest = likeliest
        self._reserved = reserved

    def found(self, block: Block) -> Match:
        """Return as much of a block as is found in one place, with where that is."""
        last = self._position.cell_before(block) or self._position.last_of(block)
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

    def _candidates(self, block: Block) -> list[Fragment]:
        pages = self._position.pages(block)
        sign = block.bare[0] if block.bare else ""
        listed = self._shown.beginning(sign)
        fitting = [
            fragment
            for fragment in listed
            if (fragment.page in pages or self._likeliest.get(block) is fragment)
            and self._shown.is_free(fragment)
            and signs_shown(block.bare, 0, fragment)
        ]
        cell = self._position.cell_before(block)
        # What stands anywhere is the colophon, mostly at the end.
        way = -1 if block.near is Near.ANYWHERE else 1

        last = self._position.last_of(block)

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
            is_bare_note = bool(block.note) and not self._painted.is_numbered(fragment)
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
            if last.page <= fragment.page <= last.page + PAGES_AHEAD - 1
            and fragment not in held
            and self._shown.is_free(fragment)
            and signs_shown(block.bare, offset, fragment)
            and rule(last, fragment, block)
        ]

        def rank(fragment: Fragment) -> tuple[int, ...]:
            is_reserved = self._reserved.get(fragment, block) is not block
            return is_reserved, fragment.page, fragment.at < last.at, fragment.at

        return sorted(fitting, key=rank)
