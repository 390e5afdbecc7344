"""Executors of batches: processes of this machine, or the workers of a Dask cluster.

A job is run by a module-level function in another process; the job and its result are pickled.
"""

from __future__ import annotations

import signal
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, TypeVar

from pipeline.findings.finding import ArchiveError, found

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

J = TypeVar("J")
T = TypeVar("T")

_CLUSTER_TIMEOUT: Final = 5
"""Seconds within which a cluster answers."""

_CLUSTER_RETRIES: Final = 2
"""How often a cluster gives a job to another worker after the one that had it was lost."""


JOBS_PER_PROCESS: Final = 20
"""Jobs after which a process is replaced: memory that the engine's libraries never free goes with it, and a
worker needs no more for the last of a thousand issues than for the twentieth.
"""


class BatchExecutor(Protocol):
    """Runs jobs side by side."""

    size: int
    """How many jobs run at once."""

    worker_lost_errors: tuple[type[BaseException], ...]
    """Exceptions that the future of a job raises if its worker was lost."""

    def submit(self, work: Callable[[J], T], job: J) -> Future[T]:
        """Hand a job to the next free worker."""

    def restart(self) -> bool:
        """Start new workers where some were lost.

        Returns:
            Whether all jobs submitted and not done were lost too, and must be submitted again.
        """

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Release all workers; unfinished jobs are abandoned."""


class LocalExecutor:
    """Processes of this machine.

    Args:
        size: How many at once.
        initializer: Called once in each process before its first job: it loads fonts and engine.
    """

    def __init__(self, size: int, initializer: Callable[[], None]) -> None:
        """Keep the settings; processes start with the first job."""
        self.size = size
        self.worker_lost_errors: tuple[type[BaseException], ...] = (BrokenExecutor,)
        self._initializer = initializer
        self._context = _RecordingContext()
        self._pool: ProcessPoolExecutor | None = None
        self._former: list[ProcessPoolExecutor] = []
        self._submitted = 0

    def submit(self, work: Callable[[J], T], job: J) -> Future[T]:
        """Hand a job to a process."""
        if self._pool is not None and self._submitted >= JOBS_PER_PROCESS * self.size:
            # The processes of the old pool finish their jobs; replacing them within a pool can hang.
            self._pool.shutdown(wait=False)
            self._former.append(self._pool)
            self._pool = None
        if self._pool is None:
            self._submitted = 0
            self._pool = ProcessPoolExecutor(self.size, self._context, _begin, (self._initializer,))
        self._submitted += 1
        return self._pool.submit(work, job)

    def restart(self) -> bool:
        """Start new processes: a pool that lost one submits nothing to the others."""
        self._stop()
        return True

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all processes."""
        self._stop()

    def _stop(self) -> None:
        pools = [*self._former, *([self._pool] if self._pool is not None else [])]
        self._former, self._pool = [], None
        for pool in pools:
            pool.shutdown(wait=False, cancel_futures=True)
        self._context.terminate_all()


class _RecordingContext(SpawnContext):
    """Starts processes by `spawn` and records them, because a pool gives no way to end its processes.

    A fork would copy locks held by the layout engine's threads.
    """

    def __init__(self) -> None:
        super().__init__()
        self._processes: list[SpawnProcess] = []

    def Process(  # type: ignore[override]  # noqa: N802 - the name of the class it replaces
        self, target: Callable[..., object], args: tuple[object, ...]
    ) -> SpawnProcess:
        """Return a new process; a pool calls this as it would the class."""
        self._processes = [process for process in self._processes if process.is_alive()]
        process = SpawnProcess(target=target, args=args)
        self._processes.append(process)
        return process

    def terminate_all(self) -> None:
        """End the processes that still run, and wait until they are gone."""
        running = [process for process in self._processes if process.is_alive()]
        self._processes = []
        for process in running:
            process.terminate()
        for process in running:
            process.join()


class ClusterExecutor:
    """The workers of a Dask cluster, each with this program installed.

    Args:
        address: Address of the scheduler, as `tcp://press.example:8786`.

    Raises:
        ArchiveError: Dask's distributed is not installed (E231), or nobody answers at the address (E232).
    """

    def __init__(self, address: str) -> None:
        """Connect to the scheduler."""
        try:
            import distributed  # noqa: PLC0415 - an extra that few need
        except ImportError as fault:
            raise ArchiveError([found("E231", None)]) from fault
        dask: Any = distributed
        try:
            self._client = dask.Client(address, timeout=_CLUSTER_TIMEOUT, set_as_default=False)
        except (OSError, ValueError) as fault:
            raise ArchiveError([found("E232", None, address=address)]) from fault
        self._executor: Executor = self._client.get_executor(pure=False, retries=_CLUSTER_RETRIES)
        self.worker_lost_errors: tuple[type[BaseException], ...] = (dask.KilledWorker,)
        self.size = max(1, sum(self._client.ncores().values()))

    def submit(self, work: Callable[[J], T], job: J) -> Future[T]:
        """Hand a job to a worker of the cluster, which hands it to another if that one is lost."""
        return self._executor.submit(work, job)

    def restart(self) -> bool:
        """Do nothing: the cluster replaces its workers itself."""
        return False

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cancel unfinished jobs, and disconnect."""
        self._executor.shutdown(wait=False)
        self._client.close()


def _begin(initializer: Callable[[], None]) -> None:
    # Ctrl-C reaches every process of a terminal; only the submitting process handles it, and ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    initializer()
