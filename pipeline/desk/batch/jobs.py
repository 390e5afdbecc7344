"""Jobs run side by side: each gives a result or findings, and a failing one does not stop the others."""

from __future__ import annotations

from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, Protocol, TypeVar

from pipeline.findings.finding import BulletinError, Finding, found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.desk.batch.executors import BatchExecutor

MOST_TRIES: Final = 3
"""How often a job is submitted whose worker is lost: it may be the job that kills them."""

_JOBS_AHEAD: Final = 2
"""Jobs of a worker, running or queued, at most: they may be large."""


class Job(Protocol):
    """A job; it can be pickled."""

    @property
    def name(self) -> str:
        """Name of its outcome."""


J = TypeVar("J", bound=Job)
T = TypeVar("T")


class Outcome(NamedTuple, Generic[T]):
    """The outcome of a job.

    Args:
        name: Name of the job.
        result: Result of the function, or None if it failed.
        findings: Why it failed.
    """

    name: str
    result: T | None
    findings: tuple[Finding, ...] = ()


def run_jobs(jobs: Iterable[J], work: Callable[[J], T], executor: BatchExecutor) -> Iterator[Outcome[T]]:
    """Run jobs side by side.

    Args:
        jobs: Taken one by one, as workers come free.
        work: Runs one job; a module-level function.
        executor: Runs them.

    Yields:
        The outcome of each, in order of completion. A job that finds errors has them as findings; one whose
        worker was lost is submitted again, alone, and given up after `MOST_TRIES` (E230).

    Raises:
        Exception: Any other exception of a job: a bug of the program.
    """
    yield from _Batch(jobs, work, executor).outcomes()


class _Submitted(NamedTuple, Generic[J]):
    job: J
    tries: int


class _Batch(Generic[J, T]):
    """State of a batch: jobs not submitted yet, submitted, and lost with a worker."""

    def __init__(self, jobs: Iterable[J], work: Callable[[J], T], executor: BatchExecutor) -> None:
        self._waiting = iter(jobs)
        self._work = work
        self._executor = executor
        self._again: deque[_Submitted[J]] = deque()
        self._running: dict[Future[T], _Submitted[J]] = {}

    def outcomes(self) -> Iterator[Outcome[T]]:
        while True:
            self._submit_more()
            if not self._running:
                return
            finished, _ = wait(self._running, return_when=FIRST_COMPLETED)
            lost: list[_Submitted[J]] = []
            for future in finished:
                submitted = self._running.pop(future)
                outcome = self._outcome(future, submitted)
                if outcome is None:
                    lost.append(submitted)
                else:
                    yield outcome
            if lost:
                self._recover(lost)

    def _submit_more(self) -> None:
        """Keep the workers busy; a job that was lost is run alone, so that no other is lost with it."""
        if self._again:
            if not self._running:
                self._submit(self._again.popleft())
            return
        while len(self._running) < self._executor.size * _JOBS_AHEAD:
            job = next(self._waiting, None)
            if job is None:
                return
            self._submit(_Submitted(job, 1))

    def _submit(self, submitted: _Submitted[J]) -> None:
        self._running[self._executor.submit(self._work, submitted.job)] = submitted

    def _recover(self, lost: list[_Submitted[J]]) -> None:
        if self._executor.restart():
            lost += self._running.values()
            self._running.clear()
        self._again.extend(submitted._replace(tries=submitted.tries + 1) for submitted in lost)

    def _outcome(self, future: Future[T], submitted: _Submitted[J]) -> Outcome[T] | None:
        """Return the outcome of a job, or None where it is to be submitted again."""
        name = submitted.job.name
        try:
            return Outcome(name, future.result())
        except BulletinError as fault:
            return Outcome(name, None, fault.findings)
        except self._executor.worker_lost_errors:
            if submitted.tries < MOST_TRIES:
                return None
            return Outcome(name, None, (found("E230", None, name=name),))
