"""The codes of what sending finds, with their English wording.

E35x settings and passwords, E36x the order to send, E37x the ledger and the server, W35x likewise.
"""

from __future__ import annotations

from typing import Final

from pipeline.code_wording import N_, Code

DELIVERY_CODES: Final[dict[str, Code]] = {
    "E370": Code(
        N_("the ledger {name} cannot be used: {problem}"),
        N_("see that the disk has room; if it is damaged, bring it back from mail/backups"),
    ),
    "E371": Code(
        N_("the ledger {name} is of format {found}, and this program knows {known}"),
        N_("use the newer program that wrote it"),
    ),
    "E372": Code(
        N_("the ledger was changed by somebody else while mail went out ({state})"),
        N_("see with “bulletin mail status” what it says now"),
    ),
}
