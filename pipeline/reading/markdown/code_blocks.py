"""Blocks of code, in which every space counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found
from pipeline.models.text import Code, LineBreak, Paragraph

if TYPE_CHECKING:
    from pipeline.models.text import Inline
    from pipeline.reading.markdown.source.source_lines import SourceLines
    from pipeline.reading.markdown.source.tokens import Token

TAB: Final = 4
"""The columns from one tab stop to the next (CommonMark 0.31, 2.2)."""

_LANGUAGE: Final = re.compile(r"[A-Za-z0-9_+#.-]{0,20}")
"""The name of a language behind the fence of a code block, which nothing here uses."""


def read_code(token: Token, lines: SourceLines) -> tuple[list[Paragraph], list[Finding]]:
    """Return the lines of a block of code, none where it is empty.

    Args:
        token: Its token.
        lines: Of the file.

    Returns:
        It, with findings: it is indented, which is mostly unintended (W09), or its fence says more than a
        language (W21).
    """
    findings = []
    columns = lines.columns(token)
    if token.type == "code_block":
        findings.append(found("W09", lines.place(token)))
    else:
        if not _LANGUAGE.fullmatch(info := token.info.strip()):
            findings.append(found("W21", columns.peek(info), found=info[:80]))
        columns.turn()
    children: list[Inline] = []
    written = token.content.rstrip("\n").split("\n")
    for line in written:
        if children:
            children.append(LineBreak())
        if line.strip():
            children.append(Code(line.expandtabs(TAB), columns.next(line)))
        columns.turn()
    if not any(isinstance(child, Code) for child in children):
        return [], findings
    return [Paragraph(tuple(children), tuple(line.expandtabs(TAB) for line in written))], findings
