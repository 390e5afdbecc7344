"""A filing: its record, the JSON it is stored as, and the folders of the archive.

    issues/archive.txt                          the index, a line a filing
    issues/2023-12-20/filed/1/filing.json       the record of the first filing of the issue
    issues/2023-12-20/filed/1/bulletin-….pdf    its output
    issues/2023-12-20/filed/sources/<sha-256>   its sources, each file once in the whole archive

Each record has the SHA-256 of the record before it, so that none can be changed or removed unnoticed; and its
own, so that of two that disagree the damaged one is known.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.files.names import name_fault, stays_inside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORMAT: Final = 1
RECORD: Final = "filing.json"
SOURCES: Final = "sources"
RECORD_HASH: Final = "seal"
"""The last entry of a record: the SHA-256 of the record without it."""

SHA256: Final = re.compile(r"[0-9a-f]{64}")
_ISSUE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class StoredFile(NamedTuple):
    """Hash and size of a stored file.

    Args:
        sha256: Its SHA-256 (FIPS 180-4), in hexadecimal.
        size: Its size in bytes.
    """

    sha256: str
    size: int


class FiledCorrection(NamedTuple):
    """The correction that a filing is.

    Args:
        of: The number of the filing it corrects, of the same issue.
        text: What was wrong, in words for the reader, in the issue's own language.
    """

    of: int
    text: str


class PreviousFiling(NamedTuple):
    """The filing before, in the order of the whole archive.

    Args:
        name: As `2023-06-30/1`.
        sha256: The SHA-256 of its record.
    """

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Filing:
    """An issue as it was filed.

    Args:
        issue: The issue's date, which is the name of its folder.
        filing: Its number among the filings of the issue, from 1.
        number: The issue's number.
        title: The issue's title, in its own language.
        publication: The publication's, likewise.
        languages: The languages it was built in, its own first.
        filed: The day it was filed.
        correction: What it corrects, or None.
        previous: The filing before it in the archive, or None for the first.
        pages: How many pages each PDF has, by file name.
        files: The files built, by name.
        sources: The files it was built from, by path in a workspace.
        program: SHA-256 of the program's files, by path in the package.
        versions: Versions of the libraries.
        withdrawal: SHA-256 of the record of the last withdrawal before it; empty where there was none.
    """

    issue: str
    filing: int
    number: int
    title: str
    publication: str
    languages: tuple[str, ...]
    filed: dt.date
    correction: FiledCorrection | None
    previous: PreviousFiling | None
    pages: Mapping[str, int]
    files: Mapping[str, StoredFile]
    sources: Mapping[str, StoredFile]
    program: Mapping[str, str]
    versions: Mapping[str, str]
    withdrawal: str = ""

    @property
    def name(self) -> str:
        """As `2023-12-20/1`: unique in the archive."""
        return f"{self.issue}/{self.filing}"

    @property
    def date(self) -> dt.date:
        """The day the issue is dated."""
        return dt.date.fromisoformat(self.issue)

    def pdf(self, edition_suffix: str = "", language: str | None = None) -> str:
        """Return the name of a PDF.

        Args:
            edition_suffix: `Edition.suffix`.
            language: One of `languages`; the issue's own when None.
        """
        return f"{stem(self.issue, language, self.languages[0])}{edition_suffix}.pdf"


def stem(issue: str, language: str | None, own: str) -> str:
    """Return the beginning of the names of all files of an issue in a language."""
    return f"bulletin-{issue}" if language in {None, own} else f"bulletin-{issue}.{language}"


def as_record(filing: Filing) -> bytes:
    """Return the record of a filing: JSON (RFC 8259), always in the same order."""
    record = {
        "format": FORMAT,
        "issue": filing.issue,
        "filing": filing.filing,
        "number": filing.number,
        "title": filing.title,
        "publication": filing.publication,
        "languages": list(filing.languages),
        "filed": filing.filed.isoformat(),
        "correction": filing.correction._asdict() if filing.correction else None,
        "previous": filing.previous._asdict() if filing.previous else None,
        "pages": dict(sorted(filing.pages.items())),
        "files": {name: stored._asdict() for name, stored in sorted(filing.files.items())},
        "sources": {name: stored._asdict() for name, stored in sorted(filing.sources.items())},
        "program": dict(sorted(filing.program.items())),
        "versions": dict(sorted(filing.versions.items())),
        **({"withdrawal": filing.withdrawal} if filing.withdrawal else {}),
    }
    return as_json(record | {RECORD_HASH: hash_of(as_json(record))})


def from_record(data: bytes) -> Filing:
    """Read what `as_record` wrote.

    Raises:
        ValueError: It is not such a record; the message says what is wrong with it, in English.
    """
    try:
        record = json.loads(data)
        sha256 = record.pop(RECORD_HASH)
        if as_json(record | {RECORD_HASH: sha256}) != data or hash_of(as_json(record)) != sha256:
            raise ValueError(RECORD_HASH)
        return _from_record(record)
    except (KeyError, TypeError, AttributeError, RecursionError) as fault:
        message = f"{type(fault).__name__}: {fault}"
        raise ValueError(message) from fault


def hash_of(data: bytes) -> str:
    """Return a SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def stored_file(data: bytes) -> StoredFile:
    """Return hash and size of a file that is to be stored."""
    return StoredFile(hash_of(data), len(data))


def as_json(record: Mapping[str, Any]) -> bytes:
    """Return a record as JSON, in the one form that is hashed."""
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _from_record(record: dict[str, Any]) -> Filing:
    if record["format"] != FORMAT:
        message = f"format {record['format']}"
        raise ValueError(message)
    correction, previous = record["correction"], record["previous"]
    filing = Filing(
        issue=matching(_ISSUE, record["issue"]),
        filing=int(record["filing"]),
        number=int(record["number"]),
        title=str(record["title"]),
        publication=str(record["publication"]),
        languages=tuple(str(language) for language in record["languages"]),
        filed=dt.date.fromisoformat(record["filed"]),
        correction=FiledCorrection(int(correction["of"]), str(correction["text"])) if correction else None,
        previous=PreviousFiling(str(previous["name"]), matching(SHA256, previous["sha256"]))
        if previous
        else None,
        pages={str(name): int(pages) for name, pages in record["pages"].items()},
        files=_stored_files(record["files"], _is_name),
        sources=_stored_files(record["sources"], stays_inside),
        program={str(name): str(value) for name, value in record["program"].items()},
        versions={str(name): str(value) for name, value in record["versions"].items()},
        withdrawal=matching(SHA256, record["withdrawal"]) if "withdrawal" in record else "",
    )
    dt.date.fromisoformat(filing.issue)
    if not filing.languages or filing.filing < 1:
        message = "languages, filing"
        raise ValueError(message)
    return filing


def _is_name(name: str) -> bool:
    return not name_fault(name)


def _stored_files(record: dict[str, Any], is_allowed: Callable[[str], bool]) -> dict[str, StoredFile]:
    if refused := [name for name in record if not is_allowed(name)]:
        raise ValueError(refused[0])
    return {
        str(name): StoredFile(matching(SHA256, entry["sha256"]), int(entry["size"]))
        for name, entry in record.items()
    }


def matching(pattern: re.Pattern[str], text: object) -> str:
    """Return a text of a record.

    Raises:
        ValueError: It does not match the pattern.
    """
    if not isinstance(text, str) or not pattern.fullmatch(text):
        message = repr(text)
        raise ValueError(message)
    return text
