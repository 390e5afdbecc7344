"""The printed pictures of an issue: their widths, and findings that exclude them from print."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from pipeline.findings.finding import with_excerpts
from pipeline.models.editions import PRESS
from pipeline.page.makeup import printed_widths as widths_of
from pipeline.page.pictures.decoding import decoding_findings
from pipeline.page.pictures.metadata.cleaning import carried
from pipeline.page.pictures.picture_info import paper_resolution_findings
from pipeline.page.pictures.sizes import HOUSE_LOGO_HEIGHT
from pipeline.page.pictures.svg_inks import drawing_in_ink, ink_findings
from pipeline.page.pictures.svg_lines import thin_line_findings

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.desk.production.checked_issue import ValidIssue
    from pipeline.findings.finding import Finding
    from pipeline.findings.place import Place
    from pipeline.models.editions import Edition
    from pipeline.page.identity.roles import Inking


def paper_findings(valid: ValidIssue) -> list[Finding]:
    """Return findings that exclude pictures from print.

    Returns:
        Pictures that cannot be decoded (E55), photographs too coarse for paper (E68, W12), and drawings with
        what cannot be printed in ink (E66, E67) or has lines too thin for paper (E162).
    """
    findings: list[Finding] = []
    for source, (width, place) in printed_widths(valid, PRESS).items():
        picture = valid.pictures[source]
        findings += paper_resolution_findings(picture, source, place, width)
        data = carried(picture_path(valid, source))
        name = source.removeprefix("../")
        if not picture.is_drawing:
            findings += decoding_findings(data, name=name, place=place)
            continue
        root = ET.fromstring(valid.style.drawing(data, in_ink=True))  # noqa: S314 - examined, so it has no entities
        findings += decoding_findings(root, name=name, place=place)
        findings += thin_line_findings(root, picture, width, name=name, place=place)
        findings += ink_findings(root, valid.style.inks, name, place, inking_of(valid, source))
    return with_excerpts(findings, valid.reading.sources)


def printed_widths(valid: ValidIssue, edition: Edition) -> dict[str, tuple[float, Place | None]]:
    """Return the greatest width each picture is set to, in millimetres, and where it is named first.

    Args:
        valid: The issue.
        edition: Decides which of a funder's two logos is printed.
    """
    issue, style = valid.issue, valid.style
    widths: dict[str, tuple[float, Place | None]] = {}
    for picture, width in widths_of.printed_widths(issue, valid.pictures, style.plan):
        known, place = widths.get(picture.source, (0, picture.place))
        widths[picture.source] = (max(width, known), place)
    printed = issue.funders
    for index, funder in enumerate(issue.publication.funders):
        source = f"../{funder.printed_logo(in_ink=edition.in_ink)}"
        if funder in printed and source in valid.pictures:
            field = "logo_cmyk" if edition.in_ink and funder.logo_cmyk else "logo"
            place = issue.publication_places.get(f"funders.{index}.{field}")
            widths[source] = (style.plan.measures["margin"], place)
    identity, source = issue.publication.identity, house_logo_source(valid, edition)
    if identity is not None and source:
        field = "logo_cmyk" if edition.in_ink and identity.logo_cmyk else "logo"
        width = min(style.plan.measures["margin"], HOUSE_LOGO_HEIGHT * valid.pictures[source].proportion)
        widths.setdefault(source, (width, issue.publication_places.get(f"identity.{field}")))
    return widths


def house_logo_source(valid: ValidIssue, edition: Edition) -> str:
    """Return by which source the house's logo is known in an edition; empty where none is printed."""
    identity = valid.issue.publication.identity
    if identity is None or not valid.style.plan.takes_identity:
        return ""
    source = f"../{identity.printed_logo(in_ink=edition.in_ink)}"
    return source if source in valid.pictures else ""


def inking_of(valid: ValidIssue, source: str) -> Inking | None:
    """Return what gives the inks of a drawing's own colours, those not of the style; None where nothing does.

    The inks of a funder's mark are prescribed. In styles of format 1 only logos have colours of their own.
    """
    publication = valid.issue.publication
    if source in {f"../{funder.printed_logo(in_ink=True)}" for funder in publication.funders}:
        return None
    logos = {logo.source for article in valid.issue.articles for logo in article.logos if logo is not None}
    has_own = valid.style.plan.takes_identity or source in {*logos, house_logo_source(valid, PRESS)}
    return valid.style.inking if has_own else None


def drawing_in_inks(
    data: bytes, valid: ValidIssue, source: str, place: Place | None
) -> bytes | list[Finding]:
    """Return a drawing in the inks of a style, or why it cannot be printed so (E66, E67).

    Args:
        data: The SVG.
        valid: The issue, whose style gives the inks of its colours.
        source: Path in the issue.
        place: Place in the issue where it is named.
    """
    painted, name = valid.style.drawing(data, in_ink=True), source.removeprefix("../")
    return drawing_in_ink(painted, valid.style.inks, name, place, inking_of(valid, source))


def picture_path(valid: ValidIssue, source: str) -> Path:
    """Return the path of a picture of an issue: in its folder, or for a logo in the folder above."""
    name = f"issues/{source[3:]}" if source.startswith("../") else f"{valid.issue.folder}/{source}"
    path = valid.reading.file(name)
    assert path is not None, name  # noqa: S101 - the reader has found every file that the issue names
    return path
