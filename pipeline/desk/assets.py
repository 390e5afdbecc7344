"""All that a page may fetch: its pictures as renditions, and the faces of its style."""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.cache import Cache, default_folder
from pipeline.composition import PrintedPicture
from pipeline.desk.examining import pictures_of, printed_width
from pipeline.findings import Finding, IssueError
from pipeline.lock import program_hash, versions
from pipeline.pictures import Rendition, rendition
from pipeline.press import Asset
from pipeline.style import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.desk.examining import Checked
    from pipeline.editions import Edition
    from pipeline.models.issue import Issue
    from pipeline.places import Place
    from pipeline.style import Style


def assets_of(
    issue: Issue, looked: Checked, style: Style, edition: Edition, *, fresh: bool = False
) -> tuple[dict[str, Asset], dict[str, PrintedPicture]]:
    """Gather what the press will need.

    Args:
        issue: As read.
        looked: What checking found of its pictures.
        style: Its style.
        edition: Which resolution pictures are brought down to.
        fresh: Whether every rendition is made anew, none taken from the cache.

    Returns:
        The assets by path below the origin, and the pictures by source.

    Raises:
        IssueError: A picture cannot be decoded after all (E55).
    """
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in style.faces.items()}
    pictures: dict[str, PrintedPicture] = {}
    widths: dict[str, float] = {}
    places: dict[str, Place] = {}
    for picture in pictures_of(issue):
        width = printed_width(picture, looked.kinds[picture.source], issue, style)
        widths[picture.source] = max(width, widths.get(picture.source, 0))
        places.setdefault(picture.source, picture.place)
    for funder in issue.publication.funders:
        if f"../{funder.logo}" in looked.kinds:
            widths[f"../{funder.logo}"] = style.plan.measures["margin"]
    wrong: list[Finding] = []
    for source, width in widths.items():
        path = looked.reading.files[_key(issue, source)]
        kind = looked.kinds[source]
        try:
            make = functools.partial(
                rendition, path.read_bytes(), kind, width, edition.picture_ppi, source, places.get(source)
            )
            made = (
                make() if fresh or kind.is_drawing else _kept_or(make, path, f"{width} {edition.picture_ppi}")
            )
        except ValueError as error:
            wrong += [item for item in error.args if isinstance(item, Finding)]
            continue
        name = f"pictures/{quote(source.replace('../', 'issues/'))}"
        assets[name] = Asset(made.data, made.media_type)
        pictures[source] = PrintedPicture(ORIGIN + name, kind.proportion)
    if wrong:
        raise IssueError([*looked.findings, *wrong])
    return assets, pictures


def _key(issue: Issue, source: str) -> str:
    return f"issues/{source[3:]}" if source.startswith("../") else f"{issue.folder}/{source}"


def _kept_or(make: Callable[[], Rendition], path: Path, size: str) -> Rendition:
    """Take a rendition from the cache, or make it: decoding a photograph takes longer than setting a page."""
    cache = Cache(default_folder())
    original = hashlib.sha256(path.read_bytes()).hexdigest()
    key = f"rendition {original} {size} {versions()['pillow']} {program_hash('pictures.py')}"
    if kept := cache.get(key):
        media_type, _, pixels = kept.partition(b"\n")
        return Rendition(pixels, media_type.decode())
    made = make()
    cache.put(key, made.media_type.encode() + b"\n" + made.data)
    return made
