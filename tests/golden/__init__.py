"""The approved output of the shipped issues, at four levels: HTML, text, tags, pictures."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageChops

from pipeline.desk.production.checked_issue import check_issue
from pipeline.desk.production.page_assets import page_assets_of
from pipeline.files.program.versions import versions
from pipeline.files.workspace import Workspace
from pipeline.models.editions import SCREEN
from pipeline.page.composition.html import compose_html
from pipeline.pdf.raster import page_pictures
from pipeline.typography.typesetting import typeset
from tests.support.mails import body_of
from tests.support.tag_outline import outline

REPOSITORY: Final = Path(__file__).parents[2]
KEPT: Final = Path(__file__).parent
ISSUES: Final = ("2023-12-20", "2023-06-30")
PPI: Final = 60
COLOURS: Final = 64
TEXT_ENGINE: Final = ("pango", "harfbuzz", "weasyprint")
VISIBLE: Final = 40
"""Levels of 255 by which a pixel must differ before an eye could see it."""

MOST_VISIBLE: Final = 0.0005
"""Share of a page's pixels that may: less than a letter."""


def composed(name: str) -> str:
    """Return an issue's HTML without its sheets, outlines of drawings brought down to a hash."""
    workspace = Workspace(REPOSITORY)
    valid = check_issue(workspace.issues / name, workspace).valid()
    pictures = page_assets_of(valid, SCREEN).pictures
    html = compose_html(typeset(valid.issue), SCREEN, valid.style, pictures)
    html = re.sub(r"<style>.*?</style>\n?", "", html, flags=re.DOTALL)
    return re.sub(r' d="([^"]{80,})"', lambda match: f' d="{_hash(match[1])}"', html)


def extracted(pdf: Path) -> str:
    """Return a PDF's text, a form feed between pages."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\f".join(page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document)
    finally:
        document.close()


def sheet(pdf: Path) -> Image.Image:
    """Return all pages of a PDF beside one another."""
    pages = page_pictures(pdf.read_bytes(), PPI)
    width, height = pages[0].size
    picture = Image.new("RGB", (width * len(pages), height), "white")
    for number, page in enumerate(pages):
        picture.paste(page, (number * width, 0))
    # In few colours, so that what is kept is small; what is built now is brought to as few.
    return picture.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB")


def visible_difference(first: Image.Image, second: Image.Image) -> tuple[float, Image.Image]:
    """Return the share of pixels an eye could tell apart, and a picture that marks them in red."""
    apart = ImageChops.difference(first, second).convert("L").point(lambda level: 255 * (level > VISIBLE))
    share = apart.histogram()[255] / (apart.width * apart.height)
    marked = Image.composite(Image.new("RGB", first.size, "red"), first.convert("L").convert("RGB"), apart)
    return share, marked


def text_engine() -> dict[str, str]:
    """Return the versions that lines and glyphs depend on."""
    return {name: versions()[name] for name in TEXT_ENGINE}


def hashes(shipped: Path, name: str) -> dict[str, str]:
    """Return the SHA-256 of each file of an issue that depends on its content alone.

    The archive edition holds the hashes of the program's own files, the deposit names that edition, and
    the report says how long the build took.
    """
    program = {f"bulletin-{name}-archive.pdf", f"bulletin-{name}-report.json", "deposit.txt", ".lock"}
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((shipped / name).iterdir())
        if path.is_file() and path.name not in program
    }


def renew(shipped: Path) -> None:
    """Keep the issues as they are built now."""
    for name in ISSUES:
        pdf = shipped / name / f"bulletin-{name}.pdf"
        (KEPT / f"{name}.html").write_text(composed(name), "utf-8")
        (KEPT / f"{name}.txt").write_text(extracted(pdf), "utf-8")
        (KEPT / f"{name}.mail.txt").write_text(body_of(REPOSITORY, name).text, "utf-8")
        (KEPT / f"{name}.tags.txt").write_text("\n".join(outline(pdf)) + "\n", "utf-8")
        sheet(pdf).convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS).save(
            KEPT / f"{name}.png", optimize=True
        )
    kept = {"versions": dict(versions()), "files": {name: hashes(shipped, name) for name in ISSUES}}
    (KEPT / "bytes.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    (KEPT / "engine.json").write_text(json.dumps(text_engine(), indent=1) + "\n", "utf-8")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
