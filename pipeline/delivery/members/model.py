"""Member: a row of the list."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pipeline.models.values.base import Frozen


class Status(StrEnum):
    """Whether a member gets the bulletin."""

    ACTIVE = "active"
    PAUSED = "paused"
    UNSUBSCRIBED = "unsubscribed"


class Member(Frozen):
    """Member of the organisation, or other subscriber.

    Args:
        address: E-mail address: the domain in ASCII (RFC 5890), the rest as written.
        name: Display name; empty if not given.
        language: Preferred language, as `bg`; empty if not given.
        organisation: Organisation of the member; empty if not given.
        groups: Groups of the office's list.
        status: Whether the member gets the bulletin.
        consented: Date of consent; None if not given.
        consent_source: How consent was given.
        row: Row of the list, counted from 1 with the headings.
    """

    address: str
    name: str = ""
    language: str = ""
    organisation: str = ""
    groups: tuple[str, ...] = ()
    status: Status = Status.ACTIVE
    consented: dt.date | None = None
    consent_source: str = ""
    row: int = 0
