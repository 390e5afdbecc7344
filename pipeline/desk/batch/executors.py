"""Who does the jobs of a batch: processes of this machine, or a Dask cluster.

A job is done by one function of a module, in whichever process; so it and what it gives can be pickled.
"""

from __future__ import annotations

import multiprocessing
import signal
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, TypeVar

from pipeline.findings.finding import ArchiveError, found

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

J = TypeVar("J")
T = TypeVar("T")

_PATIENCE: Final = 5
"""Seconds within which a cluster answers."""

_TRIES: Final = 2
"""How often a cluster gives a job to another worker after the one that had it was lost."""


JOBS_PER_PROCESS: Final = 20
"""Jobs after which a process makes way for a new one: what the engine's libraries do not give back goes with
it, and a worker needs no more memory for the last of a thousand issues than for the twentieth.
"""


class BatchExecutor(Protocol):
    """Does jobs side by side."""

    size: int
    """How many at once."""

    worker_lost_errors: tuple[type[BaseException], ...]
    """What a job ends with whose worker was lost."""

    def submit(self, work: Callable[[J], T], job: J) -> Future[T]:
        """Give a job to whoever is free."""

    def restart(self) -> bool:
        """Take on new workers where some were lost; tells whether all jobs in hand were lost with them."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Send everyone home; where there was a fault, at once."""


class LocalExecutor:
    """Processes of this machine.

    Args:
        size: How many.
        warm: What each does once, before its first job: loads faces and engine.
    """

    def __init__(self, size: int, warm: Callable[[], None]) -> None:
        """Take on nobody yet."""
        self.size = size
        self.worker_lost_errors: tuple[type[BaseException], ...] = (BrokenExecutor,)
        self._warm = warm
        self._pool: ProcessPoolExecutor | None = None
        self._former: list[ProcessPoolExecutor] = []
        self._given = 0

    def submit(self, work: Callable[[J], T], job: J) -> Future[T]:
        """Give a job to a process."""
        if self._pool is not None and self._given >= JOBS_PER_PROCESS * self.size:
            # Those end what they have in hand; the pool's own way of renewing processes can hang.
            self._pool.shutdown(wait=False)
            self._former.append(self._pool)
            self._pool = None
        if self._pool is None:
            self._given = 0
            # A fork would copy the locks of the engine's threads as they happen to stand.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.size, context, _begin, (self._warm,))
        self._given += 1
        return self._pool.submit(work, job)

    def restart(self) -> bool:
        """Begin with new processes: a pool that lost one gives no more work to the others."""
        self._dismiss()
        return True

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all processes."""
        self._dismiss()

    def _dismiss(self) -> None:
        pools = [*self._former, *([self._pool] if self._pool is not None else [])]
        self._former, self._pool = [], None
        processes = [
            process for pool in pools for process in (getattr(pool, "_processes", None) or {}).values()
        ]
        for pool in pools:
            pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()


class ClusterExecutor:
    """The workers of a Dask cluster, each with this program installed.

    Args:
        address: Of the scheduler, as `tcp://press.example:8786`.

    Raises:
        ArchiveError: Dask's distributed is not installed (E231), or nobody answers at the address (E232).
    """

    def __init__(self, address: str) -> None:
        """Call the scheduler."""
        try:
            import distributed  # noqa: PLC0415 - an extra that few need
        except ImportError as fault:
            raise ArchiveError([found("E231", None)]) from fault
        dask: Any = distributed
        try:
            self._client = dask.Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as fault:
            raise ArchiveError([found("E232", None, address=address)]) from fault
        self._executor: Executor = self._client.get_executor(pure=False, retries=_TRIES)
        self.worker_lost_errors: tuple[type[BaseException], ...] = (dask.KilledWorker,)
        self.size = max(1, sum(self._client.ncores().values()))

    def submit(self, work: Callable[[J], T], job: J) -> Future[T]:
        """Give a job to a worker of the cluster, which gives it to another if it is lost."""
        return self._executor.submit(work, job)

    def restart(self) -> bool:
        """Do nothing: the cluster looks after its workers itself."""
        return False

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take back what is not done, and hang up."""
        self._executor.shutdown(wait=False)
        self._client.close()


def _begin(warm: Callable[[], None]) -> None:
    # Ctrl-C reaches every process of a terminal; the one who gives the work tells the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm()
