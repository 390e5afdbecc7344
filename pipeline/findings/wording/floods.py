"""Many findings of one kind in one file: the first are shown, the others counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from pipeline.findings.translatable import N_
from pipeline.findings.wording.excerpts import visible
from pipeline.findings.wording.wording import in_words, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.findings.finding import Finding

MOST: Final = 20
"""The most findings of one kind in one file that are all shown."""

SHOWN: Final = 5
"""How many are shown of more."""

_SHOWN_ONCE: Final = frozenset({"W172"})
"""Codes of which the first in a file says what the others say: of an issue just begun, nearly every line."""

_LISTED: Final = 20
"""How many lines or pages are listed of the others."""


def in_words_gathered(
    findings: Sequence[Finding], language: str, widest: int
) -> Iterator[tuple[Finding | None, str]]:
    """Yield findings as text, those of a flood after its first few as one line that counts them.

    Args:
        findings: In order, with excerpts.
        language: `bg` or `en`.
        widest: The most columns an excerpt may take.

    Yields:
        The finding, and its text; None with the line that counts others.
    """
    counts = Counter(map(_kind, findings))
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        kind = _kind(finding)
        groups[kind].append(finding)
        most, shown = (1, 1) if finding.code in _SHOWN_ONCE else (MOST, SHOWN)
        if counts[kind] <= most or len(groups[kind]) <= shown:
            yield finding, in_words(finding, language, widest)
        elif len(groups[kind]) == counts[kind]:
            yield None, _others(kind, groups[kind][shown:], language)


def _kind(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.place.path if finding.place is not None else ""


def _others(kind: tuple[str, str], others: Sequence[Finding], language: str) -> str:
    code, path = kind
    lines = dict.fromkeys(item.place.line for item in others if item.place is not None and item.place.line)
    pages = dict.fromkeys(item.page for item in others if item.page)
    text = N_("{code}: {count} more")
    if lines:
        text = N_("{path}: {code}: {count} more, on lines {numbers}")
    elif pages:
        text = N_("{code}: {count} more, on pages {numbers}")
    elif path:
        text = N_("{path}: {code}: {count} more")
    numbers = list(lines or pages)
    listed = ", ".join(map(str, numbers[:_LISTED])) + (", …" if len(numbers) > _LISTED else "")
    return say(text, language, path=visible(path), code=code, count=len(others), numbers=listed)
