"""The catalogue of the archive: every page and fact sheet of every filing, as a search index.

It is a file of SQLite in the user's cache folder, built from the filings, and can be built again at any time.
Only filings it does not have yet are read. A damaged one is deleted and built again; two processes at once
wait for each other.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.search.fact_sheets import FactSheet, fact_sheets
from pipeline.archive.search.page_blocks import blocks_of
from pipeline.archive.search.word_forms import words_of
from pipeline.files.cache import default_folder
from pipeline.files.program.own_files import PACKAGE, program_hash
from pipeline.findings.progress import Progress, silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.archive.filing_record import Filing
    from pipeline.archive.shelf import Shelf

STEP: Final = "reading the archive"

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS filings (name TEXT PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pages (
  id INTEGER PRIMARY KEY, filing TEXT NOT NULL, language TEXT NOT NULL, page INTEGER NOT NULL,
  blocks TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sheets (filing TEXT NOT NULL, language TEXT NOT NULL, sheet TEXT NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(folded, tokenize = "unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE IF NOT EXISTS vocabulary USING fts5vocab(words, row);
"""
_PARTS: Final = (
    "archive/search/catalogue.py",
    "archive/search/fact_sheets.py",
    "archive/search/page_blocks.py",
    "archive/search/word_forms.py",
    "pdf/text.py",
    *(f"models/kinds/{path.name}" for path in sorted((PACKAGE / "models" / "kinds").glob("*.py"))),
)
"""The modules that an entry depends on besides its filing."""

_LOCK_TIMEOUT: Final = 60
"""Seconds to wait for another process that brings the catalogue up to date."""


class PageEntry(NamedTuple):
    """A page of a filing.

    Args:
        filing: Name of the filing.
        language: Language of the page.
        page: Its number, from 1.
        blocks: Its blocks of text.
        rank: How well it matches the query (BM25); the less the better.
    """

    filing: str
    language: str
    page: int
    blocks: tuple[str, ...]
    rank: float = 0.0


class Catalogue:
    """The catalogue of a shelf, brought up to date when it is opened.

    Args:
        shelf: The archive.
        progress: Callback for each filing that is read.

    Raises:
        ArchiveError: A filing is damaged (E210, E211, E212).
    """

    def __init__(self, shelf: Shelf, progress: Progress = silent) -> None:
        """Open the catalogue."""
        self._database = _opened(shelf, progress)

    def pages(self, query: str) -> Iterator[PageEntry]:
        """Yield the pages that match a query of FTS5, the best first."""
        text = (
            "SELECT filing, language, page, blocks, bm25(words) FROM words "
            "JOIN pages ON pages.id = words.rowid WHERE words MATCH ? ORDER BY bm25(words)"
        )
        for filing, language, page, blocks, rank in self._database.execute(text, (query,)):
            yield PageEntry(filing, language, page, blocks=tuple(json.loads(blocks)), rank=rank)

    def page(self, filing: str, language: str, number: int) -> PageEntry | None:
        """Return a page."""
        text = "SELECT blocks FROM pages WHERE filing = ? AND language = ? AND page = ?"
        row = self._database.execute(text, (filing, language, number)).fetchone()
        return PageEntry(filing, language, number, tuple(json.loads(row[0]))) if row else None

    def sheets(self) -> Iterator[tuple[str, str, FactSheet]]:
        """Yield every fact sheet, with its filing and language."""
        for filing, language, sheet in self._database.execute(
            "SELECT filing, language, sheet FROM sheets ORDER BY rowid"
        ):
            yield filing, language, FactSheet.model_validate_json(sheet)

    def vocabulary(self) -> list[str]:
        """Return every folded word of the archive."""
        return [row[0] for row in self._database.execute("SELECT term FROM vocabulary")]

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def forget(shelf: Shelf) -> None:
    """Delete the catalogue of an archive, with all the words that were in it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            Path(f"{_path(shelf)}{suffix}").unlink()


def _opened(shelf: Shelf, progress: Progress) -> sqlite3.Connection:
    path = _path(shelf)
    try:
        return _current(path, shelf, progress)
    except sqlite3.DatabaseError:
        forget(shelf)
        try:
            return _current(path, shelf, progress)
        except sqlite3.DatabaseError:
            # The folder cannot be written to: the catalogue is built for this one use.
            return _current(":memory:", shelf, progress)


def _path(shelf: Shelf) -> str:
    """Return the path of the catalogue: one for each archive and each version of the program."""
    state = ":".join(program_hash(name) for name in _PARTS)
    name = hashlib.sha256(f"{shelf.workspace.root}\0{state}".encode()).hexdigest()
    folder = default_folder() / "catalogues"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return ":memory:"
    return str(folder / f"{name}.sqlite")


def _current(path: str, shelf: Shelf, progress: Progress) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_LOCK_TIMEOUT, isolation_level=None)
    try:
        database.execute("PRAGMA quick_check(1)")
        # What is deleted is overwritten: words of what was withdrawn are not to stay in free pages.
        database.execute("PRAGMA secure_delete=ON")
        database.execute("BEGIN IMMEDIATE")
        for statement in _TABLES.split(";\n"):
            database.execute(statement)
        _bring_up_to_date(database, shelf, progress)
        database.execute("COMMIT")
    except BaseException:
        database.close()
        raise
    return database


def _bring_up_to_date(database: sqlite3.Connection, shelf: Shelf, progress: Progress) -> None:
    entered = dict(database.execute("SELECT name, record FROM filings"))
    records = {filing.name: shelf.state(filing) for filing in shelf.filings}
    for name in entered.keys() - {name for name, record in records.items() if entered.get(name) == record}:
        ids = database.execute("SELECT id FROM pages WHERE filing = ?", (name,)).fetchall()
        database.executemany("DELETE FROM words WHERE rowid = ?", ids)
        for table in ("pages", "sheets"):
            database.execute(f"DELETE FROM {table} WHERE filing = ?", (name,))  # noqa: S608 - our own names
        database.execute("DELETE FROM filings WHERE name = ?", (name,))
    missing = [filing for filing in shelf.filings if entered.get(filing.name) != records[filing.name]]
    for done, filing in enumerate(missing):
        progress(STEP, done, len(missing))
        _enter(database, shelf, filing)
        database.execute("INSERT INTO filings VALUES (?, ?)", (filing.name, records[filing.name]))
    progress(STEP, len(missing), len(missing))


def _enter(database: sqlite3.Connection, shelf: Shelf, filing: Filing) -> None:
    pages: dict[str, list[list[str]]] = {}
    for language in filing.languages:
        pdf = shelf.file(filing, filing.pdf(language=language))
        pages[language] = [[block.text for block in blocks] for blocks in blocks_of(pdf)]
        for number, blocks in enumerate(pages[language], 1):
            folded = " ".join(_entries(blocks))
            text = "INSERT INTO pages (filing, language, page, blocks) VALUES (?, ?, ?, ?)"
            text_of_blocks = json.dumps(blocks, ensure_ascii=False)
            row = database.execute(text, (filing.name, language, number, text_of_blocks)).lastrowid
            database.execute("INSERT INTO words (rowid, folded) VALUES (?, ?)", (row, folded))
    for language, sheet in fact_sheets(shelf, filing):
        entry = (filing.name, language, sheet.model_dump_json())
        database.execute("INSERT INTO sheets VALUES (?, ?, ?)", entry)


def _entries(blocks: Sequence[str]) -> Iterator[str]:
    for block in blocks:
        yield from words_of(block)
