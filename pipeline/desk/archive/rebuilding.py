"""Rebuilding: past issues are built again and compared with what was filed.

Nothing filed is ever written to. A filing whose sources, program and libraries have not changed is not built:
it was built from the stored sources when it was filed, and the same input always gives the same bytes.
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
from pipeline.files.program.own_files import program_hashes
from pipeline.files.program.versions import versions
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
    """A filing to be built again: a job of a batch, which needs nothing besides.

    Args:
        name: Of the filing.
        issue: The issue's date.
        languages: The languages, its own first.
        sources: What it is built from now, by path in a workspace.
        then: What it was built from when it was filed.
        program: SHA-256 of the program's files then.
        versions: Versions of the libraries then.
        filed: Every filed file, by name.
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
    """A PDF that differs from the one that was filed.

    Args:
        name: Its file name.
        built: As it is built now; empty where it is not built any more.
        comparison: What differs.
        pages: The pages that differ, as pictures.
    """

    name: str
    built: bytes
    comparison: Comparison
    pages: tuple[MarkedPage, ...]


class RebuildResult(NamedTuple):
    """The verdict on a filing.

    Args:
        name: Of the filing.
        verdict: The worst of its PDFs.
        causes: What has changed, if the verdict is not `IDENTICAL`.
        differences: The PDFs whose bytes differ.
        others: Further files whose bytes differ.
        from_hashes: Whether it was not built, because its hashes have not changed.
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
    """Build filings again and compare them with what was filed.

    Args:
        filings: Which.
        shelf: The archive.
        executor: Runs the jobs.
        progress: Callback for each that is done.
        from_workspace: Whether they are built from today's files, style and fonts, and not from their own.
        fresh: Whether each is built, even where its hashes have not changed, and without the cache.

    Yields:
        The verdict on each, as it comes; or the findings for which there is none.
    """
    unchanged_or_failed: list[Outcome[RebuildResult]] = []
    counter = _Counter(progress, len(filings))

    def jobs() -> Iterator[RebuildJob]:
        for filing in filings:
            try:
                job = _job(filing, shelf, from_workspace=from_workspace, fresh=fresh)
            except BulletinError as fault:
                unchanged_or_failed.append(Outcome(filing.name, None, fault.findings))
                counter.one_more()
                continue
            if not fresh and _is_unchanged(job):
                rebuilt = RebuildResult(filing.name, Verdict.IDENTICAL, from_hashes=True)
                unchanged_or_failed.append(Outcome(filing.name, rebuilt))
                counter.one_more()
            else:
                yield job

    for outcome in run_jobs(jobs(), rebuild_filing, executor):
        counter.one_more()
        yield outcome
    yield from unchanged_or_failed


def rebuild_filing(job: RebuildJob) -> RebuildResult:
    """Build a filing again and compare it: the function of one job, run in any process.

    Raises:
        IssueError: The sources have errors.
        PressError: A page cannot be built, or preflight refuses a file.
        ArchiveError: A PDF that was filed cannot be compared (E220).
    """
    with _ONE_AT_A_TIME:
        isolate_faces()
        built = build_from_sources(
            job.sources, job.issue, job.languages, fresh=job.fresh, is_rebuild=True
        ).files
    if not any(map(is_of_mail, job.filed)):
        # A filing from before there was a mail edition has no files of it to compare.
        built = {name: data for name, data in built.items() if not is_of_mail(name)}
    names = sorted(name for name in job.filed.keys() | built.keys() if job.filed.get(name) != built.get(name))
    if not names:
        return RebuildResult(job.name, Verdict.IDENTICAL)
    pdfs = [name for name in names if name.endswith(".pdf")]
    differences = tuple(_difference(job, name, built.get(name, b"")) for name in pdfs)
    verdicts = [each.comparison.verdict for each in differences]
    before = Origin(job.then, job.program, job.versions)
    now = Origin(job.sources, program_in_force(program_hashes()), versions())
    return RebuildResult(
        job.name,
        max(verdicts, default=Verdict.SAME_PICTURE),
        causes=causes(before, now),
        differences=differences,
        others=tuple(name for name in names if name not in pdfs),
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
    """Return whether a filing would be built from the same sources by the same program."""
    is_same_press = job.program == program_in_force(program_hashes()) and job.versions == versions()
    return is_same_press and job.sources == job.then


def _difference(job: RebuildJob, name: str, built: bytes) -> Difference:
    filed = job.filed.get(name, b"")
    if not filed or not built:
        return Difference(name, built, Comparison(Verdict.DIFFERS), ())
    try:
        comparison = compare(filed, built)
    except ValueError as fault:
        raise ArchiveError([found("E220", Place(name), filing=job.name, problem=fault)]) from fault
    return Difference(name, built, comparison, tuple(marked_pages(filed, built, comparison)))


class _Counter:
    """Reports how many filings are done, by jobs or without."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0
        progress(STEP, 0, total)

    def one_more(self) -> None:
        self._done += 1
        self._progress(STEP, self._done, self._total)
