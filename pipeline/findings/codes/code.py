"""How the code of a finding is worded."""

from __future__ import annotations

import re
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

    @property
    def placeholders(self) -> frozenset[str]:
        """The names that message and remedy fill in."""
        return frozenset(re.findall(r"{(\w+)}", self.message + self.remedy))
