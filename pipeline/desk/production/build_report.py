"""The report of a build as JSON: results, findings, and what the files were built from."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from pipeline.findings.records import as_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.desk.production.build_request import BuildRequest
    from pipeline.desk.production.edition_result import EditionResult
    from pipeline.files.lock import Lock
    from pipeline.findings.finding import Finding


def build_report(
    request: BuildRequest, results: Mapping[str, EditionResult], findings: Iterable[Finding], lock: Lock
) -> bytes:
    """Return the report as JSON (RFC 8259).

    Args:
        request: What was to be built.
        results: What was built, by edition.
        findings: All findings, each once.
        lock: What the files were built from.
    """
    record = {
        "issue": request.folder.name,
        "draft": request.draft,
        "editions": {name: _edition_record(result) for name, result in results.items()},
        "files": {
            name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for result in results.values()
            for name, data in result.outputs.items()
        },
        "findings": [as_record(finding) for finding in findings],
        "lock": json.loads(lock.as_json()),
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def _edition_record(result: EditionResult) -> dict[str, Any]:
    record = {
        "pages": len(result.fills),
        "lines": [{"page": number, **fill._asdict()} for number, fill in enumerate(result.fills, 1)],
        "seconds": dict(result.seconds),
    }
    return {**record, "fitting": dict(result.fitting)} if result.fitting else record
