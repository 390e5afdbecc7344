"""Which tests reach which lines: recorded once, and again only for test modules that changed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tests.bench.measuring import REPOSITORY
from tests.bench.mutation.groups import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.bench.mutation.changes import Change
    from tests.bench.mutation.groups import Group

_SHARED_BY_ALL: Final = 0.05
"""A fixture that takes less than this (seconds) is not worth counting."""


class Reach(NamedTuple):
    """What one test reaches.

    Args:
        test: Its name, as pytest gives it.
        seconds: What it takes by itself.
        shared: The fixtures it shares with others, each with the seconds it takes.
        lines: The lines it executes, by module.
    """

    test: str
    seconds: float
    shared: dict[str, float]
    lines: dict[str, frozenset[int]]

    def cost(self) -> float:
        """Return the seconds it takes alone."""
        return self.seconds + sum(self.shared.values())


class Records:
    """What was recorded of the tests, kept in a file between runs.

    A record is of one state of a test module and of the modules it reaches; with any of them changed it is
    made anew.

    Args:
        path: The file.
        root: The repository.
        every: All parts whose lines are recorded.
    """

    def __init__(
        self, path: Path, root: Path = REPOSITORY, every: Sequence[Group] = tuple(GROUPS.values())
    ) -> None:
        self.path = path
        self._root = root
        self._every = every
        self._kept: dict[str, Any] = {"files": {}, "shared": {}, "libraries": []}
        if path.exists():
            self._kept = json.loads(path.read_text("utf-8"))

    @property
    def libraries(self) -> list[str]:
        """The modules of libraries that the tests load."""
        libraries: list[str] = self._kept["libraries"]
        return libraries

    def renew(self, groups: Iterable[Group]) -> None:
        """Run the tests of groups whose record is missing or old, in one process, and keep what they reach.

        Raises:
            RuntimeError: A test fails on the program as it is, so nothing can be said of changed ones.
        """
        old = [name for name in _test_modules(groups, self._root) if not self._is_current(name)]
        if not old:
            return
        sys.stderr.write(f"recording what the tests of {len(old)} modules reach\n")
        found = _recorded(old, [group.source for group in self._every], self._root)
        for name in old:
            tests = {test: reach for test, reach in found["tests"].items() if test.partition("::")[0] == name}
            reached = {module for reach in tests.values() for module in reach["lines"]}
            state = {each: _digest(self._root / each) for each in sorted({name, *reached})}
            self._kept["files"][name] = {"state": state, "tests": tests}
        self._kept["shared"].update(found["shared"])
        self._kept["libraries"] = list(dict.fromkeys([*self.libraries, *found["libraries"]]))
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(self._kept), "utf-8")

    def _is_current(self, name: str) -> bool:
        state = self._kept["files"].get(name, {}).get("state", {})
        return bool(state) and all(
            (self._root / each).exists() and _digest(self._root / each) == told
            for each, told in state.items()
        )

    def of(self, group: Group, module: str) -> list[Reach]:
        """Return the tests of a group that reach a module, the cheapest first."""
        found = []
        for name in _test_modules([group], self._root):
            for test, told in self._kept["files"][name]["tests"].items():
                if module in told["lines"]:
                    lines = {module: frozenset(told["lines"][module])}
                    found.append(Reach(test, max(told["seconds"], 0.0), self._shared(told), lines))
        return sorted(found, key=Reach.cost)

    def _shared(self, told: dict[str, Any]) -> dict[str, float]:
        costs = {name: self._kept["shared"].get(name, 0.0) for name in told["shared"]}
        return {name: cost for name, cost in costs.items() if cost > _SHARED_BY_ALL}


def chosen(change: Change, module: str, reaching: list[Reach], seconds: float) -> list[Reach]:
    """Return the tests that are to notice a change: the cheapest that execute its lines, as time allows.

    Where lines are executed when the module is loaded, every test that reaches the module counts. After those
    that execute the lines come others of the same test modules: what several tests look at may have been made
    by the first of them. Those come first that are cheap and execute little else: they are likelier to look
    at just this.

    Args:
        change: The change.
        module: Its module.
        reaching: The tests that reach the module, the cheapest first.
        seconds: How long all together may take; the first is taken whatever it takes.
    """
    lines = range(change.line, change.line + change.before.count("\n") + 1)
    exact = [each for each in reaching if change.within and each.lines[module].intersection(lines)]
    files = {each.test.partition("::")[0] for each in exact}
    beside = [each for each in reaching if each not in exact and (not files or _file(each) in files)]
    paid: set[str] = set()
    taken: list[Reach] = []
    spent = 0.0
    for each in _in_turn(exact, module) + _in_turn(beside, module):
        cost = each.seconds + sum(cost for name, cost in each.shared.items() if name not in paid)
        if taken and spent + cost > seconds:
            continue
        spent += cost
        paid.update(each.shared)
        taken.append(each)
    return taken


def _in_turn(reaching: list[Reach], module: str) -> list[Reach]:
    """Return tests in turns: of each function its first case, then the second of each, and so on."""
    turn: Counter[str] = Counter()
    ranked = []
    for each in reaching:
        function = each.test.partition("[")[0]
        ranked.append((turn[function], each.cost() * len(each.lines[module]), each))
        turn[function] += 1
    return [each for _, _, each in sorted(ranked, key=lambda one: one[:2])]


def _file(reach: Reach) -> str:
    return reach.test.partition("::")[0]


def _test_modules(groups: Iterable[Group], root: Path) -> list[str]:
    paths = [root / name for group in groups for name in group.tests]
    files = [file for path in paths for file in (path.rglob("test_*.py") if path.is_dir() else [path])]
    return sorted({file.relative_to(root).as_posix() for file in files})


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _recorded(names: list[str], folders: list[str], root: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        path = Path(folder) / "record.json"
        environment = {
            **os.environ,
            "PYTHONPATH": str(root),
            "MUTATION_RECORD": str(path),
            "MUTATION_FOLDERS": os.pathsep.join(folders),
        }
        command = [sys.executable, "-m", "pytest", "-q", "-n", "0", f"--basetemp={folder}/tests"]
        command += ["-p", "tests.bench.mutation.recording", *names]
        done = subprocess.run(command, cwd=root, env=environment, stdout=sys.stderr, check=False)
        if done.returncode:
            message = "a test fails on the program as it is: mend it first"
            raise RuntimeError(message)
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return found
