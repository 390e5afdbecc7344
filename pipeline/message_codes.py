"""The codes of what writing a message finds, with their English wording.

E34x headers, sizes and signatures, W34x likewise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipeline.code_wording import Code

MESSAGE_CODES: Final[dict[str, Code]] = {}
