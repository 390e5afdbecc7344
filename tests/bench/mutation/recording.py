"""A plugin of pytest that writes down which lines of the program each test executes, and what the test costs.

It is loaded by `records.renew`, one process for all tests, with the path of the result in `MUTATION_RECORD`.
What a fixture that several tests share executes is credited to each of them, and so is its cost: a test that
is run alone must set it up again.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import coverage
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[3]
_FIXTURE: Final = "fixture "
_PLUGINS: Final = ("_pytest", "pytest", "xdist", "execnet", "coverage", "pluggy")
"""What pytest itself loads; the worker has it before it loads anything else."""


class Recorder:
    """Writes down lines and costs while the tests run.

    Args:
        path: The JSON file to write.
        folders: The parts of the package to watch, as paths from the repository.
    """

    def __init__(self, path: Path, folders: list[str]) -> None:
        self._path = path
        watched = [str(ROOT / folder / "*") for folder in folders] + [
            str(ROOT / folder) for folder in folders
        ]
        self._coverage = coverage.Coverage(data_file=None, include=watched, config_file=False)
        self._fixtures: dict[str, float] = {}
        self._used: dict[str, set[str]] = defaultdict(set)
        self._seconds: dict[str, float] = defaultdict(float)
        self._passed: dict[str, bool] = {}
        self._test = ""
        self._coverage.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Credit what is executed to the test."""
        self._test = item.nodeid
        self._coverage.switch_context(item.nodeid)
        begun = _processor_time()
        try:
            return (yield)
        finally:
            self._seconds[item.nodeid] += _processor_time() - begun

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Iterator[None]:
        """Credit what a shared fixture executes to the fixture, and remember who asked for it."""
        if fixturedef.scope == "function":
            return (yield)
        name = f"{_FIXTURE}{fixturedef.baseid}::{fixturedef.argname}[{request.param_index}]"
        self._coverage.switch_context(name)
        begun = _processor_time()
        try:
            return (yield)
        finally:
            self._fixtures[name] = _processor_time() - begun
            self._seconds[self._test] -= self._fixtures[name]
            self._coverage.switch_context(self._test)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Iterator[None]:
        """Remember which shared fixtures a test stands on."""
        result = yield
        request: Any = getattr(item, "_request", None)
        for name, fixture in getattr(request, "_fixture_defs", {}).items():
            if fixture.scope != "function":
                index = fixture.cached_result[1] if fixture.cached_result else 0
                key = f"{_FIXTURE}{fixture.baseid}::{name}[{index if isinstance(index, int) else 0}]"
                self._used[item.nodeid].add(key)
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Only a test that passes can notice anything."""
        self._passed[report.nodeid] = self._passed.get(report.nodeid, True) and report.passed

    def pytest_sessionfinish(self) -> None:
        """Write the record."""
        self._coverage.stop()
        lines = self._lines()
        tests = {}
        for test in (name for name, passed in self._passed.items() if passed):
            shared = sorted(name for name in self._used[test] if name in self._fixtures)
            reached = _merged([lines[name] for name in (test, *shared)])
            tests[test] = {"seconds": self._seconds[test], "shared": shared, "lines": reached}
        whole = {"tests": tests, "shared": self._fixtures, "libraries": _libraries()}
        self._path.write_text(json.dumps(whole, sort_keys=True), "utf-8")

    def _lines(self) -> dict[str, dict[str, list[int]]]:
        """Return what was executed: context → module → lines."""
        data = self._coverage.get_data()
        lines: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for file in sorted(data.measured_files()):
            module = Path(file).relative_to(ROOT).as_posix()
            for line, contexts in data.contexts_by_lineno(file).items():
                for context in contexts:
                    lines[context][module].append(line)
        return lines


def _processor_time() -> float:
    """Return the seconds of a processor that this process and its children took, whatever else is running."""
    return sum(os.times()[:4])


def _merged(parts: list[dict[str, list[int]]]) -> dict[str, list[int]]:
    merged: dict[str, set[int]] = defaultdict(set)
    for part in parts:
        for module, lines in part.items():
            merged[module].update(lines)
    return {module: sorted(lines) for module, lines in merged.items()}


def _libraries() -> list[str]:
    """Return the modules of libraries that the tests loaded, in the order they were loaded."""
    site = [path for path in sys.path if path.endswith("site-packages")]
    return [
        name
        for name, module in list(sys.modules.items())
        if str(getattr(module, "__file__", None) or "").startswith(tuple(site))
        and name.partition(".")[0] not in _PLUGINS
    ]


def pytest_configure(config: pytest.Config) -> None:
    """Begin where a record is asked for."""
    if path := os.environ.get("MUTATION_RECORD"):
        folders = os.environ["MUTATION_FOLDERS"].split(os.pathsep)
        config.pluginmanager.register(Recorder(Path(path), folders), "mutation recorder")
