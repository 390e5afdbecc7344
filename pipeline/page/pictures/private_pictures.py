"""What the picture files of an issue tell besides what they show: one finding, and the files cleaned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree import ElementTree as ET

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.findings.translatable import N_
from pipeline.page.pictures.decoding import decoding_findings
from pipeline.page.pictures.metadata.cleaning import cleaned
from pipeline.page.pictures.metadata.held import Held, UncleanableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pipeline.page.pictures.picture_info import PictureInfo

TOLD: Final = {
    Held.PLACE: N_("where they were taken"),
    Held.DEVICE: N_("the device and its numbers"),
    Held.PEOPLE: N_("names of people"),
    Held.THUMBNAIL: N_("small pictures, perhaps of what was cropped away"),
    Held.SECOND: N_("further pictures or data behind the picture"),
    Held.HISTORY: N_("programs, names of files and folders"),
    Held.WORDS: N_("descriptions and comments"),
}
"""The kinds that are told. What else goes – dates, settings, empty notes – needs no word."""


class PrivatePicture(NamedTuple):
    """A picture file that tells more than it shows.

    Args:
        path: Its path in the workspace.
        data: The file without it.
        held: What it tells.
    """

    path: str
    data: bytes
    held: frozenset[Held]

    @property
    def what(self) -> list[str]:
        """What it tells, in English words of the catalogue."""
        return [TOLD[kind] for kind in TOLD if kind in self.held]


def private_pictures(files: Mapping[str, Path]) -> Iterator[PrivatePicture]:
    """Yield the picture files that tell what is to be told to the officer.

    Args:
        files: The files of an issue, by path in the workspace; others than pictures are let be.
    """
    for path, file in files.items():
        try:
            data, held = cleaned(file.read_bytes(), path)
        except UncleanableError:
            continue
        if held & TOLD.keys():
            yield PrivatePicture(path, data, held)


def tells_more(data: bytes, name: str) -> bool:
    """Return whether a picture file tells what is to be told to the officer.

    Args:
        data: The file.
        name: Its name.
    """
    try:
        return bool(cleaned(data, name).held & TOLD.keys())
    except UncleanableError:
        return False


def private_findings(
    folder: str, files: Mapping[str, Path], known: Mapping[str, PictureInfo]
) -> Iterator[Finding]:
    """Yield a warning (W175) that lists the picture files, and an E167 for each that cannot be cleaned.

    Args:
        folder: The issue's, as `issues/2023-12-20`.
        files: The files of the issue, by path in the workspace.
        known: The pictures that were examined and can be shown, by their path from the issue's
            folder.
    """
    private = list(private_pictures(files))
    if private:
        kinds = [kind for kind in TOLD if any(kind in each.held for each in private)]
        names = ", ".join(each.path.removeprefix(f"{folder}/") for each in private)
        yield found("W175", Place(folder), what="; ".join(TOLD[kind] for kind in kinds), known=names)
    for name, info in known.items():
        path = f"issues/{name[3:]}" if name.startswith("../") else f"{folder}/{name}"
        if path in files and _is_uncleanable(files[path], info):
            yield found("E167", Place(path), name=name.removeprefix("../"))


def _is_uncleanable(file: Path, info: PictureInfo) -> bool:
    """Return whether a picture cannot be cleaned; of one that is broken, more is said (E55)."""
    data = file.read_bytes()
    try:
        cleaned(data, file.name)
    except UncleanableError:
        picture = ET.fromstring(data) if info.is_drawing else data  # noqa: S314 - examined before
        return not decoding_findings(picture, name=file.name, place=None)
    return False
