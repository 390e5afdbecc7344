"""A mailing in a process of its own, which may kill itself: `… -m tests.bench.mail_child ROOT [BOUNDARY]`.

With a number it kills itself (SIGKILL) before or after the call of that number among those that write the
ledger or talk to the server; it prints `ready` when the first message is about to be sent. With `--forget
ADDRESS` it forgets a member instead.
"""

from __future__ import annotations

import argparse
import functools
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.ledger.witness import Witness
from pipeline.delivery.sending.smtp import SmtpTransport
from pipeline.desk.mail.context import open_mail
from pipeline.desk.mail.plans import MailingRequest
from pipeline.desk.mail.records import forget
from pipeline.desk.mail.sending import resume, send
from pipeline.files.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

_BOUNDARIES = {
    Ledger: (
        "begin",
        "settle_and_begin",
        "begin_end_of_data",
        "record",
        "forget",
        "overwrite_erased",
        "end_erasure",
    ),
    Witness: ("follow", "forget"),
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
    """Send a mailing, resume it, or forget a member."""
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=Path)
    parser.add_argument("boundary", type=int, nargs="?")
    parser.add_argument("--forget", metavar="ADDRESS")
    asked = parser.parse_args()
    mail = open_mail(Workspace(asked.root))
    if asked.boundary is not None:
        left = [asked.boundary]
        for owner, names in _BOUNDARIES.items():
            for name in names:
                setattr(owner, name, _deadly(getattr(owner, name), left))
    if asked.forget:
        forget(mail.folder, asked.forget)
        return
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
