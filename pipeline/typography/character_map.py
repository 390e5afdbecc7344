"""The characters of a face, read from its `cmap` table alone (OpenType 1.9, "cmap").

A font library takes longer to load than a check takes; here one table of each face is read.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import BinaryIO

_UNICODE: Final = {(3, 10): 3, (0, 6): 3, (0, 4): 3, (3, 1): 2, (0, 3): 2, (0, 2): 1, (0, 1): 1, (0, 0): 1}
"""Platform and encoding of the tables for Unicode, the fullest first by rank."""

_SEGMENTS: Final = 4
_GROUPS: Final = 12


def characters_of(face: BinaryIO) -> frozenset[int]:
    """Return the code points that a face has a glyph for.

    Args:
        face: A TrueType or OpenType file, not a collection, open for reading.

    Raises:
        ValueError: It is not such a file, or has no table for Unicode that is read here
            (formats 4 and 12, which are all that faces have used since 2000).
    """
    try:
        table = _table(face, b"cmap")
        count = struct.unpack_from(">H", table, 2)[0]
        records = [struct.unpack_from(">HHI", table, 4 + 8 * index) for index in range(count)]
        ranked = sorted(
            (_UNICODE[platform, encoding], offset)
            for platform, encoding, offset in records
            if (platform, encoding) in _UNICODE
        )
        if not ranked:
            raise ValueError("no table for Unicode")  # noqa: TRY003 - for programmers only
        return _mapped(table, ranked[-1][1])
    except struct.error as error:
        raise ValueError("not a font file") from error  # noqa: TRY003 - likewise


def _table(face: BinaryIO, name: bytes) -> bytes:
    for _ in range(struct.unpack_from(">H", face.read(12), 4)[0]):
        tag, _, offset, length = struct.unpack(">4sIII", face.read(16))
        if tag == name:
            face.seek(offset)
            return face.read(length)
    raise ValueError(name.decode())


def _mapped(table: bytes, offset: int) -> frozenset[int]:
    form = struct.unpack_from(">H", table, offset)[0]
    if form == _SEGMENTS:
        return _from_segments(table, offset)
    if form == _GROUPS:
        return _from_groups(table, offset)
    raise ValueError(f"cmap format {form}")  # noqa: EM102, TRY003 - for programmers only


def _from_segments(table: bytes, offset: int) -> frozenset[int]:
    """Read format 4: segments of the basic plane, their glyphs by a delta or through an array."""
    count = struct.unpack_from(">H", table, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", table, offset + 14)
    starts = struct.unpack_from(f">{count}H", table, offset + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", table, offset + 16 + 4 * count)
    ranges_at = offset + 16 + 6 * count
    ranges = struct.unpack_from(f">{count}H", table, ranges_at)
    codes: set[int] = set()
    for index, (start, end, delta, range_offset) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        segment = range(start, end + 1)
        if range_offset:
            # The offset is relative to its own position in the table.
            glyphs = struct.unpack_from(f">{len(segment)}H", table, ranges_at + 2 * index + range_offset)
            codes.update(
                code
                for code, glyph in zip(segment, glyphs, strict=True)
                if glyph and (glyph + delta) & 0xFFFF
            )
        else:
            # Glyph 0, that of a missing character, is reached modulo 65,536.
            codes |= set(segment) - {-delta & 0xFFFF}
    return frozenset(codes) - {0xFFFF}


def _from_groups(table: bytes, offset: int) -> frozenset[int]:
    """Read format 12: groups of all planes, each with its first glyph; glyph 0 is the missing glyph."""
    count = struct.unpack_from(">I", table, offset + 12)[0]
    codes: set[int] = set()
    for start, end, glyph in struct.iter_unpack(">III", table[offset + 16 : offset + 16 + 12 * count]):
        codes.update(range(start + (glyph == 0), end + 1))
    return frozenset(codes)
