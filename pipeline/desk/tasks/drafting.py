"""A draft of an issue as a PDF, and the specimen of a look, as work that tells how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.desk.tasks.telling import told_steps
from pipeline.files.owned_files import hold_within
from pipeline.files.workspace import Workspace
from pipeline.findings.wording.wording import as_whole_data
from pipeline.page.engine.faces import isolate_faces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.findings.finding import Finding
    from pipeline.findings.progress import Progress

_OUT: Final = "out"


class DraftRequest(NamedTuple):
    """What is to be made.

    Args:
        root: The workspace.
        issue: The name of the issue's folder; empty for a specimen of the look.
        language: Of messages.
    """

    root: str
    issue: str
    language: str


def drafting(request: DraftRequest) -> Iterator[dict[str, Any]]:
    """Make the draft PDF of an issue; yield steps, and last its path as `result`, or `findings`."""
    from pipeline.desk.production.build_request import BuildRequest  # noqa: PLC0415 - the work's process alone
    from pipeline.desk.production.building import build  # noqa: PLC0415

    workspace = Workspace(Path(request.root))
    asked = BuildRequest(workspace.issues / request.issue, workspace, workspace.root / _OUT, draft=True)

    def work(progress: Progress) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
        hold_within(workspace.root, asked.out)
        built = build(asked, progress)
        return built.paths, built.findings

    return _made(work, request.language)


def showing_look(request: DraftRequest) -> Iterator[dict[str, Any]]:
    """Make the specimen of a look; yield steps, and last its path as `result`, or `findings`."""
    from pipeline.desk.specimen.specimen import make_specimen  # noqa: PLC0415 - as above

    workspace = Workspace(Path(request.root))

    def work(progress: Progress) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
        hold_within(workspace.root, workspace.root / _OUT)
        made = make_specimen(workspace, workspace.root / _OUT, progress, request.language)
        return made.paths, made.findings

    return _made(work, request.language)


def _made(
    work: Callable[[Progress], tuple[tuple[Path, ...], tuple[Finding, ...]]], language: str
) -> Iterator[dict[str, Any]]:
    """Make files with none but our faces; yield steps, and last their paths and findings."""
    isolate_faces()

    def paths_of(progress: Progress) -> dict[str, Any]:
        paths, findings = work(progress)
        shown = [as_whole_data(finding, language) for finding in findings]
        return {"paths": [str(path) for path in paths], "findings": shown}

    return told_steps(paths_of, language)
