"""Trials: runs that are laid out alone, with other decisions; so many of an issue, and none twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.page.engine.page_measures import LayoutMeasures
    from pipeline.page.fitting.stretches import RunPlan
    from pipeline.page.makeup.fitting import Fitting

    Try = Callable[[Fitting, tuple[str, ...], float], LayoutMeasures]
    """Lays runs out alone, by name, below so many pixels that are taken of their first page."""

MOST_TRIALS: Final = 46
"""Trials of one issue, at most."""

_KEPT_FOR_TAILS: Final = 7
"""Trials that are kept for nearly empty last pages: a page that is saved is worth most."""


class Trials:
    """The trials of one issue.

    Args:
        lay_out: Lays runs out alone.
    """

    def __init__(self, lay_out: Try) -> None:
        self._lay_out = lay_out
        self._made: dict[tuple[str, tuple[str, ...], float], LayoutMeasures] = {}
        self.made = 0
        """How many were made."""

    @property
    def is_over(self) -> bool:
        """Whether enough was tried."""
        return self.made >= MOST_TRIALS

    @property
    def is_over_for_pages(self) -> bool:
        """Whether enough was tried to better single pages."""
        return self.made >= MOST_TRIALS - _KEPT_FOR_TAILS

    def tried(self, fitting: Fitting, runs: Sequence[RunPlan], above: float) -> LayoutMeasures:
        """Lay some runs out alone; what was laid out before is remembered."""
        key = (repr(fitting), tuple(run.name for run in runs), above)
        if key not in self._made:
            self.made += 1
            self._made[key] = self._lay_out(fitting, key[1], above)
        return self._made[key]
