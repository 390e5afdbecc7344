"""Load: our sending against bare smtplib, to Debian's smtp-sink: `python -m tests.bench.mail_load`.

Both use one connection, through the same TLS proxy before the sink, and send the same bytes: five thousand
messages of 50 KB and five hundred of 1 MB. Ours also keeps the ledger, with two commits a message; its share
of the time is printed. The exit status is 1 if ours is slower than `LEAST`.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.measuring import run
from tests.studio.processes import listens, until
from tests.support.mail_servers import authority

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST: Final = 0.7
"""Least rate of ours, as a share of bare smtplib's."""

SINK: Final = "/usr/sbin/smtp-sink"
_ROWS: Final = ((5000, 50_000), (500, 1_000_000))
_PIECE: Final = 262_144


def main(arguments: list[str] | None = None) -> int:
    """Send, and compare."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.mail_load", description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of the messages, for a quick look")
    parser.add_argument("--front", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.front:
        port, inner, certificate = asked.front
        _front(int(port), int(inner), certificate)
    slow = 0
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = Path(folder)
        held = authority(root / "tls")
        with sink(held.localhost) as port:
            for messages, size in _ROWS:
                count = max(10, int(messages * asked.share))
                slow += _compare(root, held.ca, port, count=count, size=size)
    return 1 if slow else 0


def _compare(root: Path, ca: Path, port: int, *, count: int, size: int) -> bool:
    """Print rates and memory of both sides; return whether ours is too slow."""
    results: dict[str, dict[str, float]] = {}
    peaks: dict[str, int] = {}
    for name in ("bare", "ours", "bare", "ours"):
        command = [sys.executable, "-m", "tests.bench.mail_sender", name, port, count, size]
        done = run([str(word) for word in command], root, {"SSL_CERT_FILE": str(ca)})
        said = json.loads(done.said)
        # The better of two: the first of each may find the disk cold.
        if name not in results or said["seconds"] < results[name]["seconds"]:
            results[name], peaks[name] = said, done.peak
    ours, bare = results["ours"], results["bare"]
    ratio = bare["seconds"] / ours["seconds"]
    sys.stdout.write(
        f"{count} x {ours['bytes'] / 1000:.0f} KB: ours {count / ours['seconds']:.0f}/s, bare smtplib "
        f"{count / bare['seconds']:.0f}/s; ratio {ratio:.2f} ({LEAST}) {'yes' if ratio >= LEAST else 'NO'}; "
        f"of ours the ledger {ours['ledger'] / ours['seconds']:.0%}, building the messages "
        f"{ours['building'] / ours['seconds']:.0%}; memory {peaks['ours'] // 1024} MB, bare "
        f"{peaks['bare'] // 1024} MB\n"
    )
    sys.stdout.flush()
    return ratio < LEAST


@contextlib.contextmanager
def sink(certificate: Path) -> Iterator[int]:
    """Run the sink, and TLS in front of it in a process of its own; gives the port."""
    with socket.socket() as free, socket.socket() as other:
        free.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        inner, outer = free.getsockname()[1], other.getsockname()[1]
    owner = ["-u", "nobody"] if os.geteuid() == 0 else []
    mail = subprocess.Popen([SINK, *owner, f"127.0.0.1:{inner}", "100"])
    command = [
        sys.executable,
        "-m",
        "tests.bench.mail_load",
        "--front",
        str(outer),
        str(inner),
        str(certificate),
    ]
    before = subprocess.Popen(command)
    try:
        for port in (inner, outer):
            until(functools.partial(listens, port))
        yield outer
    finally:
        for process in (before, mail):
            process.terminate()
            process.wait()


def _front(port: int, inner: int, certificate: str) -> None:
    """Accept TLS at a port and relay the plain text to another, for ever."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", port)) as listening:
        while True:
            raw, _ = listening.accept()
            threading.Thread(target=_relay, args=(raw, inner, context), daemon=True).start()


def _relay(raw: socket.socket, inner: int, context: ssl.SSLContext) -> None:
    with contextlib.suppress(OSError):
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with (
            context.wrap_socket(raw, server_side=True) as line,
            socket.create_connection(("127.0.0.1", inner)) as sink,
        ):
            sink.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=_relay_bytes, args=(sink, line), daemon=True).start()
            _relay_bytes(line, sink)


def _relay_bytes(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(_PIECE):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


if __name__ == "__main__":
    sys.exit(main())
