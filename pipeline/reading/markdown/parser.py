"""The Markdown parser as it is set up: CommonMark 0.31 with tables, footnotes and marks behind pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.reading.markdown.picture_attributes import closing_brace

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline


def markdown_parser() -> MarkdownIt:
    """Return a new parser."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable("table")
    parser.use(footnote_plugin, inline=False)
    parser.inline.ruler.after("image", "picture_marks", _picture_marks)
    # Escaped signs stay apart from the text around them, so that each is found in the source.
    parser.core.ruler.disable("text_join")
    # Moving the notes to the end, the parser loses its way where one stands within another.
    parser.core.ruler.disable("footnote_tail")
    # Every target is let through, for a link that is silently left as text would be no finding.
    parser.validateLink = _let_through  # type: ignore[method-assign]
    return parser


def _let_through(url: str) -> bool:
    return bool(url)


def _picture_marks(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's own signature
    """Take `{…}` behind a picture off the text and keep it on the picture's token."""
    if silent or state.src[state.pos] != "{" or state.pending.strip():
        return False
    image = state.tokens[-1] if state.tokens else None
    end = closing_brace(state.src, state.pos)
    if image is None or image.type != "image" or "marks" in image.meta or end < 0:
        return False
    image.meta["marks"] = state.src[state.pos + 1 : end]
    state.pending = ""
    state.pos = end + 1
    return True
