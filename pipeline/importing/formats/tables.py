"""Reads tables of an office (CSV, Excel) as HTML: each sheet a table, its cells as the program shows them."""

from __future__ import annotations

import datetime as dt
import functools
import html
import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from pipeline.findings.finding import DeliveryError, IssueError, found
from pipeline.findings.place import Place
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.formats.markdown_text import decoded
from pipeline.importing.formats.table_rows import (
    ZIP,
    Sheet,
    best_fitting,
    refuse_other_formats,
    separated,
    sheets_in,
)
from pipeline.importing.formats.xml_packages import xml_of
from pipeline.importing.html.page import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.finding import Finding
    from pipeline.importing.formats.table_rows import Table
    from pipeline.importing.model.incoming_text import IncomingText

MOST_ROWS: Final = 1_000
"""Rows of a file whose tables are read: more are some twenty pages of a bulletin."""

_SHORT: Final = 200
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_PLACES: Final = re.compile(
    r"(?P<whole>[0#?](?:[0#?]|[,\u00a0 -](?=[,\u00a0 ]?[0#?]))*|(?=\.[0#?]))"
    r"(?:\.(?P<places>[0#?]+))?(?P<thousands>,*)"
)
_PARTS: Final = re.compile(r"(?:(?P<whole>[0#?]+) +)?[0#?]+/(?P<divided>[?#]+|\d+)")
_UNFORMED: Final = re.compile("(?i:general|standard)")
_GROUPED: Final = re.compile(r"[0#?][,\u00a0 ]##0$|[0#?],[0#?]")
_SPLIT_SECONDS: Final = re.compile(r"s\.(0+)")
_LITERAL: Final = re.compile(r'"(?P<quoted>[^"]*)"|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\\(?P<sign>.)|[€$£]')
_MOST_PLACES: Final = 10
_MOST_WHOLE: Final = 10**15
"""Excel keeps fifteen digits of a number."""

_GENERAL: Final = "General"
_UNREAD: Final = re.compile(r"xl/(?:media|charts|embeddings)/[^/]+")
_REMARKS: Final = re.compile(r"xl/(?:comments/)?comments?\d*\.xml")
_DRAWING: Final = re.compile(r"xl/drawings/[^/]+\.xml")
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_UNCOUNTED: Final = re.compile(rb"<f(?:\s[^<>]*)?>([^<]{1,8192})</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_DRAWN_WORDS: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_table(data: bytes, name: str, charset: str = "") -> IncomingText:
    """Read a file of tables.

    Each sheet with cells is a table, under its name where there are several. Rows before the heads with a
    single cell are paragraphs. Dates and numbers are as the office program shows them. Hidden sheets (W523),
    remarks (W502), pictures and charts (W510), words of drawings (W500) and formulas whose result is not in
    the file (W515) are listed.

    Args:
        data: The file.
        name: Its name.
        charset: The charset a CSV file is said to be in; an empty text where none is.

    Raises:
        IssueError: It cannot be read (E500), or is too large (E506).
    """
    whole = Place(name)
    findings: list[Finding] = []
    try:
        refuse_other_formats(data, whole)
        if data.startswith(ZIP):
            decimal = "," if _is_cyrillic(data, whole) else "."
            sheets = list(sheets_in(data, whole, functools.partial(_shown, decimal=decimal)))
            findings += _unread_parts(data, name)
        else:
            text, doubts = decoded(data, name, charset)
            findings += doubts
            table = best_fitting(separated(text, whole, _width_shared), _width_shared)
            sheets = [Sheet("", table, is_hidden=False)]
    except DeliveryError as error:
        raise IssueError([_refused(each, name) for each in error.findings]) from error
    filled = [sheet for sheet in sheets if sheet.table]
    rows = sum(len(sheet.table) for sheet in filled)
    if rows > MOST_ROWS:
        raise IssueError([found("E506", None, name=name, size=f"{rows} ×", limit=f"{MOST_ROWS} ×")])
    findings += [found("W523", None, name=name, found=_words(each)) for each in filled if each.is_hidden]
    seen = [sheet for sheet in filled if not sheet.is_hidden]
    markup = "".join(_markup(sheet, is_named=len(seen) > 1) for sheet in seen)
    page = read_page(f"<!DOCTYPE html><body>{markup}</body>", name)
    return replace(page, findings=(*findings, *page.findings))


def _refused(finding: Finding, name: str) -> Finding:
    values = dict(finding.values)
    if "limit" in values:
        return found("E506", None, name=name, size=values["size"], limit=values["limit"])
    line = f": {finding.place.line}" if finding.place is not None and finding.place.line else ""
    problem = values.get("problem") or values.get("kind") or f'"{line}'
    return found("E500", None, name=name, kind="CSV / Excel", problem=problem[:100])


def _is_cyrillic(data: bytes, whole: Place) -> bool:
    cells = (
        cell for each in sheets_in(data, whole, lambda cell: str(cell.value or "")) for cell in each.table
    )
    return any(_CYRILLIC.search(text) for row in cells for text in row.cells)


# the table


def _width_shared(table: Table) -> int:
    """Return how many rows have the number of cells that most rows with several have."""
    widths = Counter(len(row.cells) for row in table if len(row.cells) > 1)
    return max(widths.values(), default=0)


def _markup(sheet: Sheet, *, is_named: bool) -> str:
    columns = [
        at
        for at in range(max(len(row.cells) for row in sheet.table))
        if any(at < len(row.cells) and row.cells[at].strip() for row in sheet.table)
    ]
    rows = [[row.cells[at] if at < len(row.cells) else "" for at in columns] for row in sheet.table]
    heads = next(
        (at for at, row in enumerate(rows) if sum(bool(cell.strip()) for cell in row) > 1), len(rows)
    )
    written = f"<h2>{html.escape(sheet.name)}</h2>" if is_named else ""
    for row in rows[:heads]:
        written += f"<p>{_escaped(' '.join(cell.strip() for cell in row).strip())}</p>"
    if heads == len(rows):
        return written
    body = "".join(_row(row, "td" if at else "th") for at, row in enumerate(rows[heads:]))
    return f"{written}<table>{body}</table>"


def _row(cells: list[str], tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{_escaped(cell.strip())}</{tag}>' for cell in cells)}</tr>"


def _escaped(text: str) -> str:
    return "<br>".join(html.escape(line) for line in text.splitlines())


def _words(sheet: Sheet) -> str:
    cells = (cell.strip() for row in sheet.table for cell in row.cells)
    return _said(" ".join([sheet.name, *(cell for cell in cells if cell)]))


# its cells


def _shown(cell: Any, *, decimal: str) -> str:  # noqa: ANN401 - cells of openpyxl have several types
    """Return a cell as the office program shows it; a day with its numerals in the order of Europe."""
    match cell.value:
        case None:
            return ""
        case dt.datetime() | dt.date() as day if form := _form_of_day(str(cell.number_format)):
            return f"{day:{form}}"
        case dt.datetime() as moment:
            time = f" {_clock(moment, cell, decimal)}" if moment.time() != dt.time() else ""
            return f"{moment:%d.%m.%Y}{time}"
        case dt.date() as day:
            return f"{day:%d.%m.%Y}"
        case dt.time() | dt.timedelta() as time_of_day:
            return _clock(time_of_day, cell, decimal)
        case bool() as said:
            return str(said).upper()
        case int() | float() as number:
            return _number(number, str(cell.number_format or _GENERAL), decimal)
        case value:
            return str(value)


def _form_of_day(form: str) -> str:
    """Return how a day is shown by a form that leaves out the day, or the month too; else an empty text."""
    plain = _LITERAL.sub("", form).casefold()
    if "y" not in plain or "d" in plain or "h" in plain or plain == _GENERAL.casefold():
        return ""
    return "%m.%Y" if "m" in plain else "%Y"


def _clock(value: dt.datetime | dt.time | dt.timedelta, cell: Any, decimal: str) -> str:  # noqa: ANN401
    """Return a time of day or a duration, with seconds where its form has them: results of a race do."""
    form = _LITERAL.sub("", str(cell.number_format or "")).casefold()
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


def _number(number: float, form: str, decimal: str) -> str:
    """Return a number in a form of Excel (ECMA-376, 18.8.31), of which the part for positive ones counts."""
    form = form.partition(";")[0]
    literals = [*_LITERAL.finditer(form)]
    plain = _LITERAL.sub(lambda match: "_" * len(match[0]), form)
    places = _PARTS.search(plain) or _PLACES.search(plain) or _UNFORMED.search(plain)
    if places is None:
        return _general(number, decimal)
    share = "%" in plain
    written = _digits(number * 100 if share else number, places, decimal)
    before = "".join(_literal(each) for each in literals if each.start() < places.start())
    behind = "".join(_literal(each) for each in literals if each.start() >= places.end())
    if before and plain[places.start() - 1] == " ":
        before += " "
    unit = f" {behind.strip()}" if behind.strip() else " %" if share else ""
    return f"{before}{written}{unit}".strip()


def _general(number: float, decimal: str) -> str:
    """Return a number without a form; a whole one, which may be a code, with all its digits."""
    if number == int(number) and abs(number) < _MOST_WHOLE:
        return str(int(number))
    return f"{number:.{_MOST_PLACES}g}".replace(".", decimal)


def _digits(number: float, places: re.Match[str], decimal: str) -> str:
    """Return the digits of a number by the part of a form that is for them."""
    parts = places.groupdict()
    if parts.get("divided"):
        return _fraction(number, parts["divided"], whole=parts["whole"] is not None)
    if "whole" not in parts:
        return _general(number, decimal)
    whole, count = parts["whole"], min(len(parts["places"] or ""), _MOST_PLACES)
    grouped = _GROUPED.search(whole)
    number /= 1000 ** len(parts["thousands"] or "")
    written = f"{number:,.{count}f}".replace(",", " " if grouped else "")
    for _ in (parts["places"] or "").rpartition("0")[2]:
        # "#" and "?" are places that may stay empty
        written = written.removesuffix("0")
    written = written.removesuffix(".").replace(".", decimal)
    return written if grouped else _filled(written, whole, decimal)


def _filled(written: str, whole: str, decimal: str) -> str:
    """Return digits with the zeros that a form demands before them, and the spaces it puts between them."""
    sign, digits = ("-", written[1:]) if written.startswith("-") else ("", written)
    digits, point, behind = digits.partition(decimal)
    digits = digits.zfill(whole.count("0"))
    left = list(digits)
    filled = ""
    for each in reversed(whole):
        if not left:
            break
        filled = (left.pop() if each in "0#?" else each) + filled
    return f"{sign}{''.join(left)}{filled}{point}{behind}"


def _fraction(number: float, divided: str, *, whole: bool) -> str:
    """Return a number as a fraction, “1 1/2”, by its divisor or by the digits it may have."""
    amount = abs(number)
    units = int(amount) if whole else 0
    if divided.isdigit() and int(divided):
        parts, divisor = round((amount - units) * int(divided)), int(divided)
    else:
        best = Fraction(amount - units).limit_denominator(10 ** len(divided) - 1)
        parts, divisor = best.numerator, best.denominator
    if whole and parts >= divisor:
        units, parts = units + 1, 0
    said = f"{units} {parts}/{divisor}" if units and parts else f"{parts}/{divisor}" if parts else f"{units}"
    return f"-{said}" if number < 0 and (units or parts) else said


def _literal(match: re.Match[str]) -> str:
    if match["quoted"] is not None:
        return match["quoted"]
    return match["currency"] if match["currency"] is not None else match["sign"] or match[0]


# what is no cell


def _unread_parts(data: bytes, name: str) -> Iterator[Finding]:
    """Yield the pictures, charts and words of drawings of a workbook, its remarks, what was not computed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.namelist():
            if _UNREAD.fullmatch(part):
                yield found("W510", None, name=name, found=part.removeprefix("xl/"))
            elif _REMARKS.fullmatch(part):
                for remark in xml_of(package.read(part), f"{name}: {part}").iter(f"{_MAIN}comment"):
                    yield found("W502", None, name=name, found=_said("".join(remark.itertext())))
            elif _DRAWING.fullmatch(part):
                drawn = xml_of(package.read(part), f"{name}: {part}").iter(_DRAWN_WORDS)
                if words := _said(" ".join(each.text or "" for each in drawn)):
                    yield found("W500", None, name=name, found=words)
            elif _SHEET.fullmatch(part):
                for formula in dict.fromkeys(_UNCOUNTED.findall(package.read(part))):
                    written = html.unescape(formula.decode("utf-8", "replace"))
                    yield found("W515", None, name=name, found=_said(f"={written}"))


def _said(words: str) -> str:
    return shortened(" ".join(words.split()), _SHORT)
