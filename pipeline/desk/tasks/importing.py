"""An import as work that tells how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.findings.finding import BulletinError
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import as_whole_data, say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

_READING: Final = N_("Reading the files")


class ImportRequest(NamedTuple):
    """What is to be imported.

    Args:
        folder: Where the files lie, and nothing else.
        root: The workspace, or the folder in which one is begun.
        date: The issue's date, or None for that of the text.
        language: Of messages.
        today: Today's date.
    """

    folder: str
    root: str
    date: dt.date | None
    language: str
    today: dt.date


def importing(request: ImportRequest) -> Iterator[dict[str, Any]]:
    """Import files; yield steps, and last the account as `result`, or `findings`.

    The account holds the issue, the counts of what came and was placed, and each finding: by code, values
    and words.
    """
    from pipeline.desk.intake.importing import import_files  # noqa: PLC0415 - only the process of the work needs it

    yield {"step": _READING, "words": say(_READING, request.language), "done": 0, "total": 1}
    files = sorted(Path(request.folder).iterdir())
    try:
        imported = import_files(
            files, Path(request.root), request.date, request.language, today=request.today
        )
    except BulletinError as error:
        yield {"findings": [as_whole_data(finding, request.language) for finding in error.findings]}
        return
    report = imported.report
    yield {
        "result": {
            "issue": imported.folder.name,
            "files": [path.name for path in files],
            "begun": imported.begun,
            "written": list(imported.written),
            "words": [report.words_total, report.words_placed],
            "counts": {str(kind): [count.total, count.placed] for kind, count in report.counts.items()},
            "items": [
                {
                    "code": finding.code,
                    "values": dict(finding.values),
                    "path": finding.place.path if finding.place else "",
                    "whole": report.whole.get(finding, dict(finding.values).get("found", "")),
                }
                for finding in imported.findings
            ],
        }
    }
