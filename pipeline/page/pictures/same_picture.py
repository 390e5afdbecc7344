"""Whether two files show the same picture, to the last pixel."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from pipeline.page.pictures.svg_files import SVG, XLINK_HREF, embedded_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_same_picture(before: bytes, after: bytes, name: str) -> bool:
    """Return whether two files decode to the same picture, with the same profile and orientation.

    Args:
        before: A file.
        after: Another.
        name: Its name; one that ends in .svg is a drawing, of which the elements of SVG are compared.
    """
    if name.lower().endswith(".svg"):
        return list(_elements(before)) == list(_elements(after))
    return _pixels(before) == _pixels(after)


def _pixels(data: bytes) -> tuple[object, ...]:
    from pipeline.page.pictures.raster_files import (  # noqa: PLC0415 - Pillow loads only where it is needed
        UNDECODABLE,
        open_picture,
        orientation_of,
        whole_pictures_only,
    )

    try:
        with open_picture(data) as picture, whole_pictures_only(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            turned, profile = orientation_of(picture), picture.info.get("icc_profile")
            picture.load()
            return picture.mode, picture.size, picture.tobytes(), turned, profile
    except UNDECODABLE as error:
        # What cannot be decoded is the same where it fails alike.
        return (str(error), data[:2])


def _elements(data: bytes) -> Iterator[tuple[object, ...]]:
    root = ET.fromstring(data)  # noqa: S314 - examined, so it has no entities
    left_out = {id(inner) for node in root.iter(f"{SVG}metadata") for inner in node.iter()}
    for node in root.iter():
        if str(node.tag).startswith(SVG) and id(node) not in left_out:
            own = {key: value for key, value in node.attrib.items() if key == XLINK_HREF or key[:1] != "{"}
            link = next((key for key in ("href", XLINK_HREF) if own.get(key, "").startswith("data:")), None)
            embedded = embedded_bytes(node) if link else None
            if embedded is not None and link:
                own[link] = ""
            yield node.tag, own, (node.text or "").strip(), _pixels(embedded) if embedded else ()
