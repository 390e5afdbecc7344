"""A process is ended by the processor time it takes, not because the machine does other things, too."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.preview.process import bounds
from pipeline.desk.preview.process.bounds import Watch, processor_time
from pipeline.desk.preview.process.resident import Resident

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 120.0


class Clocks:
    """The processor time of a process, and the clock on the wall."""

    def __init__(self) -> None:
        self.used = self.wall = 0.0

    def pass_by(self, wall: float, used: float) -> None:
        self.wall += wall
        self.used += used


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    told = Clocks()
    monkeypatch.setattr(bounds, "processor_time", lambda _: told.used)
    monkeypatch.setattr(time, "monotonic", lambda: told.wall)
    return told


def test_one_that_gets_a_tenth_of_a_busy_machine_is_not_ended(clocks: Clocks) -> None:
    watch = Watch(1, LONGEST)
    for _ in range(100):
        clocks.pass_by(wall=10, used=1)
        assert not watch.is_past(0)


def test_one_that_lays_out_page_after_page_is_not_ended(clocks: Clocks) -> None:
    watch = Watch(1, LONGEST)
    for page in range(1, 11):
        clocks.pass_by(wall=100, used=100)
        assert not watch.is_past(page)


def test_one_that_stays_at_a_page_or_tells_of_pages_for_ever_or_is_at_rest_is_ended(clocks: Clocks) -> None:
    at_a_page = Watch(1, LONGEST)
    clocks.pass_by(wall=121, used=121)
    assert at_a_page.is_past(0)
    for_ever = Watch(1, LONGEST)
    ended = []
    for page in range(1, 14):
        clocks.pass_by(wall=100, used=100)
        ended.append(for_ever.is_past(page))
    assert ended.index(True) == 12
    at_rest = Watch(1, LONGEST)
    clocks.pass_by(wall=121, used=0)
    assert at_rest.is_past(0)


def test_the_time_is_that_of_the_process_where_it_is_known() -> None:
    known = processor_time(os.getpid())
    assert known is None or 0 < known <= sum(os.times()[:2]) + 1
    assert processor_time(None) is None


class Line:
    """A connection that, as a real one, must not be closed from two threads in one moment."""

    def __init__(self) -> None:
        self.is_closing = False
        self.faults = 0

    def close(self) -> None:
        self.faults += self.is_closing
        self.is_closing = True
        time.sleep(0.05)
        self.is_closing = False


def test_one_that_is_ended_from_two_sides_at_once_hangs_up_one_after_the_other(tmp_path: Path) -> None:
    resident = Resident(tmp_path)
    resident._ours.close()
    line = Line()
    resident._ours = line  # type: ignore[assignment]
    both = [threading.Thread(target=each) for each in (resident.kill, resident.kill)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert line.faults == 0
    assert not resident.is_alive
