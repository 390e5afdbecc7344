"""Work that takes longer than an answer may: its progress is told; all but mail has a process of its own."""

from __future__ import annotations

import contextlib
import secrets
import threading
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.files.bounded_process import Bounds, PastBoundsError, in_bounds
from pipeline.findings.finding import BulletinError, errors, found
from pipeline.findings.wording.wording import from_data
from pipeline.studio.views.wording.program_faults import fault_words, write_fault
from pipeline.studio.views.wording.telling import told_here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pipeline.findings.finding import Finding

MOST_KEPT: Final = 30
"""Work of which a page may still ask; what is not done is kept beyond that."""

_BOUNDS: Final = Bounds(seconds=600, memory=3_000_000_000)


class Work(NamedTuple):
    """Work to be done.

    Args:
        task: A function of `desk.tasks`: yields `{"step": …, "done": …, "total": …}`, last `{"result": …}` or
            `{"findings": …}`.
        request: Its argument.
        language: Of what is told, `bg` or `en`.
        finish: Makes of the result what the page is told; called when the work is done.
        tidy: Called at the end, however it ends.
        tell: Makes data for the page of a finding that stopped the work; None for its words alone.
        waits_for_others: Whether it is done here, without bounds, beside other work: sending mail takes hours
            where the server takes little at a time, and must not be cut off in the middle of a letter.
        shows_anew: Whether the page is shown anew where findings stopped it, too, as what they say is of what
            it shows.
    """

    task: Callable[[Any], Iterator[dict[str, Any]]]
    request: object
    language: str
    finish: Callable[[Any], dict[str, Any]]
    tidy: Callable[[], None] = lambda: None
    tell: Callable[[Finding], dict[str, Any]] | None = None
    waits_for_others: bool = False
    shows_anew: bool = False


class Job:
    """Work in hand, and what was told of it so far."""

    def __init__(self) -> None:
        """Begin with nothing told."""
        self._told: list[dict[str, Any]] = []
        self._more = threading.Condition()
        self.is_done = False

    def tell(self, news: dict[str, Any], *, last: bool = False) -> None:
        """Tell those who listen."""
        with self._more:
            self._told.append(news)
            self.is_done |= last
            self._more.notify_all()

    def news(self, patience: float = 15.0) -> Iterator[dict[str, Any] | None]:
        """Yield all that was and will be told; None where nothing was for a while."""
        at = 0
        while True:
            with self._more:
                if at == len(self._told) and not self.is_done:
                    self._more.wait(patience)
                fresh, done = self._told[at:], self.is_done
            at += len(fresh)
            yield from fresh
            if not fresh and not done:
                yield None
            if done:
                return


class Jobs:
    """The work in hand, by the name a page was given.

    Args:
        log: Where faults of the program are written down; None where they are shown.
    """

    def __init__(self, log: Path | None = None) -> None:
        """Begin with none."""
        self._log = log
        self._jobs: dict[str, Job] = {}
        self._closed = False
        self._lock = threading.Lock()
        # One after the other: two layouts at once would only take the machine from the one who writes.
        self._turn = threading.Lock()

    def start(self, work: Work) -> str:
        """Begin work, and return its name."""
        name, job = secrets.token_urlsafe(12), Job()
        with self._lock:
            self._jobs[name] = job
            done = [each for each, kept in self._jobs.items() if kept.is_done]
            for each in done[: max(len(self._jobs) - MOST_KEPT, 0)]:
                del self._jobs[each]
        threading.Thread(target=self._run, args=(job, work), daemon=True).start()
        return name

    def get(self, name: str) -> Job | None:
        """Return work by its name, or None."""
        return self._jobs.get(name)

    def close(self) -> None:
        """Tell those who listen that there is no more."""
        self._closed = True
        with self._lock:
            jobs = list(self._jobs.values())
        for job in jobs:
            job.tell({"end": "stopped"}, last=True)

    def _run(self, job: Job, work: Work) -> None:
        last: dict[str, Any] = {"end": "stopped"}
        try:
            with contextlib.nullcontext() if work.waits_for_others else self._turn:
                last = self._last(job, work)
        except BulletinError as error:
            last = _stopped(error.findings, work)
        except Exception as error:  # noqa: BLE001 - the page is told in words, whatever it was
            write_fault(error, self._log)
            last = {"findings": [{"message": fault_words(work.language, self._log), "remedy": ""}]}
        finally:
            try:
                work.tidy()
            finally:
                # Whoever listens would wait for ever.
                job.tell(last, last=True)

    def _last(self, job: Job, work: Work) -> dict[str, Any]:
        """Do the work, and return what is told at its end."""
        last: dict[str, Any] = {"end": "stopped"}
        try:
            here = work.waits_for_others
            for news in work.task(work.request) if here else in_bounds(work.task, work.request, _BOUNDS):
                if self._closed and not here:
                    break
                if "step" in news:
                    job.tell(news)
                else:
                    last = news
        except PastBoundsError as stopped:
            if stopped.by == "fault":
                raise  # It is the program's, whatever its process was working on.
            return {"findings": [told_here(found("E627", None), work.language)]}
        if "result" in last:
            return work.finish(last["result"])
        if "findings" in last:
            stopping = [from_data(each) for each in last["findings"]]
            # What only is to be looked at stopped nothing.
            return _stopped(errors(stopping) or stopping, work)
        return last


def _stopped(findings: Iterable[Finding], work: Work) -> dict[str, Any]:
    """Return what is told where findings stopped the work."""
    told = {"findings": [_told(finding, work) for finding in findings]}
    return told | ({"refresh": True} if work.shows_anew else {})


def _told(finding: Finding, work: Work) -> dict[str, Any]:
    return work.tell(finding) if work.tell is not None else told_here(finding, work.language)
