"""The output of `bulletin archive rebuild`: a verdict on each filing, and a report of what differs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.comparing.comparison import Verdict
from pipeline.archive.shelf import Shelf
from pipeline.cli.archive.withdrawal import print_withdrawals
from pipeline.cli.context import DONE, INPUT_HAS_ERRORS, near
from pipeline.desk.archive.comparison_report import REPORT, VERDICTS, causes_in_words, report_files
from pipeline.desk.archive.rebuilding import rebuild
from pipeline.desk.batch.executors import ClusterExecutor, LocalExecutor
from pipeline.files.outputs import write_together
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import summary
from pipeline.page.engine.loading import warm_up

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.archive.filing_record import Filing
    from pipeline.cli.context import CommandContext
    from pipeline.desk.archive.rebuilding import RebuildResult
    from pipeline.desk.batch.executors import BatchExecutor
    from pipeline.desk.batch.jobs import Outcome
    from pipeline.files.workspace import Workspace

REBUILT: Final = "rebuilt"
"""The folder of a report, below the outputs of an issue."""

_MOST_WORKERS: Final = 4
"""Default of `--workers`: each takes a quarter of a gigabyte."""

_MOST_CAUSES: Final = 12
"""Causes that are printed in the terminal; the report names all."""


class RebuildOptions(NamedTuple):
    """How past issues are built again.

    Args:
        from_workspace: Whether they are built from today's files, style and fonts.
        fresh: Whether each is built even where its hashes have not changed.
        workers: Processes side by side; by the number of processors when None.
        cluster: The address of a Dask scheduler, or None.
    """

    from_workspace: bool = False
    fresh: bool = False
    workers: int | None = None
    cluster: str | None = None


def rebuild_and_report(
    context: CommandContext,
    workspace: Workspace,
    issues: Sequence[str] | None,
    *,
    out: Path,
    options: RebuildOptions,
) -> int:
    """Build past issues again and print the verdict on each.

    Args:
        context: Context of the command.
        workspace: The workspace of the archive.
        issues: The issues by folder, date or number; None for every filing.
        out: The folder below which reports are written.
        options: How they are built.

    Returns:
        The exit status: 1 if one differs or could not be built.

    Raises:
        ArchiveError: An issue is not filed (E203), a record cannot be read (E212), or there is no cluster
            (E231, E232).
    """
    shelf = Shelf(workspace)
    filings = _chosen(shelf, issues)
    if options.from_workspace:
        # Today's files belong to the newest filing of an issue, not to those that it corrects.
        newest = shelf.newest()
        filings = [filing for filing in filings if filing in newest]
    known = {filing.name: filing for filing in filings}
    executor: BatchExecutor
    executor = (
        ClusterExecutor(options.cluster)
        if options.cluster
        else LocalExecutor(options.workers or _usual_workers(), warm_up)
    )
    outcomes: dict[str, tuple[Outcome[RebuildResult], Path | None]] = {}
    with executor, context.terminal.progress(is_batch=True) as progress:
        results = rebuild(
            filings, shelf, executor, progress, from_workspace=options.from_workspace, fresh=options.fresh
        )
        for outcome in results:
            # Reports are written at once: the pictures of a hundred would not fit into memory.
            written = _write(outcome.result, known[outcome.name], out, context.language)
            outcomes[outcome.name] = (_without_files(outcome), written)
    for name, filing in known.items():
        outcome, report = outcomes[name]
        _print_outcome(context, outcome, filing, shelf=shelf, report=report)
    verdicts = [outcome.result.verdict for outcome, _ in outcomes.values() if outcome.result is not None]
    text = N_("{identical} identical, {same} the same picture, {differs} different, {failed} not made")
    counts = {
        "identical": verdicts.count(Verdict.IDENTICAL),
        "same": verdicts.count(Verdict.SAME_PICTURE),
        "differs": verdicts.count(Verdict.DIFFERS),
        "failed": len(outcomes) - len(verdicts),
    }
    context.terminal.line(context.say(text, **counts))
    return INPUT_HAS_ERRORS if counts["differs"] or counts["failed"] else DONE


def _chosen(shelf: Shelf, issues: Sequence[str] | None) -> list[Filing]:
    if issues is None:
        return list(shelf.filings)
    folders = [shelf.workspace.choose_issue(issue).name for issue in issues]
    return [filing for folder in dict.fromkeys(folders) for filing in shelf.filings_of(folder)]


def _usual_workers() -> int:
    return max(1, min(_MOST_WORKERS, os.cpu_count() or 1))


def _write(rebuilt: RebuildResult | None, filing: Filing, out: Path, language: str) -> Path | None:
    """Write the report on a filing that is no longer identical; return its path, or None for the others."""
    if rebuilt is None or rebuilt.verdict is Verdict.IDENTICAL:
        return None
    folder = out / filing.issue / f"{REBUILT}-{filing.filing}"
    title = f"{filing.publication} {filing.number} ({filing.issue})"
    write_together(folder, report_files(rebuilt, title, language))
    return folder / REPORT


def _without_files(outcome: Outcome[RebuildResult]) -> Outcome[RebuildResult]:
    """Drop files and pictures that are written already."""
    if outcome.result is None:
        return outcome
    differences = tuple(each._replace(built=b"", pages=()) for each in outcome.result.differences)
    return outcome._replace(result=outcome.result._replace(differences=differences))


def _print_outcome(
    context: CommandContext,
    outcome: Outcome[RebuildResult],
    filing: Filing,
    *,
    shelf: Shelf,
    report: Path | None,
) -> None:
    rebuilt = outcome.result
    if rebuilt is None:
        context.terminal.line(f"{outcome.name}: {context.say(N_('not made'))}")
        context.terminal.findings(outcome.findings, answer=True)
        context.terminal.line("  " + summary(outcome.findings, context.language))
        return
    verdict = context.say(VERDICTS[rebuilt.verdict])
    if rebuilt.from_hashes:
        verdict = context.say(N_("{verdict}, by its hashes"), verdict=verdict)
    if rebuilt.pages:
        pages = ", ".join(map(str, rebuilt.pages))
        verdict = context.say(N_("{verdict} on pages {pages}"), verdict=verdict, pages=pages)
    context.terminal.line(f"{outcome.name}: {verdict}: {near(report or shelf.path(filing, filing.pdf()))}")
    print_withdrawals(context, shelf, filing)
    causes = causes_in_words(rebuilt.causes, context.language)
    for cause in causes[:_MOST_CAUSES]:
        context.terminal.line(f"  {cause}")
    if (more := len(causes) - _MOST_CAUSES) > 0:
        context.terminal.line("  " + context.say(N_("and {count} more, in the account"), count=more))
