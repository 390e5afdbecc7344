"""How the code of a finding is worded."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """The wording of a code.

    Args:
        message: What is wrong.
        remedy: How to mend it.
        guess: How to mend it where the finding brings a `guess` of what was meant.
    """

    message: str
    remedy: str
    guess: str = ""
