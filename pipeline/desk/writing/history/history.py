"""The history of the texts of a workspace, as it is shown and used."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.writing.disk.version import version_of
from pipeline.desk.writing.history.journal import OUTSIDE, READ, RESTORED, TYPED
from pipeline.desk.writing.history.objects import VERSION
from pipeline.desk.writing.history.placing import placed, target_in
from pipeline.desk.writing.history.store import store_of
from pipeline.desk.writing.history.taking_out import without_picture, without_words
from pipeline.desk.writing.history.thinning import thinned
from pipeline.files.owned_files import load
from pipeline.files.text.source import LARGEST
from pipeline.findings.finding import IssueError, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.desk.writing.disk.version import Version
    from pipeline.desk.writing.history.journal import Record
    from pipeline.files.workspace import Workspace

BOUND: Final = 200_000_000
"""Bytes that the contents of a history may take on the disk."""

ASIDE: Final = "taken-out"
"""The folder beside `issues` that holds issues which were taken out whole."""

_EVERY: Final = dt.timedelta(hours=20)


class HistoryVersion(NamedTuple):
    """A version of a file, and how it came to be.

    Args:
        version: SHA-256 of its bytes.
        at: When, in UTC.
        event: `read` or `outside`: found in the file; `typed`: to be written, and not in the file by then;
            `written`; `restored`; `gone`: taken away with its file; `left`: found after a crash.
        hand: Who; empty where that is not known.
        size: Bytes.
    """

    version: Version
    at: dt.datetime
    event: str
    hand: str
    size: int


class HistoryDay(NamedTuple):
    """The versions of a day, the newest first; the day is that of the machine's time zone."""

    date: dt.date
    versions: tuple[HistoryVersion, ...]


class TakenOut(NamedTuple):
    """What was taken out of a history.

    Args:
        versions: How many versions were rewritten or removed.
        still_in_files: Files in which the words still stand; they are not changed.
    """

    versions: int
    still_in_files: tuple[str, ...]


class History:
    """Every version that was read or written.

    Args:
        workspace: The workspace.
    """

    def __init__(self, workspace: Workspace) -> None:
        """Open the history; it is begun with the first version that is kept."""
        self._workspace = workspace
        self._store = store_of(workspace)

    def days(self, path: str) -> list[HistoryDay]:
        """Return the versions of a file by day, the newest first."""
        by_day = itertools.groupby(self.versions(path), lambda each: each.at.astimezone().date())
        return [HistoryDay(date, tuple(versions)) for date, versions in by_day]

    def versions(self, path: str) -> list[HistoryVersion]:
        """Return the versions of a file, the newest first.

        What was typed and then written is one.
        """
        shown: list[HistoryVersion] = []
        for record in reversed(self._store.records(path)):
            is_later = shown and shown[-1].version == record.version
            if not (is_later and record.event in {TYPED, READ, OUTSIDE}):
                shown.append(
                    HistoryVersion(record.version, record.at, record.event, record.hand, record.size)
                )
        return shown

    def files(self) -> list[str]:
        """Return the paths of all files that have a history."""
        return sorted({record.path for record in self._store.records()})

    def data(self, version: Version) -> bytes:
        """Return a version's bytes.

        Raises:
            IssueError: The history has no such version (E604).
        """
        data = self._store.data(version)
        if data is None:
            raise IssueError([found("E604", None, name=version[:12])])
        return data

    def text(self, version: Version) -> str:
        """Return a version's text.

        Raises:
            IssueError: The history has no such version (E604).
        """
        return self.data(version).decode("utf-8", "replace")

    def restore(self, path: str, version: Version, base: Version | None, hand: str = "") -> Version:
        """Write a version into its file again, which makes it the newest one.

        Args:
            path: The file, relative to the workspace.
            version: One of its versions.
            base: The version the file has, as it was shown; None where there is no file any more.
            hand: Who does it.

        Raises:
            IssueError: The file has changed since (E603), it has no such version (E604), or another program
                is still writing it (E602).
            PressError: The disk or the system refuses (E83).
        """
        data = self.data(version)
        if not any(record.version == version for record in self._store.records(path)):
            raise IssueError([found("E604", None, name=version[:12])])

        def chosen(current: bytes | None) -> bytes:
            if current is not None:
                self._store.keep(current, path, OUTSIDE)
            if (None if current is None else version_of(current)) != base:
                raise IssueError([found("E603", Place(path), name=path)])
            return data

        placed(target_in(self._workspace, path), chosen, RESTORED, hand)
        return version

    def holding(self, words: str) -> TakenOut:
        """Return what taking words out would change.

        Args:
            words: A name, or other words.
        """
        taking = without_words(words)
        versions = {each.version for each in self._store.records()}
        count = sum(self._without(version, taking) is not None for version in versions)
        return TakenOut(count, tuple(self._still_in_files(taking, lambda _: True)))

    def pictures(self, issue: str) -> list[str]:
        """Return the paths of an issue's pictures that have a history, or are in its folder.

        Args:
            issue: Name of the issue's folder.
        """
        folder = self._workspace.issues / issue
        there = (path.relative_to(self._workspace.root).as_posix() for path in folder.glob("images/*"))
        return sorted(
            {*there, *(path for path in self.files() if path.startswith(f"issues/{issue}/images/"))}
        )

    def take_out(self, words_or_version: str) -> TakenOut:
        """Take words out of every version that holds them, or a version out of the history.

        Args:
            words_or_version: A name or other words; or a version, as that of a picture.

        Raises:
            PressError: It cannot be written (E83).
        """
        if VERSION.fullmatch(words_or_version):
            before = self._store.records()
            self._store.change(lambda records: [each for each in records if each.version != words_or_version])
            count = len({each.version for each in before if each.version == words_or_version})
            return TakenOut(count, ())
        return self._taken_out(without_words(words_or_version), lambda _: True)

    def take_out_picture(self, path: str) -> TakenOut:
        """Take a picture out of the history: its own versions, and its texts wherever an article shows it.

        Args:
            path: The picture, relative to the workspace.

        Raises:
            PressError: It cannot be written (E83).
        """
        issue = "/".join(path.split("/")[:2])
        own = {each.version for each in self._store.records(path)}
        self._store.change(lambda records: [each for each in records if each.path != path])
        taking = without_picture(path.removeprefix(f"{issue}/"))
        taken = self._taken_out(taking, lambda name: name.startswith(f"{issue}/"))
        return TakenOut(taken.versions + len(own), taken.still_in_files)

    def age_out(self, now: dt.datetime, bound: int = BOUND) -> int:
        """Thin the history, and return how many versions went.

        Args:
            now: The present moment.
            bound: The most bytes the contents may take.

        Raises:
            PressError: It cannot be written (E83).
        """
        size = self._store.objects.size
        return self._store.change(lambda records: thinned(records, now, bound, size))

    def tend(self, now: dt.datetime) -> None:
        """Thin the history once a day.

        Raises:
            PressError: It cannot be written (E83).
        """
        mark = self._store.folder / "thinned"
        try:
            last = dt.datetime.fromtimestamp(mark.stat().st_mtime, dt.UTC)
        except OSError:
            last = dt.datetime.min.replace(tzinfo=dt.UTC)
        if now - last > _EVERY and self._store.folder.is_dir():
            self.age_out(now)
            with contextlib.suppress(OSError):
                mark.touch()

    def _taken_out(self, taking: Callable[[str], str], concerns: Callable[[str], bool]) -> TakenOut:
        rewritten: dict[Version, Version] = {}

        def changed(records: list[Record]) -> list[Record]:
            after = []
            for record in records:
                version, hand = record.version, taking(record.hand)
                if concerns(record.path):
                    if version not in rewritten:
                        rewritten[version] = self._rewritten(version, taking)
                    version = rewritten[version]
                after.append(record._replace(version=version, hand=hand))
            return after

        self._store.change(changed)
        count = sum(old != new for old, new in rewritten.items())
        return TakenOut(count, tuple(self._still_in_files(taking, concerns)))

    def _rewritten(self, version: Version, taking: Callable[[str], str]) -> Version:
        after = self._without(version, taking)
        return version if after is None else self._store.objects.put(after.encode())

    def _without(self, version: Version, taking: Callable[[str], str]) -> str | None:
        """Return a version's text after something is taken out; None where it holds nothing of it."""
        data = self._store.data(version)
        try:
            text = data.decode() if data is not None else ""
        except UnicodeDecodeError:
            return None
        after = taking(text)
        return after if after != text else None

    def _still_in_files(self, taking: Callable[[str], str], concerns: Callable[[str], bool]) -> list[str]:
        folders = (self._workspace.issues, self._workspace.root / ASIDE)
        there = (path for folder in folders for path in sorted(folder.rglob("*")))
        paths = (path for path in there if path.suffix in {".md", ".yaml"})
        still = []
        for path in paths:
            name = path.relative_to(self._workspace.root).as_posix()
            try:
                text = load(path, LARGEST).decode("utf-8", "replace")
            except OSError:
                continue
            if concerns(name) and taking(text) != text:
                still.append(name)
        return still
