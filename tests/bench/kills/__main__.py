"""`python -m tests.bench.kills [--kills 60] [--seed 1]`: nothing half, nothing jammed.

Each command runs on a workspace of its own that holds an earlier output, and is killed at a seeded one of
its writes: where it makes, renames or deletes a file. Then every file that is there must be whole, old or
new; the archive must verify; and the same command, run again, must end well.
"""

from __future__ import annotations

import argparse
import functools
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.archive.shelf import Shelf
from pipeline.archive.verifying import verify
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import errors
from tests.bench.measuring import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GOOD: Final = REPOSITORY / "tests" / "bad_issues" / "_good"
_ISSUE: Final = "2023-12-20"
COMMANDS: Final = (("build", _ISSUE, "--edition", "screen"), ("archive", "file", _ISSUE))

_KILLED: Final = """
import os, runpy, signal, sys
moment, workspace, writes = int(sys.argv[1]), sys.argv[2], 0
def count(event, arguments):
    global writes
    if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.chmod"):
        try:
            path = os.fsdecode(arguments[0])
        except TypeError:
            return
        if path.startswith(workspace) and (event != "open" or (arguments[2] or 0) & 3):
            writes += 1
            os.pwrite(counted, str(writes).encode(), 0)
            if writes == moment:
                os.kill(os.getpid(), signal.SIGKILL)
counted = os.open(workspace + ".writes", os.O_WRONLY | os.O_CREAT)
sys.addaudithook(count)
sys.argv = ["bulletin", *sys.argv[3:]]
runpy.run_module("pipeline", run_name="__main__")
"""
"""The command, killed at a write within its workspace."""


def main(arguments: list[str] | None = None) -> int:
    """Kill commands, look at what they left, and repeat."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    faults = 0
    for number in range(asked.kills):
        with tempfile.TemporaryDirectory(prefix="kills-") as folder:
            command = COMMANDS[number % len(COMMANDS)]
            for fault in kill_once(Path(folder) / "w", command, asked.seed + number):
                faults += 1
                sys.stdout.write(f"seed {asked.seed + number}, {' '.join(command)}: {fault}\n")
        sys.stderr.write(f"\rkilled {number + 1}/{asked.kills}, faults {faults}")
    sys.stderr.write("\n")
    sys.stdout.write(f"{asked.kills} kills, {faults} faults\n")
    return 1 if faults else 0


def kill_once(workspace: Path, command: Sequence[str], seed: int) -> list[str]:
    """Kill a command at a seeded moment; return what is half or jammed after it.

    Args:
        workspace: Where its workspace is made.
        command: Words of the command.
        seed: Gives the moment.
    """
    shutil.copytree(_ready(command[0]), workspace)
    before = _outputs(workspace)
    moment = random.Random(seed).randint(1, _writes(command[0]))
    status = _run(workspace, command, moment)
    faults = [] if status in {0, -9} else [f"it ended with {status}"]
    faults += _half(workspace, before)
    if (again := _run(workspace, command)) != 0:
        faults.append(f"run again, it ended with {again}")
    faults += [f"left: {path.name}" for path in workspace.rglob(".aside-*")]
    faults += [str(finding) for finding in errors(verify(Shelf(Workspace(workspace))).findings)]
    return faults


def _half(workspace: Path, before: dict[str, bytes]) -> Iterator[str]:
    """Yield the outputs that are neither as they were nor whole, and the errors of the archive."""
    for name, data in _outputs(workspace).items():
        is_whole = not name.endswith(".pdf") or data.rstrip().endswith(b"%%EOF")
        if data != before.get(name) and not is_whole:
            yield f"half: {name}"
    yield from (str(finding) for finding in errors(verify(Shelf(Workspace(workspace))).findings))


def _outputs(workspace: Path) -> dict[str, bytes]:
    """Return the files of a build and of the archive, without those that are being written."""
    paths = [*(workspace / "out").rglob("*"), *(workspace / "issues").glob("*/filed/[0-9]*/*")]
    return {
        path.relative_to(workspace).as_posix(): path.read_bytes()
        for path in paths
        if path.is_file() and not path.name.startswith(".")
    }


@functools.cache
def _ready(name: str) -> Path:
    """Return a workspace with an earlier output of the command, and a word changed since."""
    root = Path(tempfile.mkdtemp(prefix="kills-ready-")) / "w"
    shutil.copytree(_GOOD, root)
    article = root / "issues" / _ISSUE / "tower.md"
    if name == "build":
        if status := _run(root, COMMANDS[0]):
            message = f"the first build ended with {status}"
            raise RuntimeError(message)
        article.write_text(article.read_text("utf-8").replace("Първият", "Вторият"), "utf-8")
    return root


@functools.cache
def _writes(name: str) -> int:
    """Return how many writes the command makes within its workspace."""
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        workspace = Path(folder) / "w"
        shutil.copytree(_ready(name), workspace)
        command = next(command for command in COMMANDS if command[0] == name)
        if status := _run(workspace, command):
            message = f"{name} ended with {status}"
            raise RuntimeError(message)
        return int(workspace.with_name("w.writes").read_text("utf-8"))


def _run(workspace: Path, command: Sequence[str], moment: int = 0) -> int:
    """Run a command, killed at a write unless `moment` is 0; return its exit status."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "XDG_CACHE_HOME": str(workspace / "cache")}
    words = [sys.executable, "-c", _KILLED, str(moment), str(workspace), *command]
    nowhere = subprocess.DEVNULL
    return subprocess.run(
        words, cwd=workspace, env=environment, stdout=nowhere, stderr=nowhere, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
