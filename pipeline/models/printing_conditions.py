"""The printing condition: the paper, the profile that describes ink on it, and how much ink it bears."""

from __future__ import annotations

from typing import NamedTuple


class PrintingCondition(NamedTuple):
    """What a press file is made for.

    Args:
        identifier: The condition's name in the registry of printing conditions, as `FOGRA39`, or `Custom`.
        info: The profile's own description, for people.
        profile: The ICC profile (ISO 15076-1): bytes of an output profile of four inks.
        ink_limit: Most ink on one spot, in per cent of one colour, as 300.
        paper: `coated` or `uncoated`.
    """

    identifier: str
    info: str
    profile: bytes
    ink_limit: int
    paper: str
