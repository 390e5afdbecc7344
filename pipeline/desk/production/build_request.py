"""Request for a build of an issue."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING

from pipeline.models.editions import SCREEN, Edition

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """Request for a build.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.
        out: The folder that outputs go under.
        language: The language of the issue to build, or None for the issue's own.
        editions: The PDF editions, each once.
        draft: Whether every page is marked as a draft.
        fresh: Whether nothing is taken from the cache.
        booklet: Whether the pages are imposed for folding as well.
        mail: Whether the mail edition is built as well.
        is_rebuild: Whether a filed issue is built again: what was published is not held to later rules about
            its files and pages.
    """

    folder: Path
    workspace: Workspace
    out: Path
    _: KW_ONLY
    language: str | None = None
    editions: tuple[Edition, ...] = (SCREEN,)
    draft: bool = False
    fresh: bool = False
    booklet: bool = False
    mail: bool = False
    is_rebuild: bool = False

    @property
    def is_translation(self) -> bool:
        """Whether another language is built than the issue's own."""
        return bool(self.language) and (self.folder / f"issue.{self.language}.yaml").exists()

    @property
    def stem(self) -> str:
        """What the names of all output files begin with."""
        stem = f"bulletin-{self.folder.name}"
        if self.is_translation:
            stem += f".{self.language}"
        # A draft never replaces the files of a final build.
        return f"{stem}-draft" if self.draft else stem
