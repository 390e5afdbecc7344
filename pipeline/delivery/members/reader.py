"""Reader of the list of members; all faulty rows are reported at once.

A finding names row, column and the content of that cell only, so that no member's address appears in a
finding about another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.ledger.addresses import address_key, split_address
from pipeline.delivery.members.model import Member, Status
from pipeline.delivery.members.rows import (
    read_address,
    read_day,
    read_groups,
    read_language,
    read_status,
)
from pipeline.delivery.messages.headers import unfit_character
from pipeline.findings.finding import DeliveryError, Finding, errors, found, in_order
from pipeline.findings.place import Place
from pipeline.findings.suggestions import in_latin, nearest
from pipeline.importing.formats.table_rows import Row, Table, read_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEADINGS: Final = {
    "address": (
        "Имейл", "Имейл адрес", "Мейл", "Е-мейл", "Ел. поща", "Електронна поща", "Е-поща", "Електронен адрес",
        "Email", "E-mail", "E-mail address", "Mail", "Address",
    ),
    "name": (
        "Име", "Имена", "Име и фамилия", "Три имена", "Лице", "Лице за контакт", "Контакт", "Name",
        "Full name", "Contact", "Contact person",
    ),
    "language": ("Език", "Language", "Lang"),
    "organisation": (
        "Организация", "Фирма", "Компания", "Институция", "Член", "Дружество", "Organisation",
        "Organization", "Company", "Institution", "Member",
    ),
    "groups": ("Група", "Групи", "Категория", "Категории", "Group", "Groups", "Category", "Tags"),
    "status": ("Статус", "Състояние", "Абонамент", "Активен", "Status", "State", "Subscription"),
    "consented": (
        "Дата на съгласие", "Съгласие", "Съгласие от", "Съгласие дата", "Consent date", "Consent",
        "Consented", "Consented on",
    ),
    "consent_source": (
        "Източник на съгласие", "Източник на съгласието", "Източник", "Съгласие източник", "Consent source",
        "Source of consent", "Source",
    ),
}  # fmt: skip
"""Known headings of each column, in both languages."""

_HEADING_ROWS: Final = 20
"""Rows searched for headings: a title, a date and an empty row often come before."""

_MOST_NAMED: Final = 10
"""Rows without an address that are named; further ones are only counted."""


class MemberList(NamedTuple):
    """Result of reading a list.

    Args:
        members: Members whose rows have no errors, each address once.
        findings: Errors and warnings, in the order of the rows.
    """

    members: tuple[Member, ...]
    findings: tuple[Finding, ...]

    @property
    def active(self) -> tuple[Member, ...]:
        """Members who get the bulletin."""
        return tuple(member for member in self.members if member.status is Status.ACTIVE)


def read_members(path: Path, shown: str | None = None) -> MemberList:
    """Read a list of members.

    Args:
        path: A CSV file or an XLSX workbook.
        shown: Path shown in findings; the file's name if left out.
    """
    name = shown or path.name
    try:
        table = read_tables(path, name, lambda table: len(_headings(table)[1]))
    except DeliveryError as error:
        return MemberList((), error.findings)
    below, columns = _headings(table)
    if "address" not in columns:
        return MemberList((), (_without_headings(table, name),))
    findings = list(_heading_findings(table[below - 1], name))
    reader = _RowReader(name, columns)
    members = [member for row in table[below:] if (member := reader.read(row)) is not None]
    findings += reader.findings
    if reader.without_address:
        rows = reader.without_address
        shown_rows = ", ".join(map(str, rows[:_MOST_NAMED])) + (" …" if len(rows) > _MOST_NAMED else "")
        findings.append(
            found("W304", Place(name, rows[0], columns["address"] + 1), count=len(rows), rows=shown_rows)
        )
    if below == len(table):
        findings.append(found("E307", Place(name)))
    silent = sum(member.consented is None and member.status is Status.ACTIVE for member in members)
    if silent and "consented" in columns:
        findings.append(found("W303", Place(name), count=silent))
    return MemberList(tuple(members), tuple(in_order(findings)))


class _RowReader:
    """Reads rows as members, and finds addresses that occur twice."""

    def __init__(self, name: str, columns: dict[str, int]) -> None:
        self._name = name
        self._columns = columns
        self._seen: dict[str, Member] = {}
        self.findings: list[Finding] = []
        self.without_address: list[int] = []

    def read(self, row: Row) -> Member | None:
        """Return the member of a row, or None if the row has errors or repeats an address."""
        if unfit := self._unfit_cells(row):
            self.findings += unfit
            return None
        named, written = split_address(self._cell(row, "address"))
        if not written:
            self.without_address.append(row.number)
            return None
        address, of_address = read_address(written, self._place(row, "address"))
        status, of_status = read_status(self._cell(row, "status"), self._place(row, "status"))
        language, of_language = read_language(self._cell(row, "language"), self._place(row, "language"))
        day, of_day = read_day(self._cell(row, "consented"), self._place(row, "consented"))
        findings = [*of_address, *of_status, *of_language, *of_day]
        self.findings += findings
        if address is None or errors(findings):
            return None
        member = Member(
            address=address,
            name=_on_one_line(self._cell(row, "name")) or named,
            language=language,
            organisation=_on_one_line(self._cell(row, "organisation")),
            groups=read_groups(self._cell(row, "groups")),
            status=status,
            consented=day,
            consent_source=_on_one_line(self._cell(row, "consent_source")),
            row=row.number,
        )
        return self._without_duplicates(member)

    def _unfit_cells(self, row: Row) -> list[Finding]:
        """Return the cells with characters that no header field may contain (E312)."""
        columns = {at: column for column, at in self._columns.items()}
        findings = []
        for at, cell in enumerate(row.cells):
            if character := unfit_character(cell):
                heading = HEADINGS[columns[at]][0] if at in columns else str(at + 1)
                place = Place(self._name, row.number, at + 1)
                findings.append(found("E312", place, column=heading, character=character))
        return findings

    def _without_duplicates(self, member: Member) -> Member | None:
        """Return a member unless an earlier row has the same address (W301, or E318 if they differ)."""
        first = self._seen.setdefault(address_key(member.address), member)
        if first is member:
            return member
        place = Place(self._name, member.row, self._columns["address"] + 1)
        differing = [
            HEADINGS[key][0] for key in ("status", "language") if getattr(first, key) != getattr(member, key)
        ]
        self.findings.append(
            found("E318", place, first=first.row, what=", ".join(differing))
            if differing
            else found("W301", place, first=first.row)
        )
        return None

    def _cell(self, row: Row, column: str) -> str:
        at = self._columns.get(column)
        return row.cells[at] if at is not None and at < len(row.cells) else ""

    def _place(self, row: Row, column: str) -> Place:
        return Place(self._name, row.number, self._columns.get(column, 0) + 1)


def _key(heading: str) -> str:
    """Return a heading for comparison: letters only, Cyrillic ones replaced by the Latin they resemble."""
    return re.sub(r"[\W\d_]+", "", in_latin(heading.casefold()))


_KNOWN: Final = {_key(heading): column for column, names in HEADINGS.items() for heading in names}


def _headings(table: Table) -> tuple[int, dict[str, int]]:
    """Return the index of the first row after the headings, and the position of each known column."""
    for at, row in enumerate(table[:_HEADING_ROWS], 1):
        columns: dict[str, int] = {}
        for index, cell in enumerate(row.cells):
            column = _KNOWN.get(_key(cell))
            if column is not None:
                columns.setdefault(column, index)
        if "address" in columns:
            return at, columns
    return 0, {}


def _heading_findings(row: Row, name: str) -> Iterator[Finding]:
    """Yield columns with the same meaning (E306), and those that are unknown (W300)."""
    taken: dict[str, str] = {}
    unknown = []
    for index, cell in enumerate(row.cells):
        heading = " ".join(cell.split())
        column = _KNOWN.get(_key(cell))
        if column is None:
            unknown += [f"“{heading}”"] if heading else []
        elif column in taken:
            place = Place(name, row.number, index + 1)
            yield found("E306", place, column=HEADINGS[column][0], first=taken[column], second=heading)
        else:
            taken[column] = heading
    if unknown:
        yield found("W300", Place(name, row.number), names=", ".join(unknown))


def _without_headings(table: Table, name: str) -> Finding:
    first = table[0] if table else Row(1, ())
    likely = (
        nearest(cell.strip(), HEADINGS["address"]) for cell in first.cells if "@" not in cell and cell.strip()
    )
    guess = next((word for word in likely if word), "")
    known = ", ".join(names[0] for names in HEADINGS.values())
    return found("E303", Place(name, first.number), known=known, guess=guess)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
