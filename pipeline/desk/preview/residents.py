"""The processes that answer a preview: the present one, and the next, which takes its place."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.desk.preview.process.resident import LONGEST, Resident
from pipeline.desk.preview.requests import ShowAnswer
from pipeline.findings.finding import BulletinError, PressError, found

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.desk.preview.requests import Request, ShowRequest

T = TypeVar("T")


class Residents:
    """Answers questions in a process that begins with the first one, and is replaced where it ended or grew.

    Args:
        root: The folder of the workspace.
    """

    def __init__(self, root: Path) -> None:
        """Start nothing yet."""
        self._root = root
        self._lock = threading.RLock()
        self._resident: Resident | None = None
        self._next: Resident | None = None
        self._is_closed = False

    def present(self) -> Resident:
        """Return the process that answers, a new one where there is none.

        Raises:
            PressError: The preview was closed (E651).
        """
        with self._lock:
            if self._is_closed:
                raise PressError([found("E651", None)])
            if self._resident is None or not self._resident.is_alive:
                self._resident = Resident(self._root)
            return self._resident

    def break_off(self, number: int) -> None:
        """Break a trial off, in whichever process it is tried.

        Args:
            number: Of the trial.
        """
        with self._lock:
            for resident in (self._resident, self._next):
                if resident is not None:
                    resident.break_off(number)

    def ask(self, request: Request, kind: type[T], **limits: Any) -> T:  # noqa: ANN401 - as a process takes them
        """Ask the process; where another one took its place meanwhile, that one.

        Raises:
            BulletinError: As the process answers, or the process failed (E650, E651).
        """
        resident = self.present()
        try:
            return resident.ask(request, kind, **limits)
        except PressError:
            with self._lock:
                took_over = self._resident if self._resident is not resident else None
            if took_over is None:
                raise
            return took_over.ask(request, kind, **limits)

    def ask_apart(self, request: ShowRequest, *, longest: float = LONGEST) -> ShowAnswer:
        """Ask in a process of its own, which then takes the place of the present one.

        Filling pages takes many layouts, and those who go on typing are answered meanwhile.

        Args:
            request: The question.
            longest: See `Resident.ask`.

        Raises:
            BulletinError: As the process answers, or it failed (E650, E651), or was closed (E651).
        """
        with self._lock:
            if self._is_closed:
                raise PressError([found("E651", None)])
            if self._next is None or not self._next.is_alive:
                self._next = Resident(self._root)
            resident = self._next
        answer = resident.ask(request, ShowAnswer, longest=longest)
        with self._lock:
            if self._next is resident and not self._is_closed:
                former, self._resident, self._next = self._resident, resident, None
                if former is not None:
                    threading.Thread(target=former.retire, daemon=True).start()
        return answer

    def renew_where_due(self, last_shown: Callable[[], ShowRequest | None]) -> None:
        """Replace the process where it has grown: a new one lays out what was shown last, and takes over.

        Args:
            last_shown: Returns the question that the new process answers first.
        """
        with self._lock:
            if self._resident is None or not self._resident.is_due or self._next is not None:
                return
            self._next = Resident(self._root)
        threading.Thread(target=self._renew, args=(last_shown,), daemon=True).start()

    def pages(self) -> int:
        """Return how many pages the present process has laid out for the question in hand."""
        with self._lock:
            return self._resident.pages if self._resident is not None else 0

    def memory(self) -> int:
        """Return the bytes of memory that the present process has in use; 0 where there is none."""
        with self._lock:
            return self._resident.memory if self._resident is not None else 0

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            self._is_closed = True
            for resident in (self._resident, self._next):
                if resident is not None:
                    resident.kill()
            self._resident = self._next = None

    def _renew(self, last_shown: Callable[[], ShowRequest | None]) -> None:
        with contextlib.suppress(BulletinError):
            if (request := last_shown()) is not None:
                self.ask_apart(request)
                return
        with self._lock:
            if self._next is not None:
                self._next.kill()
                self._next = None
