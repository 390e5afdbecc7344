"""Workspaces to measure: the shipped issue, one with photographs, and one of any length."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING, Final

from PIL import Image

from tests.bench.measuring import REPOSITORY
from tests.specimens.bulletins import BULLETINS, LOOKS, laid_out

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED: Final = "2023-12-20"
PHOTOGRAPHED: Final = ("xd-media-hub", "go-green", "degrebe", "investech")
_ARTICLES_A_SECTION: Final = 12


def shipped(root: Path) -> Path:
    """Copy the shipped issues, and return the workspace."""
    for name in ("issues", "styles", "fonts"):
        shutil.copytree(REPOSITORY / name, root / name)
    return root


def photographed(root: Path) -> Path:
    """Copy the shipped issues and put a photograph, as a telephone makes it, in four of its articles."""
    folder = shipped(root) / "issues" / SHIPPED
    for seed, name in enumerate(PHOTOGRAPHED):
        photograph(folder / "images" / f"photo-{seed}.jpg", seed)
        article = folder / f"{name}.md"
        figure = f'\n\n![a square in the late evening light](images/photo-{seed}.jpg){{credit="K. Orlova"}}\n'
        article.write_text(article.read_text("utf-8").rstrip() + figure, "utf-8")
    return root


def of_photographs(root: Path, look: str) -> Path:
    """Write the bulletin of twenty pages with photographs and short pieces, and return its workspace.

    Args:
        root: An empty folder.
        look: Its style and identity, one of `LOOKS`.
    """
    laid_out(BULLETINS["river"], LOOKS[look], root)
    return root


def photograph(path: Path, seed: int, width: int = 3000, height: int = 2000) -> None:
    """Draw a picture that compresses like a photograph: light and shade at every scale, and some grain."""
    chance = random.Random(seed)
    bands = []
    for _ in range(3):
        band = Image.new("L", (width, height), 128)
        for cells in (4, 12, 40, 130, 400, width):
            size = (cells, max(1, cells * height // width))
            noise = Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
            layer = noise.resize((width, height), Image.Resampling.BICUBIC)
            band = Image.blend(band, layer, 0.04 if cells == width else 0.3)
        bands.append(band)
    Image.merge("RGB", bands).save(path, "JPEG", quality=90)


def long_issue(root: Path, articles: int) -> Path:
    """Write an issue of as many articles as asked, each with the text of a shipped one."""
    shipped(root)
    shutil.rmtree(root / "issues" / "2023-06-30")
    folder = root / "issues" / SHIPPED
    source = (folder / "smart-city-expo.md").read_text("utf-8")
    text = source.split("---\n", 2)[2].split("![")[0].rstrip() + "\n"
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()
    names = [f"article-{number:04}.md" for number in range(articles)]
    for number, name in enumerate(names):
        head = f"---\nkind: article\ntitle: Статия {number}\n---\n"
        (folder / name).write_text(head + text, "utf-8")
    sections = ""
    for first in range(0, articles, _ARTICLES_A_SECTION):
        listed = ", ".join(names[first : first + _ARTICLES_A_SECTION])
        sections += f"  - title: Раздел {first}\n    articles: [{listed}]\n"
    head = f"format: 1\nnumber: 2\ndate: {SHIPPED}\ntitle: Дълъг брой\nsections:\n"
    (folder / "issue.yaml").write_text(head + sections, "utf-8")
    return root
