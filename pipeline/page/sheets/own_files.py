"""Which files of a style are a house's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.files.workspace import shipped_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.findings.finding import Finding
    from pipeline.page.identity.faces import Face


class OwnSheets(NamedTuple):
    """What the sheets of a house are found to say.

    Args:
        faces: Faces they name besides those of their style.
        findings: What is wrong with them.
    """

    faces: tuple[Face, ...] = ()
    findings: tuple[Finding, ...] = ()


def own_files(files: Mapping[str, Path]) -> dict[str, Path]:
    """Return the files of a style that did not come with the program, by path in a workspace.

    A copy of one that did, as it came, is none of the house's own.

    Args:
        files: All its files, likewise, with those of the styles it builds on.
    """
    shipped = shipped_folder("styles").resolve()
    return {shown: path for shown, path in files.items() if not _is_shipped(shown, path, shipped)}


def _is_shipped(shown: str, path: Path, shipped: Path) -> bool:
    if path.resolve().is_relative_to(shipped):
        return True
    twin = shipped.joinpath(*shown.split("/")[1:])
    try:
        return twin.stat().st_size == path.stat().st_size and twin.read_bytes() == path.read_bytes()
    except OSError:
        return False
