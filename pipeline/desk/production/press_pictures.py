"""Pictures on their way to paper: how wide each is printed, and what would keep it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.desk.production.issue_checks import pictures_of, printed_width
from pipeline.findings.finding import Finding, with_excerpts
from pipeline.models.editions import PRESS
from pipeline.page.pictures import paper_resolution_findings
from pipeline.page.svg_inks import drawing_in_ink

if TYPE_CHECKING:
    from pipeline.desk.production.issue_checks import Checked
    from pipeline.findings.place import Place
    from pipeline.models.editions import Edition
    from pipeline.models.issue import Issue
    from pipeline.page.style import Style


def paper_findings(issue: Issue, looked: Checked, style: Style) -> list[Finding]:
    """Find what would keep pictures off paper, without decoding a photograph.

    Args:
        issue: As read.
        looked: What checking found of its pictures.
        style: Its style.

    Returns:
        Photographs too coarse for paper (E68, W12), and drawings with what cannot be printed in ink
        (E66, E67).
    """
    findings: list[Finding] = []
    for source, (width, place) in printed_widths(issue, looked, style, PRESS).items():
        kind = looked.kinds[source]
        findings += paper_resolution_findings(kind, source, place, width)
        if kind.is_drawing:
            drawn = drawn_in_ink(
                looked.reading.files[path_of(issue, source)].read_bytes(), style, source, place
            )
            findings += drawn if isinstance(drawn, list) else []
    return with_excerpts(findings, looked.reading.sources)


def printed_widths(
    issue: Issue, looked: Checked, style: Style, edition: Edition
) -> dict[str, tuple[float, Place | None]]:
    """Return the greatest width each picture is set to, in millimetres, and where it is named first.

    Args:
        issue: As read.
        looked: What checking found of its pictures.
        style: Its measures.
        edition: Which of a funder's logos it prints.
    """
    widths: dict[str, tuple[float, Place | None]] = {}
    for picture in pictures_of(issue):
        width = printed_width(picture, looked.kinds[picture.source], issue, style)
        known, place = widths.get(picture.source, (0, picture.place))
        widths[picture.source] = (max(width, known), place)
    printed = issue.funders
    for at, funder in enumerate(issue.publication.funders):
        source = f"../{funder.printed_logo(in_ink=edition.in_ink)}"
        if funder in printed and source in looked.kinds:
            field = "logo_cmyk" if edition.in_ink and funder.logo_cmyk else "logo"
            place = issue.publication_places.get(f"funders.{at}.{field}")
            widths[source] = (style.plan.measures["margin"], place)
    return widths


def drawn_in_ink(data: bytes, style: Style, source: str, place: Place | None) -> bytes | list[Finding]:
    """Return a drawing in the inks of a style, or why it cannot be (E66, E67).

    Args:
        data: The SVG.
        style: Whose colours have inks.
        source: As the issue names it.
        place: Where it is named.
    """
    tokens = {token.srgb: token.cmyk for token in style.plan.tokens.values()}
    return drawing_in_ink(data, tokens, source.removeprefix("../"), place)


def path_of(issue: Issue, source: str) -> str:
    """Return the path in the workspace of a picture that an issue names."""
    return f"issues/{source[3:]}" if source.startswith("../") else f"{issue.folder}/{source}"
