"""Many jobs side by side: each is done or named, and none stops the others."""

from __future__ import annotations

from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, Protocol, TypeVar

from pipeline.findings.finding import BulletinError, Finding, found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.desk.batch.executors import BatchExecutor

MOST_TRIES: Final = 3
"""How often a job is begun whose worker is lost: it may be the job that kills them."""

_AHEAD: Final = 2
"""Jobs a worker has at most in hand or waiting: they may be large."""


class Job(Protocol):
    """What is to be done; it can be pickled."""

    @property
    def name(self) -> str:
        """What it is called where it is told of."""


J = TypeVar("J", bound=Job)
T = TypeVar("T")


class Outcome(NamedTuple, Generic[T]):
    """What became of a job.

    Args:
        name: The job's.
        answer: What it gave, or None where it could not be done.
        findings: Why it could not be done.
    """

    name: str
    answer: T | None
    findings: tuple[Finding, ...] = ()


class _Begun(NamedTuple, Generic[J]):
    job: J
    tries: int


def run(
    jobs: Iterable[J],
    work: Callable[[J], T],
    executor: BatchExecutor,
) -> Iterator[Outcome[T]]:
    """Do jobs side by side.

    Args:
        jobs: Taken one by one, as workers come free.
        work: Does one; a function of a module.
        executor: Who does them.

    Yields:
        What became of each, as it comes. A job that finds errors has them as findings; one whose worker was
        lost is begun anew, alone, and given up after `MOST_TRIES` (E230).

    Raises:
        Exception: What a job raised that is no finding: a fault of ours.
    """
    waiting = iter(jobs)
    again: deque[_Begun[J]] = deque()
    flying: dict[Future[T], _Begun[J]] = {}
    while True:
        _submit(waiting, again, flying, work, executor)
        if not flying:
            return
        finished, _ = wait(flying, return_when=FIRST_COMPLETED)
        lost: list[_Begun[J]] = []
        for future in finished:
            begun = flying.pop(future)
            outcome = _outcome(future, begun, executor)
            if outcome is None:
                lost.append(begun)
            else:
                yield outcome
        if lost:
            if executor.restart():
                lost += flying.values()
                flying.clear()
            again.extend(begun._replace(tries=begun.tries + 1) for begun in lost)


def _submit(
    waiting: Iterator[J],
    again: deque[_Begun[J]],
    flying: dict[Future[T], _Begun[J]],
    work: Callable[[J], T],
    executor: BatchExecutor,
) -> None:
    """Keep the executor busy; what was lost with a worker is done alone, so that it can harm no other job."""
    if again:
        if not flying:
            begun = again.popleft()
            flying[executor.submit(work, begun.job)] = begun
        return
    while len(flying) < executor.size * _AHEAD:
        job = next(waiting, None)
        if job is None:
            return
        flying[executor.submit(work, job)] = _Begun(job, 1)


def _outcome(future: Future[T], begun: _Begun[J], executor: BatchExecutor) -> Outcome[T] | None:
    """Return what became of a job, or None where it is to be begun anew."""
    name = begun.job.name
    try:
        return Outcome(name, future.result())
    except BulletinError as fault:
        return Outcome(name, None, fault.findings)
    except executor.worker_lost_errors:
        if begun.tries < MOST_TRIES:
            return None
        return Outcome(name, None, (found("E230", None, name=name),))
