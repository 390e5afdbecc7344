"""Rebuild: past issues made again, and a verdict on each: the same, or what differs and why.

Nothing filed is ever written to. An issue whose sources, program and libraries are what they were is answered
from their hashes: it was made from the very files that are kept, and the same things give the same bytes.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.comparing.causes import Cause, Origin, causes
from pipeline.archive.comparing.comparison import Comparison, Verdict, compare
from pipeline.archive.comparing.marked_pages import MarkedPage, marked_pages
from pipeline.desk.archive.building_from_sources import build_from_sources
from pipeline.desk.archive.snapshot import take_snapshot
from pipeline.desk.batch.jobs import Outcome, run_jobs
from pipeline.files.lock import program_hashes, versions
from pipeline.findings.finding import ArchiveError, BulletinError, found
from pipeline.findings.place import Place
from pipeline.findings.progress import Progress, silent
from pipeline.models.editions import is_of_mail
from pipeline.page.engine.faces import isolate_faces
from pipeline.pdf.finishing.archive_sources import program_in_force

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.archive.filing_record import Filing
    from pipeline.archive.shelf import Shelf
    from pipeline.desk.batch.executors import BatchExecutor

STEP: Final = "rebuilding"

_ONE_AT_A_TIME: Final = threading.Lock()
"""A worker of a cluster may have several threads; the engine is made for one."""


class RebuildJob(NamedTuple):
    """A filing that is to be made again: a job of a batch, whole in itself.

    Args:
        name: Of the filing.
        issue: The issue's date.
        languages: The languages, its own first.
        sources: What it is made from now, by path in a workspace.
        then: What it was made from.
        program: SHA-256 of the program's files then.
        versions: Versions of the libraries then.
        filed: Every file that was made then, by name.
        fresh: Whether nothing is taken from the cache.
    """

    name: str
    issue: str
    languages: tuple[str, ...]
    sources: Mapping[str, bytes]
    then: Mapping[str, bytes]
    program: Mapping[str, str]
    versions: Mapping[str, str]
    filed: Mapping[str, bytes]
    fresh: bool


class Difference(NamedTuple):
    """A PDF that is not the one that was filed.

    Args:
        name: Its file name.
        made: As it was made now; empty where it is not made any more.
        comparison: What differs.
        pages: The pages that differ, as pictures.
    """

    name: str
    made: bytes
    comparison: Comparison
    pages: tuple[MarkedPage, ...]


class RebuildResult(NamedTuple):
    """The verdict on a filing.

    Args:
        name: Of the filing.
        verdict: The worst of its PDFs.
        causes: What is not what it was, where the verdict is not `IDENTICAL`.
        differences: The PDFs whose bytes differ.
        others: Further files whose bytes differ.
        from_hashes: Whether it needed not be made.
    """

    name: str
    verdict: Verdict
    causes: tuple[Cause, ...] = ()
    differences: tuple[Difference, ...] = ()
    others: tuple[str, ...] = ()
    from_hashes: bool = False

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that differ in any of the PDFs."""
        return tuple(sorted({page.number for each in self.differences for page in each.comparison.pages}))


def rebuild(
    filings: Sequence[Filing],
    shelf: Shelf,
    executor: BatchExecutor,
    progress: Progress = silent,
    *,
    from_workspace: bool = False,
    fresh: bool = False,
) -> Iterator[Outcome[RebuildResult]]:
    """Make filings again and hold them against what was filed.

    Args:
        filings: Which.
        shelf: The archive.
        executor: Who makes them.
        progress: Hears of each that is done.
        from_workspace: Whether they are made from today's files, style and faces, and not from their own.
        fresh: Whether each is made, even where hashes would answer, and nothing is taken from the cache.

    Yields:
        The verdict on each, as it comes; or the findings for which there is none.
    """
    answered: list[Outcome[RebuildResult]] = []
    told = _Counted(progress, len(filings))

    def jobs() -> Iterator[RebuildJob]:
        for filing in filings:
            try:
                job = _job(filing, shelf, from_workspace=from_workspace, fresh=fresh)
            except BulletinError as fault:
                answered.append(Outcome(filing.name, None, fault.findings))
                told.one_more()
                continue
            if not fresh and _is_unchanged(job):
                rebuilt = RebuildResult(filing.name, Verdict.IDENTICAL, from_hashes=True)
                answered.append(Outcome(filing.name, rebuilt))
                told.one_more()
            else:
                yield job

    for outcome in run_jobs(jobs(), rebuild_filing, executor):
        told.one_more()
        yield outcome
    yield from answered


def rebuild_filing(job: RebuildJob) -> RebuildResult:
    """Make a filing again and judge it: the work of one job, in whichever process.

    Raises:
        IssueError: The sources have errors.
        PressError: A page cannot be made, or preflight refuses a file.
        ArchiveError: A PDF that was filed cannot be compared (E220).
    """
    with _ONE_AT_A_TIME:
        isolate_faces()
        made = build_from_sources(job.sources, job.issue, job.languages, fresh=job.fresh).files
    if not any(map(is_of_mail, job.filed)):
        # Filed before there was a mail edition: what was not made then is not missing now.
        made = {name: data for name, data in made.items() if not is_of_mail(name)}
    names = sorted(name for name in job.filed.keys() | made.keys() if job.filed.get(name) != made.get(name))
    if not names:
        return RebuildResult(job.name, Verdict.IDENTICAL)
    pdfs = [name for name in names if name.endswith(".pdf")]
    differences = tuple(_difference(job, name, made.get(name, b"")) for name in pdfs)
    verdicts = [each.comparison.verdict for each in differences]
    before = Origin(job.then, job.program, job.versions)
    now = Origin(job.sources, program_in_force(program_hashes()), versions())
    return RebuildResult(
        job.name,
        max(verdicts, default=Verdict.SAME_PICTURE),
        causes(before, now),
        differences,
        tuple(name for name in names if name not in pdfs),
    )


def _job(filing: Filing, shelf: Shelf, *, from_workspace: bool, fresh: bool) -> RebuildJob:
    then = shelf.sources(filing)
    sources: Mapping[str, bytes] = then
    languages = filing.languages
    if from_workspace:
        snapshot = take_snapshot(shelf.workspace.choose_issue(filing.issue), shelf.workspace)
        sources, languages = snapshot.sources, snapshot.languages
    return RebuildJob(
        name=filing.name,
        issue=filing.issue,
        languages=languages,
        sources=sources,
        then=then,
        program=filing.program,
        versions=filing.versions,
        filed={name: shelf.file(filing, name) for name in filing.files},
        fresh=fresh,
    )


def _is_unchanged(job: RebuildJob) -> bool:
    """Tell whether a filing would be made from the same things by the same program."""
    is_same_press = job.program == program_in_force(program_hashes()) and job.versions == versions()
    return is_same_press and job.sources == job.then


def _difference(job: RebuildJob, name: str, made: bytes) -> Difference:
    filed = job.filed.get(name, b"")
    if not filed or not made:
        return Difference(name, made, Comparison(Verdict.DIFFERS), ())
    try:
        comparison = compare(filed, made)
    except ValueError as fault:
        raise ArchiveError([found("E220", Place(name), filing=job.name, problem=fault)]) from fault
    return Difference(name, made, comparison, tuple(marked_pages(filed, made, comparison)))


class _Counted:
    """Counts what is done, whoever did it."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0
        progress(STEP, 0, total)

    def one_more(self) -> None:
        self._done += 1
        self._progress(STEP, self._done, self._total)
