"""Tables of an office as rows of text: CSV in its usual encodings and delimiters, or an Excel workbook.

Lists of members are read by it, too (`delivery.members`).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.files.owned_files import load
from pipeline.findings.finding import DeliveryError, found
from pipeline.findings.place import Place
from pipeline.findings.system_faults import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

LARGEST: Final = 20_000_000
"""Bytes of a file."""

MOST_ROWS: Final = 50_000
"""Rows that are not empty."""

_UNPACKED: Final = 200_000_000
"""Bytes a workbook may unpack to."""

_MOST_CELLS: Final = 1_000_000
"""Cells, rows and texts of a workbook: twenty in each of the most rows."""

_CELL: Final = re.compile(rb"<(?:\w+:)?(?:c|row|si)[\s/>]")
_PIECE: Final = 1_000_000
_LONGEST_TAG: Final = 40
_MOST_COLUMNS: Final = 60
_LAST_ROW: Final = 1_100_000
"""More than the 1,048,576 rows of a sheet."""

_BYTE_ORDER_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS: Final = (";", ",", "\t")
ZIP: Final = b"PK\x03\x04"
_OTHER_FORMATS: Final = {b"\xd0\xcf\x11\xe0": "XLS", b"%PDF": "PDF", b"{\\rtf": "RTF", b"<html": "HTML"}


class Row(NamedTuple):
    """Row that is not empty.

    Args:
        number: Number from 1, as office programs count; in CSV the line of the file.
        cells: Text of the cells, from the first column.
    """

    number: int
    cells: tuple[str, ...]


Table = list[Row]


class Sheet(NamedTuple):
    """Sheet of a workbook.

    Args:
        name: As on its tab.
        table: Its rows.
        is_hidden: Whether it is not shown.
        part: The part of the workbook that it is.
    """

    name: str
    table: Table
    is_hidden: bool
    part: str = ""


def read_tables(path: Path, shown: str, fitness: Callable[[Table], int]) -> Table:
    """Read the best fitting table of a file.

    Args:
        path: The file.
        shown: Path shown in findings.
        fitness: Rates a table; of the possible delimiters of a CSV file and of the sheets of a workbook, the
            first with the highest rate is taken.

    Raises:
        DeliveryError: There is no such file (E300), it cannot be read (E301, E304), has another format
            (E302), or is too large (E305).
    """
    whole = Place(shown)
    try:
        data = load(path, LARGEST)
    except FileNotFoundError as error:
        raise DeliveryError([found("E300", whole, name=path.name)]) from error
    except OSError as error:
        raise DeliveryError([found("E301", whole, problem=reason_of(error))]) from error
    if len(data) > LARGEST:
        raise _too_large(whole, f"> {LARGEST // 1_000_000} MB", f"{LARGEST // 1_000_000} MB")
    refuse_other_formats(data, whole)
    if data.startswith(ZIP):
        return best_fitting((sheet.table for sheet in sheets_in(data, whole, _cell)), fitness)
    return best_fitting(separated(_text(data, whole), whole, fitness), fitness)


def refuse_other_formats(data: bytes, whole: Place) -> None:
    """Raise an error where a file begins as one of another format.

    Args:
        data: The file.
        whole: Its place.

    Raises:
        DeliveryError: It does (E302).
    """
    for mark, kind in _OTHER_FORMATS.items():
        if data[:5].lower().startswith(mark.lower()):
            raise DeliveryError([found("E302", whole, kind=kind)])


def best_fitting(tables: Iterable[Table], fitness: Callable[[Table], int]) -> Table:
    """Return the first of the tables that are rated highest; none of no tables."""
    best: Table = []
    most = -1
    for table in tables:
        if (fits := fitness(table)) > most:
            best, most = table, fits
    return best


def _text(data: bytes, whole: Place) -> str:
    """Decode a text: by its byte order mark, as UTF-8, or as Windows-1251, the former Bulgarian encoding."""
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DeliveryError([found("E302", whole, kind="?")])


def separated(text: str, whole: Place, fitness: Callable[[Table], int]) -> Iterator[Table]:
    """Yield the table of a CSV text as read with each delimiter.

    A quote that is not closed with one delimiter may be no quote with another; it is raised only if no
    delimiter gives a table that fits.

    Args:
        text: The text.
        whole: The file.
        fitness: Rates a table; above 0 where it fits.

    Raises:
        DeliveryError: A quote is not closed (E304), or there are too many rows (E305).
    """
    skipped = 0
    if text[:4].lower() == "sep=":
        # Excel writes the delimiter into a first line of its own.
        text, skipped = text.partition("\n")[2], 1
    fault: DeliveryError | None = None
    has_fitting = False
    for delimiter in _DELIMITERS:
        try:
            table = list(_filled_rows(_records(text, delimiter, whole, skipped), whole))
        except DeliveryError as error:
            fault = fault or error
            continue
        has_fitting = has_fitting or fitness(table) > 0
        yield table
    if fault is not None and not has_fitting:
        raise fault


def _records(text: str, delimiter: str, whole: Place, skipped: int) -> Iterator[Row]:
    # RFC 4180; a quote within an unquoted cell is kept.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise DeliveryError([found("E304", Place(whole.path, begun + skipped))]) from error
        yield Row(begun + skipped, tuple(cells[:_MOST_COLUMNS]))
        begun = reader.line_num + 1


def sheets_in(
    data: bytes, whole: Place, shown: Callable[[Any], str], *, rich: bool = False
) -> Iterator[Sheet]:
    """Yield each sheet of a workbook (Office Open XML, ECMA-376).

    Args:
        data: The file.
        whole: Its place.
        shown: Returns the text of a cell of openpyxl.
        rich: Whether the values of cells in several faces are the library's texts in these, be they shared
            by the workbook or written in the sheet.

    Raises:
        DeliveryError: It cannot be read (E301), has another format (E302), or is too large (E305).
    """
    try:
        if kind := _other_format(data, whole):
            raise DeliveryError([found("E302", whole, kind=kind)])  # noqa: TRY301 - apart from openpyxl's own
        from openpyxl import load_workbook  # noqa: PLC0415 - slow to load, and only for workbooks

        book = load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False, rich_text=rich
        )
        for sheet in book.worksheets:
            rows = _rows_of(sheet, rich=rich)
            numbered = (Row(number, tuple(map(shown, cells))) for number, cells in rows)
            table = list(_filled_rows(numbered, whole))
            part = str(sheet._worksheet_path).lstrip("/")  # noqa: SLF001 - no other name tells it
            yield Sheet(sheet.title, table, sheet.sheet_state != "visible", part)
    except DeliveryError:
        raise
    except Exception as error:
        # A workbook is XML from any program: openpyxl raises whatever a malformed one causes.
        raise DeliveryError([found("E301", whole, problem=str(error) or type(error).__name__)]) from error


def _rows_of(sheet: Any, *, rich: bool) -> Iterator[tuple[int, Iterable[Any]]]:  # noqa: ANN401 - as `_cell`
    """Yield the number and the cells of each row, whatever dimensions a sheet states: these may be wrong.

    The library's own way through a sheet takes the faces off texts that are written in it.
    """
    from openpyxl.worksheet._reader import WorkSheetParser  # noqa: PLC0415 - as `load_workbook`

    book = sheet.parent
    with sheet._get_source() as source:  # noqa: SLF001 - the library's own way has no argument for faces
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,  # noqa: SLF001
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
            rich_text=rich,
        )
        for number, cells in parser.parse():
            if number <= _LAST_ROW:
                yield number, sheet._get_row(cells, 1, _MOST_COLUMNS)  # noqa: SLF001


def _other_format(data: bytes, whole: Place) -> str:
    """Return the format of a ZIP file that is no workbook; empty for a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > _UNPACKED:
            raise _too_large(whole, f"> {_UNPACKED // 1_000_000} MB", f"{_UNPACKED // 1_000_000} MB")
        if _cells(packed) > _MOST_CELLS:
            raise _too_large(whole, f"> {_MOST_CELLS}", str(_MOST_CELLS))
        names = packed.namelist()
        if "xl/workbook.xml" in names:
            return ""
        return packed.read("mimetype")[:60].decode("ascii", "replace") if "mimetype" in names else "ZIP"


def _cells(packed: zipfile.ZipFile) -> int:
    """Return how many cells, rows and shared texts a workbook has, counted before any of them is read.

    What is counted is unpacked piece by piece, and no further than to one too many, or to one byte too many.
    """
    count, left = 0, _UNPACKED
    for entry in packed.infolist():
        with packed.open(entry) as part:
            before = b""
            while count <= _MOST_CELLS and left > 0 and (piece := part.read(_PIECE)):
                left -= len(piece)
                # A tag may be cut in two: what may be its beginning is looked at again with the next piece.
                known = before + piece
                cut = known.rfind(b"<")
                count += len(_CELL.findall(known[:cut]))
                before = known[cut:][:_LONGEST_TAG]
    return count if left > 0 else _MOST_CELLS + 1


def _cell(cell: Any) -> str:  # noqa: ANN401 - cells of openpyxl have several types, as have their values
    value = cell.value
    match value:
        case None:
            return ""
        case dt.datetime():
            return value.date().isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _filled_rows(rows: Iterable[Row], whole: Place) -> Iterator[Row]:
    """Yield the rows that are not empty, up to `MOST_ROWS`."""
    count = 0
    for row in rows:
        if any(cell.strip() for cell in row.cells):
            count += 1
            if count > MOST_ROWS:
                raise _too_large(whole, f"> {MOST_ROWS}", str(MOST_ROWS))
            yield row


def _too_large(whole: Place, size: str, limit: str) -> DeliveryError:
    return DeliveryError([found("E305", whole, size=size, limit=limit)])
