"""The configured Markdown parser: CommonMark 0.31 with tables, footnotes and attributes of pictures."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from pipeline.reading.markdown.picture_attributes import closing_brace

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline


@functools.cache
def markdown_parser() -> MarkdownIt:
    """Return the parser that all texts share, which keeps nothing of a text it has parsed."""
    return new_markdown_parser()


def new_markdown_parser() -> MarkdownIt:
    """Return a parser of the caller's own, whose rules may be changed."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable("table")
    parser.use(footnote_plugin, inline=False)
    parser.inline.ruler.after("image", "picture_marks", _picture_attributes)
    # Escaped characters stay tokens of their own, so that each is found in the source.
    parser.core.ruler.disable("text_join")
    # The rule that moves notes to the end fails where one is within another.
    parser.core.ruler.disable("footnote_tail")
    # Every target is accepted: a refused link would silently stay text, without a finding.
    parser.validateLink = _accept_target  # type: ignore[method-assign]
    return parser


def _accept_target(url: str) -> bool:
    return bool(url)


def _picture_attributes(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's own signature
    """Move `{…}` behind a picture from the text to the picture's token, as `meta["marks"]`."""
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
