"""Trying changes: copies of the repository, the workers in them, and what became of each change."""

from __future__ import annotations

import ast
import concurrent.futures
import functools
import itertools
import json
import os
import queue
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from tests.bench.measuring import REPOSITORY
from tests.bench.mutation.changes import changes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tests.bench.mutation.changes import Change

_NEEDED: Final = ("pipeline", "tests", "styles", "fonts", "issues", "docs")
"""Folders that are copied, beside the files of the repository's own folder."""
LEAST_SECONDS: Final = 20.0
"""What tests may take, in seconds of a processor, before they hang; thrice the usual if that is more.
"""


class Trial(NamedTuple):
    """A change and the tests that are to notice it.

    Args:
        group: The group of the module.
        module: The module, from the repository.
        change: The change.
        tests: The tests.
        seconds: What they usually take.
    """

    group: str
    module: str
    change: Change
    tests: tuple[str, ...]
    seconds: float


class Verdict(NamedTuple):
    """What became of a change.

    Args:
        trial: The change.
        noticed: Whether a test failed, or none came to an end.
        by: The test that failed, or what else happened; why none did.
        seconds: How long it took.
    """

    trial: Trial
    noticed: bool
    by: str
    seconds: float


def tried(
    trials: Sequence[Trial],
    libraries: list[str],
    folder: Path,
    jobs: int,
    tell: Callable[[Verdict], None],
    root: Path = REPOSITORY,
    least: float = LEAST_SECONDS,
) -> list[Verdict]:
    """Try changes in copies of the repository, one copy for each job; the repository itself is only read.

    Args:
        trials: The changes.
        libraries: Modules that a worker loads first, for speed.
        folder: An empty folder for the copies.
        jobs: How many processes work beside each other.
        tell: Called with each verdict when it is known.
        root: The repository.
        least: The seconds of a processor that tests may take at least.

    Returns:
        The verdicts, in the order of the changes.

    Raises:
        RuntimeError: A test that noticed something fails on the program as it is, too, or a worker ended.
    """
    waiting: queue.SimpleQueue[list[Trial]] = queue.SimpleQueue()
    by_module = sorted((trial for trial in trials if trial.tests), key=lambda trial: trial.module)
    for _, batch in itertools.groupby(by_module, key=lambda trial: trial.module):
        waiting.put(list(batch))
    verdicts: list[Verdict] = []

    def told(verdict: Verdict) -> None:
        verdicts.append(verdict)
        tell(verdict)

    for trial in trials:
        if not trial.tests:
            told(Verdict(trial, noticed=False, by="no test reaches the module", seconds=0.0))
    workers = []
    for number in range(jobs):
        copied(root, copy := folder / f"copy{number}")
        workers.append(_Worker(copy, libraries, least))
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for done in [pool.submit(worker.work, waiting, told) for worker in workers]:
            done.result()
    order = {trial: number for number, trial in enumerate(trials)}
    return sorted(verdicts, key=lambda verdict: order[verdict.trial])


def copied(root: Path, copy: Path) -> None:
    """Copy what the tests need of the repository; byte code comes along, and stays valid."""
    copy.mkdir()
    for path in root.iterdir():
        if path.is_dir() and path.name in _NEEDED:
            shutil.copytree(path, copy / path.name)
        elif path.is_file():
            shutil.copy2(path, copy)


class _Worker:
    """A copy of the repository and the process that works in it.

    Args:
        copy: The copy.
        libraries: What the process loads first.
        least: The seconds that tests may take at least.
    """

    def __init__(self, copy: Path, libraries: list[str], least: float) -> None:
        self._least = least
        self._copy = copy
        self._libraries = libraries

    def work(self, waiting: queue.SimpleQueue[list[Trial]], tell: Callable[[Verdict], None]) -> None:
        """Take batches until there are none."""
        environment = {**os.environ, "PYTHONPATH": str(self._copy)}
        environment["XDG_CACHE_HOME"] = str(self._copy / "cache")
        command = [sys.executable, "-m", "tests.bench.mutation.worker"]
        with subprocess.Popen(
            command, cwd=self._copy, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            while True:
                try:
                    batch = waiting.get_nowait()
                except queue.Empty:
                    break
                process.stdin.write(json.dumps(self._as_told(batch)) + "\n")
                process.stdin.flush()
                for trial in batch:
                    tell(_verdict(trial, _answer(process.stdout, trial.module)))
                control = _answer(process.stdout, batch[0].module)
                if control["status"] != 0:
                    message = f"{batch[0].module}, unchanged: {control['by']} fails\n{control['said']}"
                    raise RuntimeError(message)
            process.stdin.close()

    def _as_told(self, batch: list[Trial]) -> dict[str, Any]:
        module = batch[0].module
        source = (self._copy / module).read_bytes()
        if not {trial.change for trial in batch} <= set(changes_of(source)):
            message = f"{module} was edited after the sample was drawn"
            raise RuntimeError(message)
        for stale in (self._copy / module).parent.glob(f"__pycache__/{Path(module).stem}.*.pyc"):
            stale.unlink()
        trials = [
            {
                "source": trial.change.applied_to(source).decode(),
                "tests": trial.tests,
                "seconds": max(self._least, 3 * trial.seconds),
            }
            for trial in batch
        ]
        before = sorted(untouched(self._copy, module))
        return {"module": module, "libraries": self._libraries, "before": before, "trials": trials}


def _answer(answers: IO[str], module: str) -> dict[str, Any]:
    line = answers.readline()
    if not line:
        message = f"the worker ended at a change of {module}"
        raise RuntimeError(message)
    answer: dict[str, Any] = json.loads(line)
    return answer


def _verdict(trial: Trial, told: dict[str, Any]) -> Verdict:
    status = told["status"]
    if status == 0:
        return Verdict(trial, noticed=False, by=f"{len(trial.tests)} tests passed", seconds=told["seconds"])
    if status is None or status < 0:
        return Verdict(trial, noticed=True, by="hangs, or ends the process", seconds=told["seconds"])
    by = told["by"] or "the tests cannot be gathered: " + " ".join(told["said"].split())[-200:]
    return Verdict(trial, noticed=True, by=by, seconds=told["seconds"])


def untouched(root: Path, module: str) -> set[str]:
    """Return the modules of the package that a changed module has no part in, whatever they import.

    Args:
        root: A copy of the repository.
        module: The changed module, from there.
    """
    imports = _imports(root)
    changed = _dotted(module)
    with_it = {changed}
    while True:
        more = {name for name, needs in imports.items() if name not in with_it and needs & with_it}
        if not more:
            return imports.keys() - with_it
        with_it |= more


@functools.cache
def _imports(root: Path) -> dict[str, frozenset[str]]:
    """Return what each module of the package imports of it, anywhere in its text."""
    found = {}
    for path in (root / "pipeline").rglob("*.py"):
        name = _dotted(path.relative_to(root).as_posix())
        needs = {name, *_imported(ast.parse(path.read_bytes()))}
        # Importing a module imports the folders it lies in; the package itself loads none of its modules.
        folders = {need[: end.start()] for need in needs for end in re.finditer(r"\.|$", need)}
        found[name] = frozenset(folders - {"pipeline"})
    return {name: frozenset(need for need in needs if need in found) for name, needs in found.items()}


def _imported(tree: ast.AST) -> Iterable[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node.value.startswith("pipeline.")
        ):
            yield node.value


def _dotted(module: str) -> str:
    return module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
