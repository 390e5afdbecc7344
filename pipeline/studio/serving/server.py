"""The server: on 127.0.0.1 alone, ended by a signal, and silent, so that no address is written down."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
import socket
from typing import TYPE_CHECKING, Final, NamedTuple

import uvicorn

from pipeline.findings.finding import PressError, found
from pipeline.studio.gate.connections import HEADER_BYTES, BoundedConnection
from pipeline.studio.gate.gate import Gate, GatePages, GateSettings
from pipeline.studio.gate.origins import ADDRESS

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp

    from pipeline.studio.gate.sessions import Sessions
    from pipeline.studio.serving.running import Running

_LAST_SECONDS: Final = 2
"""How long answers that have begun are waited for at the end."""


class Life(NamedTuple):
    """What is called in the life of the server.

    Args:
        began: Called once it answers, in a thread.
        ends: Called when it is to end, so that streams of news end, too.
    """

    began: Callable[[], None]
    ends: Callable[[], None]


def listen(port: int) -> socket.socket:
    """Return a socket that listens on this machine alone.

    Args:
        port: The port; 0 for any that is free.

    Raises:
        PressError: The port is taken or may not be used (E623).
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((ADDRESS, port))
    except OSError as error:
        listening.close()
        raise PressError([found("E623", None, port=port)]) from error
    listening.set_inheritable(False)
    return listening


def serve(
    app: ASGIApp,
    listening: socket.socket,
    sessions: Sessions,
    running: Running,
    pages: GatePages,
    life: Life,
) -> bool:
    """Serve until a signal comes.

    Args:
        app: The views.
        listening: From `listen`.
        sessions: Who is let in.
        running: The port and the secret of the command.
        pages: The pages before somebody is let in.
        life: What is called when it begins and ends.

    Returns:
        Whether it was stopped by the keyboard (SIGINT), and not by SIGTERM.
    """
    gate = Gate(app, GateSettings(running.port, sessions, running.control, pages))
    config = uvicorn.Config(
        gate,
        http=BoundedConnection,
        ws="none",
        loop="asyncio",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        h11_max_incomplete_event_size=HEADER_BYTES,
        timeout_graceful_shutdown=_LAST_SECONDS,
    )
    # What fails is told on the page, and its trace is written down once, by the view.
    logging.getLogger("uvicorn.error").disabled = True
    server = _Server(config)
    asyncio.run(server.run_until_signal(listening, life))
    return server.by_keyboard


def new_control() -> str:
    """Return a new secret of the command."""
    return secrets.token_urlsafe(32)


class _Server(uvicorn.Server):
    """Uvicorn's server, which takes signals as the end and not as a fault of the process."""

    by_keyboard = False
    _life: Life

    async def run_until_signal(self, listening: socket.socket, life: Life) -> None:
        loop = asyncio.get_running_loop()
        self._life = life
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, self._stop, number)
        telling = loop.create_task(self._tell(life.began))
        # Not `serve`: it would raise the signals again once it has ended.
        await self._serve([listening])
        await telling

    async def _tell(self, began: Callable[[], None]) -> None:
        while not self.started and not self.should_exit:
            await asyncio.sleep(0.01)
        if self.started:
            await asyncio.to_thread(began)

    def _stop(self, number: int) -> None:
        self.by_keyboard = number == signal.SIGINT
        self.force_exit = self.should_exit
        self.should_exit = True
        self._life.ends()
