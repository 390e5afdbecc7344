"""Ways to break a PDF as a sequence of bytes."""

from __future__ import annotations

import io
import zlib
from typing import Final

import pikepdf


def cut_short(data: bytes) -> bytes:
    """Return the first part of a file."""
    return data[: len(data) // 3]


def locked(data: bytes) -> bytes:
    """Return a file with a password."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        target = io.BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
    return target.getvalue()


def without_identifier(data: bytes) -> bytes:
    """Return a file whose trailer has no ID."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert target.getvalue().count(b"/ID [") == 1
    return target.getvalue().replace(b"/ID [", b"/Id [")


def after_other_bytes(data: bytes) -> bytes:
    """Return a file with other bytes before its header."""
    return b"\n" + data


def with_packed_objects(data: bytes) -> bytes:
    """Return a file with an object stream that unpacks to more than any file needs; nothing refers to it."""
    packing = zlib.compressobj(9)
    packed = packing.compress(b"9 0 (")
    packed += b"".join(packing.compress(b"A" * 1_000_000) for _ in range(101)) + packing.flush()
    head = b"<</Type/ObjStm/N 1/First 4/Length %d/Filter/FlateDecode>> stream\n" % len(packed)
    return data + b"\n9999 0 obj " + head + packed + b"\nendstream endobj\n"


WHOLE: Final = {
    "E128": with_packed_objects,
    "E100": cut_short,
    "E101": locked,
    "E108": without_identifier,
    "E118": after_other_bytes,
}
"""A function that breaks a file, by the code that preflight then gives."""
