"""The one door through which picture files are carried: without what they say besides their picture.

Taken out are the place, the device with its numbers, its owner, notes of its maker, small and second
pictures, names and faces, the history of editing, texts, and whatever else is not known to be needed.
Orientation, colour profile, creator, copyright and credit stay. No pixel is decoded: the coded picture is
copied byte by byte. A file that holds nothing of the kind is returned as it is, so cleaning twice changes
nothing.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import TYPE_CHECKING, Final

from pipeline.page.pictures.metadata.held import Held, Part, UncleanableError

if TYPE_CHECKING:
    from pathlib import Path

_SVG: Final = ".svg"
_RASTER: Final = frozenset({b"\xff\xd8", b"\x89P", b"RI", b"II", b"MM"})
"""How files of raster pictures begin; most files that are asked about are texts."""

_REMEMBERED: Final = 512
_known_clean: Final[dict[tuple[bytes, bool], frozenset[Held]]] = {}
"""What pictures hold that are clean already, by their SHA-256: each is asked about many times."""


def cleaned(data: bytes, name: str) -> Part:
    """Return a picture file without what it says besides its picture.

    Args:
        data: The file.
        name: Its name; one that ends in .svg is a drawing. A file that is no picture is returned as it is.

    Raises:
        UncleanableError: It is not built as its format prescribes.
    """
    is_drawing = name.lower().endswith(_SVG)
    key = hashlib.sha256(data).digest(), is_drawing
    if key in _known_clean:
        return Part(data, _known_clean[key])
    part = _cleaned(data, is_drawing=is_drawing)
    if part.data == data:
        _known_clean[key] = part.held
        if len(_known_clean) > _REMEMBERED:
            del _known_clean[next(iter(_known_clean))]
    return part


def _cleaned(data: bytes, *, is_drawing: bool) -> Part:
    try:
        if not is_drawing:
            return _raster(data)
        from pipeline.page.pictures.metadata.svg import without_metadata  # noqa: PLC0415 - when one is met

        return without_metadata(data, _raster)
    except (
        struct.error,
        IndexError,
        ValueError,
        OverflowError,
        MemoryError,
        RecursionError,
        zlib.error,
    ) as fault:
        raise UncleanableError from fault


def carried(path: Path) -> bytes:
    """Return the bytes of a file of the issue as they may be carried on: a picture cleaned.

    A picture that cannot be cleaned is returned as it is: `check` refuses it (E167), and nothing is made
    of it.

    Raises:
        OSError: It cannot be read.
    """
    return cleaned_or_as_it_is(path.read_bytes(), path.name)


def cleaned_or_as_it_is(data: bytes, name: str) -> bytes:
    """Return a picture file cleaned; one that cannot be, as it is: `check` refuses it (E167).

    Args:
        data: The file.
        name: Its name; a file that begins as a drawing is one whatever its name.
    """
    is_text = name.lower().endswith((".md", ".yaml"))
    is_drawing = not is_text and data.lstrip()[:5] in {b"<?xml", b"<svg "}
    try:
        return cleaned(data, _SVG if is_drawing else name).data
    except UncleanableError:
        return data


def _raster(data: bytes) -> Part:
    if data[:2] not in _RASTER:
        return Part(data, frozenset())
    from pipeline.page.pictures.metadata.raster import without_metadata  # noqa: PLC0415 - likewise

    return without_metadata(data)
