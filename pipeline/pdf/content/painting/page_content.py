"""What a page of a PDF paints, read from any file, however broken.

Endless content, forms that contain themselves and operators with wrong operands stop the reading of a page
with `UnreadableContentError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.pdf.content.areas import EVERYWHERE, rectangle
from pipeline.pdf.content.broken_files import FAULTS_OF_THE_FILE
from pipeline.pdf.content.graphics_state import GraphicsState
from pipeline.pdf.content.painting.interpreter import Interpreter
from pipeline.pdf.content.painting.page_context import PageContext
from pipeline.pdf.content.stream_limits import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf

    from pipeline.pdf.content.font_metrics import TypeMetrics
    from pipeline.pdf.content.painting.painted_objects import Painted


class UnreadableContentError(Exception):
    """The content of a page cannot be interpreted; the message says why, in English."""


class EndlessContentError(UnreadableContentError):
    """There is more content than any page needs: drawing the page would not come to an end."""


def painted(page: pikepdf.Page, fonts: dict[Any, TypeMetrics]) -> Iterator[Painted]:
    """Yield what a page paints, in order.

    A tiling pattern is interpreted where it is first used, and its objects are yielded there.

    Args:
        page: The page.
        fonts: The metrics of fonts known so far; added to on the way.

    Raises:
        UnreadableContentError: The content cannot be interpreted.
        Exception: One of `BROKEN_PDF_ERRORS`, where an entry that it refers to is of another type than it may
            have (`content.entry_types`), or where this reader is at fault.
    """
    try:
        context = PageContext(rectangle(page.mediabox), fonts)
        state = GraphicsState(resources=page.resources)
        interpreter = Interpreter(context, page.resources, state, clip=EVERYWHERE, depth=0)
        yield from interpreter.painted(page.obj)
    except TooLargeError as fault:
        raise EndlessContentError(str(fault)) from fault
    except FAULTS_OF_THE_FILE as fault:
        raise UnreadableContentError(str(fault).split("\n")[0][:120] or type(fault).__name__) from fault
