"""Files of an issue that were withdrawn from the archive: they are not published again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.archive.filing_record import hash_of
from pipeline.archive.shelf import Shelf
from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.files.workspace import Workspace


def withdrawn_findings(workspace: Workspace, sources: Mapping[str, bytes]) -> Iterator[Finding]:
    """Yield an error (E204) for each file that was withdrawn, in this issue or another.

    Args:
        workspace: The workspace of the archive.
        sources: The files of an issue, by path in the workspace; pictures as they are carried.

    Raises:
        ArchiveError: A record of a withdrawal cannot be read (E217).
    """
    gone = Shelf(workspace).withdrawn_sources()
    for path, data in sources.items() if gone else ():
        if withdrawal := gone.get(hash_of(data)):
            name, day = path.removeprefix("issues/"), withdrawal.withdrawn.isoformat()
            yield found("E204", Place(path), name=name, day=day)
