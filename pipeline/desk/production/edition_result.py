"""What the press made of an issue for one edition, and how it is kept between one build and the next."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from pipeline.findings.records import as_record, from_record
from pipeline.page.engine.page_boxes import PageFill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.findings.finding import Finding


class Made(NamedTuple):
    """What was made for one edition.

    Args:
        outputs: The files by name, the PDF first.
        findings: What was found on the way.
        fills: How full each page is, in order.
        seconds: What each step took.
    """

    outputs: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    fills: tuple[PageFill, ...]
    seconds: Mapping[str, float]


def packed(made: Made) -> bytes:
    """Return what was made as bytes for the cache."""
    head = {
        "sizes": {name: len(data) for name, data in made.outputs.items()},
        "findings": [as_record(finding) for finding in made.findings],
        "fills": made.fills,
        "seconds": dict(made.seconds),
    }
    return json.dumps(head, ensure_ascii=False).encode() + b"\n" + b"".join(made.outputs.values())


def unpacked(data: bytes | None) -> Made | None:
    """Return what `packed` packed, or None where there is nothing."""
    if data is None:
        return None
    line, _, rest = data.partition(b"\n")
    head = json.loads(line)
    outputs: dict[str, bytes] = {}
    at = 0
    for name, size in head["sizes"].items():
        outputs[name] = rest[at : at + size]
        at += size
    return Made(
        outputs,
        tuple(from_record(record) for record in head["findings"]),
        tuple(PageFill(*fill) for fill in head["fills"]),
        head["seconds"],
    )
