"""Which versions of a history stay as time goes on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from pipeline.desk.writing.history.journal import LEFT, RESTORED, TYPED, WRITTEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pipeline.desk.writing.disk.version import Version
    from pipeline.desk.writing.history.journal import Record

ALL: Final = dt.timedelta(days=7)
HOURLY: Final = dt.timedelta(days=60)
DAILY: Final = dt.timedelta(days=365)
LONGEST: Final = dt.timedelta(days=730)
"""Up to these ages all versions stay, one an hour, one a day, one a week; what is older goes."""


def thinned(
    records: Sequence[Record], now: dt.datetime, bound: int, size: Callable[[Version], int]
) -> list[Record]:
    """Return the records that stay.

    Words that were typed and never came into a file stay however many there are, and so does the last version
    of each file, which may be gone from the disk. Only age takes them away.

    Args:
        records: All, in order.
        now: The present moment.
        bound: The most bytes the contents may take on the disk.
        size: Returns what a version takes.
    """
    young = [each for each in records if now - each.at <= LONGEST]
    needed = _needed(young)
    kept = _by_age(young, now, needed)
    return _within(kept, bound, size, needed)


def _needed(records: Iterable[Record]) -> set[int]:
    """Return the positions of the records that are not thinned."""
    needed: set[int] = set()
    last: dict[str, int] = {}
    typed: dict[tuple[str, str], set[int]] = {}
    for at, record in enumerate(records):
        last[record.path] = at
        by_hand = typed.setdefault((record.path, record.hand), set())
        if record.event == TYPED:
            by_hand.add(at)
        elif record.event in {WRITTEN, RESTORED}:
            # Whoever saves has the earlier words before them, or put them aside.
            by_hand.clear()
        elif record.event == LEFT:
            needed.add(at)
    return needed.union(last.values(), *typed.values())


def _by_age(records: Sequence[Record], now: dt.datetime, needed: set[int]) -> dict[int, Record]:
    kept: dict[int, Record] = {}
    taken: set[tuple[str, str]] = set()
    for at in range(len(records) - 1, -1, -1):
        record = records[at]
        period = record.path, _period(record.at, now - record.at)
        if at in needed or not period[1] or period not in taken:
            kept[at] = record
        taken.add(period)
    return dict(sorted(kept.items()))


def _period(at: dt.datetime, age: dt.timedelta) -> str:
    """Return which stretch of time a record stands for; nothing where all stay."""
    if age <= ALL:
        return ""
    if age <= HOURLY:
        return at.strftime("%Y-%m-%d %H")
    return at.strftime("%Y-%m-%d") if age <= DAILY else at.strftime("%G week %V")


def _within(
    kept: dict[int, Record], bound: int, size: Callable[[Version], int], needed: set[int]
) -> list[Record]:
    """Leave out the oldest until the contents are within the bound."""
    uses: dict[Version, int] = {}
    for record in kept.values():
        uses[record.version] = uses.get(record.version, 0) + 1
    total = sum(map(size, uses))
    for at in list(kept):
        if total <= bound:
            break
        if at in needed:
            continue
        version = kept.pop(at).version
        uses[version] -= 1
        if not uses[version]:
            total -= size(version)
    return list(kept.values())
