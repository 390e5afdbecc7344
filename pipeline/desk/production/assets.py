"""All that a page may fetch: its pictures as renditions, and the faces of its style."""

from __future__ import annotations

import functools
import hashlib
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from pipeline.desk.production.press_pictures import drawn_in_ink, path_of, printed_widths
from pipeline.files.cache import Cache, default_folder
from pipeline.files.lock import program_hash, versions
from pipeline.findings.finding import Finding, IssueError, errors, with_excerpts
from pipeline.page.composition import PrintedPicture
from pipeline.page.engine.press import Asset
from pipeline.page.pictures import Rendition, paper_resolution_findings, rendition
from pipeline.page.style import ORIGIN, PROFILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.desk.production.issue_checks import Checked
    from pipeline.findings.place import Place
    from pipeline.models.editions import Edition
    from pipeline.models.issue import Issue
    from pipeline.models.printing_conditions import PrintingCondition
    from pipeline.page.pictures import PictureKind
    from pipeline.page.style import Style


class Materials(NamedTuple):
    """What an edition is made of, besides its words.

    Args:
        assets: All the press may fetch, by path below the origin.
        pictures: The pictures the composition may place, by source.
        findings: What is doubtful about them in this edition.
    """

    assets: dict[str, Asset]
    pictures: dict[str, PrintedPicture]
    findings: tuple[Finding, ...]


class _Wanted(NamedTuple):
    """A picture, and how it is wanted.

    Args:
        source: As the issue names it.
        path: Its file.
        width: In millimetres.
        most_ppi: Pixels per inch it is brought down to.
        place: Where it is named.
        condition: What it is printed for, or None for a screen.
    """

    source: str
    path: Path
    width: float
    most_ppi: int
    place: Place | None
    condition: PrintingCondition | None


def materials_of(
    issue: Issue,
    looked: Checked,
    style: Style,
    edition: Edition,
    condition: PrintingCondition | None = None,
    *,
    fresh: bool = False,
) -> Materials:
    """Gather what the press will need.

    Args:
        issue: As read.
        looked: What checking found of its pictures.
        style: Its style.
        edition: Which resolution pictures are brought down to.
        condition: What it is printed for, where the edition is in ink.
        fresh: Whether every rendition is made anew, none taken from the cache.

    Raises:
        IssueError: A picture cannot be decoded after all (E55) or is too coarse for paper (E68), or a
            drawing has what cannot be printed in ink (E66, E67).
    """
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in style.faces.items()}
    if condition is not None:
        assets[PROFILE] = Asset(condition.profile, "application/vnd.iccprofile")
    pictures: dict[str, PrintedPicture] = {}
    findings: list[Finding] = []
    for source, (width, place) in printed_widths(issue, looked, style, edition).items():
        kind = looked.kinds[source]
        path = looked.reading.files[path_of(issue, source)]
        wanted = _Wanted(source, path, width, edition.picture_ppi, place, condition)
        try:
            made = _made(kind, wanted, style, fresh=fresh)
        except ValueError as error:
            findings += [item for item in error.args if isinstance(item, Finding)]
            continue
        if condition is not None:
            findings += paper_resolution_findings(kind, source, place, width)
        name = f"pictures/{quote(source.replace('../', 'issues/'))}"
        assets[name] = Asset(made.data, made.media_type)
        pictures[source] = PrintedPicture(ORIGIN + name, kind.proportion)
    if errors(findings):
        raise IssueError([*looked.findings, *with_excerpts(findings, looked.reading.sources)])
    return Materials(assets, pictures, tuple(with_excerpts(findings, looked.reading.sources)))


def _made(kind: PictureKind, wanted: _Wanted, style: Style, *, fresh: bool) -> Rendition:
    data = wanted.path.read_bytes()
    if kind.is_drawing and wanted.condition is not None:
        drawn = drawn_in_ink(data, style, wanted.source, wanted.place)
        if isinstance(drawn, list):
            raise ValueError(*drawn)
        data = drawn
    make = functools.partial(
        rendition, data, kind, wanted.width, wanted.most_ppi, wanted.source, wanted.place, wanted.condition
    )
    return make() if fresh or kind.is_drawing else _kept_or(make, data, wanted)


def _kept_or(make: Callable[[], Rendition], data: bytes, wanted: _Wanted) -> Rendition:
    """Take a rendition from the cache, or make it: decoding a photograph takes longer than setting a page."""
    cache = Cache(default_folder())
    original = hashlib.sha256(data).hexdigest()
    paper = wanted.condition
    inks = f"{hashlib.sha256(paper.profile).hexdigest()} {paper.ink_limit}" if paper else "light"
    code = f"{versions()['pillow']} {program_hash('page/pictures.py')} {program_hash('page/inks.py')}"
    key = f"rendition {original} {wanted.width} {wanted.most_ppi} {inks} {code}"
    if kept := cache.get(key):
        media_type, _, pixels = kept.partition(b"\n")
        return Rendition(pixels, media_type.decode())
    made = make()
    cache.put(key, made.media_type.encode() + b"\n" + made.data)
    return made
