"""The codes of what sending finds, with their English wording.

E35x settings and passwords, E36x the order to send, E37x the ledger and the server, W35x likewise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipeline.code_wording import Code

DELIVERY_CODES: Final[dict[str, Code]] = {}
