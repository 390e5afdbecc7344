"""Errors that yield another existing word: no dictionary finds them, only the words beside them show them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.editor.passages import Passage
    from pipeline.editor.queries import QueryContext
    from pipeline.findings.finding import Finding


class _Confusable(NamedTuple):
    """A word used in place of another.

    Args:
        pattern: Matches the word in its context, in capitals or not; its first group is the word.
        meant: The word that was probably meant.
        sign: A string in lower case that a text holds wherever the pattern matches; others are not searched.
    """

    pattern: str
    meant: str
    sign: str


_BEFORE_AN_EVENT: Final = (
    r"(?=(?:\s+\w+){0,4}\s+(?:семинар|среща|срещи|обучени|конференци|форум|дискуси|група|събити|лекци|изложени|"
    r"работилниц|кръгла|заседани|събрани|изпит|конкурс|кампани|пътуван|посещени)\w*)"
)


def _confusables(*entries: tuple[str, str, str]) -> tuple[_Confusable, ...]:
    return tuple(_Confusable(*entry) for entry in entries)


_CONFUSABLES: Final = {
    "bg": _confusables(
        (rf"\bсе\s+(преведе)\b{_BEFORE_AN_EVENT}", "проведе", "преведе"),
        (rf"\bсе\s+(преведоха)\b{_BEFORE_AN_EVENT}", "проведоха", "преведоха"),
        (rf"\bсе\s+(превежда)\b{_BEFORE_AN_EVENT}", "провежда", "превежда"),
        (rf"\bсе\s+(преведат)\b{_BEFORE_AN_EVENT}", "проведат", "преведат"),
        (r"\b(в\s+последствие)\b", "впоследствие", "последствие"),
        (r"\b(в\s+предвид)\b", "предвид", "предвид"),
        (r"\b(по\s+между\s+(?:си|им))\b", "помежду си", "между"),
        (r"\b(до\s+сега)\b", "досега", "сега"),
        (r"\b(от\s+скоро)\b", "отскоро", "скоро"),
        (r"\b(на\s+всякъде)\b", "навсякъде", "всякъде"),
        (r"\b(следствие)\s+на\b", "вследствие", "следствие"),
        (r"\b(на\s+пример)\b", "например", "пример"),
    ),
    "en": _confusables(
        (r"\b(?:could|should|would)\s+(of)\b", "have", "of"),
        (r"\b(lead)\s+by\s+(?:the|a|an|our|its|[A-Z])", "led", "lead"),
        (r"\b(it's)\s+own\b", "its", "it's"),
        (r"\b(form)\s+the\s+(?:beginning|start|outset|university|cluster|\d)", "from", "form"),
        (r"\bproject\s+(manger)\b", "manager", "manger"),
        (r"\b(loose)\s+(?:time|money|members|interest|sight)\b", "lose", "loose"),
        (r"\bmore\s+(then)\b(?!\s*[,.])", "than", "then"),
    ),
}
"""Bulgarian: words written apart that the official spelling dictionary writes as one, and verbs confused."""


def confusable_queries(context: QueryContext) -> Iterator[Finding]:
    """Query words that exist but are probably not meant in their context (W421)."""
    lowered = [(passage, passage.text.lower()) for passage in context.passages]
    for confusable in _CONFUSABLES.get(context.issue.language.split("-", maxsplit=1)[0], ()):
        # Most patterns are for words that an issue does not contain, and are not even compiled.
        if passages := [passage for passage, text in lowered if confusable.sign in text]:
            yield from _queries(confusable, passages, context)


def _queries(
    confusable: _Confusable, passages: Sequence[Passage], context: QueryContext
) -> Iterator[Finding]:
    pattern = re.compile(confusable.pattern, re.IGNORECASE)
    for passage in passages:
        for match in pattern.finditer(passage.text):
            key = " ".join(match[0].split())
            yield from context.query(
                "W421", passage, match.span(1), key, found=match[1], guess=confusable.meant
            )
