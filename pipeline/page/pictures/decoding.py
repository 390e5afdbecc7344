"""Whether the pixels of a picture can be decoded, found out once for each file."""

from __future__ import annotations

import hashlib
import warnings
from typing import TYPE_CHECKING

from pipeline.files.cache import Cache, default_folder
from pipeline.findings.finding import Finding, found
from pipeline.page.pictures.picture_info import first_line
from pipeline.page.pictures.svg_files import embedded_bytes, embedded_pictures

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from pipeline.findings.place import Place


def decoding_findings(picture: bytes | ET.Element, *, name: str, place: Place | None) -> list[Finding]:
    """Find out whether a picture can be decoded, and those within a drawing (E55).

    Args:
        picture: The file, or the root element of a drawing, which `examine` passed; one that was sound before
            is not decoded again.
        name: As the issue names it.
        place: Where it is named.
    """
    pixels = [picture] if isinstance(picture, bytes) else _embedded(picture)
    problems = [problem for each in pixels if (problem := _problem(each))]
    return [found("E55", place, name=name, problem=problem) for problem in problems[:1]]


def _embedded(root: ET.Element) -> list[bytes]:
    return [embedded_bytes(node) or b"" for node in embedded_pictures(root)]


def _problem(data: bytes) -> str:
    """Return why a picture cannot be decoded; empty where it can."""
    from PIL import __version__  # noqa: PLC0415 - few pictures are not in the cache

    cache = Cache(default_folder())
    key = f"decoded {hashlib.sha256(data).hexdigest()} {__version__}"
    if cache.get(key) is not None:
        return ""
    problem = _decoded(data)
    if not problem:
        cache.put(key, b"")
    return problem


def _decoded(data: bytes) -> str:
    """Decode a picture; a JPEG at an eighth of its size, which takes less time and finds the same faults."""
    from pipeline.page.pictures.raster_files import (  # noqa: PLC0415 - as above
        UNDECODABLE,
        open_picture,
        whole_pictures_only,
    )

    try:
        with open_picture(data) as opened, whole_pictures_only(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened.draft(None, (max(1, opened.width // 8), max(1, opened.height // 8)))
            opened.load()
    except UNDECODABLE as error:
        return first_line(error)
    return ""
