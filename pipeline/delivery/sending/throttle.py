"""Throttle: how long to wait so that a provider's limits are kept.

Messages are counted in the ledger, so that the limits hold across restarts and over all issues together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.delivery.settings.model import Provider

if TYPE_CHECKING:
    from pipeline.delivery.ledger.ledger import Ledger
    from pipeline.delivery.settings.model import Throttle

MINUTE: Final = 60.0
DAY: Final = 86_400.0

Window = tuple[float, int]
"""Length of a window in seconds, and how many messages it may hold."""

_PROVIDER_LIMITS: Final = {
    Provider.GMAIL: (20, 500),
    Provider.GOOGLE_WORKSPACE: (60, 2000),
    Provider.MICROSOFT_365: (30, 10_000),
}
"""Messages a minute and a day; where a provider states no limit a minute, the number is ours."""


def windows_of(throttle: Throttle) -> tuple[Window, ...]:
    """Return the windows of the settings, with the provider's limits where none are given."""
    minute, day = _PROVIDER_LIMITS[throttle.provider] if throttle.provider else (None, None)
    limits = ((MINUTE, throttle.per_minute or minute), (DAY, throttle.per_day or day))
    return tuple((window, most) for window, most in limits if most is not None)


def waiting_time(ledger: Ledger, windows: tuple[Window, ...], now: float) -> float:
    """Return how many seconds to wait before the next message; 0 if it may be sent at once.

    Args:
        ledger: Ledger in which messages are counted.
        windows: The limits.
        now: Present moment, in seconds since 1970.
    """
    waits = [0.0]
    for window, most in windows:
        start = now - window
        count = ledger.messages_since(start)
        if count >= most:
            # If limits were lowered, more than one message must leave the window before the next may go.
            waits.append(ledger.message_moment(start, count - most) + window - now)
    return max(waits)
