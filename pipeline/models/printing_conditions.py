"""The printing condition: paper, ICC profile and ink limit."""

from typing import NamedTuple


class PrintingCondition(NamedTuple):
    """The condition a press file is built for.

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
