"""The contrast of every text of a PDF, read from its pages: the text's fill against the pixels around it."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Final, NamedTuple

import pypdfium2
from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PIL.Image import Image

_SCALE: Final = 2
_LEAST_AREA: Final = 4.0
"""Square points below which a text has no ground to speak of."""


class MeasuredText(NamedTuple):
    """A piece of text on a page, with its contrast by WCAG 2.2."""

    page: int
    text: str
    colour: tuple[int, int, int]
    ground: tuple[int, int, int]
    ratio: float


def measured_texts(pdf: bytes, pages: Iterable[int] | None = None) -> Iterator[MeasuredText]:
    """Yield every text object of a PDF with its colour and its ground, the most frequent pixel of its box.

    Args:
        pdf: The file.
        pages: Numbers from 1; all when left out.
    """
    document = pypdfium2.PdfDocument(pdf)
    for number in pages or range(1, len(document) + 1):
        page = document[number - 1]
        picture = page.render(scale=_SCALE).to_pil().convert("RGB")
        texts = page.get_textpage()
        for piece in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=4):
            left, bottom, right, top = piece.get_bounds()
            words = texts.get_text_bounded(left, bottom, right, top).strip()
            if not words or (right - left) * (top - bottom) < _LEAST_AREA:
                continue
            colour = _fill_of(piece)
            box = (left - 1, page.get_height() - top - 1, right + 1, page.get_height() - bottom + 1)
            ground = _ground(picture, box)
            yield MeasuredText(number, words, colour, ground, _ratio(colour, ground))


def _fill_of(piece: pypdfium2.PdfObject) -> tuple[int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    assert raw.FPDFPageObj_GetFillColor(piece, *parts)
    red, green, blue, _ = (part.value for part in parts)
    return red, green, blue


def _ground(picture: Image, box: tuple[float, float, float, float]) -> tuple[int, int, int]:
    left, top, right, bottom = (round(side * _SCALE) for side in box)
    area = (max(left, 0), max(top, 0), min(right, picture.width), min(bottom, picture.height))
    part = picture.crop(area)
    # As many colours as pixels: Pillow makes room for all it is told of, and that takes long.
    colours = part.getcolors(part.width * part.height) or []
    _, pixel = max(colours, key=lambda counted: counted[0])
    assert isinstance(pixel, tuple)
    red, green, blue = pixel[:3]
    return red, green, blue


def _ratio(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    dark, light = sorted(_luminance(each) for each in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
