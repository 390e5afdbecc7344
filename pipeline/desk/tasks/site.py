"""The archive made a site, packed to be handed on, as work that tells how far it is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.desk.tasks.publishing import OUT
from pipeline.desk.tasks.telling import told_steps
from pipeline.files.owned_files import hold_within
from pipeline.files.workspace import Workspace
from pipeline.files.writing.atomic import write_atomically
from pipeline.page.engine.faces import isolate_faces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.progress import Progress

SITE: Final = "site"
"""The folder within that of the outputs that the site goes into."""

PACKED: Final = "site.zip"
"""The same beside it, as one file."""

_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""What a package says of when its files were written: the same site is the same package."""


class SiteRequest(NamedTuple):
    """What is to be made.

    Args:
        root: The workspace.
        address: Where the site will lie; empty where it is not known.
        language: Of messages.
    """

    root: str
    address: str
    language: str


def site_making(request: SiteRequest) -> Iterator[dict[str, Any]]:
    """Make the site; yield steps, and last how many issues and files it has as `result`."""
    from pipeline.archive.shelf import Shelf  # noqa: PLC0415 - the work's process alone
    from pipeline.desk.archive.site_publishing import publish  # noqa: PLC0415

    isolate_faces()
    workspace = Workspace(Path(request.root))
    target = workspace.root / OUT / SITE

    def work(progress: Progress) -> dict[str, Any]:
        hold_within(workspace.root, target)
        made = publish(Shelf(workspace), target, request.address, progress)
        write_atomically(target.with_name(PACKED), _packed(target))
        return {"issues": made.issues, "files": made.files}

    return told_steps(work, request.language)


def _packed(folder: Path) -> bytes:
    """Return the files of a folder as a package (ZIP), but those that are hidden."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            name = path.relative_to(folder)
            if not any(part.startswith(".") for part in name.parts):
                entry = zipfile.ZipInfo(f"{folder.name}/{name.as_posix()}", _MOMENT)
                entry.external_attr = 0o644 << 16
                package.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return held.getvalue()
