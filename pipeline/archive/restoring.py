"""Restoring a workspace from an archive PDF: whole and as it was filed, or not at all.

The file may come from anywhere. No path in it may leave the folder, nothing is inflated beyond a limit, and a
difference from the lock in the file is an error.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import itertools
import json
import os
import re
import shutil
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf

from pipeline.files.names import Spellings, is_source_path
from pipeline.files.writing.atomic import write_atomically
from pipeline.findings.finding import ArchiveError, Finding, found
from pipeline.findings.place import Place
from pipeline.findings.system_faults import reason_of
from pipeline.findings.translatable import N_
from pipeline.pdf.content.broken_files import BROKEN_PDF_ERRORS, problem_of
from pipeline.pdf.content.embedded_files import embedded_files
from pipeline.pdf.finishing.archive_sources import FORMAT, LOCK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_FILES: Final = 5000
LARGEST_FILE: Final = 200_000_000
MOST_BYTES: Final = 1_000_000_000
"""Bytes of one file, and of all: an issue of a hundred photographs from a camera stays below."""

_HEADER: Final = b"%PDF-"
_HEADER_WITHIN: Final = 1024
_PARTS: Final = ("inputs", "style", "templates", "fonts")


class RestoreResult(NamedTuple):
    """The result of restoring.

    Args:
        issue: The date of the issue.
        files: How many were written.
    """

    issue: str
    files: int


def restore(data: bytes, name: str, to: Path) -> RestoreResult:
    """Unpack the workspace that is attached to an archive PDF.

    Args:
        data: The PDF.
        name: Name of the file in findings.
        to: The folder; it is written whole or not at all.

    Raises:
        ArchiveError: The file has no workspace attached (E92), a path in it would leave the folder (E93), a
            file was changed (E94), is missing or not listed (E95), the folder is not empty (E96), or there
            is more than an issue can have (E97).
    """
    place = Place(name)
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise ArchiveError([found("E96", None, name=to)])
    files = _attachments(data, place)
    lock = _lock_of(files.pop(LOCK, None), place)
    wrong = [*_odd_paths(files, place), *_changed(files, lock, place)]
    if wrong:
        raise ArchiveError(wrong)
    _write(files, to)
    return RestoreResult(str(lock["issue"]), len(files))


def _attachments(data: bytes, place: Place) -> dict[str, bytes]:
    """Return every attached file by name, none inflated beyond its limit."""
    files: dict[str, bytes] = {}
    wrong: list[Finding] = []
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            left = MOST_BYTES
            for path, stream in _streams(pdf):
                if path in files:
                    wrong.append(found("E93", place, name=path))
                    continue
                if len(files) >= MOST_FILES or left <= 0:
                    raise ArchiveError([found("E97", place, name=path)])
                inflated = _inflated(stream, min(left, LARGEST_FILE))
                if inflated is None:
                    raise ArchiveError([found("E97", place, name=path)])
                files[path] = inflated
                left -= len(inflated)
    except pikepdf.PasswordError as fault:
        raise ArchiveError([found("E92", place, problem="encrypted")]) from fault
    except pikepdf.PdfError as fault:
        problem = (
            N_("it is damaged or cut short") if _HEADER in data[:_HEADER_WITHIN] else N_("it is not a PDF")
        )
        raise ArchiveError([found("E92", place, problem=problem)]) from fault
    except BROKEN_PDF_ERRORS as fault:
        raise ArchiveError([found("E92", place, problem=problem_of(fault))]) from fault
    if wrong:
        raise ArchiveError(wrong)
    return files


def _streams(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Yield name and stream of each attached file, of one more than may be restored at most."""
    for path, specification in itertools.islice(embedded_files(pdf), MOST_FILES + 1):
        yield path, specification.EF.F


def _inflated(stream: Any, most: int) -> bytes | None:
    """Return a stream's bytes, or None where there are more than `most`."""
    raw: bytes = stream.read_raw_bytes()
    filters = stream.get("/Filter")
    if filters is None:
        return raw if len(raw) <= most else None
    if isinstance(filters, pikepdf.Array) and len(filters) == 1:
        filters = filters[0]
    if filters != "/FlateDecode" or "/DecodeParms" in stream:
        message = "an attachment is packed in another way"
        raise ValueError(message)
    unpacking = zlib.decompressobj()
    try:
        inflated = unpacking.decompress(raw, most + 1)
    except zlib.error as fault:
        raise ValueError(str(fault)) from fault
    return inflated if len(inflated) <= most else None


def _lock_of(data: bytes | None, place: Place) -> dict[str, Any]:
    try:
        lock = json.loads(data or b"")
    except (ValueError, RecursionError) as fault:
        problem = N_("it carries no list of what was attached")
        raise ArchiveError([found("E92", place, problem=problem)]) from fault
    is_ours = (
        isinstance(lock, dict)
        and lock.get("format") == FORMAT
        and re.fullmatch(r"\d{4}-\d\d-\d\d", str(lock.get("issue", "")))
        and all(
            isinstance(lock.get(part), dict) and all(isinstance(value, str) for value in lock[part].values())
            for part in _PARTS
        )
    )
    if not is_ours:
        raise ArchiveError([found("E92", place, problem=N_("it carries no list of what was attached"))])
    return dict(lock)


def _odd_paths(files: Mapping[str, bytes], place: Place) -> Iterator[Finding]:
    """Find paths that leave the folder, and paths that are the same file on some systems only."""
    spelt = Spellings()
    for path in files:
        if spelt.clash(path) is not None or not is_source_path(path):
            yield found("E93", place, name=path)


def _changed(files: Mapping[str, bytes], lock: Mapping[str, Any], place: Place) -> Iterator[Finding]:
    """Find what differs from what the lock lists."""
    listed: dict[str, str] = {}
    for part in _PARTS:
        listed |= lock[part]
    for path in sorted(files.keys() | listed.keys()):
        if path not in listed or path not in files:
            yield found("E95", place, name=path)
        elif hashlib.sha256(files[path]).hexdigest() != listed[path]:
            yield found("E94", place, name=path)


def _write(files: Mapping[str, bytes], to: Path) -> None:
    """Write all files to a folder beside it, which is then renamed."""
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{to.name}-", dir=to.parent))
    except OSError as error:
        raise ArchiveError([found("E83", None, name=to, problem=reason_of(error))]) from error
    try:
        for path, data in files.items():
            write_atomically(aside / path, data)
        aside.chmod(0o755)
        if to.is_dir():
            to.rmdir()
        os.replace(aside, to)  # noqa: PTH105 - of a folder
    except OSError as error:
        raise ArchiveError([found("E83", None, name=to, problem=reason_of(error))]) from error
    finally:
        with contextlib.suppress(OSError):
            if aside.exists():
                shutil.rmtree(aside)
