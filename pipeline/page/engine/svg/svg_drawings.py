"""A cache of the drawn form of SVG images: a drawing is drawn once for all editions of a process.

The engine parses every path of an SVG each time it draws it, for each page, edition and preview. The
operators that a drawing adds to a page depend on its elements, its size and the graphics state before it;
they are cached by those and added again. A drawing is cached only if nothing else can affect it: it may have
shapes and colours, but no text (whose glyphs must be counted for the fonts), no pictures, patterns or groups
(which are objects of one PDF), and no messages in the log (which must appear each time). The bytes of the PDF
stay the same.

Upstream: https://github.com/Kozea/WeasyPrint/issues/1978 (an SVG drawn again on every page; open).
"""

from __future__ import annotations

import functools
import hashlib
import logging
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.etree import ElementTree as ET

from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

_STREAM: Final = "weasyprint.pdf.stream:Stream"

GUARD: Final = Guard(
    "svg_drawings",
    VERSION,
    (
        Shape("weasyprint.images:SVGImage", "(tree, base_url, url_fetcher, context)"),
        Shape("weasyprint.images:SVGImage.draw", "(self, stream, concrete_width, concrete_height, _style)"),
        Shape(f"{_STREAM}.stream"),
        Shape(f"{_STREAM}._resources"),
        Shape(f"{_STREAM}._color_profiles"),
        Shape(f"{_STREAM}._current_color"),
        Shape(f"{_STREAM}._current_color_stroke"),
        Shape(f"{_STREAM}._current_alpha"),
        Shape(f"{_STREAM}._current_alpha_stroke"),
        Shape(f"{_STREAM}._current_font"),
    ),
)

LARGEST_CACHE: Final = 64
"""The most drawings in the cache; a publication has a dozen."""

_SHAPES: Final = frozenset(
    f"{{http://www.w3.org/2000/svg}}{tag}"
    for tag in (
        *("svg", "g", "title", "desc", "path", "rect", "circle"),
        *("ellipse", "line", "polyline", "polygon"),
    )
)
"""The elements of a drawing that may be cached."""

_STATE: Final = (
    *("_current_color", "_current_color_stroke"),
    *("_current_alpha", "_current_alpha_stroke", "_current_font"),
)
"""The attributes of a stream that record the graphics state, so that it is not set again."""

_DIGEST: Final = "digest_of_elements"


class _Drawing(NamedTuple):
    """The effect of drawing an image on a page's stream.

    Args:
        operators: The operators added at its end.
        alphas: The graphics states of alpha values that the operators name, in the order of their first use.
        state: The graphics state afterwards, by attribute.
    """

    operators: tuple[bytes, ...]
    alphas: tuple[tuple[str, Any], ...]
    state: Mapping[str, object]


_cache: OrderedDict[Hashable, _Drawing] = OrderedDict()


def keep_svg_drawings() -> None:
    """Patch the engine to cache the drawn form of each SVG image; a second call does nothing."""
    from weasyprint.images import SVGImage  # noqa: PLC0415 - slow to load

    if hasattr(SVGImage.draw, "__wrapped__"):
        return
    _digest_elements(SVGImage)
    plain = SVGImage.draw

    @functools.wraps(plain)
    def draw(image: Any, stream: Any, width: float, height: float, style: Any) -> None:  # noqa: ANN401
        digest = image.__dict__.get(_DIGEST)
        if digest is None:
            plain(image, stream, width, height, style)
            return
        profiles = tuple(stream._color_profiles)  # noqa: SLF001 - guarded above, as all below
        key = (digest, width, height, profiles, *_graphics_state(stream).items())
        if key in _cache:
            _cache.move_to_end(key)
            _draw_again(stream, _cache[key])
            return
        drawing = _recorded(stream, lambda: plain(image, stream, width, height, style))
        if drawing is not None:
            _cache[key] = drawing
            if len(_cache) > LARGEST_CACHE:
                _cache.popitem(last=False)

    SVGImage.draw = draw


def _digest_elements(images: Any) -> None:  # noqa: ANN401 - the engine's class
    """Patch the images' class to store a SHA-256 of its elements on each image of shapes alone."""
    plain = images.__init__

    @functools.wraps(plain)
    def initialise(image: Any, tree: ET.Element, *arguments: object) -> None:  # noqa: ANN401
        if all(node.tag in _SHAPES for node in tree.iter()):
            setattr(image, _DIGEST, hashlib.sha256(ET.tostring(tree)).digest())
        plain(image, tree, *arguments)

    images.__init__ = initialise


def _recorded(stream: Any, draw: Callable[[], None]) -> _Drawing | None:  # noqa: ANN401
    """Draw, and return the drawn form, or None where anything but operators was added."""
    resources = stream._resources  # noqa: SLF001
    begin, before = len(stream.stream), _sizes(resources)
    records: list[logging.LogRecord] = []

    def note(record: logging.LogRecord) -> bool:
        records.append(record)
        return True

    logger = logging.getLogger("weasyprint")
    logger.addFilter(note)
    try:
        draw()
    finally:
        logger.removeFilter(note)
    operators = tuple(stream.stream[begin:])
    states = resources["ExtGState"]
    named = dict.fromkeys(
        operator[1:-3].decode()
        for operator in operators
        if operator.startswith(b"/") and operator.endswith(b" gs")
    )
    # States of alpha are named after their value; any other after its number in this one PDF.
    if records or _sizes(resources) != before or not all(name[0] in "Aa" for name in named):
        return None
    return _Drawing(operators, tuple((name, states[name]) for name in named), _graphics_state(stream))


def _draw_again(stream: Any, drawing: _Drawing) -> None:  # noqa: ANN401
    """Add a cached drawing to a stream, and set the graphics state after it."""
    states = stream._resources["ExtGState"]  # noqa: SLF001
    for name, state in drawing.alphas:
        if name not in states:
            states[name] = type(state)(state)
    stream.stream.extend(drawing.operators)
    for name, value in drawing.state.items():
        setattr(stream, name, value)


def _graphics_state(stream: Any) -> dict[str, Hashable]:  # noqa: ANN401
    return {name: getattr(stream, name) for name in _STATE}


def _sizes(resources: Mapping[str, Any]) -> dict[str, int]:
    """Count the named objects of each type, apart from states of alpha, which a drawing may add."""
    types = ("XObject", "Pattern", "Shading")
    return {name: len(resources[name]) for name in types}
