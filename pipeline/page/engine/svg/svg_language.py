"""The words of drawings in the letterforms of their language.

The engine sets the words of an SVG without a language, so that a face whose Cyrillic forms are Russian by
default keeps them in a Bulgarian figure under a Bulgarian head. With this patch they are set in the language
that the drawing's root gives (`lang`; SVG 2, 5.10.2); a drawing that gives none is set as before.

Upstream: no issue known for it.
"""

from __future__ import annotations

import functools
from typing import Any, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

GUARD: Final = Guard(
    "svg_language",
    VERSION,
    (
        Shape("weasyprint.svg.text:text", "(svg, node, font_size)"),
        Shape("weasyprint.svg:TAGS", "an object of type dict"),
        Shape("weasyprint.css.properties:INITIAL_VALUES", "an object of type dict"),
    ),
)


def set_words_in_their_language() -> None:
    """Patch the engine; a second call does nothing."""
    from weasyprint import svg as drawings  # noqa: PLC0415 - slow to load
    from weasyprint.css.properties import INITIAL_VALUES  # noqa: PLC0415 - likewise

    plain = drawings.TAGS["text"]
    if hasattr(plain, "__wrapped__"):
        return

    @functools.wraps(plain)
    def text(svg: Any, node: Any, font_size: float) -> None:  # noqa: ANN401
        language = svg.tree.get("lang")
        if not language:
            plain(svg, node, font_size)
            return
        before = INITIAL_VALUES["lang"]
        # It takes the initial values for those of the text.
        INITIAL_VALUES["lang"] = language
        try:
            plain(svg, node, font_size)
        finally:
            INITIAL_VALUES["lang"] = before

    # Parts of a text are drawn by the same function, which the engine recognises by identity.
    drawings.TAGS |= {tag: text for tag, drawn_by in drawings.TAGS.items() if drawn_by is plain}
    drawings.text = text
