"""Reads a picture between paragraphs, with the texts it must have: alternative text, credit, caption."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pipeline.findings.finding import Finding, found
from pipeline.models.text import Picture
from pipeline.reading.markdown.picture_attributes import read_marks
from pipeline.reading.markdown.source.tokens import Token, plain_text

if TYPE_CHECKING:
    from pipeline.findings.place import Place

_REMOTE = re.compile(r"(?:(?!(?i:file:))[A-Za-z][A-Za-z0-9+.-]*:)?//|(?i:data:)")
_UNINFORMATIVE = re.compile(
    r"(?:img|dsc|dscn|dscf|pic|photo|image|picture|screenshot|снимка|изображение|картинка|фото|фотография)?"
    r"[\s_.-]*\d*[\s_-]*\d*(?:\.(?:jpe?g|png|gif|webp|tiff?|svg))?",
    re.IGNORECASE,
)


def read_picture(image: Token, place: Place) -> tuple[Picture, list[Finding]]:
    """Read a picture from its token.

    Args:
        image: The token; `meta["marks"]` is the text in braces after it.
        place: Its place.

    Returns:
        The picture, and findings (E26, E38, E51, E52, E53, E54, E57, E59, W10).
    """
    source = unquote(str(image.attrGet("src") or ""))
    alternative = " ".join(plain_text(image).split())
    caption = " ".join(str(image.attrGet("title") or "").split()) or None
    marks, findings = read_marks(str(image.meta.get("marks", "")), place)
    if is_remote(source):
        findings.append(found("E54", place, name=source[:80]))
    if not alternative:
        findings.append(found("E51", place))
    elif caption is not None and _bare(alternative) == _bare(caption):
        findings.append(found("E52", place))
    elif _UNINFORMATIVE.fullmatch(alternative) or alternative == source.rpartition("/")[2]:
        findings.append(found("W10", place, found=alternative[:80]))
    if not marks.credit and ("guess", "credit") not in [pair for item in findings for pair in item.values]:
        findings.append(found("E53", place))
    picture = Picture(
        source,
        alternative,
        marks.credit,
        caption,
        measure=marks.measure,
        consent=marks.consent,
        place=place,
        focus=marks.focus,
    )
    return picture, findings


def is_remote(source: str) -> bool:
    """Return whether a picture's source is a web address or a `data:` URL."""
    return _REMOTE.match(source) is not None


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
