"""The resident process: it keeps engine and layouts in memory, and answers one question after another."""

from __future__ import annotations

import gc
import importlib
import resource
import signal
from typing import TYPE_CHECKING, Any, Final

from pipeline.desk.preview.wire.framing import packed
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import BulletinError

if TYPE_CHECKING:
    import ctypes
    from multiprocessing.connection import Connection
    from pathlib import Path

ANSWERING: Final = "pipeline.desk.preview.answering:Answering"
"""Who answers of the pages of issues."""

LARGEST: Final = 4 << 30
"""Bytes of addresses that the process may use, far more than it needs."""


_REST: Final = 0.4
"""Seconds without a question, after which memory is cleared."""


def serve(
    connection: Connection,
    root: Path,
    shared: tuple[ctypes.c_uint64, ctypes.c_uint64],
    answering_by: str = ANSWERING,
) -> None:
    """Answer what comes over a connection until it ends.

    Args:
        connection: Requests come in, pickled, for they are this program's; answers go out as `wire` has it.
        root: The workspace.
        shared: In memory that both processes have: the number of the trial that is of no use any more, and
            how many pages are laid out for the question in hand.
        answering_by: Who answers, as `module:class`.
    """
    # Ctrl-C reaches every process of a terminal; the one that asks ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST, LARGEST))
    from pipeline.page.engine.loading import warm_up  # noqa: PLC0415 - slow to load

    warm_up()
    module, _, name = answering_by.partition(":")
    broken_off, pages = shared

    def after_page(number: int) -> None:
        pages.value = number

    answers = getattr(importlib.import_module(module), name)
    answering = answers(Workspace(root), lambda: broken_off.value, after_page)
    is_tidy = True
    while True:
        try:
            # What a layout leaves behind refers to itself; it is cleared away while nobody waits.
            if not is_tidy and not connection.poll(_REST):
                gc.collect()
                is_tidy = True
            request = connection.recv()
            connection.send_bytes(packed(_answer(answering, request)))
            is_tidy = False
        except (EOFError, OSError):
            answering.close()
            return


def _answer(answering: Any, request: Any) -> object:  # noqa: ANN401 - loaded late
    try:
        return answering.answer(request)
    except BulletinError as error:
        return error
