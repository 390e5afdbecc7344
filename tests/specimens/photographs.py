"""Photographs for bulletins made up for tests: scenes with light, depth, soft edges and grain.

They are drawn small, softened, enlarged and given the grain of a photograph, so that they compress, crop and
print like one. The same scene with the same seed always has the same pixels.
"""

from __future__ import annotations

import functools
import io
import math
import random
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Colour = tuple[int, int, int]
    Painter = Callable[["Canvas", random.Random], None]

_DRAWN: Final = 720
"""The longer side in pixels at which a scene is drawn."""

_CORNERS: Final = 48
_GRAIN: Final = 512
_GRAIN_STRENGTH: Final = 0.05
_DARK: Final = 90
"""The level that Pillow's radial gradient, turned round, has in the middle of its sides, and a few more."""


class Canvas:
    """A picture that is drawn on by shares of its width and height.

    Args:
        width: In pixels.
        height: Likewise.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.picture = Image.new("RGB", (width, height))

    def sky(self, top: Colour, foot: Colour) -> None:
        """Fill it with a shade from one colour to another."""
        shade = Image.linear_gradient("L").resize((self.width, self.height))
        size = (self.width, self.height)
        self.picture = Image.composite(Image.new("RGB", size, foot), Image.new("RGB", size, top), shade)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.9) -> None:
        """Lay a soft light over it."""
        side = max(2, round(2 * radius * self.width))
        light = ImageChops.invert(Image.radial_gradient("L")).point(
            lambda level: max(0, level - _DARK) * 255 / (255 - _DARK) * strength
        )
        mask = Image.new("L", (self.width, self.height))
        corner = (round(x * self.width) - side // 2, round(y * self.height) - side // 2)
        mask.paste(light.resize((side, side)), corner)
        self.picture.paste(Image.new("RGB", (self.width, self.height), colour), mask=mask)

    def shape(
        self,
        points: list[tuple[float, float]],
        colour: Colour,
        soft: float = 1.0,
        *,
        shade: float = 0.25,
    ) -> None:
        """Draw a solid with soft edges, lighter at its left than at its right.

        Args:
            points: Its outline.
            colour: Its own colour.
            soft: How soft its edges are, in pixels.
            shade: How much darker it is at its right.
        """
        self._drawn([(x * self.width, y * self.height) for x, y in points], colour, soft, shade)

    def round(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        colour: Colour,
        *,
        soft: float = 1.0,
        shade: float = 0.35,
    ) -> None:
        """Draw an ellipse about a point, as `shape` does."""
        turns = (turn / _CORNERS * math.tau for turn in range(_CORNERS))
        outline = [(x + wide * math.cos(turn), y + high * math.sin(turn)) for turn in turns]
        self.shape(outline, colour, soft, shade=shade)

    def _drawn(self, outline: list[tuple[float, float]], colour: Colour, soft: float, shade: float) -> None:
        edge = 3 * soft + 2
        left, top = (math.floor(max(0, min(point[axis] for point in outline) - edge)) for axis in (0, 1))
        right = math.ceil(min(self.width, max(x for x, _ in outline) + edge))
        foot = math.ceil(min(self.height, max(y for _, y in outline) + edge))
        if right <= left or foot <= top:
            return
        size = (right - left, foot - top)
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in outline], fill=255)
        slope = Image.linear_gradient("L").rotate(90).resize(size)
        light = Image.new("RGB", size, _mixed(colour, (255, 250, 236), shade))
        dark = Image.new("RGB", size, _mixed(colour, (18, 16, 30), shade))
        lit = Image.composite(light, dark, slope)
        self.picture.paste(lit, (left, top), mask.filter(ImageFilter.GaussianBlur(soft)))


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _ridge(chance: random.Random, level: float, rough: float, steps: int = 60) -> list[tuple[float, float]]:
    """Return the outline of hills: waves of several lengths, down to the lower edge."""
    waves = [(chance.uniform(1, 2.5) * 2**n, chance.uniform(0, 6.3), rough / 1.7**n) for n in range(5)]
    line = [
        (at / steps, level + sum(high * math.sin(often * at / steps * 3 + off) for often, off, high in waves))
        for at in range(steps + 1)
    ]
    return [*line, (1, 1.1), (0, 1.1)]


def hills(canvas: Canvas, chance: random.Random) -> None:
    """Hills behind hills in the mist of the morning."""
    warm = chance.random()
    canvas.sky(_mixed((96, 138, 178), (168, 120, 128), warm), (246, 226, 196))
    canvas.glow(chance.uniform(0.2, 0.8), 0.42, 0.35, (255, 240, 206))
    near = _mixed((38, 62, 50), (66, 48, 40), warm)
    for depth in range(6):
        share = 1 - depth / 5.5
        canvas.shape(
            _ridge(chance, 0.42 + depth * 0.1, 0.045), _mixed(near, (206, 204, 200), share), 1.6, shade=0.12
        )


def yard(canvas: Canvas, chance: random.Random) -> None:
    """A low building with a row of windows, and a large tree before it."""
    canvas.sky((120, 166, 204), (228, 234, 232))
    canvas.glow(0.15, 0.2, 0.3, (255, 250, 232), 0.7)
    canvas.shape(_ridge(chance, 0.5, 0.02), (112, 134, 120), 3, shade=0.1)
    canvas.shape([(0.28, 0.36), (0.98, 0.32), (0.98, 0.74), (0.28, 0.74)], (206, 186, 154), 1)
    canvas.shape([(0.25, 0.37), (0.99, 0.33), (0.99, 0.28), (0.3, 0.31)], (142, 72, 54), 1)
    for row in range(2):
        for number in range(9):
            left, top = 0.32 + number * 0.072, 0.41 + row * 0.15
            pane = _mixed((58, 74, 92), (226, 214, 172), chance.random() * 0.6)
            canvas.shape(
                [(left, top), (left + 0.045, top), (left + 0.045, top + 0.1), (left, top + 0.1)], pane, 0.8
            )
    canvas.shape([(0, 0.73), (1, 0.7), (1, 1.1), (0, 1.1)], (134, 142, 92), 2, shade=0.15)
    canvas.shape([(0.1, 0.82), (1, 0.76), (1, 0.84), (0, 0.96)], (198, 182, 150), 5, shade=0.1)
    canvas.shape([(0.19, 0.9), (0.2, 0.45), (0.225, 0.45), (0.245, 0.9)], (70, 54, 42), 1)
    for _ in range(90):
        turn, far = chance.uniform(0, 6.3), chance.random() ** 0.6
        x, y = 0.215 + 0.19 * far * math.cos(turn), 0.33 + 0.24 * far * math.sin(turn)
        green = _mixed((44, 78, 38), (156, 172, 84), chance.random() * (1.2 - y))
        canvas.round(x, y, 0.03, 0.04, green, soft=2.5, shade=0.2)
    canvas.round(0.26, 0.91, 0.2, 0.03, (84, 92, 62), soft=8, shade=0)


def portrait(canvas: Canvas, chance: random.Random, *, is_long: bool = False) -> None:
    """A person with short hair from the shoulders up, before a wall out of focus."""
    wall = chance.choice([(112, 128, 134), (150, 132, 112), (98, 116, 100), (136, 122, 140)])
    canvas.sky(_mixed(wall, (255, 255, 255), 0.3), wall)
    canvas.glow(0.2, 0.15, 0.7, (250, 240, 220), 0.5)
    skin = chance.choice([(214, 168, 138), (196, 146, 112), (226, 184, 156)])
    hair = chance.choice([(58, 42, 34), (186, 178, 168), (120, 82, 48), (34, 30, 32)])
    coat = chance.choice([(52, 66, 92), (122, 54, 58), (66, 84, 66), (92, 84, 78)])
    if is_long:
        canvas.round(0.5, 0.46, 0.25, 0.28, hair, soft=5)
    canvas.shape(
        [
            (0.06, 1.1),
            (0.1, 0.86),
            (0.3, 0.76),
            (0.42, 0.71),
            (0.58, 0.71),
            (0.7, 0.76),
            (0.9, 0.86),
            (0.94, 1.1),
        ],
        coat,
        4,
    )
    canvas.shape(
        [(0.42, 0.6), (0.58, 0.6), (0.6, 0.73), (0.5, 0.79), (0.4, 0.73)], _mixed(skin, (60, 30, 20), 0.25), 3
    )
    canvas.round(0.5, 0.43, 0.19, 0.225, skin, soft=3)
    canvas.round(0.5, 0.27, 0.2, 0.105, hair, soft=4)
    for side in (-1, 1):
        canvas.round(0.5 + side * 0.075, 0.415, 0.026, 0.011, (54, 38, 34), soft=1.5)
        canvas.round(0.5 + side * 0.075, 0.375, 0.042, 0.008, _mixed(hair, skin, 0.3), soft=2)
        canvas.round(0.5 + side * 0.19, 0.44, 0.022, 0.04, _mixed(skin, (120, 50, 40), 0.2), soft=3)
    canvas.round(0.505, 0.48, 0.02, 0.05, _mixed(skin, (255, 240, 220), 0.25), soft=4)
    canvas.round(0.5, 0.555, 0.062, 0.012, (152, 82, 76), soft=2)
    canvas.glow(0.42, 0.4, 0.2, (255, 244, 226), 0.25)


def portrait_long(canvas: Canvas, chance: random.Random) -> None:
    """A person with long hair, likewise."""
    portrait(canvas, chance, is_long=True)


def chess(canvas: Canvas, chance: random.Random) -> None:
    """Pieces on a board, near."""
    canvas.sky((70, 58, 50), (36, 30, 28))
    canvas.glow(0.75, 0.1, 0.6, (232, 190, 130), 0.7)
    for row in range(6):
        for column in range(9):
            top, foot = 0.52 + 0.5 * (row / 6) ** 1.4, 0.52 + 0.5 * ((row + 1) / 6) ** 1.4
            ends = [
                0.5 + (column - 4.5 + side) * (0.1 + 0.16 * (level - 0.52)) * 1.5
                for level, side in ((top, 0), (top, 1), (foot, 1), (foot, 0))
            ]
            colour = (214, 188, 146) if (row + column) % 2 else (92, 62, 44)
            corners = list(zip(ends, (top, top, foot, foot), strict=True))
            canvas.shape(corners, colour, 1.5 + (5 - row) * 0.5, shade=0.1)
    for x, foot, size, colour in (
        (0.25, 0.62, 0.7, (54, 40, 36)),
        (0.7, 0.64, 0.75, (54, 40, 36)),
        (0.45, 0.82, 1.25, (226, 206, 168)),
        (0.82, 0.92, 1.1, (226, 206, 168)),
        (0.12, 0.94, 1.0, (60, 44, 38)),
    ):
        soft = 5 - 3.5 * size
        for wide, up, high in ((0.06, 0, 0.02), (0.045, 0.03, 0.03), (0.022, 0.12, 0.09), (0.04, 0.2, 0.018)):
            canvas.round(x, foot - up * size, wide * size, high * size, colour, soft=max(1.2, soft))
        canvas.round(x, foot - 0.26 * size, 0.034 * size, 0.055 * size, colour, soft=max(1.2, soft))
    canvas.glow(chance.uniform(0.3, 0.6), 0.5, 0.3, (255, 226, 180), 0.2)


def bowl(canvas: Canvas, chance: random.Random) -> None:
    """A bowl on a table, from above."""
    canvas.sky((176, 146, 112), (134, 104, 76))
    for plank in range(9):
        at = plank / 8 + chance.uniform(-0.01, 0.01)
        canvas.shape([(at, 0), (at + 0.008, 0), (at + 0.012, 1), (at, 1)], (88, 64, 46), 2, shade=0.1)
    tall = canvas.width / canvas.height
    canvas.round(0.54, 0.54, 0.33, 0.33 * tall, (64, 46, 34), soft=16, shade=0.1)
    canvas.round(0.5, 0.5, 0.33, 0.33 * tall, (232, 228, 216), soft=2)
    canvas.round(
        0.5, 0.5, 0.27, 0.27 * tall, _mixed((70, 104, 42), (168, 72, 40), chance.choice([0, 1])), soft=3
    )
    for _ in range(50):
        turn, far = chance.uniform(0, 6.3), 0.24 * chance.random() ** 0.5
        fleck = chance.choice([(122, 158, 70), (44, 70, 30), (240, 236, 214), (204, 170, 60)])
        size = chance.uniform(0.004, 0.016)
        canvas.round(
            0.5 + far * math.cos(turn), 0.5 + far * tall * math.sin(turn), size, size * tall, fleck, soft=1.4
        )
    canvas.glow(0.38, 0.36, 0.2, (255, 255, 244), 0.35)


def leaf(canvas: Canvas, chance: random.Random) -> None:
    """A leaf with its veins against the light."""
    ground = chance.choice([(32, 50, 36), (56, 42, 60), (40, 50, 66)])
    canvas.sky(_mixed(ground, (255, 255, 255), 0.2), ground)
    canvas.glow(0.7, 0.25, 0.5, _mixed(ground, (220, 226, 160), 0.7), 0.8)
    green = chance.choice([(116, 150, 52), (196, 122, 40), (160, 56, 62)])
    edge = [
        (0.5 + side * 0.36 * math.sin(t / 20 * 3.14) ** 0.8 * (1 - t / 60), 0.06 + 0.86 * t / 20)
        for side, steps in ((1, range(21)), (-1, range(20, -1, -1)))
        for t in steps
    ]
    canvas.shape(edge, green, 2, shade=0.3)
    pale = _mixed(green, (250, 246, 200), 0.55)
    canvas.shape([(0.497, 0.06), (0.503, 0.06), (0.51, 1.05), (0.49, 1.05)], pale, 1)
    for number in range(1, 9):
        top = 0.12 + number * 0.085
        for side in (-1, 1):
            far = 0.3 * math.sin(number / 9 * 3.14) ** 0.7
            tip = (0.5 + side * far, top - 0.09)
            canvas.shape([(0.5, top), (0.5, top + 0.012), tip], pale, 1, shade=0.1)
    canvas.glow(0.4, 0.4, 0.3, (255, 255, 220), 0.25)


def stars(canvas: Canvas, chance: random.Random) -> None:
    """The sky of the night over a hill."""
    canvas.sky((10, 16, 42), (66, 74, 112))
    for _ in range(26):
        at = chance.uniform(-0.2, 1.2)
        canvas.glow(at, 0.1 + 0.5 * at + chance.gauss(0, 0.05), 0.16, (126, 128, 168), 0.16)
    for _ in range(320):
        size = chance.random() ** 4 * 0.0034 + 0.0008
        tall = canvas.width / canvas.height
        x, y = chance.random(), chance.random() * 0.86
        canvas.round(x, y, size, size * tall, (244, 240, 226), soft=0.4, shade=0)
    canvas.glow(0.72, 0.86, 0.3, (226, 176, 110), 0.5)
    canvas.shape(_ridge(chance, 0.86, 0.03), (12, 14, 22), 1.2, shade=0.05)


def windows(canvas: Canvas, chance: random.Random) -> None:
    """The front of a house in the evening, some windows lit."""
    canvas.sky((40, 46, 70), (92, 82, 92))
    for row in range(6):
        for column in range(6):
            left, top = 0.07 + column * 0.15, 0.06 + row * 0.165
            lit = chance.random() < 0.35
            pane = _mixed((250, 196, 104), (255, 232, 176), chance.random()) if lit else (34, 40, 58)
            frame = [(left, top), (left + 0.1, top), (left + 0.1, top + 0.12), (left, top + 0.12)]
            canvas.shape([(x + (0.008 if x > left else -0.008), y) for x, y in frame], (120, 110, 112), 1)
            canvas.shape(frame, pane, 1.4, shade=0.15)
            if lit:
                canvas.glow(left + 0.05, top + 0.06, 0.12, (255, 206, 120), 0.3)
            canvas.shape(
                [
                    (left + 0.048, top),
                    (left + 0.053, top),
                    (left + 0.053, top + 0.12),
                    (left + 0.048, top + 0.12),
                ],
                (70, 62, 66),
                0.8,
            )


def river(canvas: Canvas, chance: random.Random) -> None:
    """A river between banks, with the light of the sky on the water."""
    canvas.sky((134, 160, 186), (238, 220, 190))
    canvas.glow(0.6, 0.4, 0.3, (255, 236, 190))
    for depth in range(3):
        canvas.shape(
            _ridge(chance, 0.4 + depth * 0.035, 0.025), _mixed((150, 160, 160), (72, 88, 76), depth / 2), 2
        )
    canvas.shape([(0, 0.52), (1, 0.5), (1, 1.1), (0, 1.1)], (150, 158, 160), 2, shade=0.1)
    for _ in range(160):
        y = 0.53 + 0.45 * chance.random() ** 1.3
        x, long = chance.random(), chance.uniform(0.02, 0.1) * (y * 2 - 0.8)
        tone = _mixed((104, 120, 128), (250, 230, 190), chance.random())
        canvas.round(x, y, long, 0.0022 * (1 + 4 * (y - 0.5)), tone, soft=1, shade=0)
    canvas.shape([(0, 0.6), (0.16, 0.62), (0.34, 0.8), (0.42, 1.1), (0, 1.1)], (70, 78, 48), 3)
    for _ in range(70):
        x = chance.uniform(0, 0.36)
        foot = 0.66 + x * 0.8
        canvas.shape(
            [
                (x, foot),
                (x + 0.004, foot),
                (x + chance.uniform(-0.02, 0.02), foot - chance.uniform(0.05, 0.2)),
            ],
            _mixed((90, 100, 54), (206, 190, 120), chance.random()),
            0.8,
        )


def wheel(canvas: Canvas, chance: random.Random) -> None:
    """A wheel of an old machine in a shed."""
    canvas.sky((104, 92, 82), (52, 46, 44))
    canvas.glow(0.15, 0.1, 0.8, (244, 220, 176), 0.6)
    tall = canvas.width / canvas.height
    iron = chance.choice([(132, 58, 42), (62, 84, 96)])
    canvas.round(0.53, 0.56, 0.4, 0.4 * tall, (34, 30, 30), soft=14, shade=0.1)
    canvas.round(0.5, 0.52, 0.4, 0.4 * tall, iron, soft=2)
    canvas.round(0.5, 0.52, 0.33, 0.33 * tall, (64, 56, 52), soft=2, shade=0.15)
    for spoke in range(10):
        turn = spoke * math.pi / 5 + 0.2
        x, y = 0.34 * math.cos(turn), 0.34 * tall * math.sin(turn)
        off_x, off_y = 0.016 * math.sin(turn), -0.016 * tall * math.cos(turn)
        canvas.shape(
            [
                (0.5 + off_x, 0.52 + off_y),
                (0.5 + x + off_x, 0.52 + y + off_y),
                (0.5 + x - off_x, 0.52 + y - off_y),
                (0.5 - off_x, 0.52 - off_y),
            ],
            iron,
            1.4,
        )
    canvas.round(0.5, 0.52, 0.08, 0.08 * tall, iron, soft=2)
    canvas.round(0.49, 0.51, 0.03, 0.03 * tall, (206, 186, 150), soft=3)


SCENES: Final[Mapping[str, Painter]] = {
    each.__name__: each
    for each in (hills, yard, portrait, portrait_long, chess, bowl, leaf, stars, windows, river, wheel)
}


@functools.cache
def _grain() -> Image.Image:
    noise = random.Random(5).randbytes(_GRAIN * _GRAIN)
    return Image.frombytes("L", (_GRAIN, _GRAIN), noise).filter(ImageFilter.GaussianBlur(0.7))


@functools.cache
def photograph(scene: str, seed: int, width: int, height: int) -> bytes:
    """Return a photograph as a JPEG file.

    Args:
        scene: One of `SCENES`.
        seed: Another seed gives another photograph of such a scene.
        width: In pixels.
        height: Likewise.
    """
    scale = _DRAWN / max(width, height)
    canvas = Canvas(round(width * scale), round(height * scale))
    SCENES[scene](canvas, random.Random(seed))
    picture = canvas.picture.resize((width, height), Image.Resampling.BICUBIC)
    grain = Image.new("L", (width, height))
    for x in range(0, width, _GRAIN):
        for y in range(0, height, _GRAIN):
            grain.paste(_grain(), (x, y))
    picture = Image.blend(picture, Image.merge("RGB", [grain] * 3), _GRAIN_STRENGTH)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=88)
    return file.getvalue()
