"""Cells of a workbook as HTML of what the office program shows: numbers, days, texts and their faces."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import TYPE_CHECKING, Any, Final

from pipeline.importing.formats.number_forms import general, shown_number, shown_text

if TYPE_CHECKING:
    from collections.abc import Callable

_GENERAL: Final = "General"
_SAID: Final = {
    "bg": ("ИСТИНА", "НЕИСТИНА"),
    "ru": ("ИСТИНА", "ЛОЖЬ"),
    "uk": ("ІСТИНА", "ХИБНІСТЬ"),
    "de": ("WAHR", "FALSCH"),
    "fr": ("VRAI", "FAUX"),
    "es": ("VERDADERO", "FALSO"),
    "it": ("VERO", "FALSO"),
    "ro": ("ADEVĂRAT", "FALS"),
}
"""What office programs show for true and false, by language."""

_WORDS_OF_DAYS: Final = frozenset({"bg", "en"})
"""The languages in which a day is written by the name of its month alone, without an ending for the case."""

_LITERAL: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|[_*].')
_DAY: Final = "(?<!d)d{1,2}(?!d)"
_HOURS: Final = re.compile(r"h+\W*m+|m+\W*s+|h+|s+")
_SPLIT_SECONDS: Final = re.compile(r"s\.(0+)")
_ESCAPED_SIGN: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FACES: Final = {"superscript": "sup", "subscript": "sub"}


class CellReader:
    """Reads cells as the office program shows them, as HTML; days have their numerals in the order of Europe.

    Args:
        language: The language of the workbook.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self.hidden: list[str] = []

    def shown(self, cell: Any) -> str:  # noqa: ANN401 - cells of openpyxl have several types
        """Return a cell; what its form does not show is entered in `hidden`."""
        value = cell.value
        if value is None:
            return ""
        form = str(cell.number_format or _GENERAL)
        text = _shown(value, form, self._language)
        if not text.strip():
            # A form that leaves zeros empty hides nothing.
            if value != 0 and (written := _unformed(value, self._language).strip()):
                self.hidden.append(written)
            return ""
        if not isinstance(value, list):
            return _in_face(_emphasized(markup_of(text), cell.font), cell.font)
        return _in_face("".join(_piece(each, cell.font) for each in value).strip(), cell.font)


def _shown(value: Any, form: str, language: str) -> str:  # noqa: ANN401 - values have several types
    decimal = decimal_sign(language)
    match value:
        case dt.datetime() | dt.date():
            return _day(value, form, decimal, language)
        case dt.time() | dt.timedelta():
            return _clock(value, form, decimal)
        case bool():
            return _SAID.get(language, ("TRUE", "FALSE"))[not value]
        case int() | float():
            return shown_number(value, form, decimal)
        case _:
            return shown_text(str(value), form)


def _unformed(value: Any, language: str) -> str:  # noqa: ANN401 - values have several types
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return general(value, decimal_sign(language)) if is_number else str(value)


def decimal_sign(language: str) -> str:
    """Return the sign before decimal places in a language: a point in English and where none is known."""
    return "." if language in {"", "en"} else ","


# faces


def _piece(piece: Any, around: Any) -> str:  # noqa: ANN401 - pieces of the library are texts, or texts with a face
    """Return a piece of a cell, in its own face or in that of the cell."""
    if isinstance(piece, str):
        return _emphasized(markup_of(piece), around)
    return _in_face(_emphasized(markup_of(str(piece.text)), piece.font), piece.font)


def _emphasized(written: str, font: Any) -> str:  # noqa: ANN401 - fonts of the library have no types
    """Return HTML in bold or italic, as its font says."""
    for tag, is_so in (("b", font and font.b), ("i", font and font.i)):
        if is_so and written.strip():
            written = f"<{tag}>{written}</{tag}>"
    return written


def _in_face(written: str, font: Any) -> str:  # noqa: ANN401 - fonts of the library have no types
    """Return HTML raised, lowered or struck out, as its font says."""
    if font is None or not written.strip():
        return written
    if tag := _FACES.get(str(font.vertAlign)):
        written = f"<{tag}>{written}</{tag}>"
    return f"<s>{written}</s>" if font.strike else written


def markup_of(text: str) -> str:
    """Return a text as HTML, its lines kept."""
    plain = _ESCAPED_SIGN.sub(lambda match: chr(int(match[1], 16)), text)
    broken = "<br>".join(html.escape(line) for line in plain.strip().splitlines())
    before, behind = (" " if plain[at : at + 1].isspace() else "" for at in (0, len(plain) - 1))
    return f"{before}{broken}{behind}"


# days and hours


def _day(value: dt.datetime | dt.date, form: str, decimal: str, language: str) -> str:
    plain = _LITERAL.sub(" ", form.partition(";")[0]).casefold().replace("am/pm", "")
    days = _HOURS.sub(" ", plain)
    is_of_days = re.search("[dmy]", days) and days.strip() != _GENERAL.casefold()
    written = _written_day(value, days, language) if is_of_days else f"{value:%d.%m.%Y}"
    if isinstance(value, dt.datetime) and value.time() != dt.time() and "h" in plain:
        return f"{written} {_clock(value, form, decimal)}"
    return written


def _written_day(value: dt.date, days: str, language: str) -> str:
    """Return the parts of a day that its form shows."""
    has_day, has_month, has_year = (bool(re.search(part, days)) for part in (_DAY, "m", "y"))
    named = "mmm" in days
    written = ""
    if has_day and has_month and has_year:
        written = f"{value:%d.%m.%Y}"
    elif has_day and has_month:
        is_worded = named and language in _WORDS_OF_DAYS
        written = f"{value.day} {_name_of('month', value, language)}" if is_worded else f"{value:%d.%m.}"
    elif has_year:
        written = f"{value:%m.%Y}" if has_month else f"{value:%Y}"
    elif has_month:
        written = _name_of("month", value, language) if named else f"{value:%m}"
    elif has_day:
        written = str(value.day)
    if "ddd" in days:
        weekday = _name_of("day", value, language)
        return f"{weekday}, {written}" if written else weekday
    return written


def _name_of(part: str, value: dt.date, language: str) -> str:
    from pipeline.typography.dates import month_name, weekday  # noqa: PLC0415 - slow to load, for few forms

    name: Callable[[dt.date, str], str] = month_name if part == "month" else weekday
    return name(value, language or "en")


def _clock(value: dt.datetime | dt.time | dt.timedelta, form: str, decimal: str) -> str:
    """Return a time of day or a duration, with seconds where its form has them: results of a race do."""
    form = _LITERAL.sub(lambda match: match[0] if match[0].startswith("[") else "", form).casefold()
    if isinstance(value, dt.timedelta):
        passed = value
    else:
        passed = dt.timedelta(
            hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
        )
    sign, passed = ("-", -passed) if passed < dt.timedelta() else ("", passed)
    total, seconds = divmod(passed // dt.timedelta(seconds=1), 60)
    behind = ""
    if "s" in form and not (isinstance(value, dt.datetime) and not passed.microseconds and not seconds):
        count = len(match[1]) if (match := _SPLIT_SECONDS.search(form)) else 0
        part = f"{decimal}{passed.microseconds:06}"[: count + 1] if count else ""
        behind = f":{seconds:02}{part}"
    if "s" in form and "h" not in form:
        return f"{sign}{total:02}{behind}"
    return f"{sign}{total // 60:02}:{total % 60:02}{behind}"
