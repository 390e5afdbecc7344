"""Building an issue from its sources alone, in a temporary workspace.

Filing and rebuilding both do it, so that what was filed can be built again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.temporary_workspace import temporary_workspace
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.derived_editions import build_mail_edition
from pipeline.desk.production.edition_building import build_edition
from pipeline.desk.production.prepared_issue import prepare_issue
from pipeline.desk.production.step_timer import StepTimer
from pipeline.files.lock import lock_of
from pipeline.findings.finding import Finding, PressError, errors
from pipeline.findings.progress import Progress, silent
from pipeline.models.editions import EDITIONS, SCREEN

if TYPE_CHECKING:
    from collections.abc import Mapping

_SOFT_PROOF: Final = "-proof-"
"""Part of the names of soft proofs, which are looked at once and not filed."""


class BuiltFiles(NamedTuple):
    """The files of an issue.

    Args:
        files: By name, each PDF before its companions.
        pages: How many pages each PDF has, by file name.
        findings: Warnings.
    """

    files: Mapping[str, bytes]
    pages: Mapping[str, int]
    findings: tuple[Finding, ...]


def build_from_sources(
    sources: Mapping[str, bytes],
    issue: str,
    languages: tuple[str, ...],
    progress: Progress = silent,
    *,
    fresh: bool = False,
    is_rebuild: bool = False,
) -> BuiltFiles:
    """Build every edition of an issue in every language.

    Args:
        sources: Every file it is built from, by path in a workspace.
        issue: The issue's date.
        languages: The languages, its own first.
        progress: Callback for each step.
        fresh: Whether pictures are processed again too, and none is taken from the cache.
        is_rebuild: Whether the sources are those of a filing.

    Raises:
        IssueError: The sources have errors.
        PressError: A page cannot be laid out, or preflight refuses a file.
    """
    files: dict[str, bytes] = {}
    pages: dict[str, int] = {}
    findings: list[Finding] = []
    with temporary_workspace(sources) as workspace:
        folder = workspace.issues / issue
        lock = lock_of(folder, workspace.root, workspace.style_folders(), workspace.font_folders())
        for language in languages:
            translation = language if language != languages[0] else None
            request = BuildRequest(
                folder,
                workspace,
                workspace.root / "out",
                language=translation,
                editions=tuple(EDITIONS.values()),
                fresh=fresh,
                mail=True,
                is_rebuild=is_rebuild,
            )
            timer = StepTimer(editions=len(request.editions), derived=1, progress=progress)
            prepared = prepare_issue(request, lock, timer)
            for edition in request.editions:
                built = build_edition(prepared, edition, timer)
                findings += built.findings
                if errors(built.findings):
                    raise PressError(findings)
                outputs = {name: data for name, data in built.outputs.items() if _SOFT_PROOF not in name}
                pages[next(iter(outputs))] = len(built.fills)
                files |= outputs
                if edition is SCREEN:
                    screen = built
            mail = build_mail_edition(prepared, screen, timer)
            findings += mail.findings
            if errors(mail.findings):
                raise PressError(findings)
            files |= mail.outputs
    return BuiltFiles(files, pages, tuple(dict.fromkeys(findings)))
