"""Lines of finished pages by the column they stand in, with the spaces between their words.

No code of the program is used: a column is known by lines that end at the same edge.
"""

from __future__ import annotations

import functools
import statistics
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from fontTools.ttLib import TTFont

from tests.support.composing.set_lines import set_lines
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.support.composing.set_lines import Letter

_GUTTER: Final = 15.0
"""Points between letters that belong to two columns; the narrowest gutter has 17."""

_EDGE: Final = 0.6
"""Points within which lines end at the same edge."""

_FEWEST_AT_EDGE: Final = 4
_INDENT: Final = 16.0
"""Points by which a line of a paragraph may begin behind the edge of its column."""

_TEXT_SIZES: Final = (9.7, 10.6)
"""The type of running text, in points."""

_MOST_LEADING: Final = 15.5
_SPACES: Final = " \u00a0"


class Line(NamedTuple):
    """A line of one column.

    Args:
        page: The page's number, from 1.
        baseline: In points from the page's upper edge.
        letters: From left to right, the first and the last no space.
    """

    page: int
    baseline: float
    letters: tuple[Letter, ...]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.letters[0].x

    @property
    def right(self) -> float:
        """Where its last letter ends."""
        return self.letters[-1].right

    @property
    def text(self) -> str:
        """Its words; one that is divided at the end is followed by a hyphen."""
        return "".join(each.character for each in self.letters).replace("\x02", "-")

    @property
    def is_hyphenated(self) -> bool:
        """Whether it ends with a hyphen within a word."""
        return self.text.endswith(("-", "\u2010")) and not self.text.endswith((" -", "\u00a0-"))

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        return statistics.mode(round(each.size, 1) for each in self.letters)

    @property
    def face(self) -> str:
        """The face of most of its letters."""
        return statistics.mode(each.face for each in self.letters)

    @property
    def looseness(self) -> float | None:
        """The mean width of its spaces as a share of the natural one; None where it has none."""
        natural = natural_space(self.face)
        widths = [
            (after.x - before.right) / before.size
            for before, space, after in zip(self.letters, self.letters[1:], self.letters[2:], strict=False)
            if space.character in _SPACES
            and before.character not in _SPACES
            and after.character not in _SPACES
        ]
        return statistics.fmean(widths) / natural if widths and natural else None


@functools.cache
def natural_space(face: str) -> float | None:
    """Return the width of a face's space in ems, from its font file; None where there is none of this name.

    Args:
        face: Its name in a PDF, such as `Source-Serif-Semi-Bold`.
    """
    cut = face.replace("-Semi-Bold", "-SemiBold").replace("-Bold-Italic", "-BoldItalic")
    family = cut.replace("-", "")
    for path in sorted((REPOSITORY / "fonts").rglob("*.ttf")):
        name = path.stem.replace("-", "")
        if family.lower() in {name.lower(), name.lower().removesuffix("regular")}:
            font = TTFont(path)
            return float(font["hmtx"][font.getBestCmap()[32]][0] / font["head"].unitsPerEm)
    return None


def lines_of(pdf: bytes, heights: Sequence[float]) -> Iterator[Line]:
    """Yield the lines of a PDF, column by column where columns stand beside one another.

    Args:
        pdf: The file.
        heights: That of each page in points.
    """
    for whole in set_lines(pdf):
        part: list[Letter] = []
        for letter in whole.letters:
            ends = [each.right for each in part if each.character not in _SPACES]
            if part and ends and letter.character not in _SPACES and letter.x - max(ends) > _GUTTER:
                yield from _line(whole.page + 1, heights[whole.page] - whole.baseline, part)
                part = []
            part.append(letter)
        yield from _line(whole.page + 1, heights[whole.page] - whole.baseline, part)


def _line(page: int, baseline: float, letters: list[Letter]) -> Iterator[Line]:
    while letters and letters[0].character in _SPACES:
        letters = letters[1:]
    while letters and letters[-1].character in _SPACES:
        letters = letters[:-1]
    if letters:
        yield Line(page, round(baseline, 1), tuple(letters))


def text_lines(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of running text: of its size, in the face that most letters of this size have."""
    least, most = _TEXT_SIZES
    sized = [line for line in lines if least <= line.size <= most]
    faces: Counter[str] = Counter()
    for line in sized:
        faces[line.face] += len(line.letters)
    face = faces.most_common(1)[0][0] if faces else ""
    return [line for line in sized if line.face == face]


def columns_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the justified lines of each column of each page, from top to bottom.

    Args:
        lines: Of running text.
    """
    found: list[list[Line]] = []
    by_page: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_page[line.page].append(line)
    for page in by_page.values():
        edges = Counter(round(line.right * 2) / 2 for line in page)
        taken: set[int] = set()
        for edge, _ in edges.most_common():
            at_edge = [line for line in page if id(line) not in taken and abs(line.right - edge) <= _EDGE]
            if len(at_edge) < _FEWEST_AT_EDGE:
                continue
            left = min(line.left for line in at_edge)
            full = [line for line in at_edge if line.left - left <= _INDENT]
            taken |= {id(line) for line in full}
            found.append(sorted(full, key=lambda line: line.baseline))
    return found


def longest_ladder(column: Sequence[Line]) -> int:
    """Return how many lines of a column end with a hyphen in succession, at most."""
    longest = run = 0
    before: Line | None = None
    for line in column:
        follows = before is not None and line.baseline - before.baseline <= _MOST_LEADING
        run = (run + 1 if follows else 1) if line.is_hyphenated else 0
        longest = max(longest, run)
        before = line
    return longest
