"""Errors that no dictionary finds: words that exist and are not meant, and letters that only look right."""

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


_PARTED: Final = (
    r"(?<![\w@/])(\w*[^\W\d_][”“»)]?)(?:\s+([,;!?])(?=[^\W\d_])|([,;!?])(?=[^\W\d_])|"
    r"\s+(\.)(?=[А-ЯЁЄІЇҐЋЂЉЊЏ])|(?<=[а-яёєіїґћђљњџ]{5})(\.)(?=[А-ЯЁЄІЇҐЋЂЉЊЏ][а-яёєіїґћђљњџ]))(\w+)(?![\w@/]|\.\w)"
)
"""As a pattern, a sign between two words whose space stands before it, or is missing: „дума .Не“, „дума,не“.

A full stop only between Cyrillic words, for “.NET” and “Node.js” are names, and behind no abbreviation, which
the page sets right.
"""

_TOUCHING: Final = re.compile(r"[,;!?](?=[^\W\d_])|\.(?=[А-ЯЁЄІЇҐЋЂЉЊЏ])")
"""A sign right before such a letter, without which nothing is parted wrongly; few passages have one."""

_ADDRESS: Final = re.compile(r"://|@|www\.|\w/\w")


def misplaced_space_queries(context: QueryContext) -> Iterator[Finding]:
    """Query signs without the space that stands behind them (W421)."""
    for passage in context.passages:
        if not _TOUCHING.search(passage.text):
            continue
        for match in re.finditer(_PARTED, passage.text):
            if _ADDRESS.search(_around(match, passage.text)):
                continue
            before, *signs, after = match.groups()
            meant = f"{before}{next(filter(None, signs))} {after}"
            written = " ".join(match[0].split())
            yield from context.query("W421", passage, match.span(), written, found=written, guess=meant)


def _around(match: re.Match[str], text: str) -> str:
    """Return a match with what stands beside it without a space."""
    start = text.rfind(" ", 0, match.start()) + 1
    end = text.find(" ", match.end())
    return text[start : end if end >= 0 else len(text)]


_CYRILLIC: Final = "асеорхуАВСЕНКМОРТХУ"
_LATIN: Final = "aceopxyABCEHKMOPTXY"
"""Letters of the same shape, pair by pair."""

_TO_CYRILLIC: Final = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN: Final = str.maketrans(_CYRILLIC, _LATIN)
_MIXED: Final = re.compile(
    r"(?<![\w@./])(?=[А-яЀ-џ]*[A-Za-z])(?=[A-Za-z]*[А-яЀ-џ])[A-Za-zА-яЀ-џ]{3,}(?![\w@/]|\.\w)"
)
_ENDING: Final = re.compile(r"[A-Za-z]+[А-яЀ-џ]+")
"""A foreign name with an ending of the language: „Facebookа“."""


def mixed_letter_queries(context: QueryContext) -> Iterator[Finding]:
    """Query words in which some letters are of another alphabet and only look right (W422)."""
    for passage in context.passages:
        for match in _MIXED.finditer(passage.text):
            meant = in_one_alphabet(match[0])
            if meant:
                letters = ", ".join(dict.fromkeys(a for a, b in zip(match[0], meant, strict=True) if a != b))
                yield from context.query(
                    "W422", passage, match.span(), match[0], found=match[0], guess=meant, letters=letters
                )


def in_one_alphabet(word: str) -> str:
    """Return a word with its strange letters replaced; empty where they are no look-alikes, or an ending."""
    strange = [
        (sum(letter != other for letter, other in zip(word, meant, strict=True)), meant)
        for meant in (word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN))
        if meant.isascii() or not re.search("[A-Za-z]", meant)
    ]
    if not strange:
        return ""
    _, meant = min(strange)
    return "" if meant.isascii() and _ENDING.fullmatch(word) else meant
