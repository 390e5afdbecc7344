"""A member, as a row of the list tells."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pipeline.models.base import Frozen


class Status(StrEnum):
    """Whether somebody is to have the bulletin."""

    ACTIVE = "active"
    PAUSED = "paused"
    UNSUBSCRIBED = "unsubscribed"


class Member(Frozen):
    """One to whom the bulletin goes, or went.

    Args:
        address: Where mail reaches them: the domain in ASCII (RFC 5890), the rest as written.
        name: As they are addressed; empty where the list does not say.
        language: The language they read, as `bg`; empty where the list does not say.
        organisation: Whose member they are; empty likewise.
        groups: What they belong to, as the office calls it.
        status: Whether they are to have the bulletin.
        consented: When they agreed to have it, or None where the list does not say.
        consent_source: How they agreed.
        row: The row of the list, from 1, the row of headings counted.
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
