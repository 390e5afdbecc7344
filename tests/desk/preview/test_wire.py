"""What the process of the pages answers is read as plain data of what was asked for, or refused."""

from __future__ import annotations

import ctypes
import json
import os
import pickle
import struct
import threading
from collections.abc import Mapping
from multiprocessing import Pipe
from typing import TYPE_CHECKING, Any, Final

import pytest

from pipeline.desk.preview.decisions import Decisions
from pipeline.desk.preview.process.resident import Resident
from pipeline.desk.preview.requests import ShowAnswer
from pipeline.desk.preview.shown import InkShown, Outcome, PageShown, PlaceOnPage
from pipeline.desk.preview.wire import framing
from pipeline.desk.preview.wire.framing import LARGEST, packed, unpacked
from pipeline.desk.preview.wire.values import RefusedError
from pipeline.findings.finding import IssueError, PressError, Spot, found
from pipeline.findings.place import Place
from pipeline.page.cover_plan import CoverPlan
from pipeline.page.makeup.fitting import Fitting

if TYPE_CHECKING:
    from pathlib import Path

FINDING: Final = found("E653", Place("issues/x.md", 3), page=2, spot=Spot(1, 2.5, 3, 4), wanted="„х“")
DECISIONS: Final = Decisions(
    CoverPlan(contents_apart=True),
    Fitting({Place("a.md", 3): -2}, {}, frozenset({Place("b.md")}), order=(("a", "b"), ("c",)), notes=1),
    {Place("a.md", 3): ("a", "picture", 0)},
)
SHOWN: Final = ShowAnswer(
    (PageShown(1, "k", 210.0, 297, 0.0, is_left=False),),
    (PlaceOnPage(1, 0.5, 1, 2, 3, "issues/x.md", 7),),
    {"k": b"%PDF-\x00\xff", "l": b""},
    DECISIONS,
    (FINDING,),
    is_whole=True,
    is_slow_to_fill=False,
)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (SHOWN, ShowAnswer),
        (b"\x89PNG", bytes),
        ({"a.md": "lead"}, dict[str, str]),
        (Outcome(-4, 3, 2, (("a.md", 2),), 0, 9), Outcome),
        (InkShown(b"", 280.5, 300, (1.0, 2.0, 3.0, 4.0)), InkShown),
    ],
)
def test_what_is_answered_is_read_as_it_was(answer: object, kind: Any) -> None:
    assert unpacked(packed(answer), kind) == answer


@pytest.mark.parametrize("error", [IssueError([FINDING]), PressError([found("E650", None)])])
def test_an_error_is_raised_where_it_was_asked(error: IssueError | PressError) -> None:
    with pytest.raises(type(error)) as raised:
        unpacked(packed(error), bytes)
    assert raised.value.findings == error.findings


def message(data: object, *parts: bytes) -> bytes:
    text = json.dumps(data).encode()
    return struct.pack(">I", len(text)) + text + b"".join(parts)


OUTCOME: Final = [0, 3, 3, [["a.md", 2]], 0, 0]
HOSTILE: Final = {
    "nothing": b"",
    "pickled": pickle.dumps({"answer": OUTCOME}),
    "a length and no text": struct.pack(">I", 9),
    "a text that never ends": struct.pack(">I", 0xFFFFFFFF) + b"{}",
    "no text": struct.pack(">I", 2) + b"\xff\xfe",
    "deep": struct.pack(">I", 200_000) + b"[" * 200_000,
    "a list": message([OUTCOME]),
    "no parts": message({"answer": OUTCOME}),
    "parts below zero": message({"answer": OUTCOME, "parts": [-1, 1]}),
    "parts that are no numbers": message({"answer": OUTCOME, "parts": [True]}, b"x"),
    "parts that are not there": message({"answer": OUTCOME, "parts": [5]}, b"x"),
    "more than was said": message({"answer": OUTCOME, "parts": []}, b"x"),
    "something beside it": message({"answer": OUTCOME, "more": 1, "parts": []}),
    "another type": message({"answer": {"lines": 1}, "parts": []}),
    "too few": message({"answer": OUTCOME[:5], "parts": []}),
    "too many": message({"answer": [*OUTCOME, 0], "parts": []}),
    "a text for a number": message({"answer": ["0", *OUTCOME[1:]], "parts": []}),
    "a truth for a number": message({"answer": [True, *OUTCOME[1:]], "parts": []}),
    "a fraction for a number": message({"answer": [0.5, *OUTCOME[1:]], "parts": []}),
    "a number for a name": message({"answer": [*OUTCOME[:3], [[1, 2]], 0, 0], "parts": []}),
    "an error of no kind": message(
        {"error": "SystemExit", "findings": [["E653", None, [["wanted", "x"]], "", 0, None]], "parts": []}
    ),
    "an error that is none": message({"error": "IssueError", "findings": [], "parts": []}),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_answer_is_refused(data: bytes) -> None:
    assert unpacked(message({"answer": OUTCOME, "parts": []}), Outcome).pages_before == 3
    with pytest.raises(RefusedError):
        unpacked(data, Outcome)


def test_a_finding_that_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(IssueError([FINDING]))
    monkeypatch.setattr(framing, "CODES", {"E650": None})
    with pytest.raises(RefusedError):
        unpacked(data, Outcome)


@pytest.mark.parametrize("number", ["1e999", "NaN", "Infinity", "9" * 400])
def test_what_is_no_measure_is_refused(number: str) -> None:
    text = f'{{"answer": [[1, "k", {number}, 1, 0, true]], "parts": []}}'.encode()
    with pytest.raises(RefusedError):
        unpacked(struct.pack(">I", len(text)) + text, tuple[PageShown, ...])


@pytest.mark.parametrize("index", [-1, 1, "0", 0.0, None])
def test_bytes_that_are_not_there_are_refused(index: object) -> None:
    with pytest.raises(RefusedError):
        unpacked(message({"answer": index, "parts": [1]}, b"x"), bytes)


class Trap:
    """Runs code where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self.mark).touch, (self.mark,))


class Taken:
    """Stands for a process that a file has taken over."""

    pid = 0

    def __init__(self) -> None:
        self.is_killed = False

    def is_alive(self) -> bool:
        return not self.is_killed

    def kill(self) -> None:
        self.is_killed = True

    def join(self, _: float = 0) -> None: ...


def resident_that_answers(monkeypatch: pytest.MonkeyPatch, send: Any) -> tuple[Resident, Taken]:
    ours, theirs = Pipe()
    taken = Taken()
    resident = Resident.__new__(Resident)
    locks = {"_lock": threading.Lock(), "_hanging_up": threading.Lock()}
    own = {"_ours": ours, "_process": taken, "_first": 1, **locks}
    for name, value in {**own, "_pages": ctypes.c_uint64()}.items():
        monkeypatch.setattr(resident, name, value, raising=False)
    threading.Thread(target=send, args=(theirs,), daemon=True).start()
    return resident, taken


def test_a_process_that_answers_with_code_is_ended_and_its_code_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "taken"
    trap = pickle.dumps(Trap(mark))
    pickle.loads(trap)
    assert mark.exists()
    mark.unlink()
    resident, taken = resident_that_answers(monkeypatch, lambda pipe: pipe.send_bytes(trap))
    with pytest.raises(PressError) as refused:
        resident.ask({}, Mapping[str, str])  # type: ignore[type-abstract]
    assert [each.code for each in refused.value.findings] == ["E651"]
    assert taken.is_killed
    assert not mark.exists()


def test_a_process_that_announces_more_than_there_may_be_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def announce(pipe: Any) -> None:
        # As multiprocessing.connection frames messages of more than 2 GB, and less.
        os.write(pipe.fileno(), struct.pack("!i", LARGEST + 1))
        pipe.close()

    resident, taken = resident_that_answers(monkeypatch, announce)
    with pytest.raises(PressError):
        resident.ask({}, bytes)
    assert taken.is_killed
