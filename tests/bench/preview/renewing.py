"""Edit an issue at random and show it as the studio does; its process is renewed, and killed at random.

    python -m tests.bench.preview.renewing [--edits 500] [--seed 0] [--agree-every 10] [--kill-every 60]
                                           [--growth MB] [--articles N]

After each edit every page that is shown is fetched as a picture; every so many edits these are compared with
pictures of a layout from the start that keeps the same decisions. Printed are memory, open files and
processes, of the studio and of the process it keeps. The exit status is 1 where a picture is an older one or
is not there, where a process is left over, or where memory or open files grow with the edits.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.preview.preview import Preview
from pipeline.desk.preview.process import resident as resident_module
from pipeline.desk.preview.process.resident import Resident
from pipeline.desk.preview.requests import PictureRequest, ShowAnswer, ShowRequest
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import PressError
from pipeline.models.editions import SCREEN
from pipeline.page.engine.preview.drawing import key_of
from tests.bench.specimens import SHIPPED, long_issue, shipped
from tests.studio.processes import descendants
from tests.support.generated.edits import edit_issue

if TYPE_CHECKING:
    from pipeline.desk.preview.shown import Shown

_DPI: Final = 40
_MEGABYTE: Final = 2**20
_MOST_GROWTH: Final = 0.05
"""Megabytes an edit by which a process may grow over all edits, renewals counted."""

_TOLD: Final = 50
"""Edits after which it is told how it goes on."""

_FEW_FILES: Final = 5

_FEW: Final = 100
"""Edits of which growth tells nothing yet."""


class Sample(NamedTuple):
    """What was in use after an edit.

    Args:
        own: Megabytes of this process, which stands for the studio, without the pictures that it keeps
            within their bound.
        resident: Megabytes of the process that makes pages.
        own_files: Files that are open in this process.
        resident_files: Files that are open in the other one.
        processes: Processes that descend from this one, also those that ended and were not waited for.
    """

    own: float
    resident: float
    own_files: int
    resident_files: int
    processes: int


class Endurance:
    """An issue that is edited and shown again and again.

    Args:
        workspace: Its workspace.
        issue: The name of its folder.
        preview: Who shows it.
    """

    def __init__(self, workspace: Workspace, issue: str, preview: Preview) -> None:
        """Begin with nothing shown."""
        self.folder = workspace.issues / issue
        self._workspace, self._issue, self._preview = workspace, issue, preview
        self.samples: list[Sample] = []
        self.faults: list[str] = []
        self.ended = self.renewed = self.killed = self.compared = self.stale = 0
        self._process = 0

    def show(self, number: int, *, settle: bool) -> Shown:
        """Show the issue, and fetch every page."""
        shown = self._preview.show(self._issue, settle=settle)
        self.stale += shown.stale
        for page in shown.pages:
            try:
                self._preview.page_png(self._issue, page.key, _DPI)
            except PressError as error:
                if self._is_killed(error):
                    continue
                codes = [finding.code for finding in error.findings]
                self.faults.append(f"after edit {number} page {page.number} is not there: {codes}")
        self._note()
        return shown

    def compare(self, number: int, shown: Shown) -> None:
        """Hold the pictures that are shown against those of a layout from the start."""
        kept = self._preview._kept._kept[self._issue, SCREEN.name]
        alone = Resident(self._workspace.root)
        try:
            request = ShowRequest(self._issue, SCREEN.name, kept.decisions, as_readable=False)
            whole = alone.ask(request, ShowAnswer)
            drawn = [PictureRequest(whole.drawn[page.key], _DPI, "") for page in whole.pages]
            fresh = [alone.ask(each, bytes) for each in drawn]
        finally:
            alone.close()
        self.compared += 1
        seen = [self._preview.page_png(self._issue, page.key, _DPI) for page in shown.pages]
        keys = [key_of(kept.drawn[page.key]) == page.key for page in shown.pages]
        if fresh != seen or not all(keys):
            self.faults.append(f"after edit {number} an older picture is shown")

    def kill(self) -> None:
        """Kill the process that makes pages, a moment from now."""
        self.killed += 1
        threading.Timer(random.uniform(0, 0.4), _killed, [self._pid()]).start()

    def _pid(self) -> int:
        return self._preview._processes.present()._process.pid or 0

    def _is_killed(self, error: PressError) -> bool:
        return bool(self.killed) and {finding.code for finding in error.findings} == {"E651"}

    def _note(self) -> None:
        pid = self._pid()
        self.renewed += self._process not in {0, pid}
        self._process = pid
        pictures = sum(map(len, self._preview._pictures._pictures.values())) / _MEGABYTE
        own = _memory(os.getpid()) - pictures
        files = _open_files(os.getpid()), _open_files(pid)
        self.samples.append(Sample(own, _memory(pid), *files, len(descendants(os.getpid()))))


def _killed(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def _memory(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * 4096 / _MEGABYTE


def _open_files(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208 - names alone


def run(endurance: Endurance, edits: int, seed: int, agree_every: int, kill_every: int) -> None:
    """Edit, show, kill and compare."""
    rnd = random.Random(seed)
    kept = {path: path.read_bytes() for path in endurance.folder.glob("*.md")}
    for number in range(1, edits + 1):
        if number % 25 == 0:
            for path, data in kept.items():
                path.write_bytes(data)
        else:
            edit_issue(endurance.folder, rnd)
        if kill_every and number % kill_every == 0:
            endurance.kill()
        shown = endurance.show(number, settle=number % 20 == 0)
        if number % agree_every == 0 and not shown.stale:
            endurance.compare(number, shown)
        if number % _TOLD == 0:
            sys.stdout.write(f"{number} edits, {len(endurance.faults)} faults, {endurance.samples[-1]}\n")
            sys.stdout.flush()


def slope(values: list[float]) -> float:
    """Return by how much values grow from one to the next, after the first fifth (least squares)."""
    settled = values[len(values) // 5 :]
    return statistics.linear_regression(range(len(settled)), settled).slope if len(settled) > 1 else 0.0


def account(endurance: Endurance, edits: int) -> int:
    """Print what was in use, and return how many faults there are."""
    samples, faults = endurance.samples, endurance.faults
    for name, values in (("studio", [s.own for s in samples]), ("pages", [s.resident for s in samples])):
        sys.stdout.write(
            f"memory, {name}: {values[0]:.0f} MB at first, {max(values):.0f} at most, {values[-1]:.0f} last; "
            f"{slope(values):+.3f} MB an edit\n"
        )
        if edits > _FEW and slope(values) > _MOST_GROWTH:
            faults.append(f"the memory of {name} grows")
    for name, counts in (
        ("studio", [s.own_files for s in samples]),
        ("pages", [s.resident_files for s in samples]),
    ):
        first, most, last = counts[0], max(counts), counts[-1]
        sys.stdout.write(f"open files, {name}: {first} at first, {most} at most, {last} at last\n")
        if last > first + _FEW_FILES:
            faults.append(f"open files of {name} grow")
    sys.stdout.write(
        f"processes: at most {max(s.processes for s in samples)}, {samples[-1].processes} at last\n"
        f"edits: {edits}; other processes took over: {endurance.renewed}, of them after a kill: "
        f"{endurance.killed}; stale answers: {endurance.stale}; compared: {endurance.compared}\n"
    )
    return len(faults)


def main(arguments: list[str] | None = None) -> int:
    """Try it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.preview.renewing", description=__doc__)
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--agree-every", type=int, default=10, help="after how many edits pictures are compared"
    )
    parser.add_argument(
        "--kill-every", type=int, default=60, help="after how many edits it is killed; 0 for never"
    )
    parser.add_argument(
        "--growth", type=int, help="megabytes at which it is renewed; as in the studio if left out"
    )
    parser.add_argument("--articles", type=int, help="an issue of so many articles instead")
    asked = parser.parse_args(arguments)
    if asked.growth is not None:
        vars(resident_module)["GROWTH"] = asked.growth * _MEGABYTE
    with tempfile.TemporaryDirectory(prefix="preview-") as folder:
        root = Path(folder) / "workspace"
        root.mkdir()
        if asked.articles:
            long_issue(root, asked.articles)
        else:
            shipped(root)
        workspace = Workspace(root)
        with Preview(workspace) as preview:
            endurance = Endurance(workspace, SHIPPED, preview)
            run(endurance, asked.edits, asked.seed, asked.agree_every, asked.kill_every)
            count = account(endurance, asked.edits)
        time.sleep(3)
        sys.stdout.write(f"processes after the end: {len(descendants(os.getpid()))}\n")
        for fault in endurance.faults:
            sys.stdout.write(f"FAULT: {fault}\n")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
