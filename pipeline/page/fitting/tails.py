"""The last page of a stretch, where it is nearly empty.

Lower photographs on the pages before may save it, or higher ones fill it with more of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.page.fitting.stretches import RunPlan
    from pipeline.page.makeup.fitting import Fitting

MOST_ON_TAIL: Final = 20
"""Lines on a page that might be saved."""


_RECKONED: Final = 0.85
"""What is reckoned may be a line less than what comes of it: columns are filled to whole lines."""


_SET_IN_LOWER: Final = 6
"""Lines by which a picture is lower that is set to the text, at most."""

_LONGER: Final = (2.0, 6.0, 11.0)
"""Lines by which a stretch is made longer, in turn."""


class Changed(NamedTuple):
    """Decisions that make a stretch shorter or longer, and the first run they change, from 0."""

    fitting: Fitting
    first_run: int


def shorter(stretch: Sequence[RunPlan], fitting: Fitting, lines: int, *, slack: int = 0) -> Iterator[Changed]:
    """Yield decisions that save so many lines, as far as can be reckoned; those nearest to the end first.

    Args:
        stretch: Its runs.
        fitting: What is decided already.
        lines: To be saved.
        slack: How many lines are empty on the pages before; some of them may be filled by what moves up.
    """
    saved, lowered, before, first, left = 0.0, fitting, fitting, 0, lines
    for at in range(len(stretch) - 1, -1, -1):
        for each in reversed(stretch[at].adjustable):
            now = fitting.heights.get(each.place, 0)
            if each.columns and now > -each.play.lower:
                saved += (each.play.lower + now) / each.columns
                lowered, first = lowered.with_height(each.place, -each.play.lower), at
        if saved >= _RECKONED * left and lowered != before:
            yield Changed(lowered, at)
            # What is reckoned is not what is laid out: a line or two more are tried once.
            left, before = left + 3, lowered
    if saved + slack < lines:
        return
    if lowered != before:
        yield Changed(lowered, first)
    yield from _set_in(stretch, lowered)


def _set_in(stretch: Sequence[RunPlan], fitting: Fitting) -> Iterator[Changed]:
    """Yield decisions with pictures that run out to the edge set to the text, as low as they may be there."""
    inner = [(at, each) for at, run in enumerate(stretch) for each in run.adjustable if each.inner]
    if inner:
        names = {each.inner for _, each in inner}
        for _, each in inner:
            fitting = fitting.with_height(each.place, -_SET_IN_LOWER)
        yield Changed(fitting._replace(off_spine=fitting.off_spine | names), inner[0][0])


def relaxed(stretch: Sequence[RunPlan], fitting: Fitting) -> Iterator[Changed]:
    """Yield decisions by which pictures that were made lower are less so; those set to the text come first.

    More of the text stands on the next page then, beside what hangs there; what stands in the margin is
    as low as it may be, to keep its page.

    Args:
        stretch: Its runs.
        fitting: What is decided already.
    """
    has_inner = any(each.inner in fitting.off_spine for run in stretch for each in run.adjustable)
    for lines, only_inner in ((4, True), (2, True), (2, False)):
        raised, first = fitting, len(stretch)
        if only_inner and not has_inner:
            continue
        for at, run in enumerate(stretch):
            for each in run.adjustable:
                now = fitting.heights.get(each.place, 0)
                if not each.columns and only_inner and each.play.lower:
                    raised, first = raised.with_height(each.place, -each.play.lower), min(first, at)
                elif each.columns and now < 0 and (each.inner in fitting.off_spine or not only_inner):
                    raised, first = raised.with_height(each.place, min(0, now + lines)), min(first, at)
        if raised != fitting:
            yield Changed(raised, first)


def longer(stretch: Sequence[RunPlan], fitting: Fitting) -> Iterator[Changed]:
    """Yield decisions that move more of a stretch to its last page, the least first.

    Args:
        stretch: Its runs.
        fitting: What is decided already.
    """
    added, wanted, raised = 0.0, list(_LONGER), fitting
    for at in range(len(stretch) - 1, -1, -1):
        for each in reversed(stretch[at].adjustable):
            now = fitting.heights.get(each.place, 0)
            if each.columns and now < each.play.higher:
                added += (each.play.higher - now) / each.columns
                raised = raised.with_height(each.place, each.play.higher)
        if wanted and added >= wanted[0]:
            yield Changed(raised, at)
            wanted = [lines for lines in wanted if lines > added]
