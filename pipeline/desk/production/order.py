"""What somebody asks the press to build."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.models.editions import SCREEN, Edition

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace


class Order(NamedTuple):
    """What is to be built.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.
        out: The folder that outputs go under; `out/` of the workspace by default.
        language: The language wanted, or None for the issue's own.
        editions: The editions, each once.
        draft: Whether every page is marked as a draft.
        fresh: Whether nothing is taken from the cache.
        booklet: Whether the pages are imposed for folding as well.
        mail: Whether the mail edition is made as well.
    """

    folder: Path
    workspace: Workspace
    out: Path
    language: str | None = None
    editions: tuple[Edition, ...] = (SCREEN,)
    draft: bool = False
    fresh: bool = False
    booklet: bool = False
    mail: bool = False

    @property
    def is_translation(self) -> bool:
        """Whether another language is wanted than the issue's own."""
        return bool(self.language) and (self.folder / f"issue.{self.language}.yaml").exists()

    @property
    def stem(self) -> str:
        """What the names of all its files begin with."""
        stem = f"bulletin-{self.folder.name}"
        if self.is_translation:
            stem += f".{self.language}"
        # A draft never takes the place of what was built for good.
        return f"{stem}-draft" if self.draft else stem
