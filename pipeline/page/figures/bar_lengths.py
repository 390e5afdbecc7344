"""Lengths of the budget bars: all budgets on a common scale, the publisher's share within each.

Only lengths, in per cent: the bars are empty boxes that `page.closing` (table) and `page.fact_values` (card)
write as HTML, and the style's sheets colour them. They are decoration: every number they show is printed
beside them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.page.figures.drawing import ProjectFacts

FAR_LARGER: Final = 4
"""From this many times the next budget on, a bar is broken: the others would be too short."""

BROKEN_LENGTH: Final = Decimal(100)
"""Per cent of the track for a bar that is broken."""

LONGEST_WHOLE: Final = Decimal(62)
"""Per cent of the track for the longest bar that is drawn whole, where another is broken."""

BREAK_AT: Final = Decimal(78)
"""Per cent of the track at which such a bar is cut."""


SHORT: Final = Decimal("0.5")
"""Per cent of a track below which a bar could be thinner than a plate can hold: on 50 pt that is 0.25 pt."""

LEAST_WIDTH: Final = "0.26pt"
"""The width of such a bar as CSS; preflight refuses lines under 0.25 pt (E126)."""


class BudgetBar(NamedTuple):
    """A bar of the table.

    Args:
        facts: The project.
        length: Of the budget, in per cent of the track.
        share_length: Of the publisher's share, likewise.
        break_at: Per cent of the track where the bar is cut, or None where it is whole.
    """

    facts: ProjectFacts
    length: Decimal
    share_length: Decimal
    break_at: Decimal | None


def budget_bars(projects: Sequence[ProjectFacts]) -> tuple[BudgetBar, ...]:
    """Return bars for budgets of one currency, on a common scale.

    Where one is far larger than all others its bar is visibly cut, and the scale is that of the rest: the
    scale stays linear, and nothing is clipped invisibly.

    Args:
        projects: Those with a budget are drawn; all budgets are in one currency.

    Returns:
        A bar for each budget, in the same order.
    """
    budgets = [(facts, facts.budget) for facts in projects if facts.budget is not None]
    totals = [budget.total.amount for _, budget in budgets]
    largest = max(totals, default=Decimal(0))
    if largest == 0:
        return tuple(BudgetBar(facts, Decimal(0), Decimal(0), None) for facts, _ in budgets)
    rest = [total for total in totals if total * FAR_LARGER <= largest]
    is_broken = len(rest) == len(totals) - 1 and bool(rest) and max(rest) > 0
    whole = max(rest) if is_broken else largest
    unit = (LONGEST_WHOLE if is_broken else Decimal(100)) / whole
    bars = []
    for facts, budget in budgets:
        total = budget.total.amount
        share = budget.share.amount if budget.share else Decimal(0)
        cut = is_broken and total == largest
        length = BROKEN_LENGTH if cut else total * unit
        # A share that reaches the cut would no longer be to scale: it stops there, still before the whole.
        share_length = min(share * unit, BREAK_AT - 2 if cut else length)
        bars.append(BudgetBar(facts, _rounded(length), _rounded(share_length), BREAK_AT if cut else None))
    return tuple(bars)


def bar_width(length: Decimal, amount: Decimal) -> str:
    """Return the width of a bar as CSS declarations, such that it can be printed.

    A bar of nothing is not drawn: the engine would fill a box without width, and a plate show a hairline.

    Args:
        length: In per cent of its track.
        amount: What it stands for.
    """
    if amount == 0:
        return "display:none"
    width = f"width:{length}%"
    return f"{width};min-width:{LEAST_WIDTH}" if length < SHORT else width


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))
