"""One place of an issue set right, as the whole would be."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.intake.fixing import composed_text, proposed_fixes
from pipeline.desk.writing.results import Conflict
from pipeline.desk.writing.text_saving import TextFile
from pipeline.findings.finding import IssueError, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.desk.intake.fixing import Fix
    from pipeline.files.workspace import Workspace

_LINES: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")


def places_to_fix(folder: Path, workspace: Workspace) -> dict[str, frozenset[int]]:
    """Return the lines, from 1, that `fix` would change, by file; of one with errors, articles without any.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.
    """
    return {
        path: frozenset(line for hunk in _hunks(each) for line in hunk.lines)
        for path, each in proposed_fixes(folder, workspace)
    }


def fix_place(folder: Path, workspace: Workspace, path: str, line: int, hand: str) -> bool:
    """Correct the typography at one place, as `fix` would, and nowhere else.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.
        path: The file, relative to the workspace.
        line: The line, from 1.
        hand: Who does it, for the history.

    Returns:
        Whether there was something to correct.

    Raises:
        IssueError: Another program is still writing the file (E602), or has changed it meanwhile (E603).
        PressError: It cannot be written (E83).
    """
    each = dict(proposed_fixes(folder, workspace)).get(path)
    hunk = next((hunk for hunk in _hunks(each) if line in hunk.lines), None) if each else None
    if each is None or hunk is None:
        return False
    file = TextFile(workspace, path)
    text, version = file.opened()
    lines = _LINES.findall(text)
    if composed_text(text) != each.before:
        raise IssueError([found("E603", Place(path), name=path)])
    newline = "\r\n" if "\r\n" in text else "\n"
    lines[hunk.first : hunk.last] = [new.replace("\n", newline) for new in hunk.after]
    mark = "\ufeff" if text.startswith("\ufeff") and not lines[0].startswith("\ufeff") else ""
    saved = file.saved(version, lambda _: mark + "".join(lines), lambda *_: None, hand)
    if isinstance(saved, Conflict):
        raise IssueError([found("E603", Place(path), name=path)])
    return True


class _Hunk(NamedTuple):
    """Lines that are changed together.

    Args:
        first: The first of them, from 0.
        last: Behind the last.
        after: What they are replaced by.
    """

    first: int
    last: int
    after: list[str]

    @property
    def lines(self) -> range:
        """The lines, from 1; of lines that are put in, the one before which they stand."""
        return range(self.first + 1, max(self.last, self.first + 1) + 1)


def _hunks(fixed: Fix) -> list[_Hunk]:
    """Return what is changed, line by line where lines stay lines."""
    before, after = (_LINES.findall(text) for text in (fixed.before, fixed.after))
    hunks = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "replace" and i2 - i1 == j2 - j1:
            hunks += [_Hunk(i1 + at, i1 + at + 1, [after[j1 + at]]) for at in range(i2 - i1)]
        elif kind != "equal":
            hunks.append(_Hunk(i1, i2, after[j1:j2]))
    return hunks
