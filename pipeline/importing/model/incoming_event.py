"""An event as a calendar gives it."""

from __future__ import annotations

from typing import NamedTuple


class IncomingEvent(NamedTuple):
    """An event of a calendar file.

    Args:
        title: What it is called.
        start: Its day, with the time where one is given, as the field `start` of an event has it.
        end: Likewise, or an empty text.
        place: Where it is, or an empty text.
        url: Its page, or an empty text.
        organiser: The name of who calls it, or an empty text.
        address: The e-mail address of who calls it, or an empty text.
        description: What is said of it, with its lines.
    """

    title: str
    start: str
    end: str = ""
    place: str = ""
    url: str = ""
    organiser: str = ""
    address: str = ""
    description: str = ""
