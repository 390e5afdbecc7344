"""What others change in the files of a workspace, told once it was quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from pipeline.files.workspace import Workspace


class Changes:
    """Files below `issues/` that others changed, after they were quiet for two seconds.

    `async for paths in Changes(workspace)` gives sets of paths relative to the workspace. What this program
    wrote by `desk.writing` is not told. Nothing is written in answer to an event.

    Args:
        workspace: The workspace.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Remember the workspace; watching begins with the first step."""
        self._workspace = workspace

    def __aiter__(self) -> AsyncIterator[set[str]]:
        """Watch."""
        raise NotImplementedError

    def stop(self) -> None:
        """End the iteration soon; may be called from any thread."""
        raise NotImplementedError
