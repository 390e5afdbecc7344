"""Members: the list an office keeps, read row by row; every bad row is told at once.

Findings name rows, columns and what stands in that one cell; nobody's address stands in a finding about
somebody else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.ledger.identifiers import folded
from pipeline.delivery.members.model import Member, Status
from pipeline.delivery.members.rows import (
    read_address,
    read_day,
    read_groups,
    read_language,
    read_status,
    split_address,
)
from pipeline.delivery.members.tables import Row, Table, read_tables
from pipeline.delivery.messages.headers import unfit_sign
from pipeline.findings.finding import DeliveryError, Finding, found, in_order
from pipeline.findings.place import Place
from pipeline.findings.suggestions import in_latin, nearest

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
"""What a column may be headed as, in both languages."""

_AMONG_THE_FIRST: Final = 20
"""Rows in which headings may stand: a title, a date and an empty row often come before."""


class MemberList(NamedTuple):
    """A list, read.

    Args:
        members: Those whose rows are right, each address once.
        findings: What is wrong or doubtful, in the order of the rows.
    """

    members: tuple[Member, ...]
    findings: tuple[Finding, ...]

    @property
    def active(self) -> tuple[Member, ...]:
        """Those who are to have the bulletin."""
        return tuple(member for member in self.members if member.status is Status.ACTIVE)


def read_members(path: Path, shown: str | None = None) -> MemberList:
    """Read a list of members.

    Args:
        path: A CSV file or an XLSX workbook.
        shown: How findings name it; by its name where left out.
    """
    name = shown or path.name
    try:
        table = read_tables(path, name, lambda table: len(_heads(table)[1]))
    except DeliveryError as error:
        return MemberList((), error.findings)
    below, columns = _heads(table)
    if "address" not in columns:
        return MemberList((), (_without_headings(table, name),))
    findings = list(_of_headings(table[below - 1], name))
    read = _Reading(name, columns)
    members = [member for row in table[below:] if (member := read.row(row)) is not None]
    findings += read.findings
    if below == len(table):
        findings.append(found("E307", Place(name)))
    silent = sum(member.consented is None and member.status is Status.ACTIVE for member in members)
    if silent and "consented" in columns:
        findings.append(found("W303", Place(name), count=silent))
    return MemberList(tuple(members), tuple(in_order(findings)))


class _Reading:
    """Reads row by row, and remembers who stood in which."""

    def __init__(self, name: str, columns: dict[str, int]) -> None:
        self._name = name
        self._columns = columns
        self._seen: dict[str, Member] = {}
        self.findings: list[Finding] = []

    def row(self, row: Row) -> Member | None:
        """Return the member of a row, or None where it is not right or names somebody again."""
        told: list[Finding] = []
        for at, cell in enumerate(row.cells):
            if sign := unfit_sign(cell):
                column = next((key for key, held in self._columns.items() if held == at), str(at + 1))
                heading = HEADINGS[column][0] if column in HEADINGS else column
                place = Place(self._name, row.number, at + 1)
                told.append(found("E312", place, column=heading, character=sign))
        if told:
            self.findings += told
            return None
        named, written = split_address(self._cell(row, "address"))
        if not written:
            self.findings.append(found("E310", self._place(row, "address")))
            return None
        address, of_address = read_address(written, self._place(row, "address"))
        status, of_status = read_status(self._cell(row, "status"), self._place(row, "status"))
        language, of_language = read_language(self._cell(row, "language"), self._place(row, "language"))
        day, of_day = read_day(self._cell(row, "consented"), self._place(row, "consented"))
        told = [*of_address, *of_status, *of_language, *of_day]
        self.findings += told
        if address is None or any(finding.code.startswith("E") for finding in told):
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
        return self._once(member)

    def _once(self, member: Member) -> Member | None:
        first = self._seen.setdefault(folded(member.address), member)
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
    """Return a heading as the eye takes it: letters alone, look-alikes as one."""
    return re.sub(r"[\W\d_]+", "", in_latin(heading.casefold()))


_KNOWN: Final = {_key(heading): column for column, names in HEADINGS.items() for heading in names}


def _heads(table: Table) -> tuple[int, dict[str, int]]:
    """Return at which row of the table its rows begin, and where each known column stands."""
    for at, row in enumerate(table[:_AMONG_THE_FIRST], 1):
        columns: dict[str, int] = {}
        for index, cell in enumerate(row.cells):
            column = _KNOWN.get(_key(cell))
            if column is not None:
                columns.setdefault(column, index)
        if "address" in columns:
            return at, columns
    return 0, {}


def _of_headings(row: Row, name: str) -> Iterator[Finding]:
    """Say which columns are headed the same, and which mean nothing."""
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
