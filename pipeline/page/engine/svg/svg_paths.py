"""The paths of drawings, kept as they are drawn: their text is read once for all editions.

Drawings with words, or in the colours of another edition, are drawn anew, and the engine reads the text of
each path again, letter by letter. What a path adds to a page depends on that text, and on the size of type
and of the drawing, to which units refer; it is kept by these. Colours and widths of lines are set elsewhere.

Upstream: no issue known for it.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pipeline.page.engine.memory.signatures import with_signature_of
from pipeline.page.engine.paragraphs.remembered import Memory
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape, Source
from pipeline.page.engine.svg.plain_paths import drew_plain_path

if TYPE_CHECKING:
    from collections.abc import Callable

GUARD: Final = Guard(
    "svg_paths",
    VERSION,
    (
        # Its text shows that a path adds operators and vertices, and what it depends on.
        Source("weasyprint.svg.path", "5139ec67a99ab9fbdb4ebf54b775a96e3b1fca995a18a726786dc3353920f71a"),
        Shape("weasyprint.svg:SVG.point", "(self, x, y, font_size)"),
        Shape("weasyprint.svg:Node.vertices"),
        Shape("weasyprint.svg:TAGS", "an object of type dict"),
        Shape("pydyf:Stream.stream"),
    ),
)

MOST_PATHS: Final = 1024
"""Of all drawings; a map has some dozens."""

memory: Final[Memory[tuple[tuple[bytes, ...], tuple[Any, ...]]]] = Memory(MOST_PATHS)
"""The operators that a path adds to a page, and its vertices, at which markers are set."""


def remember_paths() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint import svg  # noqa: PLC0415 - slow to load

    if not getattr(svg.TAGS["path"], "remembers", False):
        svg.TAGS["path"] = _remembering(svg.TAGS["path"])


def _remembering(plain: Callable[[Any, Any, float], None]) -> Callable[[Any, Any, float], None]:
    def path(svg: Any, node: Any, font_size: float) -> None:  # noqa: ANN401 - of the engine
        operators, vertices = svg.stream.stream, node.vertices
        begin, first = len(operators), len(vertices)
        is_new = False

        def drawn() -> tuple[tuple[bytes, ...], tuple[Any, ...]]:
            nonlocal is_new
            is_new = True
            if not drew_plain_path(svg, node.get("d", ""), vertices):
                plain(svg, node, font_size)
            return tuple(operators[begin:]), tuple(islice(vertices, first, None))

        key = (node.get("d", ""), font_size, svg.inner_width, svg.inner_height)
        known = memory.recall(key, drawn)
        if not is_new:
            operators.extend(known[0])
            vertices.extend(known[1])

    path.remembers = True  # type: ignore[attr-defined]
    return with_signature_of(plain, path)
