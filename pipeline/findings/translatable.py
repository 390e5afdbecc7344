"""The marks by which texts are extracted into the gettext catalogues."""

from __future__ import annotations

from typing import Final


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "to be translated"
    """Mark a text for the catalogue `bulletin`: messages of the program."""
    return text


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - likewise
    """Mark a text with `{n}`, in the singular and the plural, for the catalogue `bulletin`."""
    return one, many


def L_(text: str) -> str:  # noqa: N802 - likewise
    """Mark a text for the catalogue `page`: labels that are printed."""
    return text


def LL_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - likewise
    """Mark a text with `{n}`, in the singular and the plural, for the catalogue `page`."""
    return one, many


NOT_A_PLAIN_FILE: Final = N_("it is no plain file")
"""What is said of a pipe, a device or a folder where a file is read, as a message of the system would be."""
