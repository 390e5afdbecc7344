"""Tables, as an office keeps them: CSV in whichever encoding and with whichever sign between, or a workbook.

Everything becomes rows of text; what the columns mean is not known here.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.findings.finding import DeliveryError, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

LARGEST: Final = 20_000_000
"""Bytes of a file; a workbook may unpack to `_UNPACKED`."""

MOST_ROWS: Final = 50_000
"""Rows that hold anything."""

_UNPACKED: Final = 200_000_000
_MOST_COLUMNS: Final = 60
_LAST_ROW: Final = 1_100_000
"""More than a sheet has."""

_BYTE_ORDER_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS: Final = (";", ",", "\t")
_ZIP: Final = b"PK\x03\x04"
_KINDS: Final = {b"\xd0\xcf\x11\xe0": "XLS", b"%PDF": "PDF", b"{\\rtf": "RTF", b"<html": "HTML"}


class Row(NamedTuple):
    """A row that holds anything.

    Args:
        number: From 1, as the office program counts; in CSV the line of the file.
        cells: As text, from the first column.
    """

    number: int
    cells: tuple[str, ...]


Table = list[Row]


def read_tables(path: Path, shown: str, fitness: Callable[[Table], int]) -> Table:
    """Read the table of a file that fits best.

    Args:
        path: The file.
        shown: How findings name it.
        fitness: Says of a way to read the file how well it fits: of the signs between columns and of the
            sheets of a workbook, the first that fits best is taken.

    Raises:
        DeliveryError: There is no such file (E300), it cannot be read (E301, E304), is of a kind that is not
            read (E302), or is too large (E305).
    """
    whole = Place(shown)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise DeliveryError([found("E300", whole, name=path.name)]) from error
    except OSError as error:
        raise DeliveryError([found("E301", whole, problem=error.strerror or str(error))]) from error
    if len(data) > LARGEST:
        raise _too_large(whole, f"> {LARGEST // 1_000_000} MB", f"{LARGEST // 1_000_000} MB")
    for mark, kind in _KINDS.items():
        if data[:5].lower().startswith(mark.lower()):
            raise DeliveryError([found("E302", whole, kind=kind)])
    tables = _sheets(data, whole) if data.startswith(_ZIP) else _separated(_text(data, whole), whole, fitness)
    best: Table = []
    most = -1
    for table in tables:
        if (fits := fitness(table)) > most:
            best, most = table, fits
    return best


def _text(data: bytes, whole: Place) -> str:
    """Decode; what is not UTF-8 is what Bulgarian offices had before it."""
    named = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    for encoding in (named,) if named else ("utf-8", "cp1251"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DeliveryError([found("E302", whole, kind="?")])


def _separated(text: str, whole: Place, fitness: Callable[[Table], int]) -> Iterator[Table]:
    """Give the table read by each sign that may stand between columns.

    A quote that is not closed in one reading may be no quote in another; it is a fault only where no
    reading finds headings.
    """
    skipped = 0
    if text[:4].lower() == "sep=":
        # Excel's own first line, which names the sign.
        text, skipped = text.partition("\n")[2], 1
    fault: DeliveryError | None = None
    has_fitting = False
    for delimiter in _DELIMITERS:
        try:
            table = list(_counted(_records(text, delimiter, whole, skipped), whole))
        except DeliveryError as error:
            fault = fault or error
            continue
        has_fitting = has_fitting or fitness(table) > 0
        yield table
    if fault is not None and not has_fitting:
        raise fault


def _records(text: str, delimiter: str, whole: Place, skipped: int) -> Iterator[Row]:
    # RFC 4180; a quote that stands within a cell is left as it is.
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


def _sheets(data: bytes, whole: Place) -> Iterator[Table]:
    """Give the table of each sheet (Office Open XML, ECMA-376)."""
    try:
        if kind := _other_kind(data, whole):
            raise DeliveryError([found("E302", whole, kind=kind)])  # noqa: TRY301 - told from the reader's own
        from openpyxl import load_workbook  # noqa: PLC0415 - only where somebody keeps a workbook

        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            # What the sheet says of its own size may be false.
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_row=_LAST_ROW, max_col=_MOST_COLUMNS, values_only=True)
            told = (Row(number, tuple(map(_cell, cells))) for number, cells in enumerate(rows, 1))
            yield list(_counted(told, whole))
    except DeliveryError:
        raise
    except Exception as error:
        # A workbook is a folder of XML that anybody may have written: whatever reading it brings up.
        raise DeliveryError([found("E301", whole, problem=str(error) or type(error).__name__)]) from error


def _other_kind(data: bytes, whole: Place) -> str:
    """Return what a packed file is, where it is no workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > _UNPACKED:
            raise _too_large(whole, f"> {_UNPACKED // 1_000_000} MB", f"{_UNPACKED // 1_000_000} MB")
        names = packed.namelist()
        if "xl/workbook.xml" in names:
            return ""
        return packed.read("mimetype")[:60].decode("ascii", "replace") if "mimetype" in names else "ZIP"


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever a cell may hold
    match value:
        case None:
            return ""
        case dt.datetime():
            return value.date().isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _counted(rows: Iterable[Row], whole: Place) -> Iterator[Row]:
    """Give the rows that hold anything, as long as they are not too many."""
    count = 0
    for row in rows:
        if any(cell.strip() for cell in row.cells):
            count += 1
            if count > MOST_ROWS:
                raise _too_large(whole, f"> {MOST_ROWS}", str(MOST_ROWS))
            yield row


def _too_large(whole: Place, size: str, limit: str) -> DeliveryError:
    return DeliveryError([found("E305", whole, size=size, limit=limit)])
