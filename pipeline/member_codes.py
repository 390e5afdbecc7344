"""The codes of what reading a list of members finds, with their English wording.

E30x the file, E31x its rows, W30x what is doubtful in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipeline.code_wording import Code

MEMBER_CODES: Final[dict[str, Code]] = {}
