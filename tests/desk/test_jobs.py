"""A batch runs every job or reports it, whatever happens to its workers."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

import pytest

from pipeline.desk.batch.executors import JOBS_PER_PROCESS, ClusterExecutor, LocalExecutor
from pipeline.desk.batch.jobs import MOST_TRIES, Outcome, run_jobs
from pipeline.files.writing.atomic import write_atomically
from pipeline.findings.finding import ArchiveError, IssueError, found
from pipeline.findings.place import Place
from tests.conftest import REPOSITORY
from tests.studio.processes import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

J = TypeVar("J")
T = TypeVar("T")


class Sum(NamedTuple):
    """A small job whose name decides what happens."""

    name: str
    folder: Path
    number: int = 0


def nothing() -> None:
    """Prepare nothing in a worker."""


def work(job: Sum) -> int:
    """Square a number, or fail in the way the name asks for."""
    kind = job.name.split("-")[0]
    if kind == "bad":
        raise IssueError([found("E09", Place("issue.yaml", 3, 1), wanted=job.name, known="–")])
    if kind == "bug":
        message = "a fault of ours"
        raise RuntimeError(message)
    tries = job.folder / f"{job.name}-{os.getpid()}-{time.monotonic_ns()}"
    write_atomically(tries, b"")
    begun = len(list(job.folder.glob(f"{job.name}-*")))
    if kind == "killer" or (kind == "unlucky" and begun == 1):
        os.kill(os.getpid(), signal.SIGKILL)
    return job.number**2


def jobs(folder: Path, *names: str) -> list[Sum]:
    return [Sum(name, folder, number) for number, name in enumerate(names)]


def outcomes(folder: Path, *names: str) -> dict[str, Outcome[int]]:
    with LocalExecutor(2, nothing) as executor:
        return {outcome.name: outcome for outcome in run_jobs(jobs(folder, *names), work, executor)}


def test_every_job_is_run_once(tmp_path: Path) -> None:
    done = outcomes(tmp_path, *(f"plain-{number}" for number in range(12)))
    assert [done[f"plain-{number}"].result for number in range(12)] == [n**2 for n in range(12)]
    assert len(list(tmp_path.iterdir())) == 12


def test_a_job_with_errors_is_named_and_stops_no_other(tmp_path: Path) -> None:
    done = outcomes(tmp_path, "plain-0", "bad-1", "plain-2")
    assert [done[name].result for name in ("plain-0", "bad-1", "plain-2")] == [0, None, 4]
    (finding,) = done["bad-1"].findings
    assert (finding.code, finding.place) == ("E09", Place("issue.yaml", 3, 1))


def test_an_unexpected_exception_is_raised(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="a fault of ours"):
        outcomes(tmp_path, "plain-0", "bug-1")


def test_a_job_whose_worker_was_killed_is_run_again(tmp_path: Path) -> None:
    done = outcomes(tmp_path, "plain-0", "unlucky-1", "plain-2", "plain-3", "plain-4", "plain-5")
    assert sorted(outcome.result or 0 for outcome in done.values()) == [0, 1, 4, 9, 16, 25]


def test_a_job_that_kills_its_workers_is_abandoned_and_affects_no_other(tmp_path: Path) -> None:
    done = outcomes(tmp_path, "plain-0", "killer-1", "plain-2", "plain-3")
    assert {name for name, outcome in done.items() if outcome.result is None} == {"killer-1"}
    assert [finding.code for finding in done["killer-1"].findings] == ["E230"]
    assert len(list(tmp_path.glob("killer-1-*"))) == MOST_TRIES


class Patient:
    """An executor that runs a job only when its result is read."""

    def __init__(self) -> None:
        self.size = 2
        self.worker_lost_errors: tuple[type[BaseException], ...] = ()

    def submit(self, work: Callable[[J], T], job: J) -> Future[T]:
        future: Future[T] = Future()
        future.set_result(work(job))
        return future

    def restart(self) -> bool:
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def test_jobs_are_submitted_only_when_workers_are_free(tmp_path: Path) -> None:
    taken = 0

    def counted() -> Iterator[Sum]:
        nonlocal taken
        for job in jobs(tmp_path, *(f"plain-{number}" for number in range(30))):
            taken += 1
            yield job

    executor = Patient()
    for done, _ in enumerate(run_jobs(counted(), work, executor), 1):
        assert taken <= done + 2 * executor.size


def test_no_process_outlives_a_batch_that_was_broken_off(tmp_path: Path) -> None:
    before = set(multiprocessing.active_children())
    with LocalExecutor(2, nothing) as executor:
        for _ in run_jobs(jobs(tmp_path, *(f"plain-{number}" for number in range(40))), work, executor):
            break
        processes = set(multiprocessing.active_children()) - before
        assert processes
    until(lambda: not any(Path(f"/proc/{process.pid}").exists() for process in processes))


def test_an_executor_ends_no_process_but_its_own(tmp_path: Path) -> None:
    with LocalExecutor(1, nothing) as other:
        (first,) = run_jobs(jobs(tmp_path, "plain-0"), work, other)
        with LocalExecutor(1, nothing) as executor:
            list(run_jobs(jobs(tmp_path, "plain-1"), work, executor))
        (second,) = run_jobs(jobs(tmp_path, "plain-2"), whose, other)
        (third,) = run_jobs(jobs(tmp_path, "plain-3"), whose, other)
    assert first.result == 0
    assert second.result == third.result


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A real scheduler with two workers, each a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    scheduler_file = tmp_path / "scheduler.json"
    file = ["--scheduler-file", str(scheduler_file), "--no-dashboard"]
    begun: list[subprocess.Popen[bytes]] = []

    def begin(program: str, *arguments: str) -> None:
        command = [sys.executable, "-m", f"distributed.cli.{program}", *file, *arguments]
        nowhere = subprocess.DEVNULL
        begun.append(subprocess.Popen(command, env=environment, stdout=nowhere, stderr=nowhere))

    try:
        begin("dask_scheduler", "--port", "0", "--host", "127.0.0.1")
        for _ in range(2):
            begin("dask_worker", "--no-nanny", "--nthreads", "1")
        until(lambda: scheduler_file.exists() and scheduler_file.stat().st_size > 0)
        yield json.loads(scheduler_file.read_text("utf-8"))["address"], begun
    finally:
        for process in begun:
            with contextlib.suppress(OSError):
                process.kill()
            process.wait()


def test_a_cluster_completes_a_batch_though_a_worker_is_killed_midway(
    tmp_path: Path, scheduler: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, processes = scheduler
    folder = tmp_path / "jobs"
    folder.mkdir()
    done: dict[str, int | None] = {}
    with ClusterExecutor(address) as executor:
        until(lambda: len(executor._client.ncores()) == 2)
        for outcome in run_jobs(jobs(folder, *(f"plain-{n}" for n in range(30))), slow_work, executor):
            done[outcome.name] = outcome.result
            if len(done) == 5:
                processes[1].send_signal(signal.SIGKILL)
    assert done == {f"plain-{number}": number**2 for number in range(30)}


def slow_work(job: Sum) -> int:
    """Work long enough for a worker to be killed at it."""
    time.sleep(0.05)
    return work(job)


def test_a_cluster_that_does_not_answer_is_reported_at_once() -> None:
    with pytest.raises(ArchiveError) as refused:
        ClusterExecutor("tcp://127.0.0.1:1")
    assert [finding.code for finding in refused.value.findings] == ["E232"]
    with pytest.raises(ArchiveError) as refused:
        ClusterExecutor("no address at all")
    assert [finding.code for finding in refused.value.findings] == ["E232"]


def test_without_dask_the_error_explains_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ArchiveError) as refused:
        ClusterExecutor("tcp://127.0.0.1:8786")
    assert [finding.code for finding in refused.value.findings] == ["E231"]


def test_processes_are_replaced_after_a_number_of_jobs() -> None:
    with LocalExecutor(1, nothing) as executor:
        served = Counter(executor.submit(whose, at).result() for at in range(2 * JOBS_PER_PROCESS + 1))
    assert sorted(served.values()) == [1, JOBS_PER_PROCESS, JOBS_PER_PROCESS]


def whose(_: object) -> int:
    return os.getpid()
