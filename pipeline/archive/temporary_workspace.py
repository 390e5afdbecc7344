"""The sources of a filing as a workspace, for as long as something is made of them."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.files.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@contextlib.contextmanager
def temporary_workspace(files: Mapping[str, bytes]) -> Iterator[Workspace]:
    """Write the sources of an issue into a temporary workspace, which is deleted at the end of the block.

    Args:
        files: Contents by path in a workspace.
    """
    with tempfile.TemporaryDirectory(prefix="bulletin-") as folder:
        for path, data in files.items():
            target = Path(folder) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        yield Workspace(Path(folder))
