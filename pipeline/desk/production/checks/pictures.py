"""The pictures of an issue and the logos it shows: examined, and held against what they are printed as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.findings.suggestions import nearest
from pipeline.models.publication import EU_EMBLEM, Funder
from pipeline.page.identity.drawings import unknown_roles
from pipeline.page.makeup.printed_widths import pictures_of, printed_widths
from pipeline.page.pictures.examination import examine
from pipeline.page.pictures.metadata.cleaning import carried
from pipeline.page.pictures.picture_info import PictureInfo, resolution_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.models.identity import Identity
    from pipeline.models.issue import Issue
    from pipeline.models.text import Picture
    from pipeline.page.style import Style
    from pipeline.reading.issue_reader import Reading


def picture_findings(
    issue: Issue, reading: Reading, style: Style, pictures: dict[str, PictureInfo]
) -> Iterator[Finding]:
    """Examine the pictures, enter them in `pictures`, and yield what is wrong or too coarse for a screen."""
    refused = set()
    for picture in pictures_of(issue):
        above = picture.source.startswith("../")
        path = reading.file(f"issues/{picture.source[3:]}" if above else f"{issue.folder}/{picture.source}")
        if path is None or picture.source in pictures or picture.source in refused:
            continue
        data = carried(path)
        examined = examine(data, picture.source, picture.place)
        if isinstance(examined, Finding):
            refused.add(picture.source)
            yield examined
        else:
            pictures[picture.source] = examined
            yield from _role_findings(data, examined, style, picture.place)
    widest: dict[Picture, float] = {}
    for picture, width in printed_widths(issue, pictures, style.plan):
        widest[picture] = max(width, widest.get(picture, 0))
    for picture, width in widest.items():
        yield from resolution_findings(pictures[picture.source], picture.source, picture.place, width)


def logo_findings(
    issue: Issue, reading: Reading, style: Style, pictures: dict[str, PictureInfo]
) -> Iterator[Finding]:
    """Examine the logos of funders and of the house, enter them in `pictures`, and yield what is wrong."""
    publication, places = issue.publication, issue.publication_places
    holders: dict[str, Funder | Identity] = {
        f"funders.{index}": funder for index, funder in enumerate(publication.funders)
    }
    if publication.identity is not None:
        holders["identity"] = publication.identity
    for holder, model in holders.items():
        for field in ("logo", "logo_cmyk"):
            logo = getattr(model, field)
            path = reading.file(f"issues/{logo}")
            if logo in {None, EU_EMBLEM} or path is None:
                continue
            place = places.get(f"{holder}.{field}", Place("issues/publication.yaml"))
            examined = examine(carried(path), logo, place)
            if isinstance(examined, Finding):
                yield examined
            else:
                pictures[f"../{logo}"] = examined
                yield from _role_findings(path.read_bytes(), examined, style, place)


def _role_findings(data: bytes, info: PictureInfo, style: Style, place: Place | None) -> Iterator[Finding]:
    """Yield an E444 for each role that a drawing names and the style does not know."""
    if info.is_drawing:
        tokens = style.plan.tokens
        for name in unknown_roles(data, tokens, with_colour=style.plan.takes_identity):
            guess = nearest(name, tokens, closeness=0.6)
            yield found("E444", place, found=name, choices=", ".join(tokens), guess=guess)
