"""All files that a page may fetch: its pictures, the fonts of its style, the printing profile."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from pipeline.desk.production.printed_pictures import (
    drawing_in_inks,
    house_logo_source,
    picture_path,
    printed_widths,
)
from pipeline.files.cache import Cache, default_folder
from pipeline.files.program.own_files import program_hash
from pipeline.files.program.versions import versions
from pipeline.findings.finding import Finding, IssueError, errors, with_excerpts
from pipeline.page.engine.fetching import Asset
from pipeline.page.identity.logo_pixels import on_own_plate
from pipeline.page.marks import PrintedPicture
from pipeline.page.pictures.metadata.cleaning import carried
from pipeline.page.pictures.picture_info import paper_resolution_findings
from pipeline.page.pictures.renditions import Rendition, RenditionOptions, rendition
from pipeline.page.style import ORIGIN, PROFILE
from pipeline.pdf.logo_pictures import logo_colours

if TYPE_CHECKING:
    from pipeline.desk.production.checked_issue import ValidIssue
    from pipeline.findings.place import Place
    from pipeline.models.editions import Edition
    from pipeline.models.printing_conditions import PrintingCondition
    from pipeline.page.pictures.picture_info import PictureInfo


class PageAssets(NamedTuple):
    """Files of the pages of an edition.

    Args:
        files: All files the engine may fetch, by path below the origin.
        pictures: The pictures the composition may place, by source.
        findings: Warnings about them in this edition.
    """

    files: dict[str, Asset]
    pictures: dict[str, PrintedPicture]
    findings: tuple[Finding, ...]


class _PictureRequest(NamedTuple):
    """A picture, and the form the edition needs it in.

    Args:
        source: As the issue names it.
        place: Where it is named.
        kind: What is known of its file.
        data: The file.
        width: In millimetres.
        most_ppi: The most pixels per inch it keeps.
        condition: The printing condition, or None for a screen.
    """

    source: str
    place: Place | None
    kind: PictureInfo
    data: bytes
    width: float
    most_ppi: int
    condition: PrintingCondition | None


def page_assets_of(
    valid: ValidIssue, edition: Edition, condition: PrintingCondition | None = None, *, fresh: bool = False
) -> PageAssets:
    """Gather the files that the pages of an edition need.

    Args:
        valid: The issue.
        edition: Gives the resolution that pictures are reduced to.
        condition: The printing condition, if the edition is in ink.
        fresh: Whether every picture is converted again, and none taken from the cache.

    Raises:
        IssueError: A picture cannot be decoded after all (E55) or is too coarse for paper (E68), or a
            drawing has what cannot be printed in ink (E66, E67).
    """
    style, sources = valid.style, valid.reading.sources
    files = {
        f"fonts/{quote(name)}": Asset(path.read_bytes(), "font/ttf")
        for name, path in style.font_files.items()
    }
    if condition is not None:
        files[PROFILE] = Asset(condition.profile, "application/vnd.iccprofile")
    pictures: dict[str, PrintedPicture] = {}
    findings: list[Finding] = []
    logo = house_logo_source(valid, edition)
    for source, (width, place) in printed_widths(valid, edition).items():
        kind = valid.pictures[source]
        data = carried(picture_path(valid, source))
        colours = None
        if source == logo:
            if not kind.is_drawing:
                data, kind = on_own_plate(data, kind)
            shown = style.drawing(data, in_ink=False) if kind.is_drawing else data
            colours = logo_colours(shown, kind, style)
        request = _PictureRequest(
            source,
            place,
            kind,
            data,
            width=width,
            most_ppi=edition.picture_ppi,
            condition=condition,
        )
        converted = _converted(request, valid, fresh=fresh)
        if isinstance(converted, list):
            findings += converted
            continue
        if condition is not None:
            findings += paper_resolution_findings(kind, source, place, width)
        name = f"pictures/{quote(source.replace('../', 'issues/'))}"
        files[name] = Asset(converted.data, converted.media_type)
        pictures[source] = PrintedPicture(
            ORIGIN + name, kind.proportion, kind.is_photograph, 0 if kind.is_drawing else kind.width, colours
        )
    if errors(findings):
        raise IssueError([*valid.findings, *with_excerpts(findings, sources)])
    return PageAssets(files, pictures, tuple(with_excerpts(findings, sources)))


def _converted(request: _PictureRequest, valid: ValidIssue, *, fresh: bool) -> Rendition | list[Finding]:
    """Return a picture as the edition needs it, or the errors that exclude it."""
    if request.kind.is_drawing:
        if request.condition is not None:
            drawing = drawing_in_inks(request.data, valid, request.source, request.place)
            if isinstance(drawing, list):
                return drawing
            request = request._replace(data=drawing)
        else:
            request = request._replace(data=valid.style.drawing(request.data, in_ink=False))
        return _rendered(request)
    return _rendered(request) if fresh else _cached(request)


def _rendered(request: _PictureRequest) -> Rendition | list[Finding]:
    options = RenditionOptions(request.width, request.most_ppi, request.condition)
    rendered = rendition(request.data, request.kind, options, name=request.source, place=request.place)
    return [rendered] if isinstance(rendered, Finding) else rendered


def _cached(request: _PictureRequest) -> Rendition | list[Finding]:
    """Take a photograph from the cache, or convert it: decoding one takes longer than laying out a page."""
    cache = Cache(default_folder())
    original = hashlib.sha256(request.data).hexdigest()
    paper = request.condition
    inks = f"{hashlib.sha256(paper.profile).hexdigest()} {paper.ink_limit}" if paper else "light"
    converters = (program_hash(f"page/pictures/{module}.py") for module in ("renditions", "inks"))
    code = " ".join((versions()["pillow"], *converters))
    key = f"rendition {original} {request.width} {request.most_ppi} {inks} {code}"
    if cached := cache.get(key):
        media_type, _, pixels = cached.partition(b"\n")
        return Rendition(pixels, media_type.decode())
    rendered = _rendered(request)
    if isinstance(rendered, Rendition):
        cache.put(key, rendered.media_type.encode() + b"\n" + rendered.data)
    return rendered
