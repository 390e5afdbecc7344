"""A withdrawal: the record that something filed was taken out, when and why, and what stands there now.

    issues/withdrawn/1/withdrawal.json      the record of the first withdrawal
    issues/withdrawn/1/sources/<sha-256>    what its sources were replaced by
    issues/withdrawn/1/files/<sha-256>      what its outputs are to be replaced by, until they are in place

What was filed is never changed, with this one exception; and the exception is a record of the chain. It names
the SHA-256 of each file that went, has its own, those of the withdrawal and of the filing before it, and the
next filing has its. The files themselves are gone.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.archive.filing_record import (
    RECORD_HASH,
    SHA256,
    PreviousFiling,
    StoredFile,
    as_json,
    hash_of,
    matching,
)
from pipeline.files.workspace import ISSUES

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT: Final = 1
RECORD: Final = "withdrawal.json"
METADATA: Final = "--metadata"
"""What is named where pictures stay and only what their files tell besides goes."""

FILES: Final = "files"

_PLACE: Final = re.compile(r"\d{4}-\d{2}-\d{2}/\d+/[^\0]+")


class Replacement(NamedTuple):
    """A file that went, and what stands in its place.

    Args:
        before: Hash and size of the file that went.
        now: Hash and size of the other.
    """

    before: StoredFile
    now: StoredFile


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Something filed that was taken out of the archive.

    Args:
        number: Its number among the withdrawals of the archive, from 1.
        withdrawn: The day.
        reason: Why, in the words of who did it.
        what: What was named: pictures and articles, as `2023-12-20/images/x.jpg`.
        after: The last filing before it, or None.
        previous: SHA-256 of the record of the withdrawal before it; empty for the first.
        replaced: Every file that went, by its place: the filing, and the name of the output or the path of
            the source in it, as `2023-12-20/1/bulletin-2023-12-20.pdf` or
            `2023-12-20/1/issues/2023-12-20/images/x.jpg`.
        pages: How many pages each PDF has now, by filing and file name.
        program: SHA-256 of the program's files that made what stands there now.
        versions: Versions of the libraries, likewise.
    """

    number: int
    withdrawn: dt.date
    reason: str
    what: tuple[str, ...]
    after: PreviousFiling | None
    previous: str
    replaced: Mapping[str, Replacement]
    pages: Mapping[str, Mapping[str, int]]
    program: Mapping[str, str]
    versions: Mapping[str, str]

    @property
    def name(self) -> str:
        """As `withdrawn/1`: unique in the archive, beside the names of filings."""
        return f"withdrawn/{self.number}"

    def is_gone(self, place: str) -> bool:
        """Return whether a picture or an article went from a place, and not only words about it.

        Args:
            place: A key of `replaced`.
        """
        path = place.split("/", 2)[2]
        if self.what == (METADATA,) or "/" not in path:
            return False
        name = path.removeprefix(f"{ISSUES}/")
        is_text = name.endswith((".md", ".yaml"))
        return not is_text or any(name.startswith(f"{each.removesuffix('.md')}.") for each in self.what)

    def touches(self, filing: str) -> bool:
        """Return whether it took anything out of a filing, by its name."""
        return any(place.startswith(f"{filing}/") for place in self.replaced)

    def now(self, place: str, stored: StoredFile) -> StoredFile:
        """Return what stands at a place, where this file stood before."""
        replacement = self.replaced.get(place)
        return replacement.now if replacement and replacement.before == stored else stored

    @property
    def gone(self) -> frozenset[str]:
        """SHA-256 of every file that went."""
        return frozenset(each.before.sha256 for each in self.replaced.values())


def as_record(withdrawal: Withdrawal) -> bytes:
    """Return the record of a withdrawal: JSON (RFC 8259), always in the same order."""
    record: dict[str, Any] = {
        "format": FORMAT,
        "withdrawal": withdrawal.number,
        "withdrawn": withdrawal.withdrawn.isoformat(),
        "reason": withdrawal.reason,
        "what": list(withdrawal.what),
        "after": withdrawal.after._asdict() if withdrawal.after else None,
        "previous": withdrawal.previous,
        "replaced": {
            place: {"before": each.before._asdict(), "now": each.now._asdict()}
            for place, each in sorted(withdrawal.replaced.items())
        },
        "pages": {name: dict(sorted(pages.items())) for name, pages in sorted(withdrawal.pages.items())},
        "program": dict(sorted(withdrawal.program.items())),
        "versions": dict(sorted(withdrawal.versions.items())),
    }
    return as_json(record | {RECORD_HASH: hash_of(as_json(record))})


def from_record(data: bytes, number: int) -> Withdrawal:
    """Read what `as_record` wrote.

    Args:
        data: The record.
        number: The number it must have.

    Raises:
        ValueError: It is not such a record; the message says what is wrong with it, in English.
    """
    try:
        record = json.loads(data)
        sha256 = record.pop(RECORD_HASH)
        if as_json(record | {RECORD_HASH: sha256}) != data or hash_of(as_json(record)) != sha256:
            raise ValueError(RECORD_HASH)
        if record["withdrawal"] != number:
            raise ValueError(record["withdrawal"])
        return _from_record(record)
    except (KeyError, TypeError, AttributeError, RecursionError) as fault:
        message = f"{type(fault).__name__}: {fault}"
        raise ValueError(message) from fault


def _from_record(record: dict[str, Any]) -> Withdrawal:
    if record["format"] != FORMAT:
        message = f"format {record['format']}"
        raise ValueError(message)
    after = record["after"]
    return Withdrawal(
        number=int(record["withdrawal"]),
        withdrawn=dt.date.fromisoformat(record["withdrawn"]),
        reason=str(record["reason"]),
        what=tuple(map(str, record["what"])),
        after=PreviousFiling(str(after["name"]), matching(SHA256, after["sha256"])) if after else None,
        previous=matching(SHA256, record["previous"]) if record["previous"] else "",
        replaced={
            _place(place): Replacement(_stored(each["before"]), _stored(each["now"]))
            for place, each in record["replaced"].items()
        },
        pages={
            str(name): {str(file): int(count) for file, count in pages.items()}
            for name, pages in record["pages"].items()
        },
        program={str(name): str(value) for name, value in record["program"].items()},
        versions={str(name): str(value) for name, value in record["versions"].items()},
    )


def _stored(entry: dict[str, Any]) -> StoredFile:
    return StoredFile(matching(SHA256, entry["sha256"]), int(entry["size"]))


def _place(place: str) -> str:
    if ".." in matching(_PLACE, place).split("/"):
        raise ValueError(place)
    return place
