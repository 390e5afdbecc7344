"""A line that has no other place to end breaks the word that is too wide for it, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.faces import faces_of_one_page
from pipeline.page.engine.loading import load_engine
from pipeline.page.layout_rules import rules_of
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY: Final = "щ" * 90
FACE: Final = (REPOSITORY / "fonts/source-serif/SourceSerif-Regular.ttf").as_uri()
SHEET: Final = f"""
@font-face {{ font-family: "Set"; src: url("{FACE}") }}
p {{ width: 80mm; font: 10pt/14pt "Set"; overflow-wrap: break-word }}
"""


def lines_of(html: str) -> list[str]:
    """Lay out a paragraph, and return the texts of its lines and of those of boxes within them."""
    weasyprint = load_engine()
    page = f"<style>{SHEET}</style><p>{html}</p>"
    with rules_of(page), faces_of_one_page() as faces:
        document = weasyprint.HTML(string=page, base_url="/").render(font_config=faces)
    return [_text_of(box) for box in _boxes(document.pages[0]._page_box) if type(box).__name__ == "LineBox"]


def _boxes(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child)


def _text_of(line: Any) -> str:
    return "".join(box.text for box in _boxes(line) if type(box).__name__ == "TextBox")


def test_a_word_behind_a_no_break_space_is_broken_where_its_line_ends() -> None:
    lines = lines_of(f"Преди това в\u00a0<b>{KEY}</b>")
    assert any("в\u00a0щщщ" in line for line in lines)
    assert "".join(lines).count("щ") == len(KEY)


def test_words_before_it_are_not_broken() -> None:
    lines = lines_of(f"Едно <i>обикновено</i> <i>изречение</i> <i>преди</i> това в\u00a0<b>{KEY}</b>")
    assert {"обикновено", "изречение", "преди"} <= {word for line in lines for word in line.split()}
