"""A process that answers questions, within limits of time and memory; past them it is killed."""

from __future__ import annotations

import contextlib
import ctypes
import resource
import threading
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from pipeline.desk.preview.process.bounds import Watch
from pipeline.desk.preview.process.worker import ANSWERING, serve
from pipeline.desk.preview.wire.framing import LARGEST, unpacked
from pipeline.desk.preview.wire.values import RefusedError
from pipeline.findings.finding import PressError, found

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST: Final = 120.0
"""Seconds of the processor that a question may take from one page to the next; and seconds at rest."""

MOST_MEMORY: Final = 1 << 30
"""Bytes of memory at which the process is killed while it works."""

GROWTH: Final = 150 << 20
"""Bytes by which its memory may grow after its first layout before it is renewed: about 500 edits."""

_GLANCE: Final = 0.25
"""Seconds between two looks at its memory."""

_END: Final = 2.0
"""Seconds it is given to end by itself."""

T = TypeVar("T")


class Resident:
    """A resident process.

    Args:
        root: The workspace.
        answering: Who answers there, as `module:class`.
    """

    def __init__(self, root: Path, answering: str = ANSWERING) -> None:
        """Start the process; it loads the engine on its own."""
        context = get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._broken_off = context.RawValue(ctypes.c_uint64, 0)
        self._pages = context.RawValue(ctypes.c_uint64, 0)
        shared = (self._broken_off, self._pages)
        self._process = context.Process(
            target=serve, args=(theirs, root, shared, answering), daemon=True, name="preview"
        )
        self._process.start()
        theirs.close()
        self._lock = threading.Lock()
        self._hanging_up = threading.Lock()
        self._first: int | None = None

    @property
    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._process.is_alive()

    @property
    def is_busy(self) -> bool:
        """Whether it answers a question now."""
        return self._lock.locked()

    @property
    def pages(self) -> int:
        """Pages it has laid out for the question in hand; 0 where there is none."""
        return self._pages.value if self.is_busy else 0

    @property
    def memory(self) -> int:
        """Bytes of memory it has in use; 0 where that is not known."""
        # Fields of /proc/PID/statm are counted in pages (proc(5)).
        with contextlib.suppress(OSError, IndexError, ValueError):
            pages = Path(f"/proc/{self._process.pid}/statm").read_text("ascii").split()[1]
            return int(pages) * resource.getpagesize()
        return 0

    @property
    def is_due(self) -> bool:
        """Whether it has grown so much that it is renewed."""
        return self._first is not None and self.memory > self._first + GROWTH

    def break_off(self, number: int) -> None:
        """Break a trial off that is tried now.

        Args:
            number: Of the trial; nothing happens where it is not the one.
        """
        self._broken_off.value = number

    def ask(
        self,
        request: object,
        kind: type[T],
        *,
        longest: float = LONGEST,
        before: Callable[[], None] = lambda: None,
    ) -> T:
        """Ask a question, and wait for the answer.

        Args:
            request: The question, as whoever answers there takes it.
            kind: The type of the answer.
            longest: Seconds of the processor that it may take from one page to the next, or be at rest.
            before: Called when it is this question's turn; what it raises is raised, and nothing is asked.

        Raises:
            BulletinError: As the question's answer.
            PressError: The process took too long (see `Watch`) or too much memory (E650), or ended, or
                answered something else (E651); it is gone.
        """
        with self._lock:
            before()
            try:
                self._pages.value = 0
                self._ours.send(request)
                answer = unpacked(self._awaited(longest), kind)
            except (EOFError, OSError, RefusedError) as fault:
                self.kill()
                raise PressError([found("E651", None)]) from fault
            if self._first is None:
                self._first = self.memory
        return answer

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.join()
        self._hang_up()

    def retire(self) -> None:
        """End the process once the question in hand is answered."""
        with self._lock:
            self.close()

    def close(self) -> None:
        """End the process."""
        self._hang_up()
        self._process.join(_END)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _hang_up(self) -> None:
        """Close the connection once: who asks and who ends the studio may do it in the same moment."""
        with self._hanging_up:
            self._ours.close()

    def _awaited(self, longest: float) -> bytes:
        watch = Watch(self._process.pid, longest)
        while not self._ours.poll(_GLANCE):
            if watch.is_past(self._pages.value) or self.memory > MOST_MEMORY:
                self.kill()
                raise PressError([found("E650", None)])
            if not self._process.is_alive() and not self._ours.poll():
                raise EOFError
        return self._ours.recv_bytes(LARGEST)
