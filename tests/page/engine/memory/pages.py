"""Pages that are printed to see what the engine remembers of them."""

from __future__ import annotations

from typing import Final

from pipeline.models.editions import SCREEN
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.style import load_style
from tests.support.paths import REPOSITORY

STYLE: Final = load_style("knowledge-city", 1, [REPOSITORY / "styles"], [REPOSITORY / "fonts"])


def printed(body: str, rules: str = "") -> bytes:
    """Return the PDF of a page."""
    page = (
        f'<html lang="bg"><head><title>Проба</title><style>{STYLE.properties(SCREEN)}'
        f"body {{ font: 10pt/14pt var(--text); hyphens: auto }} {rules}</style></head>"
        f"<body><h1>Проба</h1>{body}</body></html>"
    )
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in STYLE.faces.items()}
    return print_pdf(page, SCREEN, assets, identifier=b"0" * 16, rhythm=STYLE.plan.page).pdf
