"""Fix: typography is corrected in the files of an issue, in every language it has."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from pipeline.editor.markup_fixes import with_markup
from pipeline.editor.sentence_fixes import with_sentences
from pipeline.editor.typography_fixes import FixedFile, changed_lines, typography_fixes
from pipeline.files.unseen_signs import named_unseen
from pipeline.files.workspace import write_atomically
from pipeline.findings.finding import errors
from pipeline.reading.issue_reader import read_issue
from pipeline.reading.translations import languages_of

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


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
    fixed: dict[str, FixedFile] = {}
    for language in (None, *languages_of(folder)):
        reading = read_issue(folder, workspace, language)
        if reading.issue is None or errors(reading.findings):
            continue
        typeset = typography_fixes(reading.issue, reading.sources)
        for path, text in {**reading.sources, **{each.path: each.text for each in typeset}}.items():
            if path in fixed or not path.startswith(f"{reading.issue.folder}/"):
                continue
            if each := _fixed(workspace.root, path, text):
                fixed[path] = each
                _write(workspace.root / path, each.text)
    return [fixed[path] for path in sorted(fixed)]


def _fixed(root: Path, path: str, text: str) -> FixedFile | None:
    """Return a file with all that is fixed in it, or None where nothing is.

    Args:
        root: The workspace.
        path: The file, relative to it.
        text: Its text with typography fixed, without characters that nobody sees.
    """
    if path.endswith(".md"):
        text = with_markup(path, with_sentences(path, text))
    written = (root / path).read_bytes().decode("utf-8-sig")
    before = unicodedata.normalize("NFC", written.replace("\r\n", "\n").replace("\r", "\n"))
    if text == before:
        return None
    lines = changed_lines(before, text)
    shown = tuple((number, named_unseen(old), named_unseen(new)) for number, old, new in lines)
    return FixedFile(path, text, shown)


def _write(path: Path, text: str) -> None:
    """Write a text with the line ends and the byte order mark that the file has."""
    before = path.read_bytes()
    data = text.encode()
    if b"\r\n" in before:
        data = data.replace(b"\n", b"\r\n")
    if before.startswith(_BYTE_ORDER_MARK):
        data = _BYTE_ORDER_MARK + data
    write_atomically(path, data)
