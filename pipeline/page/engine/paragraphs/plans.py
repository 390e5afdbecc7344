"""The plan of a paragraph's lines, and the measure by which the engine ends each where it was planned.

The engine breaks lines one by one, each at the last opportunity that fits. So a plan needs no breaking of its
own: for each line the engine is given a measure between the width of the planned line and that of the next
opportunity, and it ends the line there, with its own hyphen and its own bookkeeping. What is printed, tagged
and resumed stays the engine's.
"""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from math import inf
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.page.engine.paragraphs.opportunities import Break, BreakFinder
from pipeline.page.engine.paragraphs.reading import Paragraph
from pipeline.typography.composing.balancing import balanced
from pipeline.typography.composing.demerits import HYPHENATED, WIDEST, ratio_of
from pipeline.typography.composing.opportunities import Ending, Opportunity, Point, Setting
from pipeline.typography.composing.total_fit import total_fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LEAST_LAST: Final = 2.0
"""The least width of a last line, in ems: more than an indent."""

_ROOM: Final = 2.0
"""By how many pixels, at most, the engine is given more than the width of a planned line."""

_ROUNDING: Final = 0.01
"""Pixels by which the width of a line may be off."""

_NEARBY: Final = 3
"""How many opportunities after a line's end are compared: hyphens make a nearer one wider."""


class LinePlace(NamedTuple):
    """Where a line is set.

    Args:
        measures: Those of it and of all lines after it; the last is that of the rest.
        left: How many lines fit on the page, this one counted; infinity where no page ends.
        is_right: Whether the page is a right-hand one.
        in_column: Whether it is set in one of several columns.
    """

    measures: tuple[float, ...]
    left: float
    is_right: bool
    in_column: bool


class Foot(NamedTuple):
    """The last line of a right-hand page.

    Args:
        line: Which it is, from 0.
        goes: Whether it can go to the next page.
    """

    line: int
    goes: bool


class PlannedLine(NamedTuple):
    """A line of a plan.

    Args:
        measure: Its measure.
        opportunity: Where it ends.
        remaining: How many lines the paragraph has from this one on.
        hyphens: How many lines in succession end with a hyphen before it.
    """

    measure: float
    opportunity: Opportunity
    remaining: int
    hyphens: int


class Aim(NamedTuple):
    """What the engine and the spacing of a line are told.

    Args:
        width: The measure to give the engine, so that it ends the line where it was planned.
        has_ligature: Whether a ligature is in the line, which spaced letters would dissolve.
        is_flush: Whether it is set flush left, though its paragraph asks for justified lines.
    """

    width: float
    has_ligature: bool
    is_flush: bool = False


class ParagraphPlans:
    """The plans of one paragraph: made when its first line is asked for, and again where its measure differs.

    One that no choice of breaks justifies with spaces of at most 200 per cent is set flush left as a whole: a
    hole in a line is seen from afar, and letters are not spaced to fill it.

    Args:
        box: The paragraph's box.
        finder: Finds its opportunities.
        ragged: Whether it is set flush left.
        is_head: Whether its lines are to be of one length, as those of a head.
    """

    def __init__(self, box: Any, finder: BreakFinder, *, ragged: bool, is_head: bool = False) -> None:  # noqa: ANN401 - of the engine
        """Read the paragraph; nothing is planned yet."""
        self.paragraph = Paragraph(box)
        self._breaks = finder.breaks_of(self.paragraph)
        self._ats = [each.at for each in self._breaks]
        self._ends = [each.chance.end.x for each in self._breaks]
        self._em = float(box.style["font_size"])
        self._widows = int(box.style["widows"])
        indent = box.style["text_indent"]
        self._indent = indent.value if indent.unit == "px" else 0.0
        self._ragged = ragged
        self._is_flush = False
        self._flush: dict[float, bool] = {}
        self._is_head = is_head
        self._lines: dict[int, PlannedLine] = {}
        self._made: dict[tuple[int, tuple[float, ...], Setting], dict[int, PlannedLine]] = {}

    def line_at(self, skip_stack: Any, place: Callable[[], LinePlace], measure: float) -> Aim | None:  # noqa: ANN401
        """Return what a line is to become, or nothing where it is not planned.

        Args:
            skip_stack: Where the engine begins the line.
            place: Finds where it is set; asked only when it matters.
            measure: Its measure.
        """
        paragraph = self.paragraph
        at = paragraph.skip_spaces(paragraph.place_of(skip_stack))
        if at <= paragraph.obstacle or not paragraph.text[at:].strip(" \n"):
            return None
        line = self._lines.get(at) if skip_stack is not None else None
        if line is None or abs(line.measure - measure) > 1e-3:  # noqa: PLR2004 - rounding of the engine
            before = 0 if line is None else line.hyphens
            where = place()
            self._is_flush = not self._ragged and self._has_holes(where.measures[-1])
            line = self._planned(at, where, None, before)
        if line is not None and line.opportunity.ending in HYPHENATED:
            line = self._without_hyphen_at_foot(at, line, place())
        if line is None or self._overruns(at, line):
            return None
        ligatures = line.opportunity.end.ligatures - paragraph.point(at).ligatures
        return Aim(self._width(at, line), ligatures > 0, self._is_flush)

    def _overruns(self, at: int, line: PlannedLine) -> bool:
        """Return whether a line is wider than its measure, though no opportunity is before its end.

        Given its own measure, the engine breaks such a word between two letters, where its style says so.
        """
        setting = Setting(self._em, self._ragged or self._is_flush)
        start, chance = self.paragraph.point(at), line.opportunity
        given = ratio_of(start, chance.end, chance.hyphen, line.measure + _ROUNDING, setting)
        return given < -1

    def _has_holes(self, measure: float) -> bool:
        """Return whether the paragraph, justified at a measure, has spaces that are too wide."""
        if measure not in self._flush:
            setting = Setting(self._em, shortest=self._em * _LEAST_LAST)
            self._flush[measure] = any(self._has_hole(at, measure, setting) for at in self._beginnings())
        return self._flush[measure]

    def _beginnings(self) -> Iterator[int]:
        """Yield where lines can begin that are planned: the first, and those behind forced line breaks."""
        paragraph = self.paragraph
        at = paragraph.obstacle + 1
        while 0 <= at < len(paragraph.text):
            yield paragraph.skip_spaces(at)
            at = paragraph.text.find("\n", at) + 1 or -1

    def _has_hole(self, at: int, measure: float, setting: Setting) -> bool:
        """Return whether a line from a place on, up to the next forced line break, has spaces too wide."""
        measures = (measure - self._indent if at == 0 else measure, measure)
        start, width = self.paragraph.point(at), measures[0]
        for _, chance in self._chosen(at, measures, setting):
            given = ratio_of(start, chance.end, chance.hyphen, width, setting)
            if chance.ending is not Ending.LAST and given > WIDEST:
                return True
            start, width = chance.start, measure
        return False

    def _without_hyphen_at_foot(self, at: int, line: PlannedLine, where: LinePlace) -> PlannedLine | None:
        if where.is_right and self._foot(where, line.remaining) == 0:
            return self._planned(at, where, 0, line.hyphens)
        return line

    def _foot(self, where: LinePlace, lines: int) -> int | None:
        """Return which line, from 0, is the page's last, where a paragraph of so many lines goes on."""
        if where.left == inf or lines <= where.left:
            return None
        return int(min(where.left, lines - self._widows)) - 1

    def _planned(self, at: int, where: LinePlace, foot: int | None, hyphens: int) -> PlannedLine | None:
        """Plan the lines from a place on; a hyphen at the foot of a right-hand page is planned away."""
        goes = not where.in_column
        at_foot = None if foot is None else Foot(foot, goes)
        lines = self._lines_from(at, where.measures, at_foot, hyphens)
        if foot is None and where.is_right and at in lines:
            last = self._foot(where, lines[at].remaining)
            if last is not None and last >= 0:
                lines = self._lines_from(at, where.measures, Foot(last, goes), hyphens)
        self._lines = lines
        return lines.get(at)

    def _lines_from(
        self, at: int, measures: tuple[float, ...], foot: Foot | None, hyphens: int
    ) -> dict[int, PlannedLine]:
        line, goes = foot or (None, False)
        ragged = self._ragged or self._is_flush
        setting = Setting(self._em, ragged, line, self._em * _LEAST_LAST, hyphens, foot_goes=goes)
        key = (at, measures, setting)
        if key not in self._made:
            self._made[key] = self._lines_made(*key)
        return self._made[key]

    def _lines_made(self, at: int, measures: tuple[float, ...], setting: Setting) -> dict[int, PlannedLine]:
        chosen = self._chosen(at, measures, setting)
        made: dict[int, PlannedLine] = {}
        hyphens = setting.hyphens
        for number, (following, chance) in enumerate(chosen):
            measure = measures[min(number, len(measures) - 1)]
            made[at] = PlannedLine(measure, chance, len(chosen) - number, hyphens)
            at, hyphens = following, hyphens + 1 if chance.ending in HYPHENATED else 0
        return made

    def _chosen(self, at: int, measures: tuple[float, ...], setting: Setting) -> list[Break]:
        """Return the opportunity that each line ends at, up to the next forced line break or the end."""
        paragraph = self.paragraph
        until = paragraph.text.find("\n", at)
        until = len(paragraph.text) if until < 0 else until
        first, last = bisect_right(self._ats, at), bisect_left(self._ats, until)
        end = paragraph.point(at + len(paragraph.text[at:until].rstrip(" ")))
        breaks = [*self._breaks[first:last], Break(until, Opportunity(end, end, Ending.LAST))]
        chances = tuple(each.chance for each in breaks)
        even = balanced(paragraph.point(at), chances, measures[0]) if self._is_head else None
        ends = even or _total_fit(paragraph.point(at), chances, measures, setting)
        return [breaks[index] for index in ends]

    def _width(self, at: int, line: PlannedLine) -> float:
        """Return a width at which the engine ends a line where it was planned."""
        begin, chance = self.paragraph.point(at).x, line.opportunity
        width = chance.end.x - begin + chance.hyphen
        if chance.ending is Ending.LAST:
            return max(line.measure, width + _ROOM)
        after = bisect_right(self._ends, chance.end.x)
        following = [each.chance for each in self._breaks[after : after + _NEARBY]]
        nearest = min((each.end.x - begin + each.hyphen for each in following), default=inf)
        if nearest == inf:
            nearest = self.paragraph.point(len(self.paragraph.text)).x - begin
        # The engine holds the spaces that a box ends with to be part of its line.
        trailing = 0.0 if chance.hyphen else chance.start.x - chance.end.x
        return width + trailing + min(max((nearest - width - trailing) / 2, 0.05), _ROOM)


@functools.lru_cache(maxsize=256)
def _total_fit(
    begin: Point, chances: tuple[Opportunity, ...], measures: tuple[float, ...], setting: Setting
) -> tuple[int, ...]:
    """Return the ends of the lines; a paragraph is laid out many times while its page is fitted."""
    return tuple(total_fit(begin, chances, measures, setting))
