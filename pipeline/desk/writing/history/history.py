"""The history of the texts of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.desk.writing.disk.version import Version
    from pipeline.files.workspace import Workspace


class HistoryVersion(NamedTuple):
    """A version of a file, and how it came to be.

    Args:
        version: SHA-256 of its bytes.
        at: When, in UTC.
        event: `read`, `written`, `typed` (not yet in the file), `restored`, `outside`, `taken out`.
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

    def days(self, path: str) -> list[HistoryDay]:
        """Return the versions of a file by day, the newest first."""
        raise NotImplementedError

    def versions(self, path: str) -> list[HistoryVersion]:
        """Return the versions of a file, the newest first."""
        raise NotImplementedError

    def text(self, version: Version) -> str:
        """Return a version's text.

        Raises:
            IssueError: The history has no such version (E604).
        """
        raise NotImplementedError

    def restore(self, path: str, version: Version, base: Version | None, hand: str = "") -> Version:
        """Write a version into its file again, which makes it the newest one.

        Args:
            path: The file, relative to the workspace.
            version: The version.
            base: The version the file has, as it was shown; None where there is no file any more.
            hand: Who does it.

        Raises:
            IssueError: The file has changed since (E603), or there is no such version (E604).
        """
        raise NotImplementedError

    def take_out(self, words_or_version: str) -> TakenOut:
        """Take words out of every version, or a version (of a picture) out of the history."""
        raise NotImplementedError

    def age_out(self, now: dt.datetime, bound: int) -> int:
        """Thin the history, and return how many versions went.

        Args:
            now: The present moment.
            bound: The most bytes it may have.
        """
        raise NotImplementedError
