"""The throttle: how long to wait so that no provider counts more messages than it allows.

The windows are read from the ledger, so that they hold over restarts, and for all issues together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.delivery.settings.model import Provider

if TYPE_CHECKING:
    from pipeline.delivery.ledger.ledger import Ledger
    from pipeline.delivery.settings.model import Throttle

MINUTE: Final = 60.0
DAY: Final = 86_400.0

_KNOWN: Final = {
    Provider.GMAIL: (20, 500),
    Provider.GOOGLE_WORKSPACE: (60, 2000),
    Provider.MICROSOFT_365: (30, 10_000),
}
"""Messages a minute and a day; the minute's are ours where the provider names none."""


def limits(throttle: Throttle) -> tuple[tuple[float, int], ...]:
    """Return the windows in seconds with how many messages each may hold."""
    minute, day = _KNOWN[throttle.provider] if throttle.provider else (None, None)
    held = ((MINUTE, throttle.per_minute or minute), (DAY, throttle.per_day or day))
    return tuple((window, most) for window, most in held if most is not None)


def pause(ledger: Ledger, windows: tuple[tuple[float, int], ...], now: float) -> float:
    """Return how many seconds to wait before the next message; 0 where it may go at once."""
    waits = [0.0]
    for window, most in windows:
        count = ledger.dots_since(now - window)
        if count >= most:
            # It is not the first of the window that must leave it, but the one that makes it too full.
            waits.append(ledger.dot_after(now - window, count - most) + window - now)
    return max(waits)
