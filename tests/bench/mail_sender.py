"""One side of `mail_load`: so many messages of a size, sent by ours or by bare smtplib; tells JSON."""

from __future__ import annotations

import json
import smtplib
import socket
import ssl
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.delivery.ledger.identifiers import KEY_LENGTH, Purpose, Seals
from pipeline.delivery.ledger.ledger import Ledger, Wanted
from pipeline.delivery.messages.message import Attachment, Mailbox, Mould
from pipeline.delivery.sending.dispatch import Dispatch, Parcel
from pipeline.delivery.sending.smtp import SmtpCourier
from pipeline.delivery.settings.model import Server
from tests.support.letters import letter

if TYPE_CHECKING:
    from pipeline.delivery.ledger.ledger import Promise

_SEALS = Seals(bytes(KEY_LENGTH))
_FILING = "2023-12-20/1"


class Stopwatch:
    """Counts the seconds spent in some calls."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.seconds = 0.0

    def over(self, owner: object, name: str) -> None:
        """Count the calls of a method."""
        method = getattr(owner, name)

        def timed(*arguments: object, **named: object) -> object:
            start = time.perf_counter()
            try:
                return method(*arguments, **named)
            finally:
                self.seconds += time.perf_counter() - start

        setattr(owner, name, timed)


def mould_of(size: int) -> Mould:
    """Return a letter that makes a message of about a size in bytes."""
    bare = Mould(letter(attachment=Attachment("a.pdf", b""))).size
    return Mould(letter(attachment=Attachment("a.pdf", bytes(max(1, (size - bare) * 57 // 78)))))


def ours(port: int, count: int, mould: Mould) -> dict[str, float]:
    """Send by the dot protocol, over a ledger on the disk."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=Path.cwd()) as folder:
        ledger = Ledger(Path(folder) / "ledger.sqlite")
        wanted = [
            Wanted(
                _SEALS.recipient(to), _SEALS.token(to), f"<{_SEALS.recipient(to)}@example.bg>", to, "", "bg"
            )
            for to in (f"member{at}@example.bg" for at in range(count))
        ]
        run = ledger.begin(_FILING, Purpose.ISSUE, "x", "x", wanted)
        writing, making = Stopwatch(), Stopwatch()
        for name in ("settle_and_begin", "dot", "move", "next_due", "dots_since"):
            writing.over(ledger, name)

        class Making:
            def parcel(self, promise: Promise) -> Parcel:
                to = Mailbox("", promise.address or "")
                return Parcel("a@example.bg", mould.cast(to, promise.message_id, promise.token))

        maker = Making()
        making.over(maker, "parcel")
        server = Server(host="localhost", port=port, security="tls", per_connection=10_000)
        start = time.perf_counter()
        with SmtpCourier(server, None, "client.example.bg") as courier:
            Dispatch(ledger, courier, maker.parcel).send(run)
        seconds = time.perf_counter() - start
        assert ledger.counted(run.id)["sent"] == count  # type: ignore[index]
        ledger.close()
    return {"seconds": seconds, "ledger": writing.seconds, "making": making.seconds}


def bare(port: int, count: int, mould: Mould) -> dict[str, float]:
    """Send the same bytes by smtplib alone, as fast as it can: with small packets not held back."""
    message = mould.cast(Mailbox("", "member0@example.bg"), "<a@example.bg>", "0" * 32)
    with smtplib.SMTP_SSL("localhost", port, context=ssl.create_default_context()) as line:
        assert line.sock is not None
        line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        start = time.perf_counter()
        for at in range(count):
            line.sendmail("a@example.bg", [f"member{at}@example.bg"], message)
        seconds = time.perf_counter() - start
    return {"seconds": seconds, "ledger": 0, "making": 0}


def main() -> None:
    """Send as the arguments say: whose, port, messages, bytes."""
    port, count, size = (int(word) for word in sys.argv[2:5])
    mould = mould_of(size)
    told = {"ours": ours, "bare": bare}[sys.argv[1]](port, count, mould)
    sys.stdout.write(json.dumps({**told, "bytes": mould.size}) + "\n")


if __name__ == "__main__":
    main()
