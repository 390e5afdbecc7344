"""The law of the page applied to issues whose pages are harmed on the way, and to sound ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest import mock

from pipeline.desk.production import edition_building, edition_pages
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.page_assets import page_assets_of
from pipeline.desk.production.preflighting import law_findings
from pipeline.desk.production.prepared_issue import prepare_issue
from pipeline.desk.production.step_timer import StepTimer
from pipeline.files.lock import lock_of
from pipeline.files.workspace import Workspace
from pipeline.findings.progress import silent
from pipeline.models.editions import SCREEN
from pipeline.page.composition.html import compose_html
from pipeline.page.cover_plan import WHOLE_COVER
from pipeline.page.makeup.fitting import UNFITTED
from pipeline.pdf.content.sound_pages import SoundPages
from pipeline.pdf.finishing.finish import finish

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.findings.finding import Finding
    from pipeline.models.editions import Edition
    from pipeline.page.cover_plan import CoverPlan
    from pipeline.page.makeup.fitting import Fitting


class Trial:
    """An issue, read and typeset once, whose pages are printed as often as asked.

    Args:
        root: Its workspace.
        folder: The issue's folder.
        edition: The edition.
    """

    def __init__(self, root: Path, folder: Path, edition: Edition = SCREEN) -> None:
        workspace = Workspace(root)
        request = BuildRequest(folder, workspace, root / "out", editions=(edition,))
        lock = lock_of(folder, root, workspace.style_folders(), workspace.font_folders())
        self._timer = StepTimer(editions=1, derived=0, progress=silent)
        self._prepared = prepare_issue(request, lock, self._timer)
        self._edition = edition
        self._condition = edition_building._condition_of(self._prepared) if edition.in_ink else None
        self._assets = page_assets_of(self._prepared.valid, edition, self._condition, fresh=True)
        self._decided: tuple[CoverPlan, Fitting] | None = None
        self.pages = 0
        self.pdf = b""

    @property
    def templates(self) -> Mapping[str, str]:
        """The style's own templates, by name."""
        return self._prepared.valid.style.templates

    def html(self, templates: Mapping[str, str] | None = None) -> str:
        """Return the composed HTML: of the sound pages, once they are printed; before, of the first attempt.

        Args:
            templates: Templates by name that take the place of the program's.
        """
        style = self._prepared.valid.style
        if templates:
            style = style._replace(templates=style.templates | dict(templates))
        plan, fitting = self._decided or (WHOLE_COVER, UNFITTED)
        typeset, pictures = self._prepared.typeset, self._assets.pictures
        return compose_html(typeset, self._edition, style, pictures, cover_plan=plan, fitting=fitting)

    def findings(self, html: str = "", known: SoundPages | None = None) -> list[Finding]:
        """Return what the law finds on the pages.

        Args:
            html: What is laid out instead of the composed HTML.
            known: The pages that are known to be sound, to which sound ones are added.
        """

        def composed(*values: Any, **named: Any) -> str:
            return html or compose_html(*values, **named)

        decided = self._prepared.decided
        # What was decided for other pages is not asked of these; harmed ones are those that were decided on.
        decided.clear()
        if html and self._decided:
            decided[self._edition.carries_links] = self._decided
        with mock.patch.object(edition_pages, "compose_html", composed):
            pages = edition_pages.printed_pages(self._prepared, self._edition, self._assets)
        if not html:
            self._decided = decided[self._edition.carries_links]
        plan = edition_building._finishing_plan(
            self._prepared, self._edition, pages.identifier, self._condition
        )
        self.pdf = finish(pages.printed.pdf, self._edition, plan)
        self.pages = len(pages.printed.fills)
        known_here = (known or SoundPages()).of(self.pdf)
        return list(
            law_findings(self._prepared, self._edition, self.pdf, self._assets, pages.issue, known_here)
        )
