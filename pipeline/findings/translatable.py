"""The marks by which the catalogues of translation find a text."""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "to be translated"
    """Mark a text for the catalogues."""
    return text


def L_(text: str) -> str:  # noqa: N802 - likewise
    """Mark a text for the catalogues of what is printed."""
    return text


def LL_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - likewise
    """Mark a text with `{n}`, in the singular and the plural, for the catalogues of what is printed."""
    return one, many
