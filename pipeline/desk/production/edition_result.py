"""What was built for one edition, and how it is stored in the cache between two builds."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.findings.records import as_record, from_record
from pipeline.page.engine.page_boxes import PageFill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.findings.finding import Finding
    from pipeline.findings.place import Place
    from pipeline.page.fitting.maker_up import Fitted


class EditionResult(NamedTuple):
    """What was built for one edition.

    Args:
        outputs: The files by name, the PDF first.
        findings: Warnings and errors, in the order of the steps.
        fills: How full each page is, in order.
        seconds: What each step took, by the step's name.
        fitting: What the maker-up decided, for the report of the build.
    """

    outputs: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    fills: tuple[PageFill, ...]
    seconds: Mapping[str, float]
    fitting: Mapping[str, Any] = MappingProxyType({})


def fitting_record(fitted: Fitted) -> dict[str, Any]:
    """Return what the maker-up decided, for the report of a build; nothing where pages are as they were."""
    fitting = fitted.fitting
    record = {
        "heights": {_name(place): lines for place, lines in fitting.heights.items() if lines},
        "later": {_name(place): blocks for place, blocks in fitting.later.items() if blocks},
        "across": sorted(map(_name, fitting.across)),
        "fresh": sorted(fitting.fresh),
        "order": [list(names) for names in fitting.order],
        "off_spine": sorted(fitting.off_spine),
        "in_rows": sorted(fitting.in_rows),
        "fillers": [{"filler": name.removeprefix("../"), "after": after} for after, name in fitting.fillers],
        "notes": fitting.notes,
        "back_cover": fitting.back_cover,
    }
    return {name: value for name, value in record.items() if value}


def _name(place: Place) -> str:
    return f"{place.path}:{place.line}"


def encoded(result: EditionResult) -> bytes:
    """Return a result as bytes for the cache: a line of JSON, then the files one after another."""
    head = {
        "sizes": {name: len(data) for name, data in result.outputs.items()},
        "findings": [as_record(finding) for finding in result.findings],
        "fills": result.fills,
        "seconds": dict(result.seconds),
        "fitting": dict(result.fitting),
    }
    return json.dumps(head, ensure_ascii=False).encode() + b"\n" + b"".join(result.outputs.values())


def decoded(data: bytes) -> EditionResult:
    """Return the result that `encoded` wrote."""
    line, _, rest = data.partition(b"\n")
    head = json.loads(line)
    outputs: dict[str, bytes] = {}
    start = 0
    for name, size in head["sizes"].items():
        outputs[name] = rest[start : start + size]
        start += size
    return EditionResult(
        outputs,
        tuple(from_record(record) for record in head["findings"]),
        tuple(PageFill(*fill) for fill in head["fills"]),
        head["seconds"],
        head["fitting"],
    )
