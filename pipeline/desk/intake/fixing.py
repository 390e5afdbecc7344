"""Fix: typography is corrected in the files of an issue, in every language it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.editor.typography_fixes import FixedFile, typography_fixes
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
        for each in typography_fixes(reading.issue, reading.sources):
            if each.path not in fixed:
                fixed[each.path] = each
                _write(workspace.root / each.path, each.text)
    return [fixed[path] for path in sorted(fixed)]


def _write(path: Path, text: str) -> None:
    """Write a text with the line ends and the byte order mark that the file has."""
    before = path.read_bytes()
    data = text.encode()
    if b"\r\n" in before:
        data = data.replace(b"\n", b"\r\n")
    if before.startswith(_BYTE_ORDER_MARK):
        data = _BYTE_ORDER_MARK + data
    write_atomically(path, data)
