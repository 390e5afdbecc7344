"""The codes of what making the mail edition finds, with their English wording.

E32x the page and its parity with the PDF, W32x likewise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipeline.code_wording import Code

MAIL_PAGE_CODES: Final[dict[str, Code]] = {}
