"""Many jobs side by side: each has a result or findings, and none stops the others."""

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
        """The name by which its outcome is known."""


J = TypeVar("J", bound=Job)
T = TypeVar("T")


class Outcome(NamedTuple, Generic[T]):
    """The outcome of a job.

    Args:
        name: The job's.
        result: What the function returned, or None where it could not be done.
        findings: Why it could not be done.
    """

    name: str
    result: T | None
    findings: tuple[Finding, ...] = ()


def run_jobs(jobs: Iterable[J], work: Callable[[J], T], executor: BatchExecutor) -> Iterator[Outcome[T]]:
    """Run jobs side by side.

    Args:
        jobs: Taken one by one, as workers come free.
        work: Does one job; a function of a module.
        executor: Runs them.

    Yields:
        The outcome of each, as it comes. A job that finds errors has them as findings; one whose worker was
        lost is submitted again, alone, and given up after `MOST_TRIES` (E230).

    Raises:
        Exception: What a job raised that is no finding: a fault of ours.
    """
    yield from _Batch(jobs, work, executor).outcomes()


class _Submitted(NamedTuple, Generic[J]):
    job: J
    tries: int


class _Batch(Generic[J, T]):
    """Jobs on their way: not taken yet, submitted, or lost with a worker and to be submitted again."""

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
        """Keep the workers busy; a job that was lost runs alone, so that it can harm no other."""
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
