"""Who is known: addresses in the ledger and the lists of the mail folder, and those near to a misspelt."""

from __future__ import annotations

import contextlib
import difflib
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.ledger.addresses import address_key, split_address
from pipeline.delivery.members.reader import read_members
from pipeline.delivery.settings.reader import MAIL, read_settings
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import BulletinError, DeliveryError, found
from pipeline.findings.suggestions import fold
from pipeline.models.values.strings import is_email_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.delivery.ledger.ledger import Ledger
    from pipeline.delivery.ledger.mail_folder import MailFolder
    from pipeline.delivery.members.model import Member

_MOST_NEAR: Final = 3
"""How many near addresses are proposed."""

_CLOSENESS: Final = 0.7
"""The least share of matching letters in each part of a near address."""

_LISTS: Final = frozenset({".csv", ".tsv", ".txt", ".xlsx"})


class KnownPerson(NamedTuple):
    """Whom an address that was typed means.

    Args:
        address: The address, without what was typed around it.
        recipient: Its identifier.
        rows: Lists of the mail folder that name it, with the member whom they so name.
        is_known: Whether the ledger or a list names it.
    """

    address: str
    recipient: str
    rows: tuple[tuple[str, Member], ...]
    is_known: bool

    @property
    def lists(self) -> tuple[tuple[str, int], ...]:
        """Lists of the mail folder that name it, with the row."""
        return tuple((name, member.row) for name, member in self.rows)


def person(folder: MailFolder, ledger: Ledger, written: str, *, anyway: bool = False) -> KnownPerson:
    """Return whom an address means.

    Args:
        folder: Mail folder.
        ledger: Open ledger of it.
        written: The address as the officer typed it.
        anyway: Whether one that nobody bears is accepted too.

    Raises:
        DeliveryError: It is no e-mail address (E383), or nobody of that address is known (E386).
    """
    address = split_address(written)[1]
    if not is_email_address(address):
        raise DeliveryError([found("E383", None, found=written.strip())])
    recipient = folder.identifiers().recipient(address)
    key = address_key(address)
    rows = tuple(
        (name, member)
        for name, members in _lists(folder)
        for member in members
        if address_key(member.address) == key
    )
    is_known = bool(rows or ledger.deliveries_to(recipient)) or recipient in ledger.suppressed()
    if not is_known and not anyway:
        guess = ", ".join(f"“{each}”" for each in nearest(folder, ledger, address))
        raise DeliveryError([found("E386", None, given=address, guess=guess)])
    return KnownPerson(address, recipient, rows, is_known)


def listed_members(folder: MailFolder) -> list[Member]:
    """Return the members of all lists in the mail folder; rows that cannot be read are left out."""
    return [member for _, members in _lists(folder) for member in members]


def nearest(folder: MailFolder, ledger: Ledger, address: str) -> list[str]:
    """Return the known addresses nearest to one, the nearest first: both of their parts are alike.

    Args:
        folder: Mail folder.
        ledger: Open ledger of it.
        address: An address that nobody bears.
    """
    known = ledger.addresses() | {member.address for member in listed_members(folder)}
    key = address_key(address)
    scored = []
    for each in known:
        parts = zip(key.rpartition("@")[::2], address_key(each).rpartition("@")[::2], strict=True)
        likeness = [difflib.SequenceMatcher(None, fold(one), fold(other)).ratio() for one, other in parts]
        if min(likeness) >= _CLOSENESS:
            scored.append((-sum(likeness), each))
    return [each for _, each in sorted(scored)[:_MOST_NEAR]]


def _lists(folder: MailFolder) -> Iterator[tuple[str, tuple[Member, ...]]]:
    """Yield the lists in the mail folder, and that of the settings wherever it lies, with their members."""
    for path in sorted({*folder.path.iterdir(), *_list_of_settings(folder)}):
        if path.suffix.lower() in _LISTS and path.is_file():
            is_inside = path.is_relative_to(folder.path)
            name = f"{MAIL}/{path.relative_to(folder.path)}" if is_inside else str(path)
            yield name, read_members(path).members


def _list_of_settings(folder: MailFolder) -> list[Path]:
    with contextlib.suppress(BulletinError):
        members = read_settings(Workspace(folder.path.parent)).members
        if members is not None:
            return [folder.path / members]
    return []
