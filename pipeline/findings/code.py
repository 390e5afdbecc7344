"""The wording of a finding's code."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """The wording of a code.

    Args:
        message: What is wrong.
        remedy: How to mend it.
        guess: How to mend it where the finding has a value `guess`: what was probably meant.
    """

    message: str
    remedy: str
    guess: str = ""
