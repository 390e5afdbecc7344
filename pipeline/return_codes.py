"""The codes of what comes back finds, with their English wording.

E38x delivery reports and unsubscribing, W38x likewise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipeline.code_wording import Code

RETURN_CODES: Final[dict[str, Code]] = {}
