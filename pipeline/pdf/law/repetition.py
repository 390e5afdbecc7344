"""Words of the issue that the pages show once more than they must."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.pdf.law.expected.blocks import Near, Reading
from pipeline.pdf.law.expected.issue import CONTENTS
from pipeline.pdf.law.expected.signs import letters_in, signs_of, without_hyphens
from pipeline.pdf.law.matching.reading_position import LAST_OF_COVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.pdf.law.drawn.drawn_text import Fragment
    from pipeline.pdf.law.expected.blocks import Block
    from pipeline.pdf.law.expected.issue import Expected
    from pipeline.pdf.law.matching.match import Match
    from pipeline.pdf.law.matching.shown_fragments import ShownFragments

_FEWEST_LETTERS: Final = 3
"""Letters of a text that is no number, at least: figures are set letter by letter."""

_FEWEST_WITHIN: Final = 12
"""Signs of a text that may be a part of a block, at least."""

_FEWEST_OF_PART: Final = 5
"""Signs of a text that may be a part of a word, at least; a shorter one is a word, or the end of a title."""

_ABOVE_CARD: Final = 72.0
"""Points above a card within which the last line of its article's title may be repeated."""


class Surplus(NamedTuple):
    """What the pages show besides the blocks.

    Args:
        repeated: Texts that show words of a block once more, each with the block.
        unknown: Texts that are neither these nor what the program adds: labels, running heads, figures.
    """

    repeated: list[tuple[Fragment, Block]]
    unknown: list[Fragment]


def surplus_of(
    shown: ShownFragments, matches: Sequence[Match], expected: Expected, words_in_pictures: Iterable[str]
) -> Surplus:
    """Return the texts that show no block.

    Args:
        shown: The fragments of all pages, with the blocks that were found.
        matches: What was found of each block.
        expected: What the pages may repeat.
        words_in_pictures: Texts of drawings.
    """
    may_repeat = {*expected.running, *expected.repeated}
    in_pictures = " ".join(without_hyphens(signs_of(words)) for words in words_in_pictures)
    reader = _Repetition(matches, list(shown.besides_furniture()), expected.head_of_contents)
    titles = [without_hyphens(title) for title in expected.named_on_cover]
    surplus = Surplus([], [])
    for fragment in shown.unmatched():
        is_allowed = fragment.signs in may_repeat or fragment.bare in in_pictures
        is_allowed = is_allowed or (
            fragment.page == 1 and any(_is_line_of(title, fragment) for title in titles)
        )
        is_allowed = is_allowed or reader.is_in_contents_too(fragment)
        if not is_allowed and not reader.is_of_figure(fragment):
            block = reader.repeated_by(fragment)
            if block is not None:
                surplus.repeated.append((fragment, block))
            elif not reader.is_known(fragment):
                surplus.unknown.append(fragment)
    for match in matches:
        if match.block.reading is Reading.WITHIN:
            surplus.repeated.extend(
                (fragment, match.block)
                for fragment in match.fragments
                if _repeats(shown.left_over(fragment), match.block)
            )
    return surplus


def _repeats(left_over: Iterable[str], block: Block) -> bool:
    """Return whether what is left of a text, a label mostly, has words of the block that it shows."""
    words = (without_hyphens(signs_of(word)) for piece in block.pieces for word in piece.text.split())
    sought = [word for word in words if letters_in(word) >= _FEWEST_LETTERS]
    return any(word in rest for rest in left_over for word in sought)


def _is_line_of(title: str, fragment: Fragment) -> bool:
    """Return whether a text may be a line of a title: a short word may be a part of many by chance.

    A sign alone may be one of a figure.
    """
    bare = fragment.bare
    if len(bare) == 1 or len(bare) >= _FEWEST_OF_PART:
        return bare in title
    return title.startswith(bare) or title.endswith(bare)


def _is_part_of(block: Block, fragment: Fragment) -> bool:
    """Return whether a text may be a part of a block, likewise."""
    if len(fragment.bare) == 1 or len(fragment.bare) >= _FEWEST_OF_PART:
        return fragment.bare in block.bare
    words = {without_hyphens(signs_of(word)) for piece in block.pieces for word in piece.text.split()}
    return fragment.bare in block.bare and {
        without_hyphens(signs_of(word)) for word in fragment.text.split()
    } <= {*words, ""}


class _Repetition:
    """Looks texts up among the blocks that were found.

    Args:
        matches: What was found.
        fragments: All but running heads.
        head_of_contents: The signs of the head above the contents.
    """

    def __init__(
        self, matches: Sequence[Match], fragments: Sequence[Fragment], head_of_contents: str = ""
    ) -> None:
        self._fragments = fragments
        self._head_of_contents = head_of_contents
        self._matches = [match for match in matches if match.fragments and not match.block.is_label]
        self._whole = {match.block.bare: match for match in self._matches}
        self._labels = [match for match in matches if match.block.is_label and match.fragments]
        self._cards = {match.block.sequence: match for match in self._labels[::-1]}
        self._all = matches
        self._tables = [match for match in self._matches if match.block.row or match.block.heads]

    def repeated_by(self, fragment: Fragment) -> Block | None:
        """Return the block whose words a text repeats, or None."""
        if letters_in(fragment.signs) < _FEWEST_LETTERS:
            return self._repeated_cell(fragment)
        match = self._whole.get(fragment.bare)
        if match is None and len(fragment.bare) >= _FEWEST_WITHIN:
            match = next((match for match in self._matches if fragment.bare in match.block.bare), None)
        if match is None or self._is_head_of_next_page(fragment, match) or self._is_above_card(fragment):
            return None
        return match.block

    def is_known(self, fragment: Fragment) -> bool:
        """Return whether a text may be a block, or a part of one that was not followed to its end."""
        bare = fragment.bare
        lost = (match.block for match in self._all if not match.is_whole)
        if bare in self._whole or any(_is_part_of(block, fragment) for block in lost):
            return True
        if len(bare) >= _FEWEST_WITHIN and any(bare in match.block.bare for match in self._all):
            return True
        return self._is_above_card(fragment) or self._is_of_repeated_head(fragment)

    def is_of_figure(self, fragment: Fragment) -> bool:
        """Return whether a text stands in a figure: below its title and above what follows it."""
        return any(foot < fragment.baseline < head for head, foot in self._figures.get(fragment.page, ()))

    @functools.cached_property
    def _figures(self) -> dict[int, list[tuple[float, float]]]:
        """From the baseline of each label down to that of the next text of the issue, by page."""
        baselines = defaultdict(set)
        for match in self._all:
            for fragment in match.fragments:
                baselines[fragment.page].add(fragment.baseline)
        figures = defaultdict(list)
        for match in self._labels:
            if match.block.near is Near.ANYWHERE:  # of the colophon, below which there is no figure
                continue
            title = match.fragments[0]
            below = (each for each in baselines[title.page] if each < title.baseline)
            figures[title.page].append((title.baseline, max(below, default=0.0)))
        return figures

    def is_in_contents_too(self, fragment: Fragment) -> bool:
        """Return whether a text is an entry of the contents that the first page names besides."""
        if fragment.page not in self._pages_of_contents:
            return False
        named = any(fragment.bare in entry.block.bare for entry in self._named_first)
        alike = (other for other in self._fragments if other.page == fragment.page)
        # The same words may be another entry, as where an article is called like its section.
        others = [other for other in alike if other.bare == fragment.bare and other not in self._entries]
        return named and len(others) == 1

    @functools.cached_property
    def _entries(self) -> set[Fragment]:
        """The texts of all entries of the contents that were found."""
        entries = (match for match in self._matches if match.block.sequence == CONTENTS)
        return {fragment for entry in entries for fragment in entry.fragments}

    @functools.cached_property
    def _named_first(self) -> list[Match]:
        """The entries of the contents that were found on the first page."""
        entries = (match for match in self._matches if match.block.sequence == CONTENTS)
        return [match for match in entries if match.fragments[0].page == 1]

    @functools.cached_property
    def _pages_of_contents(self) -> set[int]:
        """The pages after the first on which contents stand: every entry may have been found on the first."""
        entries = (match for match in self._matches if match.block.sequence == CONTENTS)
        heads = (each for each in self._fragments if each.signs == self._head_of_contents)
        headed = {head.page for head in heads if head.page <= LAST_OF_COVER}
        return {match.fragments[0].page for match in entries}.union(headed) - {1}

    def _repeated_cell(self, fragment: Fragment) -> Block | None:
        """Return the cell that a short text repeats within the same table."""
        for match in self._tables:
            same = match.block.bare == fragment.bare
            if same and any(cell.is_on_line_of(fragment) for cell in match.fragments):
                return match.block
        return None

    def _is_above_card(self, fragment: Fragment) -> bool:
        """Return whether a text repeats an article's title above its card, which stands on another page."""
        for match in self._matches:
            card = self._cards.get(f"card {match.block.title_of}")
            if card is not None and fragment.bare in match.block.bare:
                first = card.fragments[0]
                if first.page == fragment.page != match.fragments[0].page and self._leads_to(
                    fragment, first, match.block
                ):
                    return True
        return False

    def _leads_to(self, fragment: Fragment, first: Fragment, title: Block) -> bool:
        """Return whether nothing but a title stands between a text and the first line of a card below it."""
        if not (fragment.baseline > first.baseline and _share_column(fragment, first)):
            return False
        between = [
            other
            for other in self._fragments
            if other.page == first.page
            and first.baseline < other.baseline <= fragment.baseline
            and _share_column(other, first)
        ]
        nearest = min(other.baseline for other in between) - first.baseline
        return nearest < _ABOVE_CARD and all(other.bare in title.bare for other in between)

    def _is_head_of_next_page(self, fragment: Fragment, match: Match) -> bool:
        """Return whether a text repeats the head of a table on a page on which the table goes on.

        Words that are a part of another text, too, as an author's name, may be there as often as heads are.
        """
        heads = self._heads_before(fragment)
        if match.block.reading is Reading.WHOLE or not heads:
            return bool(heads)
        alike = (other for other in self._fragments if other.page == fragment.page)
        return sum(other.bare == fragment.bare and other not in self._found for other in alike) <= len(heads)

    def _is_of_repeated_head(self, fragment: Fragment) -> bool:
        """Return whether a head of a table that begins on a page before has a text's words."""
        return bool(self._heads_before(fragment))

    def _heads_before(self, fragment: Fragment) -> list[Match]:
        """Return the heads of tables on pages before that have a text's words."""
        heads = (other for other in self._matches if other.block.heads and _is_part_of(other.block, fragment))
        return [head for head in heads if head.fragments[0].page < fragment.page]

    @functools.cached_property
    def _found(self) -> set[Fragment]:
        """The texts of all blocks that were found."""
        return {fragment for match in self._all for fragment in match.fragments}


def _share_column(one: Fragment, other: Fragment) -> bool:
    return one.box.left < other.box.right + one.size and other.box.left < one.box.right + one.size
