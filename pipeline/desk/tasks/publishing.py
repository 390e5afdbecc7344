"""An issue built, filed, and built again from the archive, as work that tells how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.desk.tasks.telling import told_steps
from pipeline.files.owned_files import hold_within
from pipeline.files.workspace import Workspace
from pipeline.findings.wording.wording import as_whole_data
from pipeline.page.engine.faces import isolate_faces

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from pipeline.findings.finding import Finding
    from pipeline.findings.progress import Progress

OUT: Final = "out"
"""The folder of a workspace that what is built goes into."""

_REBUILT: Final = "rebuilt"


class PublishRequest(NamedTuple):
    """What is to be done.

    Args:
        root: The workspace.
        issue: The name of the issue's folder.
        language: Of messages.
        today: The officer's day.
        filing: The number of the filing that is built again.
    """

    root: str
    issue: str
    language: str
    today: dt.date
    filing: int = 0


def building(request: PublishRequest) -> Iterator[dict[str, Any]]:
    """Build every edition of an issue in every language it has; yield steps, and last the findings."""
    from pipeline.desk.production.build_request import BuildRequest  # noqa: PLC0415 - the work's process alone
    from pipeline.desk.production.building import build  # noqa: PLC0415
    from pipeline.models.editions import EDITIONS  # noqa: PLC0415
    from pipeline.reading.translations import languages_of  # noqa: PLC0415

    isolate_faces()
    workspace = Workspace(Path(request.root))
    folder = workspace.issues / request.issue

    def work(progress: Progress) -> dict[str, Any]:
        hold_within(workspace.root, workspace.root / OUT)
        findings: list[Finding] = []
        for language in (None, *languages_of(folder)):
            asked = BuildRequest(
                folder,
                workspace,
                workspace.root / OUT,
                language=language,
                editions=tuple(EDITIONS.values()),
                mail=True,
            )
            findings += build(asked, progress).findings
        return {"findings": _as_data(findings, request.language)}

    return told_steps(work, request.language)


def filing(request: PublishRequest) -> Iterator[dict[str, Any]]:
    """File an issue; yield steps, and last the name of the filing and whether it is new."""
    from pipeline.desk.archive.filing import file_issue  # noqa: PLC0415 - the work's process alone

    isolate_faces()
    workspace = Workspace(Path(request.root))

    def work(progress: Progress) -> dict[str, Any]:
        filed = file_issue(workspace.issues / request.issue, workspace, request.today, progress)
        findings = _as_data(filed.findings, request.language)
        return {"name": filed.filing.name, "is_new": filed.is_new, "findings": findings}

    return told_steps(work, request.language)


def rebuilding(request: PublishRequest) -> Iterator[dict[str, Any]]:
    """Build a filing again and compare it; yield steps, and last the verdict, what differs and why."""
    from pipeline.archive.comparing.comparison import Verdict  # noqa: PLC0415 - the work's process alone
    from pipeline.archive.shelf import Shelf  # noqa: PLC0415
    from pipeline.desk.archive.comparison_report import causes_in_words, report_files  # noqa: PLC0415
    from pipeline.desk.archive.rebuilding import rebuild  # noqa: PLC0415
    from pipeline.desk.batch.executors import LocalExecutor  # noqa: PLC0415
    from pipeline.files.outputs import write_together  # noqa: PLC0415
    from pipeline.findings.finding import ArchiveError  # noqa: PLC0415
    from pipeline.page.engine.loading import warm_up  # noqa: PLC0415

    workspace = Workspace(Path(request.root))
    shelf = Shelf(workspace)

    def work(progress: Progress) -> dict[str, Any]:
        chosen = [each for each in shelf.filings_of(request.issue) if each.filing == request.filing]
        with LocalExecutor(1, warm_up) as executor:
            (outcome,) = rebuild(chosen, shelf, executor, progress, fresh=True)
        if outcome.result is None:
            raise ArchiveError(outcome.findings)
        made: list[Path] = []
        if outcome.result.verdict is not Verdict.IDENTICAL:
            target = workspace.root / OUT / request.issue / f"{_REBUILT}-{request.filing}"
            hold_within(workspace.root, target)
            title = f"{chosen[0].publication} {chosen[0].number} ({request.issue})"
            made += write_together(target, report_files(outcome.result, title, request.language))
        return {
            "verdict": outcome.result.verdict.name,
            "pages": list(outcome.result.pages),
            "causes": causes_in_words(outcome.result.causes, request.language),
            "files": [path.name for path in made if path.suffix == ".pdf"],
        }

    return told_steps(work, request.language)


def _as_data(findings: Iterable[Finding], language: str) -> list[dict[str, Any]]:
    return [as_whole_data(finding, language) for finding in dict.fromkeys(findings)]
