"""A sending in a process of its own, which may kill itself: `… -m tests.bench.mail_child ROOT [BOUNDARY]`.

With a number it dies, as by kill -9, before or after the call of that number that writes the ledger or speaks
with the server; it prints `ready` when the first message is about to go.
"""

from __future__ import annotations

import functools
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.sending.smtp import SmtpCourier
from pipeline.desk.mail.outgoing import open_post
from pipeline.desk.mail.plans import Wish
from pipeline.desk.mail.sending import resume, send
from pipeline.files.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

_STEPS = ((Ledger, "settle_and_begin"), (Ledger, "dot"), (Ledger, "move"), (SmtpCourier, "address"))
_MORE = ((SmtpCourier, "pour"), (SmtpCourier, "dot"), (Ledger, "begin"))


def _deadly(method: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    """Return a method that counts its beginnings and its ends, and dies at one of them."""

    def passed() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    @functools.wraps(method)
    def called(*arguments: Any, **named: Any) -> Any:
        passed()
        told = method(*arguments, **named)
        passed()
        return told

    return called


def main() -> None:
    """Begin, or go on with what was begun."""
    post = open_post(Workspace(Path(sys.argv[1])))
    if len(sys.argv) > 2:
        left = [int(sys.argv[2])]
        for owner, name in (*_STEPS, *_MORE):
            setattr(owner, name, _deadly(getattr(owner, name), left))
    with post.room.ledger() as ledger:
        begun = ledger.runs()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    if begun:
        sent = resume(post)
    else:
        filing = post.shelf.filings[-1]
        members = len((post.room.folder / "members.csv").read_text("utf-8").splitlines()) - 1
        sent = send(post, filing, Wish(), members)
    sys.stdout.write(f"{sent.delivered.ending} {sent.unknown}\n")


if __name__ == "__main__":
    main()
