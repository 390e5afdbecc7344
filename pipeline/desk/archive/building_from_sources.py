"""Remake: the files of an issue out of its sources alone, in a workspace that is gone again afterwards.

Filing and rebuilding both go this way, so what was filed once can be made again.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.shelf import unpacked
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

_LOOKED_AT_ONCE: Final = "-proof-"
"""Soft proofs are for the desk of the day and are not kept."""


class BuiltFiles(NamedTuple):
    """What was made.

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
) -> BuiltFiles:
    """Make every edition of an issue in every language.

    Args:
        sources: Everything it is made from, by path in a workspace.
        issue: The issue's date.
        languages: The languages, its own first.
        progress: Hears of each step.
        fresh: Whether every picture is made anew too, none taken from the cache.

    Raises:
        IssueError: The sources have errors.
        PressError: A page cannot be made, or preflight refuses a file.
    """
    files: dict[str, bytes] = {}
    pages: dict[str, int] = {}
    findings: list[Finding] = []
    with tempfile.TemporaryDirectory(prefix="bulletin-") as held:
        workspace = unpacked(sources, Path(held))
        folder = workspace.issues / issue
        lock = lock_of(folder, workspace.root, workspace.style_folders(), workspace.font_folders())
        for language in languages:
            wanted = language if language != languages[0] else None
            request = BuildRequest(
                folder,
                workspace,
                workspace.root / "out",
                language=wanted,
                editions=tuple(EDITIONS.values()),
                fresh=fresh,
                mail=True,
            )
            timer = StepTimer(editions=len(request.editions), derived=1, progress=progress)
            prepared = prepare_issue(request, lock, timer)
            for edition in request.editions:
                made = build_edition(prepared, edition, timer)
                findings += made.findings
                if errors(made.findings):
                    raise PressError(findings)
                outputs = {name: data for name, data in made.outputs.items() if _LOOKED_AT_ONCE not in name}
                pages[next(iter(outputs))] = len(made.fills)
                files |= outputs
                if edition is SCREEN:
                    screen = made
            mail = build_mail_edition(prepared, screen, timer)
            findings += mail.findings
            if errors(mail.findings):
                raise PressError(findings)
            files |= mail.outputs
    return BuiltFiles(files, pages, tuple(dict.fromkeys(findings)))
