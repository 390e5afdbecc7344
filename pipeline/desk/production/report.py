"""The report of a build, for programs and for whoever asks later how a file was made."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from pipeline.findings.records import as_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.desk.production.edition_result import Made
    from pipeline.findings.finding import Finding


def report(
    issue: str, made: Mapping[str, Made], findings: Iterable[Finding], lock: str, *, draft: bool
) -> bytes:
    """Return the report as JSON (RFC 8259).

    Args:
        issue: The issue's folder.
        made: What was made, by edition.
        findings: Everything found, once each.
        lock: What it was made from, as JSON.
        draft: Whether every page is marked as a draft.
    """
    told = {
        "issue": issue,
        "draft": draft,
        "editions": {name: _edition(part) for name, part in made.items()},
        "files": {
            name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for part in made.values()
            for name, data in part.outputs.items()
        },
        "findings": [as_record(finding) for finding in findings],
        "lock": json.loads(lock),
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _edition(made: Made) -> dict[str, Any]:
    return {
        "pages": len(made.fills),
        "lines": [{"page": number, **fill._asdict()} for number, fill in enumerate(made.fills, 1)],
        "seconds": dict(made.seconds),
    }
