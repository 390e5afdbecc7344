"""News for all open pages: what was saved here, and what changed outside."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_MOST_WAITING: Final = 200
_PATIENCE: Final = 15.0

ALL: Final = ("changed", {"all": True})
"""Told to one that has missed something: whatever it shows may be another by now."""


class News:
    """Tells every page that listens; it may be told from any thread."""

    def __init__(self) -> None:
        """Begin with nobody listening."""
        self._listening: dict[asyncio.Queue[tuple[str, Any] | None], asyncio.AbstractEventLoop] = {}
        self._lock = threading.Lock()
        self._closed = False

    def tell(self, name: str, data: Any) -> None:  # noqa: ANN401 - what JSON holds
        """Tell something: `saved` or `changed`."""
        self._put((name, data))

    async def listen(self) -> AsyncIterator[tuple[str, Any] | None]:
        """Yield what is told from now on; None where nothing was for a while."""
        mine: asyncio.Queue[tuple[str, Any] | None] = asyncio.Queue(_MOST_WAITING)
        with self._lock:
            self._listening[mine] = asyncio.get_running_loop()
        try:
            while not self._closed:
                try:
                    each = await asyncio.wait_for(mine.get(), _PATIENCE)
                except TimeoutError:
                    yield None
                    continue
                if each is None:
                    return
                yield each
        finally:
            with self._lock:
                self._listening.pop(mine, None)

    def close(self) -> None:
        """End it for all who listen."""
        self._closed = True
        self._put(None)

    def _put(self, each: tuple[str, Any] | None) -> None:
        with self._lock:
            listening = list(self._listening.items())
        for queue, loop in listening:
            if not loop.is_closed():
                loop.call_soon_threadsafe(_entered, queue, each)


def _entered(queue: asyncio.Queue[tuple[str, Any] | None], each: tuple[str, Any] | None) -> None:
    if queue.full():
        # One that sleeps holds up nobody; awake again, it looks at everything once.
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(ALL)
        if each is not None:
            return
    queue.put_nowait(each)
