"""An import as work that tells how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.desk.tasks.telling import told_steps
from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from pipeline.desk.intake.importing import ImportResult
    from pipeline.findings.progress import Progress

_COUNTED: Final = N_("{words}: {done} of {total}")


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

    files = sorted(Path(request.folder).iterdir())

    def work(progress: Progress) -> dict[str, Any]:
        imported = import_files(
            files,
            Path(request.root),
            request.date,
            request.language,
            today=request.today,
            progress=progress,
        )
        return _account(imported, [path.name for path in files])

    for news in told_steps(work, request.language):
        if news.get("total", 0) > 1:
            words = say(_COUNTED, request.language, **{key: news[key] for key in ("words", "done", "total")})
            yield news | {"words": words}
        else:
            yield news


def _account(imported: ImportResult, names: list[str]) -> dict[str, Any]:
    report = imported.report
    return {
        "issue": imported.folder.name,
        "files": names,
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
