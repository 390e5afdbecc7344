"""File many issues and make them again: `python -m tests.bench.archive [--issues 60] [--builds 200]`.

Says how many came out identical, what a second worker saves, what an answer from hashes costs against making
an issue, and how much memory a worker holds after many builds. The exit status is 1 when a promise is broken.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.archive.comparing.comparison import Verdict
from pipeline.archive.shelf import Shelf
from pipeline.archive.verifying import verify
from pipeline.desk.archive.filing import file_issue
from pipeline.desk.archive.rebuilding import RebuildJob, rebuild, rebuild_filing
from pipeline.desk.batch.executors import LocalExecutor
from pipeline.files.workspace import Workspace
from pipeline.page.engine.loading import warm_up
from tests.bench.many_issues import many_issues
from tests.support.shelves import FILED_ON

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_OF_ONE: Final = 0.6
"""The time of two workers against that of one."""

MOST_OF_MAKING: Final = 1 / 50
"""The time of an answer from hashes against that of making."""

MOST_GROWTH: Final = 1.15
"""The memory of a worker after all its builds against that after the first tenth of them."""


def main(arguments: list[str] | None = None) -> int:
    """Measure, and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.archive", description=__doc__)
    parser.add_argument("--issues", type=int, default=60)
    parser.add_argument("--builds", type=int, default=200)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ["XDG_CACHE_HOME"] = str(Path(folder) / "cache")
        kept = list(_measured(Path(folder), asked.issues, asked.builds))
    return 0 if all(kept) else 1


def _measured(folder: Path, issues: int, builds: int) -> Iterator[bool]:
    workspace = Workspace(many_issues(folder / "w", issues))
    warm_up()
    start = time.perf_counter()
    for at, issue in enumerate(workspace.issue_folders(), 1):
        file_issue(issue, workspace, FILED_ON)
        sys.stderr.write(f"\rfiled {at}/{issues}")
    sys.stderr.write("\n")
    shelf = Shelf(workspace)
    pages = [filing.pages[filing.pdf()] for filing in shelf.filings]
    _say(
        f"filed {issues} issues of {min(pages)} to {max(pages)} pages in {time.perf_counter() - start:.0f} s"
    )
    verified = verify(shelf)
    _say(f"verified {verified.files} files: {len(verified.findings)} findings")
    yield not verified.findings
    one, identical = _rebuilt(workspace, 1, fresh=True)
    _say(f"made again by one worker: {identical} identical, {one:.1f} s")
    yield identical == issues
    two, identical = _rebuilt(workspace, 2, fresh=True)
    _say(f"by two workers: {identical} identical, {two:.1f} s; {two / one:.2f} of one's time ({MOST_OF_ONE})")
    yield identical == issues and two / one <= MOST_OF_ONE
    hashes, identical = _rebuilt(workspace, 1, fresh=False)
    share = hashes / one
    _say(f"from hashes: {identical} identical, {hashes:.2f} s; {share:.4f} of making ({MOST_OF_MAKING})")
    yield identical == issues and share <= MOST_OF_MAKING
    early, late = _memory(workspace, builds)
    _say(f"a worker after {builds // 10} builds {early:.0f} MB, after {builds} builds {late:.0f} MB")
    yield late / early <= MOST_GROWTH


def _rebuilt(workspace: Workspace, workers: int, *, fresh: bool) -> tuple[float, int]:
    """Make everything again; returns seconds and how many are identical."""
    shelf = Shelf(workspace)
    start = time.perf_counter()
    with LocalExecutor(workers, warm_up) as executor:
        outcomes = list(rebuild(shelf.filings, shelf, executor, fresh=fresh))
    seconds = time.perf_counter() - start
    verdicts = [outcome.result.verdict for outcome in outcomes if outcome.result]
    return seconds, verdicts.count(Verdict.IDENTICAL)


def _memory(workspace: Workspace, builds: int) -> tuple[float, float]:
    """Make issues again one by one; returns a worker's memory early on and at the end, in megabytes."""
    shelf = Shelf(workspace)
    # The shortest over and over: a longer one would look like growth.
    filings = sorted(shelf.filings, key=lambda filing: filing.pages[filing.pdf()])[:2]
    held: list[float] = []
    with LocalExecutor(1, warm_up) as executor:
        for at in range(builds):
            filing = filings[at % len(filings)]
            sources = shelf.sources(filing)
            filed = {name: shelf.file(filing, name) for name in filing.files}
            job = RebuildJob(
                filing.name,
                filing.issue,
                filing.languages,
                sources,
                sources,
                filing.program,
                filing.versions,
                filed,
                fresh=False,
            )
            held.append(executor.submit(_weighed, job).result())
    early = max(1, builds // 10)
    return max(held[:early]), max(held[-early:])


def _weighed(job: RebuildJob) -> float:
    """Make an issue again; returns what the process holds then, in megabytes."""
    assert rebuild_filing(job).verdict is Verdict.IDENTICAL
    return _resident()


def _resident() -> float:
    """Return the memory this process holds, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
