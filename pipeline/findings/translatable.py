"""The mark by which the catalogues of translation find a text."""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "to be translated"
    """Mark a text for the catalogues."""
    return text
