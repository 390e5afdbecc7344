"""A studio that is killed leaves no process behind, and none of the files that arrived."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.studio.processes import PATIENCE, runs, until
from tests.studio.running import studio
from tests.support.paths import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BEGINS_WORK = """
import sys
from pipeline.files.bounded_process import Bounds, in_bounds
from tests.studio.attacks.test_endings import works_on
for told in in_bounds(works_on, None, Bounds(seconds=60, memory=1 << 30)):
    print(told, flush=True)
"""


def works_on(_: object) -> Iterator[int]:
    """Tell its process, and go on for long."""
    yield os.getpid()
    time.sleep(60)


def test_work_in_a_process_of_its_own_ends_with_the_one_that_was_killed() -> None:
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    with subprocess.Popen(
        [sys.executable, "-c", BEGINS_WORK], stdout=subprocess.PIPE, text=True, env=environment
    ) as killed:
        assert killed.stdout is not None
        pid = int(killed.stdout.readline())
        assert runs(pid)
        killed.kill()
    until(lambda: not runs(pid))


def test_files_that_were_arriving_when_it_was_killed_are_gone_when_it_begins_again(
    root: Path, tmp_path: Path
) -> None:
    def arriving() -> list[Path]:
        return list(tmp_path.rglob("bulletin-arrival-*"))

    with studio(root, tmp_path) as killed:
        killed.enter()
        with socket.create_connection(("127.0.0.1", killed.port), timeout=PATIENCE) as line:
            head = "".join(f"{name}: {value}\r\n" for name, value in killed.own.items())
            line.sendall(
                f"POST /import HTTP/1.1\r\nHost: 127.0.0.1:{killed.port}\r\n{head}Content-Length: 900\r\n"
                "Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n"
                'Content-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nbegun'.encode()
            )
            until(lambda: bool(arriving()))
            killed.process.send_signal(signal.SIGKILL)
            killed.process.wait(PATIENCE)
    assert {path.parent.stat().st_mode & 0o777 for path in arriving()} == {0o700}
    with studio(root, tmp_path) as again:
        assert again.token
        assert arriving() == []
