"""How deep a text may be nested: the parser's time grows faster than the depth of what it reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.reading.markdown.source.source_lines import SourceLines
    from pipeline.reading.markdown.source.tokens import Token

DEEPEST: Final = 10
"""The most levels of nested lists and quotes."""

OPEN_BRACKETS: Final = 30
"""The most open brackets in a paragraph: the parser's time grows with their square."""

_NESTING: Final = {"blockquote_open", "bullet_list_open", "ordered_list_open"}


def too_many_brackets(lines: SourceLines) -> Place | None:
    """Return the first bracket of a text that opens one too many in its paragraph."""
    depth = 0
    for number, line in lines.of_text():
        if not line.strip():
            depth = 0
        for match in re.finditer(r"[\[\]]", line):
            depth = depth + 1 if match[0] == "[" else max(0, depth - 1)
            if depth > OPEN_BRACKETS:
                return Place(lines.path, number, match.start() + 1)
    return None


def first_too_deep(tokens: Sequence[Token]) -> Token | None:
    """Return the first list or quotation that is nested too deep."""
    depth = 0
    for token in tokens:
        if token.type in _NESTING:
            depth += 1
        elif token.type.replace("_close", "_open") in _NESTING:
            depth -= 1
        if depth > DEEPEST:
            return token
    return None
