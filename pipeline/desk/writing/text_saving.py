"""A text saved: kept first, merged with what is in the file, written, and never chosen against anybody."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from pipeline.desk.writing.disk.version import NOTHING, version_of
from pipeline.desk.writing.history.history import History
from pipeline.desk.writing.history.journal import OUTSIDE, READ, TYPED, WRITTEN
from pipeline.desk.writing.history.placing import placed, target_in
from pipeline.desk.writing.merging import conflicting
from pipeline.desk.writing.results import Conflict
from pipeline.files.text.source import LARGEST, read_text
from pipeline.findings.finding import IssueError, PressError, errors, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.desk.writing.disk.version import Version
    from pipeline.files.workspace import Workspace


class Written(NamedTuple):
    """A text that is in its file now.

    Args:
        text: The text.
        version: The file's.
        merged: Whether somebody else's change is in it, too.
    """

    text: str
    version: Version
    merged: bool


class TextFile:
    """A text file of a workspace.

    Args:
        workspace: The workspace.
        name: The file, relative to it.

    Raises:
        IssueError: It would lie elsewhere (E04).
    """

    def __init__(self, workspace: Workspace, name: str) -> None:
        self.name = name
        self._target = target_in(workspace, name)
        self._store = self._target.store
        self._history = History(workspace)

    def opened(self, *, is_needed: bool = True) -> tuple[str, Version]:
        """Return the text once nobody writes it, and its version, which is kept.

        Args:
            is_needed: Whether it must be there; else a missing file is an empty text.

        Raises:
            IssueError: There is none (E01), it is no text (E02, E03), or another program is still writing it
                (E602).
        """
        read: list[bytes | None] = []

        def chosen(data: bytes | None) -> None:
            read.append(data)

        placed(self._target, chosen, READ, "")
        data = read[-1]
        if data is None:
            if is_needed:
                raise IssueError([found("E01", Place(self.name), name=self.name, guess="")])
            return "", NOTHING
        text = text_of(data, self.name)
        return text, self._store.keep(data, self.name, READ)

    def version(self, version: Version) -> str | None:
        """Return the text of a version; None where the history no longer has it."""
        if version == NOTHING:
            return ""
        data = self._store.data(version)
        return None if data is None else text_of(data, self.name)

    def saved(
        self,
        base: Version,
        ours: Callable[[str], str],
        merge: Callable[[str, str, str, str], str | None],
        hand: str,
    ) -> Written | Conflict:
        """Save a change.

        Args:
            base: The version it was made to.
            ours: Makes the change in a text: that of the base, or of the file where the history has it no
                longer.
            merge: Merges two changes of a text: base, ours, theirs and the name of the file.
            hand: Who makes it.

        Raises:
            IssueError: The file is gone (E601), another program is still writing it (E602), or the change
                cannot be made. Nothing was written; the words are kept, where there were any.
            PressError: The disk or the system refuses.
        """
        before = self.version(base)
        if before is None:
            theirs, there = self.opened()
            before = self.version(base)
        changed = ours(theirs if before is None else before)
        self._check(changed)
        if changed != before:
            self._store.keep(changed.encode(), self.name, TYPED, hand)
        if before is None:
            return Conflict(there, changed, theirs, "", conflicting("", changed, theirs, self.name))
        found_there: list[Written | Conflict] = []

        def chosen(current: bytes | None) -> bytes | None:
            outcome = self._outcome((before, changed), base, current, merge)
            found_there.append(outcome)
            if isinstance(outcome, Conflict):
                return None
            data = outcome.text.encode()
            if changed == before and current is not None:
                return None
            self._store.keep(data, self.name, TYPED, hand)
            return data

        placed(self._target._replace(is_new=base == NOTHING), chosen, WRITTEN, hand)
        # What was saved is in its file, whether the history could be thinned or not.
        with contextlib.suppress(PressError):
            self._history.tend(dt.datetime.now(dt.UTC))
        return found_there[-1]

    def _outcome(
        self,
        texts: tuple[str, str],
        base: Version,
        current: bytes | None,
        merge: Callable[[str, str, str, str], str | None],
    ) -> Written | Conflict:
        """Return what the file shall have; see `saved`."""
        before, changed = texts
        if current is None:
            if base != NOTHING:
                raise IssueError([found("E601", Place(self.name), name=self.name)])
            return Written(changed, version_of(changed.encode()), merged=False)
        there = version_of(current)
        if there in {base, version_of(changed.encode())}:
            return Written(changed, version_of(changed.encode()), merged=False)
        self._store.keep(current, self.name, OUTSIDE)
        theirs = text_of(current, self.name)
        merged = theirs if changed == before else merge(before, changed, theirs, self.name)
        if merged is None:
            return Conflict(there, changed, theirs, before, conflicting(before, changed, theirs, self.name))
        self._check(merged)
        return Written(merged, version_of(merged.encode()), merged=True)

    def _check(self, text: str) -> None:
        if len(text.encode()) > LARGEST:
            raise IssueError(errors(read_text(text.encode(), self.name)[1]))


def text_of(data: bytes, name: str) -> str:
    """Return a file's text, with its byte order mark and line ends.

    Raises:
        IssueError: It is no text (E02), or too long (E03).
    """
    wrong = [each for each in errors(read_text(data, name)[1]) if each.code in {"E02", "E03"}]
    if wrong:
        raise IssueError(wrong)
    return data.decode()
