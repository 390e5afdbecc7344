"""Kill filing and rebuilding at random moments: `python -m tests.bench.killing [--kills 50]`.

After each kill the archive must verify, hold nothing half-written that counts as a filing, and take the same
command again. The exit status is 1 when it does not.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.archive.shelf import Shelf
from pipeline.archive.verifying import verify
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import errors
from tests.bench.measuring import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Sequence

_GOOD: Final = REPOSITORY / "tests" / "bad_issues" / "_good"
_FILE: Final = ("archive", "file", "2023-12-20")
_REBUILD: Final = ("archive", "rebuild", "--all", "--fresh", "--workers", "2")


def main(arguments: list[str] | None = None) -> int:
    """Kill commands, check the archive, and repeat."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.killing", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = Path(folder)
        base = root / "base"
        shutil.copytree(_GOOD, base)
        filed = root / "filed"
        shutil.copytree(base, filed)
        took = {_FILE: _whole(filed, _FILE), _REBUILD: _whole(filed, _REBUILD)}
        faults = 0
        for kill in range(asked.kills):
            command = (_FILE, _REBUILD)[kill % 2]
            workspace = root / f"w{kill}"
            shutil.copytree(base if command is _FILE else filed, workspace)
            _killed(workspace, command, chance.uniform(0.05, took[command]))
            faults += _look(workspace, command)
            shutil.rmtree(workspace)
            sys.stderr.write(f"\rkilled {kill + 1}/{asked.kills}, faults {faults}")
    sys.stderr.write("\n")
    sys.stdout.write(f"{asked.kills} kills, {faults} faults\n")
    return 1 if faults else 0


def _begun(workspace: Path, command: Sequence[str]) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "XDG_CACHE_HOME": str(workspace / "cache")}
    nowhere = subprocess.DEVNULL
    words = [sys.executable, "-m", "pipeline", *command]
    return subprocess.Popen(
        words, cwd=workspace, env=environment, stdout=nowhere, stderr=nowhere, start_new_session=True
    )


def _whole(workspace: Path, command: Sequence[str]) -> float:
    """Let a command run to its end; returns seconds."""
    start = time.perf_counter()
    status = _begun(workspace, command).wait()
    if status:
        message = f"{' '.join(command)} ended with {status}"
        raise RuntimeError(message)
    return time.perf_counter() - start


def _killed(workspace: Path, command: Sequence[str], after: float) -> None:
    """Kill a command and all its processes, some seconds after it began."""
    process = _begun(workspace, command)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _look(root: Path, command: Sequence[str]) -> int:
    """Check that the archive is whole and that the command can be run again; return the number of faults."""
    workspace = Workspace(root)
    broken = errors(verify(Shelf(workspace)).findings)
    filings = Shelf(workspace).filings
    wrong = len(broken) + (len(filings) > 1) + (command is _REBUILD and len(filings) != 1)
    _whole(root, command)
    after = verify(Shelf(workspace))
    return wrong + len(after.findings) + (after.filings != 1)


if __name__ == "__main__":
    sys.exit(main())
