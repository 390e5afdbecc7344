"""The mail edition: the typeset issue → HTML and plain text for the inbox.

It loads nothing from the network: styles are inline, and logos are parts of the message (RFC 2392). It has no
scripts, no forms and no tracking.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import css_inline

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.mail_edition.contents import MailContents, PdfFile, mail_contents, without_excerpts
from pipeline.mail_edition.letter_look import letter_look
from pipeline.mail_edition.plain_text import mail_text
from pipeline.models.editions import LARGEST_MAIL, SCREEN, UNSUBSCRIBE
from pipeline.models.publication import EU_EMBLEM
from pipeline.page.composition.html import TemplateFolder
from pipeline.page.identity.logo_plates import plate_of
from pipeline.pdf.raster import emblem_picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.models.issue import Issue
    from pipeline.page.identity.logo_plates import LogoColours
    from pipeline.page.style import Style

TEMPLATES: Final = TemplateFolder("mail", Path(__file__).with_name("templates"))

LOGO_HEIGHT: Final = 40
"""Pixels of CSS the EU emblem is high; its file has twice as many."""

LOGO_WIDTH: Final = 120
"""Pixels of CSS any other logo is wide."""

HOUSE_HEIGHT: Final = 40
_HOUSE_WIDTH: Final = 260
"""Pixels of CSS the house's own logo is high, and wide at most."""

_HOUSE_NAME: Final = "house_logo"
"""The stem of its file: no funder has such a key, which knows no such sign."""


_DARK_MODE: Final = "@media (prefers-color-scheme: dark)"


def in_light(html: str, *, dark: bool) -> str:
    """Return a composed mail as a mail program shows it, whatever the reader's own setting is.

    Args:
        html: The HTML part.
        dark: Whether as in the dark.
    """
    return html.replace(_DARK_MODE, "@media all" if dark else "@media not all")


class Logo(NamedTuple):
    """A funder's logo, as a part of the message.

    Args:
        name: Its file name, by which the HTML refers to it (`cid:`).
        data: PNG or JPEG.
        media_type: `image/png` or `image/jpeg`.
        size: The attributes `width` and `height`, in CSS pixels.
    """

    name: str
    data: bytes
    media_type: str
    size: Mapping[str, int]


class HousePicture(NamedTuple):
    """The house's logo, as a picture that mail programs can show.

    Args:
        data: PNG or JPEG, at least `HOUSE_HEIGHT` times two pixels high where it is a drawing.
        media_type: `image/png` or `image/jpeg`.
        proportion: Its width over its height.
        colours: What it is painted with.
    """

    data: bytes
    media_type: str
    proportion: float
    colours: LogoColours


class MailBody(NamedTuple):
    """The mail edition.

    Args:
        html: The HTML part, one document.
        text: The plain text part.
        logos: The pictures of the HTML part, by the funder's key; the house's own by an empty one.
        contents: The content of both.
        findings: A warning if the HTML is too large (W320).
    """

    html: str
    text: str
    logos: Mapping[str, Logo]
    contents: MailContents
    findings: tuple[Finding, ...]


def compose_mail(
    issue: Issue,
    style: Style,
    pdf: PdfFile,
    pictures: Mapping[str, tuple[bytes, str]],
    house: HousePicture | None = None,
    *,
    is_own: bool = True,
    draft: bool = False,
) -> MailBody:
    """Compose the mail edition.

    Args:
        issue: Typeset.
        style: Its style, which gives the colours.
        pdf: The PDF that goes with it.
        pictures: The funders' logos with their media types, by source.
        house: The house's own logo; None where it has none, or the style shows none.
        is_own: Whether this is the issue's own language, and not a translation.
        draft: Whether it is marked as a draft.
    """
    logos = _logos(issue, pictures)
    plate = ""
    if house is not None:
        logos[""] = _house_logo(house)
        plate = _plate(house, style)
    contents = mail_contents(issue, style, pdf, is_own=is_own, draft=draft)
    html = _html(issue, style, contents, logos, plate)
    if len(html.encode()) > LARGEST_MAIL:
        contents = without_excerpts(contents)
        html = _html(issue, style, contents, logos, plate)
    findings: tuple[Finding, ...] = ()
    if (size := len(html.encode())) > LARGEST_MAIL:
        place = Place(f"{issue.folder}/issue.yaml")
        findings = (found("W320", place, size=f"{size / 1000:.0f} KB", limit=f"{LARGEST_MAIL // 1000} KB"),)
    text = mail_text(issue, contents)
    return MailBody(html, text, logos=logos, contents=contents, findings=findings)


def _html(issue: Issue, style: Style, contents: MailContents, logos: Mapping[str, Logo], plate: str) -> str:
    values: dict[str, Any] = {
        "mail": contents,
        "logos": logos,
        "unsubscribe": UNSUBSCRIBE,
        "look": letter_look(style),
        "plate": plate,
        "own": style.letter_rules(),
    }
    # The mail edition shows no pictures of the issue, not even the cover.
    shown = replace(issue, cover=None)
    composed = TEMPLATES.fill_with_issue("mail.html.j2", shown, style, pictures={}, values=values)
    inliner = css_inline.CSSInliner(keep_style_tags=False, load_remote_stylesheets=False)
    lines = inliner.inline(composed).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip()) + "\n"


def _house_logo(house: HousePicture) -> Logo:
    ending = "png" if house.media_type == "image/png" else "jpg"
    width = min(_HOUSE_WIDTH, round(HOUSE_HEIGHT * house.proportion))
    size = {"width": max(1, width), "height": max(1, round(width / house.proportion))}
    return Logo(f"{_HOUSE_NAME}.{ending}", house.data, house.media_type, size)


def _plate(house: HousePicture, style: Style) -> str:
    """Return the colour of the plate that the house's logo needs in the masthead, by day or in dark mode."""
    look = letter_look(style)
    role = plate_of(house.colours, [look.band, look.dark.band or look.band])
    return style.colour(role, SCREEN) if role else ""


def _logos(issue: Issue, pictures: Mapping[str, tuple[bytes, str]]) -> dict[str, Logo]:
    """Return the logos that mail programs can show: the EU emblem, and those in PNG or JPEG."""
    logos = {}
    for funder in issue.funders:
        if funder.logo == EU_EMBLEM:
            size = {"width": LOGO_HEIGHT * 3 // 2, "height": LOGO_HEIGHT}
            data = emblem_picture(2 * LOGO_HEIGHT)
            logos[funder.key] = Logo(f"{funder.key}.png", data, "image/png", size)
        elif picture := pictures.get(f"../{funder.logo}"):
            data, media_type = picture
            if media_type in {"image/png", "image/jpeg"}:
                ending = "png" if media_type == "image/png" else "jpg"
                logos[funder.key] = Logo(f"{funder.key}.{ending}", data, media_type, {"width": LOGO_WIDTH})
    return logos
