"""Fix: typography is set in the files of an issue, and pictures lose what they tell besides."""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.writing.results import Conflict
from pipeline.desk.writing.text_saving import TextFile
from pipeline.editor.markup_fixes import with_markup
from pipeline.editor.sentence_fixes import with_sentences
from pipeline.editor.typography_fixes import FixedFile, changed_lines, typography_fixes
from pipeline.files.unseen_signs import named_unseen
from pipeline.files.workspace import write_atomically
from pipeline.findings.finding import IssueError, PressError, errors, found
from pipeline.findings.place import Place
from pipeline.findings.translatable import N_
from pipeline.page.pictures.private_pictures import PrivatePicture, private_pictures
from pipeline.page.pictures.same_picture import is_same_picture
from pipeline.reading.issue_reader import read_issue
from pipeline.reading.translations import languages_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.files.workspace import Workspace

_LINES: Final = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"

_MOST_PASSES: Final = 3


def fix(folder: Path, workspace: Workspace) -> list[FixedFile]:
    """Correct the typography of an issue in its files.

    An issue with errors is left unchanged.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.

    Returns:
        What was changed, by file and line.

    Raises:
        PressError: A file cannot be written (E83); no file is left half-written.
    """
    written: dict[str, str] = {}
    fixed: dict[str, str] = {}
    for _ in range(_MOST_PASSES):
        passed = dict(_fixed_once(folder, workspace))
        written = {path: each.before for path, each in passed.items()} | written
        fixed |= {path: each.after for path, each in passed.items()}
        # Where a line became an item or a heading, its text can only now be set as one.
        if not any(each.is_remade for each in passed.values()):
            break
    return [_shown(path, written[path], fixed[path]) for path in sorted(fixed)]


def fix_pictures(folder: Path, workspace: Workspace) -> list[PrivatePicture]:
    """Take place, device, names and further pictures out of the picture files of an issue, errors or none.

    Each file is decoded before and after, and replaced only where its picture is the same to the last pixel.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.

    Returns:
        The pictures that were cleaned, each as it is now.

    Raises:
        PressError: A file cannot be written (E83); each is the old or the new one.
    """
    files: dict[str, Path] = {}
    for language in (None, *languages_of(folder)):
        files |= read_issue(folder, workspace, language).files
    cleaned = []
    for private in private_pictures(files):
        path = files[private.path]
        if not is_same_picture(path.read_bytes(), private.data, path.name):
            problem = N_("without what it holds besides, the picture would not be the same")
            raise PressError([found("E83", Place(private.path), name=path.name, problem=problem)])
        write_atomically(path.resolve(), private.data)
        cleaned.append(private)
    return cleaned


def places_to_fix(folder: Path, workspace: Workspace) -> dict[str, frozenset[int]]:
    """Return the lines, from 1, that `fix` would change, by file; an issue with errors has none.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.
    """
    return {
        path: frozenset(line for hunk in _hunks(each) for line in hunk.lines)
        for path, each in _proposed(folder, workspace)
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
    each = dict(_proposed(folder, workspace)).get(path)
    hunk = next((hunk for hunk in _hunks(each) if line in hunk.lines), None) if each else None
    if each is None or hunk is None:
        return False
    file = TextFile(workspace, path)
    text, version = file.opened()
    lines = _LINES.findall(text)
    if _plain(text) != each.before:
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


def _hunks(fixed: _Fix) -> list[_Hunk]:
    """Return what is changed, line by line where lines stay lines."""
    before, after = (_LINES.findall(text) for text in (fixed.before, fixed.after))
    hunks = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "replace" and i2 - i1 == j2 - j1:
            hunks += [_Hunk(i1 + at, i1 + at + 1, [after[j1 + at]]) for at in range(i2 - i1)]
        elif kind != "equal":
            hunks.append(_Hunk(i1, i2, after[j1:j2]))
    return hunks


class _Fix(NamedTuple):
    before: str
    after: str
    is_remade: bool
    """Whether its markup was mended, too."""


def _fixed_once(folder: Path, workspace: Workspace) -> Iterator[tuple[str, _Fix]]:
    """Fix and write the files of an issue once; yield those that were changed."""
    for path, each in _proposed(folder, workspace):
        _write(workspace.root / path, each.after)
        yield path, each


def _proposed(folder: Path, workspace: Workspace) -> Iterator[tuple[str, _Fix]]:
    """Yield the files of an issue that would be changed, as they would be."""
    seen: set[str] = set()
    for language in (None, *languages_of(folder)):
        reading = read_issue(folder, workspace, language)
        if reading.issue is None or errors(reading.findings):
            continue
        typeset = typography_fixes(reading.issue, reading.sources)
        for path, text in {**reading.sources, **{each.path: each.text for each in typeset}}.items():
            if path in seen or not path.startswith(f"{reading.issue.folder}/"):
                continue
            after = with_markup(path, with_sentences(path, text)) if path.endswith(".md") else text
            before = _as_written(workspace.root / path)
            if after != before:
                seen.add(path)
                yield path, _Fix(before, after, is_remade=after != text)


def _as_written(path: Path) -> str:
    """Return a file's text composed (NFC), with line feeds."""
    return _plain(path.read_bytes().decode("utf-8-sig"))


def _plain(text: str) -> str:
    text = text.removeprefix("\ufeff")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _shown(path: str, before: str, after: str) -> FixedFile:
    lines = changed_lines(before, after)
    shown = tuple((number, named_unseen(old), named_unseen(new)) for number, old, new in lines)
    return FixedFile(path, after, shown)


def _write(path: Path, text: str) -> None:
    """Write a text with the line ends and the byte order mark that the file has."""
    before = path.read_bytes()
    data = text.encode()
    if b"\r\n" in before:
        data = data.replace(b"\n", b"\r\n")
    if before.startswith(_BYTE_ORDER_MARK):
        data = _BYTE_ORDER_MARK + data
    write_atomically(path, data)
