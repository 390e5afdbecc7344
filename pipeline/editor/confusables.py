"""Slips that make another word which exists: no dictionary sees them, only what stands beside them tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.editor.queries import Desk
    from pipeline.findings.finding import Finding


class _Slip(NamedTuple):
    """A slip.

    Args:
        pattern: What is asked about; its first group is replaced.
        meant: What stands there most likely instead.
    """

    pattern: re.Pattern[str]
    meant: str


_HELD: Final = (
    r"(?=(?:\s+\w+){0,4}\s+(?:семинар|среща|срещи|обучени|конференци|форум|дискуси|група|събити|лекци|изложени|"
    r"работилниц|кръгла|заседани|събрани|изпит|конкурс|кампани|пътуван|посещени)\w*)"
)


def _slips(*pairs: tuple[str, str]) -> tuple[_Slip, ...]:
    return tuple(_Slip(re.compile(pattern, re.IGNORECASE), meant) for pattern, meant in pairs)


_SLIPS: Final = {
    "bg": _slips(
        (rf"\bсе\s+(преведе)\b{_HELD}", "проведе"),
        (rf"\bсе\s+(преведоха)\b{_HELD}", "проведоха"),
        (rf"\bсе\s+(превежда)\b{_HELD}", "провежда"),
        (rf"\bсе\s+(преведат)\b{_HELD}", "проведат"),
        (r"\b(в\s+последствие)\b", "впоследствие"),
        (r"\b(в\s+предвид)\b", "предвид"),
        (r"\b(по\s+между\s+(?:си|им))\b", "помежду си"),
        (r"\b(до\s+сега)\b", "досега"),
        (r"\b(от\s+скоро)\b", "отскоро"),
        (r"\b(на\s+всякъде)\b", "навсякъде"),
        (r"\b(следствие)\s+на\b", "вследствие"),
        (r"\b(на\s+пример)\b", "например"),
    ),
    "en": _slips(
        (r"\b(?:could|should|would)\s+(of)\b", "have"),
        (r"\b(lead)\s+by\s+(?:the|a|an|our|its|[A-Z])", "led"),
        (r"\b(it's)\s+own\b", "its"),
        (r"\b(form)\s+the\s+(?:beginning|start|outset|university|cluster|\d)", "from"),
        (r"\bproject\s+(manger)\b", "manager"),
        (r"\b(loose)\s+(?:time|money|members|interest|sight)\b", "lose"),
        (r"\bmore\s+(then)\b(?!\s*[,.])", "than"),
    ),
}
"""Bulgarian: words written apart that the official spelling dictionary writes as one, and verbs misheard."""


def slip_queries(desk: Desk) -> Iterator[Finding]:
    """Query words that are right by themselves and hardly meant where they stand (W421)."""
    for slip in _SLIPS.get(desk.issue.language.split("-", maxsplit=1)[0], ()):
        for passage in desk.passages:
            for match in slip.pattern.finditer(passage.text):
                key = " ".join(match[0].split())
                yield from desk.query(
                    "W421", passage, match.start(1), match.end(1), key, found=match[1], guess=slip.meant
                )
