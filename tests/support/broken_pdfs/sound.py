"""A small valid PDF of each edition, in which preflight finds nothing."""

from __future__ import annotations

import functools
import hashlib
import io
from typing import TYPE_CHECKING, Final

from PIL import Image

from pipeline.models.press_plan import PressPlan
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.pictures.examination import examine
from pipeline.page.pictures.press_conditions import condition_of
from pipeline.page.pictures.renditions import Rendition, RenditionOptions, rendition
from pipeline.page.style import PROFILE, load_style
from pipeline.pdf.finishing.attachments import AttachedFile
from pipeline.pdf.finishing.finish import FinishingPlan, finish
from pipeline.pdf.finishing.tags import NoteWords
from tests.conftest import ISSUED, REPOSITORY

if TYPE_CHECKING:
    from pipeline.models.editions import Edition

CONDITION: Final = condition_of(PressPlan(), None)

_PAGE: Final = """
<html lang="bg"><head><meta charset="utf-8"><title>Проба</title>
<meta name="author" content="Печатница"><meta name="generator" content="Bulletin Press">
<meta name="dcterms.created" content="2024-01-31"><meta name="dcterms.modified" content="2024-01-31">
<style>{properties}</style><style>
@page {{ size: A4; margin: 20mm }}
html {{ font: 10pt/14pt var(--text); color: var(--ink) }}
h1, h2 {{ color: var(--petrol); font: 700 20pt/28pt var(--head) }}
a {{ color: inherit; text-decoration: none }}
table {{ border-collapse: collapse; font: 8pt/12pt var(--head) }}
td, th {{ border-bottom: .5pt solid var(--petrol) }}
.field {{ position: absolute; left: -23mm; right: -23mm; top: 200mm; height: 30mm }}
.field {{ background: var(--petrol) }}
img {{ display: block; image-rendering: crisp-edges }}
</style></head><body>
<h1>Проба за преглед</h1>
<p>Първи абзац с <a href="https://example.org/">препратка</a> навън и <a href="#later">една</a> навътре.</p>
<h2 id="later">Таблица</h2>
<table><thead><tr><th scope="col">Име</th><th scope="col">Брой</th></tr></thead>
<tbody><tr><th scope="row">Едно</th><td>1</td></tr><tr><th scope="row">Две</th><td>2</td></tr></tbody></table>
<img src="https://issue.invalid/pictures/p.png" alt="Сива картина" style="width:40mm;height:30mm">
<div class="field"></div>
</body></html>
"""


@functools.cache
def sound(edition: Edition) -> bytes:
    """Return a small valid PDF of an edition."""
    style = load_style("knowledge-city", 1, [REPOSITORY / "styles"], [REPOSITORY / "fonts"])
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in style.faces.items()}
    condition = CONDITION if edition.in_ink else None
    if condition is not None:
        assets[PROFILE] = Asset(condition.profile, "application/vnd.iccprofile")
    drawn = io.BytesIO()
    Image.linear_gradient("L").resize((500, 375)).convert("RGB").save(drawn, "PNG")
    kind = examine(drawn.getvalue(), "p.png", None)
    assert not hasattr(kind, "code")
    made = rendition(
        drawn.getvalue(),
        kind,
        RenditionOptions(40, edition.picture_ppi, condition),
        name="p.png",
        place=None,
    )
    assert isinstance(made, Rendition)
    assets["pictures/p.png"] = Asset(made.data, made.media_type)
    html = _PAGE.format(properties=style.properties(edition))
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    pressed = print_pdf(html, edition, assets, identifier=identifier, rhythm=style.plan.page)
    assert pressed.findings == ()
    attached = [AttachedFile("issues/a.txt", b"a", "text/plain", "Source")] if edition.carries_sources else []
    notes = NoteWords("Към бележката", "Обратно")
    return finish(
        pressed.pdf,
        edition,
        FinishingPlan(identifier, notes, ISSUED, condition=condition, attachments=attached),
    )
