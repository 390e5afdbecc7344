"""The first pages of a specimen: colours with the text that stands on them, faces, letter and site."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from pipeline.archive.site.appearance import logo_plate
from pipeline.desk.production.page_assets import page_assets_of
from pipeline.desk.production.printed_pictures import house_logo_source
from pipeline.desk.specimen.shown_roles import ROLE_NAMES
from pipeline.findings.wording.wording import say
from pipeline.mail_edition.html import in_light
from pipeline.models.editions import SCREEN
from pipeline.page.composition.html import TemplateFolder
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.identity.colours import contrast
from pipeline.page.marks import house_logo
from pipeline.page.style import ORIGIN
from pipeline.pdf.raster import page_pictures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.desk.production.checked_issue import ValidIssue
    from pipeline.page.style import Style

TEMPLATES: Final = TemplateFolder("specimen", Path(__file__).with_name("templates"))

_PICTURE: Final = re.compile(r'<img src="cid:([^"]*)"([^>]*>)')
_LETTER: Final = (640, 860)
"""Pixels of CSS of the part of the letter that is shown."""

_PPI: Final = 144
_GROUNDS: Final = {
    "main": "on-main",
    "accent": "on-accent",
    "mid": "on-mid",
    "mid-accent": "on-mid-accent",
    "tint": "on-tint",
    "tint-accent": "on-tint-accent",
    "cover-ground": "cover-text",
    "band-ground": "band-text",
}
"""The fills of format 2, each with its text."""

_TEXTS: Final = ("ink", "grey", "main-text", "accent-text", "main-small", "accent-small")


class Swatch(NamedTuple):
    """A colour as the specimen shows it.

    Args:
        name: What an officer calls the role.
        ground: The fill, `#RRGGBB`.
        text: The text on it.
        ratio: Their contrast, as `5.2`.
        inks: The inks of the fill, or of a text on white, as `C75 M40 Y70 K60`.
    """

    name: str
    ground: str
    text: str
    ratio: str
    inks: str


def look_sheet(
    valid: ValidIssue, letter: bytes, letter_pictures: Mapping[str, bytes], language: str
) -> bytes:
    """Return the first pages of a specimen, as a PDF.

    Args:
        valid: The sample issue, with its style.
        letter: The HTML of its mail edition.
        letter_pictures: The pictures of that edition, by name.
        language: Of the names of colours, `bg` or `en`.
    """
    style = valid.style
    assets = _assets(valid)
    assets |= {name: Asset(data, "image/png") for name, data in letter_pictures.items()}
    shown = ("letter.png", "letter-dark.png")
    for name, page in zip(shown, _letters(letter), strict=True):
        assets[name] = Asset(_picture(page, style, assets), "image/png")
    return _sheet(valid, assets, [f"{ORIGIN}{name}" for name in shown], language)


def plain_sheet(valid: ValidIssue, language: str) -> bytes:
    """Return the same pages without the letter, which takes a whole build to make."""
    return _sheet(valid, _assets(valid), [], language)


def _assets(valid: ValidIssue) -> dict[str, Asset]:
    """Return the faces and pictures of a sheet."""
    assets = {
        f"fonts/{quote(name)}": Asset(path.read_bytes(), "font/ttf")
        for name, path in valid.style.font_files.items()
    }
    return assets | page_assets_of(valid, SCREEN).files


def _sheet(valid: ValidIssue, assets: Mapping[str, Asset], letters: list[str], language: str) -> bytes:
    """Return the first pages of a specimen, with pictures of its letter where there are any."""
    style, issue = valid.style, valid.issue
    gathered = page_assets_of(valid, SCREEN)
    source = house_logo_source(valid, SCREEN)
    colours = gathered.pictures[source].colours if source else None
    html = TEMPLATES.fill(
        "specimen.html.j2",
        issue.language,
        {
            "publication": issue.publication,
            "properties": style.properties(SCREEN),
            "families": style.plan.families,
            "tokens": {name: token.srgb for name, token in style.plan.tokens.items()},
            "dark": style.dark,
            "fills": list(_swatches(style, _GROUNDS, language)),
            "texts": list(_swatches(style, dict.fromkeys(_TEXTS), language)),
            "letters": letters,
            "house_logo": house_logo(issue.publication, gathered.pictures, SCREEN, style),
            "site_logo": gathered.pictures[source].url if source else "",
            "site_plate": style.colour(plate, SCREEN)
            if colours is not None and (plate := logo_plate(style, colours))
            else "",
        },
    )
    return _printed(html, style, assets)


def _swatches(style: Style, pairs: Mapping[str, str | None], language: str) -> Iterator[Swatch]:
    tokens = style.plan.tokens
    for name, text in pairs.items():
        if name in tokens and (text is None or text in tokens):
            white = "#FFFFFF" if "white" not in tokens else tokens["white"].srgb
            ground, letters = (tokens[name].srgb, tokens[text].srgb) if text else (white, tokens[name].srgb)
            inks = "C{} M{} Y{} K{}".format(*tokens[name].cmyk)
            named = say(ROLE_NAMES[name], language)
            yield Swatch(named, ground, letters, f"{contrast(ground, letters):.1f}", inks)


def _letters(letter: bytes) -> Iterator[str]:
    """Yield the letter by day and in dark mode, its pictures at addresses of the sheet."""
    html = _PICTURE.sub(rf'<img src="{ORIGIN}\1"\2', letter.decode("utf-8"))
    yield in_light(html, dark=False)
    yield in_light(html, dark=True)


def _picture(html: str, style: Style, assets: Mapping[str, Asset]) -> bytes:
    """Return the upper part of a letter as a picture, a PNG."""
    width, height = _LETTER
    sheet = f"<style>{style.properties(SCREEN)}@page{{size:{width}px {height}px;margin:0}}</style></head>"
    pdf = _printed(html.replace("</head>", sheet, 1), style, assets)
    (picture,) = page_pictures(pdf, _PPI, [1])
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def _printed(html: str, style: Style, assets: Mapping[str, Asset]) -> bytes:
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    return print_pdf(html, SCREEN, assets, identifier, style.plan.page).pdf
