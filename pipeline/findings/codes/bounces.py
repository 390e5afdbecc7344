"""Finding codes of bounces and replies, with their English wording.

E38x and W38x.
"""

from __future__ import annotations

from typing import Final

from pipeline.findings.codes.code import Code
from pipeline.findings.translatable import N_

RETURN_CODES: Final[dict[str, Code]] = {
    "E380": Code(
        N_("{name} is no letter and no mailbox: {problem}"),
        N_("save the letters from the mail program as .eml, or the mailbox as mbox, and name those"),
    ),
    "E381": Code(
        N_("the page for unsubscribing cannot listen at {host}:{port}: {problem}"),
        N_("choose another port with --port, or end the program that holds it"),
    ),
    "E382": Code(
        N_("no address for the page for unsubscribing is named"),
        N_("write unsubscribe: https://… into mail/mail.yaml: where members reach it from outside"),
    ),
    "E383": Code(N_("“{found}” is no address"), N_("write it as name@example.org")),
}
