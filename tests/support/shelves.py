"""Archives for tests: filings with tiny files, which need no layout."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pipeline.archive.shelf import Shelf
from pipeline.archive.storing import FilingContent, store_filing
from pipeline.files.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.archive.filing_record import FiledCorrection, Filing

FILED_ON = dt.date(2024, 1, 5)
ISSUES = ("2023-06-30", "2023-12-20", "2024-03-01")


def material(
    issue: str, text: str = "първи текст", correction: FiledCorrection | None = None
) -> FilingContent:
    """Return the content of a filing: one article, one face shared by all issues, two result files."""
    return FilingContent(
        issue=issue,
        number=int(issue[5:7]),
        title=f"Брой от  {issue}",
        publication="Бюлетин",
        languages=("bg", "en"),
        correction=correction,
        pages={f"bulletin-{issue}.pdf": 4},
        files={
            f"bulletin-{issue}.pdf": f"%PDF {text}".encode(),
            f"bulletin-{issue}.en.pdf": f"%PDF in English {text}".encode(),
        },
        sources={
            "issues/publication.yaml": "title: Бюлетин\n".encode(),
            f"issues/{issue}/article.md": text.encode(),
            "fonts/serif.ttf": b"\0\1the same face in every issue",
        },
        program={"press.py": "0" * 64},
        versions={"weasyprint": "70.0"},
    )


def empty(root: Path) -> Workspace:
    """Return a workspace with the folders of `ISSUES` and nothing filed."""
    for issue in ISSUES:
        (root / "issues" / issue).mkdir(parents=True)
    (root / "issues" / "publication.yaml").write_text("title: Бюлетин\n", "utf-8")
    return Workspace(root)


def filed(workspace: Workspace, *materials: FilingContent) -> list[Filing]:
    """File issues one after another, each with a newly opened shelf."""
    return [store_filing(each, Shelf(workspace), FILED_ON) for each in materials]


def archive(root: Path) -> Workspace:
    """Return a workspace in which an issue each of `ISSUES` is filed."""
    workspace = empty(root)
    filed(workspace, *(material(issue, f"текст {issue}") for issue in ISSUES))
    return workspace
