"""Dates as people write them, part by part; whether such a day exists is checked by the model."""

from __future__ import annotations

import re

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_BULGARIAN = re.compile(r"(?:(?:(\d{1,2})\.)?(\d{1,2})\.)?(\d{4})(?: ?г\.?)?")


def date_parts(text: str) -> tuple[int, int | None, int | None] | None:
    """Read year, month and day from `2024-01-05`, `2024-01`, `2024`, `05.01.2024` or `01.2024`."""
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _BULGARIAN.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    return int(year), int(month) if month else None, int(day) if day else None
