"""Errors that yield another existing word: no dictionary finds them, only the words beside them show them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.editor.queries import QueryContext
    from pipeline.findings.finding import Finding


class _Confusable(NamedTuple):
    """A word used in place of another.

    Args:
        pattern: Matches the word in its context, in capitals or not; its first group is the word.
        meant: The word that was probably meant.
    """

    pattern: str
    meant: str


_BEFORE_AN_EVENT: Final = (
    r"(?=(?:\s+\w+){0,4}\s+(?:семинар|среща|срещи|обучени|конференци|форум|дискуси|група|събити|лекци|изложени|"
    r"работилниц|кръгла|заседани|събрани|изпит|конкурс|кампани|пътуван|посещени)\w*)"
)


def _confusables(*pairs: tuple[str, str]) -> tuple[_Confusable, ...]:
    return tuple(_Confusable(pattern, meant) for pattern, meant in pairs)


_CONFUSABLES: Final = {
    "bg": _confusables(
        (rf"\bсе\s+(преведе)\b{_BEFORE_AN_EVENT}", "проведе"),
        (rf"\bсе\s+(преведоха)\b{_BEFORE_AN_EVENT}", "проведоха"),
        (rf"\bсе\s+(превежда)\b{_BEFORE_AN_EVENT}", "провежда"),
        (rf"\bсе\s+(преведат)\b{_BEFORE_AN_EVENT}", "проведат"),
        (r"\b(в\s+последствие)\b", "впоследствие"),
        (r"\b(в\s+предвид)\b", "предвид"),
        (r"\b(по\s+между\s+(?:си|им))\b", "помежду си"),
        (r"\b(до\s+сега)\b", "досега"),
        (r"\b(от\s+скоро)\b", "отскоро"),
        (r"\b(на\s+всякъде)\b", "навсякъде"),
        (r"\b(следствие)\s+на\b", "вследствие"),
        (r"\b(на\s+пример)\b", "например"),
    ),
    "en": _confusables(
        (r"\b(?:could|should|would)\s+(of)\b", "have"),
        (r"\b(lead)\s+by\s+(?:the|a|an|our|its|[A-Z])", "led"),
        (r"\b(it's)\s+own\b", "its"),
        (r"\b(form)\s+the\s+(?:beginning|start|outset|university|cluster|\d)", "from"),
        (r"\bproject\s+(manger)\b", "manager"),
        (r"\b(loose)\s+(?:time|money|members|interest|sight)\b", "lose"),
        (r"\bmore\s+(then)\b(?!\s*[,.])", "than"),
    ),
}
"""Bulgarian: words written apart that the official spelling dictionary writes as one, and verbs confused."""


def confusable_queries(context: QueryContext) -> Iterator[Finding]:
    """Query words that exist but are probably not meant in their context (W421)."""
    for confusable in _CONFUSABLES.get(context.issue.language.split("-", maxsplit=1)[0], ()):
        pattern = re.compile(confusable.pattern, re.IGNORECASE)
        for passage in context.passages:
            for match in pattern.finditer(passage.text):
                key = " ".join(match[0].split())
                yield from context.query(
                    "W421", passage, match.span(1), key, found=match[1], guess=confusable.meant
                )
