"""Commands run and timed in pairs, so that both sides of a ratio are measured under the same load."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

REPOSITORY: Final = Path(__file__).parents[2]


_LEFT_OUT: Final = ("FONTCONFIG_FILE", "PYTHONDONTWRITEBYTECODE")
"""An installed command is run from byte code, so what is measured is as well, from the second pair on."""


class Run(NamedTuple):
    """One run of a command.

    Args:
        seconds: Wall-clock time from start to end.
        peak: Its peak memory, in kilobytes; that of its largest child for a command with children.
        said: What it wrote to its standard output.
    """

    seconds: float
    peak: int
    said: str


def run(command: Sequence[str | Path], folder: Path, variables: Mapping[str, str] | None = None) -> Run:
    """Run a command in a process of its own.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        variables: Added to an environment that neither names faces nor lets a cache be shared.

    Raises:
        RuntimeError: It failed; the message is what it said.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    environment = {**kept, "PYTHONPATH": str(REPOSITORY), **(variables or {})}
    with (folder / "said").open("w+b") as said, (folder / "complained").open("w+b") as complained:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command], cwd=folder, env=environment, stdout=said, stderr=complained
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        complained.seek(0)
        if process.returncode:
            words = complained.read().decode(errors="replace")[-2000:]
            message = f"{command[0]} ended with {process.returncode}: {words}"
            raise RuntimeError(message)
        return Run(seconds, usage.ru_maxrss, said.read().decode(errors="replace"))


def in_pairs(ours: Callable[[], float], theirs: Callable[[], float], pairs: int) -> tuple[float, float]:
    """Measure two things in turn, A B A B, after one pair that only warms the disk.

    Args:
        ours: Runs ours once and returns its seconds.
        theirs: Likewise what it is held against.
        pairs: How many pairs count.

    Returns:
        The medians of both.
    """
    ours()
    theirs()
    measured = [(ours(), theirs()) for _ in range(pairs)]
    return statistics.median(pair[0] for pair in measured), statistics.median(pair[1] for pair in measured)
