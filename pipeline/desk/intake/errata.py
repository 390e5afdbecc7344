"""Errata: corrections of earlier issues, offered to the next one as articles for its readers."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.filing_record import from_record
from pipeline.archive.shelf import Shelf
from pipeline.files.owned_files import load
from pipeline.files.text.source import LARGEST
from pipeline.files.workspace import ISSUES
from pipeline.files.yaml_nodes import read_fields
from pipeline.findings.finding import ArchiveError
from pipeline.models.issue import IssueTexts
from pipeline.reading.markdown.line_starts import BULLETS
from pipeline.reading.model_files import model_in
from pipeline.typography.localisation import label

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from pipeline.archive.filing_record import Filing
    from pipeline.files.workspace import Workspace

_SIGNS: Final = re.compile(r"([\\`*_\[\]{}<>&~|!^$#])")
"""What means something in Markdown wherever it stands."""

_BULLET: Final = re.compile(rf"^[{BULLETS}]")
_OPENING: Final = re.compile(r"^(\d*)([-+=.):])")
"""What makes a list, a rule or a heading of a line that begins with it."""


class Erratum(NamedTuple):
    """A correction that the next issue may print.

    Args:
        filing: Name of the filing that corrects an earlier one, as `2023-12-20/2`.
        title: The title of the notice, by language.
        text: Text of the correction, as Markdown, by language; languages may be missing.
    """

    filing: str
    title: dict[str, str]
    text: dict[str, str]


def errata(
    workspace: Workspace, date: dt.date, language: str, others: tuple[str, ...] = ()
) -> tuple[Erratum, ...]:
    """Return the corrections of earlier issues that have not been offered to an issue yet.

    Each is offered once: to the issue that follows, or, where one followed already when the correction was
    filed, to the next that is begun. A record that cannot be read is skipped: `bulletin archive verify`
    reports it.

    Args:
        workspace: The workspace.
        date: The date of the new issue.
        language: Its language; corrections without a text in it are skipped.
        others: The languages it is translated into.
    """
    shelf = Shelf(workspace)
    before = [folder for folder in workspace.issue_folders() if folder.name < date.isoformat()]
    found = []
    for name in shelf.record_names():
        with contextlib.suppress(OSError, ValueError):
            filing = from_record(shelf.record(name))
            later = [folder for folder in before if folder.name > filing.issue]
            if filing.date < date and filing.correction is not None and not _was_offered(later, filing):
                texts = {each: _words(filing, each, shelf) for each in (language, *others)}
                found.append(_erratum(filing, texts, date))
    return tuple(erratum for erratum in found if language in erratum.text)


def _erratum(filing: Filing, texts: dict[str, str], date: dt.date) -> Erratum:
    worded = {language: as_markdown(text) for language, text in texts.items() if text}
    return Erratum(filing.name, {language: _title(filing, date, language) for language in worded}, worded)


def as_markdown(text: str) -> str:
    """Return a line of plain text escaped as Markdown (CommonMark 0.31)."""
    escaped = _SIGNS.sub(r"\\\1", " ".join(text.split()))
    # A bullet of a word processor has no escape but its number: it would be queried as an item of a list.
    return _BULLET.sub(lambda bullet: f"&#{ord(bullet[0])};", _OPENING.sub(r"\1\\\2", escaped))


def _was_offered(later: list[Path], filing: Filing) -> bool:
    """Return whether a later issue was begun after the correction was filed, or prints it."""
    mark = re.compile(rf"{re.escape(filing.name)}\b")
    return any(
        folder.name > filing.filed.isoformat()
        or any(mark.search(_text(path)) for path in sorted(folder.glob("*.md")))
        for folder in later
    )


def _text(path: Path) -> str:
    try:
        return load(path, LARGEST).decode("utf-8", errors="replace")
    except OSError:
        return ""


def _words(filing: Filing, language: str, shelf: Shelf) -> str:
    """Return the text of a correction in a language, or nothing where it was not given."""
    if filing.correction is not None and language == filing.languages[0]:
        return filing.correction.text
    path = f"{ISSUES}/{filing.issue}/issue.{language}.yaml"
    if path not in filing.sources:
        return ""
    try:
        data = shelf.source(filing, path)
    except ArchiveError:
        return ""
    texts = model_in(read_fields(data, path), IssueTexts, language).value
    return (texts.correction if texts else None) or ""


def _title(filing: Filing, date: dt.date, language: str) -> str:
    # Numbering restarts each year.
    number = str(filing.number) if filing.date.year == date.year else f"{filing.number}/{filing.date.year}"
    return label("Correction to issue {number}", language, number=number)
