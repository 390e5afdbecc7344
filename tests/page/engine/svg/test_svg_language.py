"""Words in drawings have the letterforms of the language that the drawing gives."""

from __future__ import annotations

import pytest

from pipeline.models.editions import SCREEN
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.press import print_pdf
from pipeline.page.identity.faces import offered_faces
from pipeline.page.identity.style_file import PageRhythm
from pipeline.page.style import ORIGIN
from pipeline.pdf.raster import page_pictures
from tests.support.paths import REPOSITORY

FACE = offered_faces("vollkorn")[0]


def _drawn(attribute: str) -> bytes:
    """Return the pixels of a page with a drawing of letters whose forms differ from language to language."""
    page = (
        '<html lang="bg"><head><title>Проба</title><style>'
        f'@font-face{{font-family:"Vollkorn";font-weight:400;src:url("{ORIGIN}fonts/{FACE.file}")}}'
        'body{font-family:"Vollkorn"}</style></head><body><h1>Проба</h1>'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="90mm" height="20mm" viewBox="0 0 180 40"{attribute}>'
        '<text x="5" y="25" font-size="20" font-family="Vollkorn" fill="#000000">вгджзиклптцшщюй</text></svg>'
        "</body></html>"
    )
    data = (REPOSITORY / "fonts" / FACE.file).read_bytes()
    rhythm = PageRhythm(lines=49, leading=14, top=56)
    printed = print_pdf(page, SCREEN, {f"fonts/{FACE.file}": Asset(data, "font/ttf")}, b"0" * 16, rhythm)
    (picture,) = page_pictures(printed.pdf, 60)
    return picture.tobytes()


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return {language: _drawn(f' lang="{language}"' if language else "") for language in ("", "bg", "ru")}


def test_a_bulgarian_figure_has_bulgarian_letters(drawn: dict[str, bytes]) -> None:
    assert drawn["bg"] != drawn["ru"]


def test_a_drawing_without_a_language_is_set_in_the_forms_of_the_face(drawn: dict[str, bytes]) -> None:
    assert drawn[""] == drawn["ru"]
