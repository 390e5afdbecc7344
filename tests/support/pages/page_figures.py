"""The figures of a finished bulletin: how full its pages are, how its lines are spaced, what can be read."""

from __future__ import annotations

import ctypes
import io
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

import pikepdf
import pypdfium2
from pypdfium2 import raw

from tests.support.pages.columns import columns_of, lines_of, longest_ladder, text_lines
from tests.support.pages.ink import free_at_foot, holes, page_drawings, share_with_ink

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL.Image import Image

    from tests.support.pages.columns import Line

    Colour = tuple[int, int, int]

WIDE: Final = 4 / 3
LOOSE: Final = 2.0
MOST_LOOSE: Final = 0.02
MOST_IN_LADDER: Final = 2

_LEADING: Final = 14.0
_TOP: Final = 60.0
_OFF_GRID: Final = 0.75
"""Points by which a baseline may stand off the grid."""

_COLUMN: Final = 48.0
"""Points within which lines of one column begin: an indent, a list."""

_FOOT: Final = 640.0
"""Points from the upper edge below which a line that ends a page stands."""

_COARSE: Final = 1.0
_LEAST_CONTRAST: Final = 4.5


class PageFigures(NamedTuple):
    """Figures of a bulletin.

    Args:
        pages: How many there are.
        inked: The share of the sheet's cells of 10 mm that carry ink, by page.
        free: The lines that are free at the foot of each page.
        lines: How many justified lines there are.
        wide: The share of these with spaces over 133 per cent,
        loose: that with spaces over 200 per cent.
        widest: The widest mean space of a line.
        ladder: The most hyphens in succession.
        holes: Holes of more than three lines, each with its page.
        off_grid: The share of lines of running text that stand off the most frequent phase of the grid.
        contrast: The least contrast of text.
        faint: The texts below 4.5, each with its page.
        recto_hyphens: Pages on the right whose last line of text is divided.
        loose_lines: The lines with spaces over 200 per cent.
    """

    pages: int
    inked: tuple[float, ...]
    free: tuple[float, ...]
    lines: int
    wide: float
    loose: float
    widest: float
    ladder: int
    holes: tuple[str, ...]
    off_grid: float
    contrast: float
    faint: tuple[str, ...]
    recto_hyphens: tuple[int, ...]
    loose_lines: tuple[str, ...]

    @property
    def mean_inked(self) -> float:
        """The share of cells with ink of all pages."""
        return sum(self.inked) / len(self.inked)

    @property
    def emptiest(self) -> tuple[float, int]:
        """The share of the emptiest inner page, and its number."""
        inner = list(enumerate(self.inked, 1))[1:-1]
        return min(((share, number) for number, share in inner), default=(1.0, 0))

    @property
    def broken_limits(self) -> tuple[str, ...]:
        """What is beyond its limit."""
        broken = []
        if self.loose > MOST_LOOSE:
            broken.append(f"{self.loose:.1%} of the lines have spaces over 200 %")
        if self.ladder > MOST_IN_LADDER:
            broken.append(f"{self.ladder} hyphens in succession")
        broken += [f"a hole on page {hole}" for hole in self.holes]
        broken += [f"page {number} ends with a hyphen" for number in self.recto_hyphens]
        broken += [f"contrast below 4.5: {text}" for text in self.faint]
        return tuple(broken)


def figures_of(pdf: bytes) -> PageFigures:
    """Measure a bulletin.

    Args:
        pdf: The screen edition.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        heights = [float(page.mediabox[3]) - float(page.mediabox[1]) for page in document.pages]
    drawn = page_drawings(pdf)
    lines = list(lines_of(pdf, heights))
    text = text_lines(lines)
    columns = columns_of(text)
    spaced = [(line, share) for column in columns for line in column if (share := line.looseness) is not None]
    number = max(len(spaced), 1)
    read = list(contrasts(pdf))
    return PageFigures(
        pages=len(drawn),
        inked=tuple(map(share_with_ink, drawn)),
        free=tuple(map(free_at_foot, drawn)),
        lines=len(spaced),
        wide=sum(share > WIDE for _, share in spaced) / number,
        loose=sum(share > LOOSE for _, share in spaced) / number,
        widest=max((share for _, share in spaced), default=1.0),
        ladder=max(map(longest_ladder, columns), default=0),
        holes=tuple(f"{at}: {hole}" for at, page in enumerate(drawn, 1) for hole in holes(page)),
        off_grid=_off_grid(text),
        contrast=min((ratio for _, _, ratio in read), default=21.0),
        faint=tuple(f"{page}: {words}" for page, words, ratio in read if ratio < _LEAST_CONTRAST),
        recto_hyphens=tuple(_recto_hyphens(text)),
        loose_lines=tuple(f"{line.page}: {share:.2f} {line.text}" for line, share in spaced if share > LOOSE),
    )


def _off_grid(text: Sequence[Line]) -> float:
    phases = Counter(round((line.baseline - _TOP) % _LEADING, 1) for line in text)
    if not phases:
        return 0.0
    common = phases.most_common(1)[0][0]
    apart = {phase: abs((phase - common + _LEADING / 2) % _LEADING - _LEADING / 2) for phase in phases}
    return sum(count for phase, count in phases.items() if apart[phase] > _OFF_GRID) / len(text)


def _recto_hyphens(text: Sequence[Line]) -> Iterator[int]:
    """Yield the right pages whose last line of running text, at the foot of the last column, is divided."""
    for page in sorted({line.page for line in text if line.page % 2}):
        on_page = [line for line in text if line.page == page]
        farthest = max(line.left for line in on_page)
        last = max(
            (line for line in on_page if farthest - line.left < _COLUMN), key=lambda line: line.baseline
        )
        if last.is_hyphenated and last.baseline > _FOOT:
            yield page


def contrasts(pdf: bytes) -> Iterator[tuple[int, str, float]]:
    """Yield the contrast (WCAG 2.2) of each stretch of text of one colour: page, words, ratio.

    The ground is the most frequent colour about the stretch.

    Args:
        pdf: The file.
    """
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document, 1):
        picture = page.render(scale=_COARSE).to_pil().convert("RGB")
        for words, colour, box in _stretches(page):
            yield number, words, _ratio(colour, _ground(picture, box, page.get_height()))
    document.close()


def _stretches(page: pypdfium2.PdfPage) -> Iterator[tuple[str, Colour, list[float]]]:
    """Yield stretches of letters of one colour in one line, with their boxes."""
    text = page.get_textpage()
    words, colour, box = "", (0, 0, 0), [0.0] * 4
    for index in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text, index))
        if sign in "\r\n":
            if words.strip():
                yield words, colour, box
            words = ""
            continue
        left, bottom, right, top = text.get_charbox(index, loose=True)
        own = _fill(text, index)
        if words and (own == colour and abs(bottom - box[1]) < 3):
            words += sign
            box = [min(left, box[0]), min(bottom, box[1]), max(right, box[2]), max(top, box[3])]
            continue
        if words.strip():
            yield words, colour, box
        words, colour, box = sign, own, [left, bottom, right, top]
    if words.strip():
        yield words, colour, box


def _fill(text: pypdfium2.PdfTextPage, index: int) -> Colour:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFText_GetFillColor(text, index, red, green, blue, alpha)
    return red.value, green.value, blue.value


def _ground(picture: Image, box: Sequence[float], height: float) -> Colour:
    left, bottom, right, top = box
    area = (
        max(round((left - 2) * _COARSE), 0),
        max(round((height - top - 2) * _COARSE), 0),
        min(round((right + 2) * _COARSE), picture.width),
        min(round((height - bottom + 2) * _COARSE), picture.height),
    )
    part = picture.crop(area)
    colours = part.getcolors(max(part.width * part.height, 1)) or [(1, (255, 255, 255))]
    pixel = max(colours, key=lambda counted: counted[0])[1]
    assert isinstance(pixel, tuple)
    red, green, blue = pixel[:3]
    return red, green, blue


def _ratio(one: Colour, other: Colour) -> float:
    dark, light = sorted(_luminance(each) for each in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
