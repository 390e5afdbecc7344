"""Quotes, dashes, ranges, decimals and no-break spaces, by language, on text runs only.

What is promised: setting a set text changes nothing; the sequence of letters and digits stays as
it was, the decimal sign apart; addresses, identifiers and numbers of telephones are not touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.typography.microtypography.paragraph_text import ParagraphText
from pipeline.typography.microtypography.quotation import set_quotes
from pipeline.typography.microtypography.rules import rules_for

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_PASSES: Final = 8
"""A rule may open the way for one before it; two passes settle what people write."""


def set_runs(runs: Sequence[str], language: str) -> tuple[str, ...]:
    """Set the adjacent runs of one paragraph together.

    Args:
        runs: In reading order; emphasis and links may part them anywhere. U+FFFC stands for
            what is not text.
        language: The language they are in, as a BCP 47 tag.

    Returns:
        As many runs; the rules see across their seams, so that where they are parted makes no
        difference to the text they join to. A text on which the rules do not come to rest is
        given back as it is.
    """
    given = current = tuple(runs)
    for _ in range(_MOST_PASSES):
        after = _set_once(current, language)
        if "".join(after) == "".join(current):
            return current
        current = after
    return given


def set_text(text: str, language: str) -> str:
    """Set a text of a single run."""
    return set_runs((text,), language)[0]


def _set_once(runs: tuple[str, ...], language: str) -> tuple[str, ...]:
    paragraph = ParagraphText(runs)
    for rule in rules_for(language):
        paragraph.apply(rule.pattern, rule.replace)
    set_quotes(paragraph, language)
    return paragraph.runs()
