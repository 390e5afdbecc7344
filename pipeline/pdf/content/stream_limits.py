"""Streams of any PDF, read only within limits (ISO 32000-2, 7.4).

A few kilobytes can unpack to gigabytes; unpacking stops at the limit.
"""

from __future__ import annotations

import itertools
import re
import zlib
from typing import Any, Final

import pikepdf

from pipeline.findings.translatable import N_
from pipeline.pdf.content.broken_files import MalformedError

MOST_CONTENT: Final = 60_000_000
"""Bytes of one stream of content, or of all that a page joins."""

MOST_OPERATORS: Final = 1_000_000
"""Of one stream of content."""

_LONG: Final = 4_000_000
"""Bytes of content from which its operators are counted first: parsed, they take a hundred times as much."""

_OPERATOR: Final = re.compile(rb"[A-Za-z'\"*]+")
_DENSE: Final = {"/FlateDecode": True, "/Fl": True, "/LZWDecode": True, "/LZW": True}
_TOO_LARGE: Final = N_("a stream would unpack to more than anybody needs")
_MOST_PACKED: Final = 1_000_000
"""Bytes of what is packed in another way, or twice: nobody writes more of it."""


class TooLargeError(MalformedError):
    """A stream would be larger than it may be."""


def bounded_bytes(stream: pikepdf.Stream, most: int) -> bytes:
    """Unpack a stream.

    Args:
        stream: The stream.
        most: Limit in bytes.

    Raises:
        TooLargeError: It has more.
        pikepdf.PdfError: It cannot be unpacked.
    """
    check_bounds(stream, most)
    data = stream.read_bytes()
    if len(data) > most:
        raise TooLargeError(_TOO_LARGE)
    return data


def check_bounds(stream: pikepdf.Stream, most: int) -> int:
    """Return the unpacked size of a stream in bytes, without keeping its data.

    Raises:
        TooLargeError: It has more than `most`.
    """
    packed = stream.read_raw_bytes()
    filters = _filters(stream)
    if filters in ([], ["/FlateDecode"], ["/Fl"]):
        size = inflated_size(packed, most) if filters else len(packed)
    else:
        if any(name in _DENSE for name in filters) and len(packed) > _MOST_PACKED:
            raise TooLargeError(_TOO_LARGE)
        size = len(packed)
    if size > most:
        raise TooLargeError(_TOO_LARGE)
    return size


def check_content(stream: pikepdf.Object) -> None:
    """Check that content is small enough to be parsed into operators.

    Args:
        stream: A form, pattern or glyph; or a page, whose contents are joined (7.8.2).

    Raises:
        TooLargeError: It has more than `MOST_CONTENT` bytes, or more than `MOST_OPERATORS` operators.
    """
    contents: Any = stream if isinstance(stream, pikepdf.Stream) else stream.get("/Contents")
    left, operators = MOST_CONTENT, 0
    for part in contents if isinstance(contents, pikepdf.Array) else [contents]:
        if isinstance(part, pikepdf.Stream):
            size = check_bounds(part, left)
            left -= size
            if size > _LONG:
                found = _OPERATOR.finditer(bounded_bytes(part, size))
                operators += sum(1 for _ in itertools.islice(found, MOST_OPERATORS + 1))
    if operators > MOST_OPERATORS:
        message = "too many instructions"
        raise TooLargeError(message)


def _filters(stream: pikepdf.Stream) -> list[str]:
    written: Any = stream.get("/Filter", [])
    return [str(name) for name in written] if isinstance(written, (pikepdf.Array, list)) else [str(written)]


def inflated_size(packed: bytes, most: int) -> int:
    """Return how many bytes packed data (RFC 1950) unpack to, counted up to a little more than `most`."""
    unpacking = zlib.decompressobj()
    size = 0
    try:
        while packed and not unpacking.eof and size <= most:
            size += len(unpacking.decompress(packed, 1_000_000))
            packed = unpacking.unconsumed_tail
    except zlib.error:
        # A stream that cannot be unpacked is reported where it is read.
        return size
    return size
