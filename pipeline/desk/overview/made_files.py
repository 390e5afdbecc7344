"""The files that were built of an issue: which there are, for whom, and whether they are still current."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.files.lock import lock_of
from pipeline.files.owned_files import RefusedNameError, load, owned_file
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.files.workspace import Workspace

_OUT: Final = "out"
_LARGEST: Final = 20_000_000
_REPORT: Final = re.compile(r"bulletin-[^.]+(?:\.(?P<language>[A-Za-z-]+))?-report\.json")

PURPOSES: Final = {
    "": N_("For members, to be read on a screen"),
    "-press": N_("For the print shop"),
    "-archive": N_("For the archive, with everything it was made from"),
    "-booklet": N_("For the office printer, to be folded"),
}
"""What each PDF is for, by what its name adds before `.pdf`."""

_KIND: Final = re.compile(r"bulletin-\d{4}-\d\d-\d\d(?:\.[A-Za-z-]+)?(?P<suffix>-[a-z]+)?\.pdf")


class MadeFile(NamedTuple):
    """A PDF that was built, or filed.

    Args:
        name: Of the file.
        purpose: For whom it is: a message of the catalogue.
        language: Of the translation; empty for the issue's own.
        size: In bytes.
    """

    name: str
    purpose: str
    language: str
    size: int


class MadeFiles(NamedTuple):
    """What was built of an issue.

    Args:
        files: The PDFs.
        at: When the last build ended; None where nothing was built.
        is_current: Whether the issue still is what they were built from.
    """

    files: tuple[MadeFile, ...]
    at: dt.datetime | None
    is_current: bool


def made_files(workspace: Workspace, issue: str) -> MadeFiles:
    """Return what was built of an issue; a file that is no longer there is left out.

    Args:
        workspace: The workspace.
        issue: The name of its folder.
    """
    now: Mapping[str, str] | None = None
    files: list[MadeFile] = []
    moments: list[float] = []
    is_current = True
    for path, language, report in _reports(workspace, issue):
        if now is None:
            now = lock_of(workspace.issues / issue, workspace.root, (), ()).inputs
        lock = report.get("lock")
        is_current &= isinstance(lock, dict) and lock.get("inputs") == dict(now)
        moments.append(path.stat().st_mtime)
        files += pdfs_in(_sizes(workspace, issue, report), language)
    at = dt.datetime.fromtimestamp(max(moments), dt.UTC).astimezone() if moments else None
    return MadeFiles(tuple(files), at, is_current)


def pdfs_in(sizes: Mapping[str, int], language: str = "") -> Iterator[MadeFile]:
    """Yield the PDFs among files, each with what it is for.

    Args:
        sizes: The size of each file, by its name.
        language: Of the translation that they are; empty for the issue's own.
    """
    for name, size in sizes.items():
        kind = _KIND.fullmatch(name)
        if kind is not None and (purpose := PURPOSES.get(kind["suffix"] or "")):
            yield MadeFile(name, purpose, language, size)


def _reports(workspace: Workspace, issue: str) -> Iterator[tuple[Path, str, dict[str, Any]]]:
    """Yield the reports of finished builds that can be read, with the language of each; not of drafts."""
    for path in sorted((workspace.root / _OUT / issue).glob(f"bulletin-{issue}*-report.json")):
        named = _REPORT.fullmatch(path.name)
        if named is None or "-draft-" in path.name:
            continue
        try:
            report = json.loads(load(owned_file(workspace.root, f"{_OUT}/{issue}/{path.name}"), _LARGEST))
        except (OSError, ValueError, RecursionError, RefusedNameError):
            continue
        if isinstance(report, dict):
            yield path, named["language"] or "", report


def _sizes(workspace: Workspace, issue: str, report: Mapping[str, Any]) -> dict[str, int]:
    """Return the size of each file that a report names and that is there."""
    sizes = {}
    names = report.get("files")
    for name in names if isinstance(names, dict) else ():
        with contextlib.suppress(RefusedNameError, OSError):
            sizes[name] = owned_file(workspace.root, f"{_OUT}/{issue}/{name}").stat().st_size
    return sizes
