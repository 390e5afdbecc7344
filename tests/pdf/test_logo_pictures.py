"""A house's logo is drawn by itself with the faces of the style, whatever is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from pipeline.page.pictures.picture_info import PictureInfo
from pipeline.page.style import load_style
from pipeline.pdf.logo_pictures import drawing_picture, logo_colours
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    from pipeline.page.style import Style

LOGO: Final = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">%s</svg>'
WORD: Final = '<text x="4" y="30" font-family="Arial" font-size="20" fill="#7B2D8B">Рила</text>'.encode()


@pytest.fixture(scope="module")
def style() -> Style:
    return load_style("bulletin", 1, [REPOSITORY / "styles"], [REPOSITORY / "fonts"])


def test_the_words_of_a_logo_are_drawn_and_their_colour_is_known(style: Style) -> None:
    drawing = LOGO % WORD
    shares = logo_colours(drawing, PictureInfo("image/svg+xml", 80, 40), style).shares
    assert sum(part for _, part in shares) == pytest.approx(1)
    assert drawing_picture(drawing, 2.0, 40, style) != drawing_picture(LOGO % b"<g/>", 2.0, 40, style)
