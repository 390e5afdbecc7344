"""Streams of a stranger's PDF, read only as far as they can do no harm (ISO 32000-2, 7.4).

A few kilobytes can unpack to gigabytes; what is larger than anybody needs is refused before it is.
"""

from __future__ import annotations

import zlib
from typing import Any, Final

import pikepdf

_DENSE: Final = {"/FlateDecode": True, "/Fl": True, "/LZWDecode": True, "/LZW": True}
_MOST_PACKED: Final = 1_000_000
"""Bytes of what is packed in another way, or twice: nobody writes more of it."""


class TooLargeError(ValueError):
    """A stream would be larger than it may be."""


def bounded_bytes(stream: pikepdf.Stream, most: int) -> bytes:
    """Unpack a stream.

    Args:
        stream: The stream.
        most: Bytes that it may have.

    Raises:
        TooLargeError: It has more.
        pikepdf.PdfError: It cannot be unpacked.
    """
    check_bounds(stream, most)
    data = stream.read_bytes()
    if len(data) > most:
        raise _too_large(most)
    return data


def check_bounds(stream: pikepdf.Stream, most: int) -> int:
    """Return how many bytes a stream has when unpacked, as far as it can be told without keeping them.

    Raises:
        TooLargeError: It has more than `most`.
    """
    packed = stream.read_raw_bytes()
    filters = _filters(stream)
    if filters in ([], ["/FlateDecode"], ["/Fl"]):
        size = _inflated_size(packed, most) if filters else len(packed)
    else:
        if any(name in _DENSE for name in filters) and len(packed) > _MOST_PACKED:
            raise _too_large(most)
        size = len(packed)
    if size > most:
        raise _too_large(most)
    return size


def _filters(stream: pikepdf.Stream) -> list[str]:
    written: Any = stream.get("/Filter", [])
    return [str(name) for name in written] if isinstance(written, (pikepdf.Array, list)) else [str(written)]


def _inflated_size(packed: bytes, most: int) -> int:
    unpacking = zlib.decompressobj()
    size = 0
    try:
        while packed and not unpacking.eof and size <= most:
            size += len(unpacking.decompress(packed, 1_000_000))
            packed = unpacking.unconsumed_tail
    except zlib.error:
        # What cannot be unpacked is for the reader of the stream to tell of.
        return size
    return size


def _too_large(most: int) -> TooLargeError:
    return TooLargeError(f"a stream has more than {most // 1_000_000} MB")
