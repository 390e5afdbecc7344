"""Sets quotes, dashes, ranges, decimals and no-break spaces by language, in text runs only.

Invariants: setting a text that is set changes nothing; letters and digits stay in sequence, the decimal sign
apart; addresses, identifiers and telephone numbers are unchanged.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from pipeline.files.text.unseen_signs import has_unseen
from pipeline.typography.microtypography.paragraph_text import ParagraphText
from pipeline.typography.microtypography.passages import language_of_passage
from pipeline.typography.microtypography.quotation import set_quotes
from pipeline.typography.microtypography.rules import compiled, rules_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.typography.microtypography.rules import Rule

_MOST_PASSES: Final = 8
"""A rule may produce input for an earlier one; two passes suffice for what people write."""

_REMEMBERED: Final = 4096
"""Paragraphs that are remembered: those of two long issues. While one types, all but one stay the same."""


def set_runs(
    runs: Sequence[str],
    language: str,
    *,
    visible_only: bool = False,
    rooms: bool = False,
    dates: bool = False,
    passages: bool = False,
) -> tuple[str, ...]:
    """Apply typography to the adjacent runs of one paragraph together.

    Args:
        runs: In reading order; emphasis and links may part them anywhere. U+FFFC stands for
            what is not text.
        language: The language they are in, as a BCP 47 tag.
        visible_only: Whether spaces may stay breakable where nothing else changes, which takes half the time.
        rooms: Whether rooms and floors are bound to their numbers, and the times of a span to one another.
        dates: Whether a month is bound to its year; not where columns are narrow.
        passages: Whether a paragraph that is in English is set as such, in whichever language the others are.

    Returns:
        As many runs; rules apply across their borders, so that these make no difference to the joined text.
        A text that still changes after the last pass is returned as it was given.
    """
    own = language_of_passage("".join(runs), language) if passages else language
    return _set(tuple(runs), own, (visible_only, rooms, dates))


@functools.lru_cache(_REMEMBERED)
def _set(given: tuple[str, ...], language: str, options: tuple[bool, bool, bool]) -> tuple[str, ...]:
    visible_only, rooms, dates = options
    current = given
    rules = rules_for(language, visible_only=visible_only, rooms=rooms, dates=dates)
    for _ in range(_MOST_PASSES):
        after = _set_once(current, language, rules)
        if "".join(after) == "".join(current):
            return current
        current = after
    return given


def set_text(text: str, language: str) -> str:
    """Apply typography to a text of a single run."""
    return set_runs((text,), language)[0]


def _set_once(runs: tuple[str, ...], language: str, rules: Sequence[Rule]) -> tuple[str, ...]:
    paragraph = ParagraphText(runs)
    # No rule adds a digit or takes one away, nor adds a character that nobody sees.
    digits = any(map(str.isdecimal, paragraph.text))
    unseen = has_unseen(paragraph.text)
    for rule in rules:
        if rule.may_find(paragraph.text, digits=digits, unseen=unseen):
            paragraph.apply(compiled(rule.pattern), rule.replace)
    set_quotes(paragraph, language)
    return paragraph.runs()
