"""Connections within bounds: a request has to tell its headers in time, and in few bytes.

Uvicorn limits the time of a connection that is kept open between requests, and not that of one on which a
request never comes or comes letter by letter. The rest of a connection is its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio

HEADER_SECONDS: Final = 10.0
"""Within which the headers of a request have to come."""

HEADER_BYTES: Final = 16 * 1024

MOST_CONNECTIONS: Final = 256
"""Connections at once; one more is closed."""


class BoundedConnection(H11Protocol):
    """An HTTP connection that is closed where a request takes too long to say what it wants."""

    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401 - as the class it extends has it
        """Begin to wait for a request."""
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.close()
            return
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Read what came; while it is not a whole head, the time goes on."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_waiting()
        elif self._waiting is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(HEADER_SECONDS, self._close)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _close(self) -> None:
        self._waiting = None
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()
