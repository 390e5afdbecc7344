"""A mailing in a process of its own, which may kill itself: `… -m tests.bench.mail_child ROOT [BOUNDARY]`.

With a number it kills itself (SIGKILL) before or after the call of that number among those that write the
ledger or talk to the server; it prints `ready` when the first message is about to be sent.
"""

from __future__ import annotations

import functools
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.sending.smtp import SmtpTransport
from pipeline.desk.mail.context import open_mail
from pipeline.desk.mail.plans import MailingRequest
from pipeline.desk.mail.sending import resume, send
from pipeline.files.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

_BOUNDARIES = {
    Ledger: ("begin", "settle_and_begin", "begin_end_of_data", "move"),
    SmtpTransport: ("send_envelope", "send_data", "end_data"),
}
"""Calls that write the ledger or speak with the server."""


def _deadly(method: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    """Return a method that counts its beginnings and its ends, and dies at one of them."""

    def passed() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    @functools.wraps(method)
    def called(*arguments: Any, **named: Any) -> Any:
        passed()
        result = method(*arguments, **named)
        passed()
        return result

    return called


def main() -> None:
    """Send a mailing, or resume it."""
    mail = open_mail(Workspace(Path(sys.argv[1])))
    if len(sys.argv) > 2:
        left = [int(sys.argv[2])]
        for owner, names in _BOUNDARIES.items():
            for name in names:
                setattr(owner, name, _deadly(getattr(owner, name), left))
    with mail.folder.ledger() as ledger:
        begun = ledger.mailings()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    if begun:
        sent = resume(mail)
    else:
        filing = mail.shelf.filings[-1]
        members = len((mail.folder.path / "members.csv").read_text("utf-8").splitlines()) - 1
        sent = send(mail, MailingRequest(filing), members)
    sys.stdout.write(f"{sent.result.ending} {sent.unknown}\n")


if __name__ == "__main__":
    main()
