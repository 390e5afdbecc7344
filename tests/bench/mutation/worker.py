"""A process that tries changes, one after the other, in a copy of the repository.

It runs in that copy and reads batches from its standard input, a line of JSON each. Libraries, and those of
our own modules that the changed one has no part in, are loaded once; each change is then tried in a process
forked from there, so that a trial costs little more than its tests.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import math
import os
import resource
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import Phase, settings

_WAIT: Final = 0.02
_PATIENCE: Final = 8
_SAID: Final = 4000
"""How much of what the tests said is read, in characters from the end."""


class Chosen:
    """A plugin that keeps the chosen tests alone, in their order, and remembers which failed first.

    Args:
        tests: Their names, as pytest gives them.
    """

    def __init__(self, tests: list[str]) -> None:
        self._order = {test: number for number, test in enumerate(tests)}
        self.killer = ""

    def pytest_sessionstart(self) -> None:
        """Let a failing property be told as it was found: whether it fails is all that is asked."""
        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutation", settings.default, phases=phases, database=None)
        settings.load_profile("mutation")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the chosen."""
        items[:] = [item for item in items if item.nodeid in self._order]
        items.sort(key=lambda item: self._order[item.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember the first that failed."""
        if report.failed and not self.killer:
            self.killer = report.nodeid


def main() -> None:
    """Take batches until there are no more; each is answered with a line for each of its trials."""
    # What the program prints must not stand among the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    loaded = False
    for line in sys.stdin:
        batch = json.loads(line)
        if not loaded:
            _load(batch["libraries"])
            loaded = True
        child = os.fork()
        if not child:
            _batch(batch, answers)
        os.waitpid(child, 0)


def _load(names: list[str]) -> None:
    for name in names:
        with contextlib.suppress(Exception):
            importlib.import_module(name)


def _batch(batch: dict[str, Any], answers: Any) -> None:
    try:
        _load(batch["before"])
        path = Path(batch["module"])
        source = path.read_bytes()
        noticing = []
        for trial in batch["trials"]:
            path.write_bytes(trial["source"].encode())
            told = _tried(trial["tests"], trial["seconds"])
            noticing.append(told["by"] or trial["tests"][0])
            answers.write(json.dumps(told) + "\n")
            answers.flush()
        # Last of all the module as it was: on it, every test that noticed something must pass.
        path.write_bytes(source + b"# as it was\n")
        seconds = sum(trial["seconds"] for trial in batch["trials"])
        answers.write(json.dumps(_tried(list(dict.fromkeys(noticing)), seconds)) + "\n")
        answers.flush()
        path.write_bytes(source)
        os._exit(0)
    except BaseException:  # noqa: BLE001 - a forked process must not go on in its parent's code
        traceback.print_exc()
        os._exit(1)


def _tried(tests: list[str], seconds: float) -> dict[str, Any]:
    """Run tests on the changed module.

    Args:
        tests: Their names.
        seconds: The processor time they may take: a machine that has much to do ends none too early. Tests
            that wait instead of working are ended after `_PATIENCE` times that.
    """
    begun = time.monotonic()
    said = Path("said.txt")
    killer = Path("killer.txt")
    killer.unlink(missing_ok=True)
    child = os.fork()
    if not child:
        _run(tests, seconds, said, killer)
    status = None
    while status is None and time.monotonic() - begun < _PATIENCE * seconds:
        ended, told = os.waitpid(child, os.WNOHANG)
        if ended:
            status = os.waitstatus_to_exitcode(told)
        else:
            time.sleep(_WAIT)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if status is None:
        os.waitpid(child, 0)
    words = said.read_text("utf-8", "replace")[-_SAID:]
    by = killer.read_text("utf-8") if killer.exists() else ""
    return {"status": status, "seconds": time.monotonic() - begun, "said": words, "by": by}


def _run(tests: list[str], seconds: float, said: Path, killer: Path) -> None:
    status = 3
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds)))
        output = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for stream in (1, 2):
            os.dup2(output, stream)
        chosen = Chosen(tests)
        files = list(dict.fromkeys(test.partition("::")[0] for test in tests))
        options = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--hypothesis-seed=0", "--tb=line"]
        # What is loaded before pytest begins was not to be rewritten by it.
        options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
        # Beside the copy: a folder within it would lie in the copy's own workspace.
        folder = Path.cwd().with_name(f"{Path.cwd().name}-tests")
        status = pytest.main([*options, f"--basetemp={folder}", *files], plugins=[chosen])
        if chosen.killer:
            killer.write_text(chosen.killer, "utf-8")
    except BaseException:  # noqa: BLE001 - a forked process must not go on in its parent's code
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(status))


if __name__ == "__main__":
    main()
