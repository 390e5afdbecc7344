"""What setting the typography of an issue mends, and why it does not where it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import errors
from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.findings.finding import Finding

IN_PICTURES: Final = "W175"
IN_TEXTS: Final = frozenset({"W16", "W23", "W24", "W25", "W27", "W403"})
"""What setting the typography mends: in pictures, and in texts without errors."""

_NOT_YET: Final = N_("The typography can be set once the errors are mended.")
_NOT_THERE: Final = N_("What has errors stays as it is until they are mended: {names}.")


def can_be_set(findings: Sequence[Finding], places: Mapping[str, frozenset[int]]) -> bool:
    """Return whether setting the typography of an issue mends something of it.

    Args:
        findings: Of the issue.
        places: The lines that it would change, by file.
    """
    return any(places.values()) or any(each.code == IN_PICTURES for each in findings)


def why_not_set(
    findings: Sequence[Finding], places: Mapping[str, frozenset[int]], names: Sequence[str]
) -> str:
    """Return the message that says what of an issue cannot be set for its errors; empty where all can be.

    Args:
        findings: Of the issue.
        places: The lines that setting the typography would change, by file.
        names: What articles with errors are called.
    """
    if not errors(findings) or not any(each.code in IN_TEXTS for each in findings):
        return ""
    if not any(places.values()):
        return _NOT_YET
    return _NOT_THERE if names else ""
