"""The index of the archive: a line a filing, for people and for git; the records are what counts.

    2023-12-20/1  2024-01-05  2  bg,en  <SHA-256 of the record>  Проекти и инициативи

It can be rebuilt from the records at any time. Lines are only added at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.filing_record import hash_of
from pipeline.files.writing.atomic import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.archive.filing_record import Filing
    from pipeline.archive.shelf import Shelf
    from pipeline.archive.withdrawal_record import Withdrawal

HEAD: Final = """\
# Архивът: ред за всеки архивиран брой, в реда на архивирането. Пише го „bulletin archive file“.
# The archive: a line a filing, in the order of filing, written by “bulletin archive file”.
# issue/filing, filed on, number, languages, SHA-256 of filing.json, title
"""


class Line(NamedTuple):
    """A line of the index.

    Args:
        name: Name of the filing, as `2023-12-20/1`.
        text: The whole line.
        at: Line number in the file, from 1.
    """

    name: str
    text: str
    at: int


def index_line(filing: Filing, sha256: str) -> str:
    """Return the line of a filing.

    Args:
        filing: The filing.
        sha256: SHA-256 of its record.
    """
    fields = (filing.name, filing.filed.isoformat(), str(filing.number), ",".join(filing.languages), sha256)
    return "  ".join((*fields, " ".join(filing.title.split())))


def lines_of(text: str) -> list[Line]:
    """Return the lines of an index that name a filing, however damaged they may be."""
    lines = []
    for at, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            lines.append(Line(line.split()[0], line, at))
    return lines


def index_text(lines: Iterable[str]) -> bytes:
    """Return the whole index.

    Args:
        lines: Lines of the filings, in the order they were filed.
    """
    return "".join((HEAD, *(f"{line}\n" for line in lines))).encode()


def withdrawal_line(withdrawal: Withdrawal, sha256: str) -> str:
    """Return the line of a withdrawal.

    Args:
        withdrawal: The withdrawal.
        sha256: SHA-256 of its record.
    """
    fields = (withdrawal.name, withdrawal.withdrawn.isoformat(), "–", "–", sha256)
    return "  ".join((*fields, " ".join(", ".join(withdrawal.what).split())))


def in_order_of_chain(
    filings: Iterable[tuple[Filing, str]], withdrawals: Iterable[tuple[Withdrawal, str]]
) -> dict[str, str]:
    """Return the line of each filing and withdrawal, by name; a withdrawal is behind the filing it follows.

    Args:
        filings: In the order they were filed, each with the SHA-256 of its record.
        withdrawals: Likewise.
    """
    following: dict[str, dict[str, str]] = {}
    for withdrawal, sha256 in withdrawals:
        after = withdrawal.after.name if withdrawal.after else ""
        following.setdefault(after, {})[withdrawal.name] = withdrawal_line(withdrawal, sha256)
    lines = following.pop("", {})
    for filing, sha256 in filings:
        lines[filing.name] = index_line(filing, sha256)
        lines |= following.pop(filing.name, {})
    for left in following.values():
        lines |= left
    return lines


def write_index(shelf: Shelf) -> None:
    """Bring the index up to date with the records.

    Raises:
        ArchiveError: A record cannot be read (E212, E217).
        PressError: The index cannot be written (E83).
    """
    lines = in_order_of_chain(
        ((filing, hash_of(shelf.record(filing.name))) for filing in shelf.filings),
        ((each, hash_of(shelf.withdrawal_record(each))) for each in shelf.withdrawals),
    )
    data = index_text(lines.values())
    if not shelf.index.is_file() or shelf.index.read_bytes() != data:
        write_atomically(shelf.index, data)
