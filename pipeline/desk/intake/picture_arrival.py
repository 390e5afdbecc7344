"""A picture that arrives while one writes: cleaned, named by us, and put among the pictures of the issue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.lock import LOCK_FILE
from pipeline.files.names import fitting_name
from pipeline.files.writing.atomic import write_atomically
from pipeline.files.writing.locks import locked
from pipeline.findings.finding import Finding, IssueError
from pipeline.importing.converted_pictures import converted_picture
from pipeline.page.pictures.examination import examine
from pipeline.page.pictures.metadata.cleaning import cleaned_or_as_it_is

if TYPE_CHECKING:
    from pathlib import Path

IMAGES: Final = "images"
_PATIENCE: Final = 20.0
"""Seconds for which another picture that arrives at the same time is waited for."""

_ENDINGS: Final = {
    "image/svg+xml": ".svg",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/tiff": ".tif",
}


class ArrivedPicture(NamedTuple):
    """A picture that was put among those of an issue.

    Args:
        source: As an article names it.
        width: In pixels; of a drawing in its own units.
        height: Likewise.
    """

    source: str
    width: float
    height: float


def take_picture(folder: Path, name: str, data: bytes, into: str = IMAGES) -> ArrivedPicture:
    """Put a picture into an issue's folder, without what it tells besides its picture.

    Args:
        folder: The issue's folder.
        name: What it was called where it came from.
        data: The file.
        into: The folder of the pictures in it.

    Returns:
        The picture; where the issue has the very same one, that one.

    Raises:
        IssueError: It is no picture that a page could have (E03, E55, E56, E58, E60).
        PressError: It cannot be written (E83).
    """
    if (made := converted_picture(data)) is not None:
        data = made.data
    bare, _, called = name.rpartition(".")
    bare = bare or name
    # What a file is, its bytes say: a name tells only what a finding calls it.
    is_drawing = b"<svg" in data[:4096].lower()
    shown = bare if called.lower() == "svg" else name
    info = examine(data, f"{bare}.svg" if is_drawing else shown, None)
    if isinstance(info, Finding):
        raise IssueError([info])
    ending = _ENDINGS.get(info.media_type, "")
    clean = cleaned_or_as_it_is(data, f"picture{ending}")
    images = folder / into
    with locked(images / LOCK_FILE, _PATIENCE):
        present = {path.name: path for path in images.iterdir() if path.is_file()}
        same = (key for key, path in present.items() if path.suffix == ending and path.read_bytes() == clean)
        target = next(same, "")
        if not target:
            target = fitting_name(f"{bare}{ending}".lower(), [*present])
            write_atomically(images / target, clean)
    return ArrivedPicture(f"{into}/{target}", info.width, info.height)
