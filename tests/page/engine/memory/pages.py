"""Pages that are printed to see what the engine remembers of them."""

from __future__ import annotations

from typing import Final

from pipeline.models.editions import SCREEN
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.style import load_style
from tests.support.paths import REPOSITORY

STYLE: Final = load_style("knowledge-city", 1, [REPOSITORY / "styles"], [REPOSITORY / "fonts"])


ASSETS: Final = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in STYLE.faces.items()}


def page_of(body: str, rules: str = "") -> str:
    """Return a page in Bulgarian."""
    return (
        f'<html lang="bg"><head><title>Проба</title><style>{STYLE.properties(SCREEN)}'
        f"body {{ font: 10pt/14pt var(--text); hyphens: auto }} {rules}</style></head>"
        f"<body><h1>Проба</h1>{body}</body></html>"
    )


def printed(body: str, rules: str = "") -> bytes:
    """Return the PDF of a page."""
    return print_pdf(page_of(body, rules), SCREEN, ASSETS, b"0" * 16, STYLE.plan.page).pdf
