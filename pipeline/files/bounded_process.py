"""Work on files that others made, in a process of its own with limits of time and memory.

What a library does with a hostile file cannot be stopped from within; a process can. It gives what it has
found piece by piece, so that what was known before it was stopped is not lost. It is told what to do by us
(pickled), and answers in JSON alone: nothing that it says is executed, for a file may have taken it over.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import traceback
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_COMMAND: Final = "from pipeline.files.bounded_process import serve; serve()"
_WALL: Final = 4.0
"""How many seconds of the clock are given for one of the processor, and ten more: the machine may be busy."""

_PR_SET_PDEATHSIG: Final = 1
"""Of prctl(2), Linux."""

_LONGEST_TRACE: Final = 20_000
"""Characters of what is told of a fault: its end says most."""

_WITHOUT_MEMORY: Final = {-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGSEGV, -signal.SIGILL}
"""How a process ends by a library that is given no memory."""


class Bounds(NamedTuple):
    """What a process may take.

    Args:
        seconds: Of the processor.
        memory: Bytes of its own data (RLIMIT_DATA of Linux, 4.7).
    """

    seconds: float
    memory: int


class PastBoundsError(Exception):
    """The process was stopped.

    Args:
        by: `time`, `memory`, or `fault` where it ended by itself without having finished.
        trace: What it told of a fault of its own; for who mends the program, as all that it says is not sure.
    """

    def __init__(self, by: str, trace: str = "") -> None:
        """Keep what stopped it."""
        super().__init__(f"{by}\n{trace}" if trace else by)
        self.by = by


def in_bounds(work: Callable[[Any], Iterator[Any]], request: object, bounds: Bounds) -> Iterator[Any]:
    """Do work in a process of its own, and yield what it yields.

    Args:
        work: A function of a module, whose results JSON can hold.
        request: Its argument; it is pickled.
        bounds: What it may take.

    Raises:
        PastBoundsError: It takes more, or fails.
    """
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(  # noqa: S603 - this program, without a shell
        [sys.executable, "-P", "-c", _COMMAND],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as process:
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        timer = threading.Timer(bounds.seconds * _WALL + 10, process.kill)
        timer.start()
        try:
            with contextlib.suppress(BrokenPipeError), process.stdin:
                process.stdin.write(
                    pickle.dumps((os.getpid(), work.__module__, work.__name__, request, bounds))
                )
            for line in process.stdout:
                if not line.endswith(b"\n"):
                    break  # It was ended while it answered.
                answer = _read_answer(line)
                if "found" in answer:
                    yield answer["found"]
                elif answer.get("end") == "done":
                    process.wait()
                    return
                else:
                    raise _stopped_by(answer)
            raise PastBoundsError(_ended_by(process.wait()))
        finally:
            timer.cancel()
            process.kill()


def serve() -> None:
    """Do what the standard input asks for: the other side of `in_bounds`, in the process of its own."""
    parent, module, name, request, bounds = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by this program
    _end_with(parent)
    _limit(bounds)
    # Whatever prints must not stand between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    end = {"end": "done"}
    try:
        for found in getattr(importlib.import_module(module), name)(request):
            _answer(answers, json.dumps({"found": found}))
    except MemoryError:
        end = {"end": "memory"}
    except Exception as fault:  # noqa: BLE001 - told to who asked for the work
        end = {"end": "fault", "trace": "".join(traceback.format_exception(fault))[-_LONGEST_TRACE:]}
    _answer(answers, json.dumps(end))
    # What libraries do when they end is of no use to anybody.
    os._exit(0)


def _answer(answers: TextIO, answer: str) -> None:
    answers.write(f"{answer}\n")
    answers.flush()


def _read_answer(line: bytes) -> dict[str, Any]:
    """Return what a line says; nothing where a process that a file has taken over says something else."""
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _stopped_by(answer: dict[str, Any]) -> PastBoundsError:
    if answer.get("end") == "memory":
        return PastBoundsError("memory")
    return PastBoundsError("fault", str(answer.get("trace", ""))[-_LONGEST_TRACE:])


def _end_with(parent: int) -> None:
    """Let the system end this process when the one that began it is killed: nobody waits for it any more."""
    import ctypes  # noqa: PLC0415 - only this process needs it

    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _limit(bounds: Bounds) -> None:
    import resource  # noqa: PLC0415 - only this process is limited

    seconds = int(bounds.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (bounds.memory, bounds.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _ended_by(status: int) -> str:
    """Return what a process was ended by that had not finished."""
    if status in {-signal.SIGXCPU, -signal.SIGKILL}:
        return "time"
    return "memory" if status in _WITHOUT_MEMORY else "fault"
