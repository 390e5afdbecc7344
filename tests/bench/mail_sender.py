"""One side of `mail_load`: messages of a size, sent by ours or by bare smtplib; prints JSON."""

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

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.ledger.witness import Witness
from pipeline.delivery.messages.content import Attachment, Mailbox
from pipeline.delivery.messages.template_message import TemplateMessage
from pipeline.delivery.sending.dispatcher import Dispatcher, OutgoingMessage
from pipeline.delivery.sending.smtp import SmtpTransport
from pipeline.delivery.settings.model import Server
from tests.support.deliveries import FILING, new_deliveries
from tests.support.message_contents import content

if TYPE_CHECKING:
    from pipeline.delivery.ledger.records import Delivery


class Stopwatch:
    """Counts the seconds spent in some calls."""

    def __init__(self) -> None:
        """Start at zero."""
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


def template_of(size: int) -> TemplateMessage:
    """Return a template of messages of about a size in bytes."""
    bare = TemplateMessage(content(attachment=Attachment("a.pdf", b""))).size
    return TemplateMessage(content(attachment=Attachment("a.pdf", bytes(max(1, (size - bare) * 57 // 78)))))


def ours(port: int, count: int, template: TemplateMessage) -> dict[str, float]:
    """Send with the ledger on the disk."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=Path.cwd()) as folder:
        witness = Witness(Path(folder) / "witness.sqlite")
        ledger = Ledger(Path(folder) / "ledger.sqlite", witness)
        ledger.compare(witness)
        mailing = ledger.begin(FILING, Purpose.ISSUE, date="x", digests="x", deliveries=new_deliveries(count))
        writing, building = Stopwatch(), Stopwatch()
        for name in ("settle_and_begin", "begin_end_of_data", "record", "next_due", "messages_since"):
            writing.over(ledger, name)

        class Builder:
            def build(self, delivery: Delivery) -> OutgoingMessage:
                to = Mailbox("", delivery.address or "")
                return OutgoingMessage(
                    "a@example.bg", template.render(to, delivery.message_id, delivery.token)
                )

        maker = Builder()
        building.over(maker, "build")
        server = Server(host="localhost", port=port, security="tls", per_connection=10_000)
        start = time.perf_counter()
        with SmtpTransport(server, None, "client.example.bg") as transport:
            Dispatcher(ledger, transport, maker.build).send(mailing)
        seconds = time.perf_counter() - start
        assert ledger.state_counts(mailing.id)["sent"] == count  # type: ignore[index]
        ledger.close()
        witness.close()
    return {"seconds": seconds, "ledger": writing.seconds, "building": building.seconds}


def bare(port: int, count: int, template: TemplateMessage) -> dict[str, float]:
    """Send the same bytes by smtplib alone, as fast as it can: with small packets not held back."""
    message = template.render(Mailbox("", "member0@example.bg"), "<a@example.bg>", "0" * 32)
    with smtplib.SMTP_SSL("localhost", port, context=ssl.create_default_context()) as line:
        assert line.sock is not None
        line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        start = time.perf_counter()
        for at in range(count):
            line.sendmail("a@example.bg", [f"member{at}@example.bg"], message)
        seconds = time.perf_counter() - start
    return {"seconds": seconds, "ledger": 0, "building": 0}


def main() -> None:
    """Send by the arguments: side, port, messages, bytes."""
    port, count, size = (int(word) for word in sys.argv[2:5])
    template = template_of(size)
    result = {"ours": ours, "bare": bare}[sys.argv[1]](port, count, template)
    sys.stdout.write(json.dumps({**result, "bytes": template.size}) + "\n")


if __name__ == "__main__":
    main()
