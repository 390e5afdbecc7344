"""Findings to plain data and back, as stored in caches and build reports."""

from __future__ import annotations

from typing import Any

from pipeline.findings.finding import Finding, Spot
from pipeline.findings.place import Place


def as_record(finding: Finding) -> dict[str, Any]:
    """Return a finding as data that JSON can hold."""
    return {
        "code": finding.code,
        "place": list(finding.place) if finding.place else None,
        "values": dict(finding.values),
        "excerpt": finding.excerpt,
        "page": finding.page,
        "spot": list(finding.spot) if finding.spot else None,
    }


def from_record(record: dict[str, Any]) -> Finding:
    """Return the finding of a record written by `as_record`."""
    return Finding(
        code=record["code"],
        place=Place(*record["place"]) if record["place"] else None,
        values=tuple(sorted(record["values"].items())),
        excerpt=record["excerpt"],
        page=record["page"],
        spot=Spot(*record["spot"]) if record.get("spot") else None,
    )
