"""A draft of an issue as a PDF, and the specimen of a look, as work that tells how far it is."""

from __future__ import annotations

import queue
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.files.owned_files import hold_within
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import BulletinError
from pipeline.findings.wording.wording import as_whole_data, say
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

    return _told(work, request.language)


def showing_look(request: DraftRequest) -> Iterator[dict[str, Any]]:
    """Make the specimen of a look; yield steps, and last its path as `result`, or `findings`."""
    from pipeline.desk.specimen.specimen import make_specimen  # noqa: PLC0415 - as above

    workspace = Workspace(Path(request.root))

    def work(progress: Progress) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
        hold_within(workspace.root, workspace.root / _OUT)
        made = make_specimen(workspace, workspace.root / _OUT, progress)
        return made.paths, made.findings

    return _told(work, request.language)


def _told(
    work: Callable[[Progress], tuple[tuple[Path, ...], tuple[Finding, ...]]], language: str
) -> Iterator[dict[str, Any]]:
    """Do work in a thread, so that its steps can be yielded while it goes on."""
    isolate_faces()
    news: queue.Queue[dict[str, Any]] = queue.Queue()

    def progress(step: str, done: int, total: int) -> None:
        news.put({"step": step, "words": say(step, language), "done": done, "total": total})

    def run() -> None:
        try:
            paths, findings = work(progress)
            shown = [as_whole_data(finding, language) for finding in findings]
            news.put({"result": {"paths": [str(path) for path in paths], "findings": shown}})
        except BulletinError as error:
            news.put({"findings": [as_whole_data(finding, language) for finding in error.findings]})
        except BaseException:
            news.put({})
            raise

    thread = threading.Thread(target=run)
    thread.start()
    while "step" in (each := news.get()):
        yield each
    thread.join()
    if not each:
        raise RuntimeError
    yield each
