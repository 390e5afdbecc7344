"""The pictures of what arrives: as they are kept, and beside the text that they belong to.

Those in formats that no page can show are converted, all of them cleaned: place, device, names and further
pictures are not brought in. What cannot be shown is listed.
"""

from __future__ import annotations

import io
import itertools
import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.findings.progress import silent
from pipeline.findings.translatable import N_
from pipeline.importing.converted_pictures import converted_picture
from pipeline.importing.heic_pictures import exif_in_heic, is_heic
from pipeline.importing.model.incoming_text import incoming_figure
from pipeline.importing.model.inventory import InventoryItem, ItemType
from pipeline.models.text import Picture
from pipeline.models.tree import nodes_of
from pipeline.page.pictures.examination import examine
from pipeline.page.pictures.metadata.cleaning import cleaned_or_as_it_is
from pipeline.page.pictures.metadata.origin import origin_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.findings.progress import Progress
    from pipeline.importing.model.incoming_files import IncomingFiles
    from pipeline.importing.model.incoming_text import IncomingText
    from pipeline.page.pictures.metadata.origin import Origin

_OF_PAGES: Final = (b"II*\x00", b"MM\x00*", b"RIFF", b"GIF8")
"""How TIFF, WebP and GIF begin."""

_MOST_PAGES: Final = 1_000
_KIND: Final = 254
_PICTURES: Final = N_("Preparing the pictures")


def keep_pictures(incoming: IncomingFiles, progress: Progress = silent) -> None:
    """Keep the pictures that arrived as a page can show them, and assign the loose ones to their texts.

    Args:
        incoming: What was read; its texts and loose pictures are replaced.
        progress: Told of each picture.
    """
    total = sum(len(text.pictures) for text in incoming.texts) + len(incoming.loose)
    numbers = itertools.count(1)

    def begun() -> None:
        progress(_PICTURES, next(numbers), total)

    incoming.texts = [
        _without_unusable_pictures(_with_pictures_to_keep(text, begun)) for text in incoming.texts
    ]
    _assign_pictures(incoming, begun)


def _with_pictures_to_keep(incoming_text: IncomingText, begun: Callable[[], None]) -> IncomingText:
    """Return a text with its pictures as they are kept: some converted (W550), all cleaned."""
    origins, pictures, told = {}, {}, []
    for key, given in incoming_text.pictures.items():
        begun()
        data, made = _made_of(given, incoming_text.name, key)
        told += made
        told += _further_pages(given, incoming_text.name, key)
        origins[key] = _origin_of(given)
        pictures[key] = cleaned_or_as_it_is(data, key)
    findings = (*incoming_text.findings, *told)
    return replace(incoming_text, origins=origins, pictures=pictures, findings=findings)


def _made_of(data: bytes, name: str, key: str) -> tuple[bytes, list[Finding]]:
    """Return a picture as a page can show it, and a finding where it was converted (W550)."""
    made = converted_picture(data)
    if made is None:
        return data, []
    return made.data, [found("W550", None, name=name, picture=key[:80], kind=made.kind, made=made.made)]


def _without_unusable_pictures(incoming_text: IncomingText) -> IncomingText:
    """Return a text without the pictures that no page can show, each of them told (W504)."""
    bad: dict[str, str] = {
        key: kind for key, data in incoming_text.pictures.items() if (kind := unusable_kind(data, key))
    }
    if not bad:
        return incoming_text
    findings = [
        found("W504", None, name=incoming_text.name, picture=key[:80], kind=kind) for key, kind in bad.items()
    ]
    return replace(
        incoming_text,
        pictures={key: data for key, data in incoming_text.pictures.items() if key not in bad},
        inventory=tuple(
            item._replace(listed=True) if item.item_type is ItemType.PICTURE and item.text in bad else item
            for item in incoming_text.inventory
        ),
        findings=(*incoming_text.findings, *findings),
    )


def unusable_kind(data: bytes, name: str) -> str:
    """Return the format of a picture that no page can show, or its size; for all others an empty text."""
    if data[4:8] == b"ftyp":
        return "HEIC" if is_heic(data) else "AVIF"
    if data[40:44] == b" EMF":
        return "EMF"
    if data[:4] == b"\xd7\xcd\xc6\x9a" or data[:4] == b"\x01\x00\x09\x00":
        return "WMF"
    ending = PurePosixPath(name).suffix.lower()
    examined = examine(data, "x.svg" if ending == ".svg" or data.lstrip()[:4] == b"<svg" else "x.jpg", None)
    if not isinstance(examined, Finding):
        return ""
    kind = ending.lstrip(".").upper() or "?"
    pixels = dict(examined.values).get("pixels")
    return kind if pixels is None else f"{kind}, {pixels} Mpx"


def _assign_pictures(incoming: IncomingFiles, begun: Callable[[], None]) -> None:
    """Assign loose pictures to the texts they are named after: `prague-2.jpg` to `prague.docx`."""
    stems = {
        PurePosixPath(incoming_text.name).stem.casefold(): at
        for at, incoming_text in enumerate(incoming.texts)
    }
    for name, given in list(incoming.loose.items()):
        begun()
        origin = _origin_of(given)
        data, made = _made_of(given, name, name)
        incoming.findings += made
        if kind := unusable_kind(data, name):
            incoming.findings.append(found("W504", None, name=name, picture=name, kind=kind))
            del incoming.loose[name]
            continue
        incoming.findings += _further_pages(given, name, name)
        data = incoming.loose[name] = cleaned_or_as_it_is(data, name)
        stem = PurePosixPath(name).stem.casefold()
        at = stems.get(stem, stems.get(re.sub(r"[\s_-]*\(?\d{1,3}\)?$", "", stem)))
        if at is None:
            continue
        incoming_text = incoming.texts[at]
        if name in {picture.source for picture in nodes_of(Picture, incoming_text.blocks)}:
            continue
        incoming.texts[at] = replace(
            incoming_text,
            blocks=(*incoming_text.blocks, incoming_figure(name, Place(incoming_text.name))),
            pictures=incoming_text.pictures | {name: data},
            origins=incoming_text.origins | {name: origin},
            inventory=(*incoming_text.inventory, InventoryItem(ItemType.PICTURE, name)),
        )
        del incoming.loose[name]


def _further_pages(data: bytes, name: str, key: str) -> list[Finding]:
    """Return a finding where a picture has several pages or frames, of which the first is shown (W533)."""
    if not data.startswith(_OF_PAGES):
        return []
    from PIL import Image  # noqa: PLC0415 - for the few formats of several pages

    count = 0
    try:
        with Image.open(io.BytesIO(data)) as picture:
            for at in range(min(getattr(picture, "n_frames", 1), _MOST_PAGES)):
                picture.seek(at)
                # A smaller copy of the page before it is none (TIFF 6.0, NewSubfileType).
                count += not int(getattr(picture, "tag_v2", {}).get(_KIND, 0)) & 1
    except (OSError, ValueError, SyntaxError, TypeError, Image.DecompressionBombError):
        return []
    return [found("W533", None, name=name, picture=key[:80], count=count)] if count > 1 else []


def _origin_of(data: bytes) -> Origin:
    return origin_of(data, exif_in_heic(data) if is_heic(data) else b"")
