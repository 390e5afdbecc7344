"""An answer as one message: the length of a text in JSON, the text, and the bytes that it names.

The process that answers has laid out what others wrote, and may do what they wish. So an answer is read by
what was asked for, within bounds of size; what is no such answer is refused, and nothing of it is executed.
"""

from __future__ import annotations

import itertools
import json
import struct
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pipeline.desk.preview.wire.values import RefusedError, plain, read
from pipeline.findings.codes.register import CODES
from pipeline.findings.finding import (
    ArchiveError,
    BulletinError,
    DeliveryError,
    Finding,
    IssueError,
    PressError,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST: Final = 256 << 20
"""Bytes of a message: all pages of an issue, drawn."""

_LARGEST_TEXT: Final = 16 << 20
"""Bytes of its text."""

_LENGTH: Final = struct.Struct(">I")
_ERRORS: Final = {each.__name__: each for each in (IssueError, PressError, ArchiveError, DeliveryError)}

T = TypeVar("T")


def packed(answer: object) -> bytes:
    """Return an answer, or an error that is answered, as a message."""
    parts: list[bytes] = []
    if isinstance(answer, BulletinError):
        data = {"error": type(answer).__name__, "findings": plain(answer.findings, parts)}
    else:
        data = {"answer": plain(answer, parts)}
    text = json.dumps({**data, "parts": [len(part) for part in parts]}, allow_nan=False).encode()
    return b"".join((_LENGTH.pack(len(text)), text, *parts))


def unpacked(message: bytes, kind: type[T]) -> T:
    """Read an answer.

    Args:
        message: What was received.
        kind: The type of what was asked for.

    Raises:
        BulletinError: As it was answered.
        RefusedError: It is no answer of this type.
    """
    data, parts = _text_and_parts(message)
    if set(data) == {"error", "findings"}:
        error = _ERRORS.get(data["error"]) if isinstance(data["error"], str) else None
        findings = read(tuple[Finding, ...], data["findings"], parts)
        if error is None or not findings or any(each.code not in CODES for each in findings):
            raise RefusedError
        raise error(findings)
    if set(data) != {"answer"}:
        raise RefusedError
    answer: T = read(kind, data["answer"], parts)
    return answer


def _text_and_parts(message: bytes) -> tuple[dict[str, Any], Sequence[bytes]]:
    try:
        (length,) = _LENGTH.unpack_from(message)
        if length > _LARGEST_TEXT:
            raise RefusedError
        start = _LENGTH.size + length
        data = json.loads(message[_LENGTH.size : start].decode())
        lengths = data.pop("parts")
        if any(type(each) is not int or each < 0 for each in lengths):
            raise RefusedError
    except (struct.error, ValueError, RecursionError, TypeError, KeyError, AttributeError):
        raise RefusedError from None
    ends = [start, *(start + end for end in itertools.accumulate(lengths))]
    if ends[-1] != len(message):
        raise RefusedError
    return data, [message[first:end] for first, end in itertools.pairwise(ends)]
