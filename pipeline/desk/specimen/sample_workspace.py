"""A workspace with a sample issue in the look of a publication."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from pipeline.desk.specimen.house_files import house_files
from pipeline.files.workspace import PUBLICATION, Workspace
from pipeline.files.yaml_nodes import Mapping
from pipeline.reading.publication import first_language, read_publication_fields

SAMPLE: Final = Path(__file__).with_name("sample")
DRAWING: Final = "house.svg"
DATE: Final = "2026-01-15"
"""The date of the sample issue, and the name of its folder."""

WITHOUT_COVER: Final = "2026-01-16"
"""That of the same issue without a picture on its first page."""

_PROJECT: Final = "project-one.md"

_CYRILLIC: Final = frozenset({"be", "bg", "mk", "ru", "sr", "uk"})
"""Languages whose publications are shown in Bulgarian, whose letters are nearer to theirs than Latin ones."""


def sample_workspace(own: Workspace, root: Path) -> Workspace:
    """Copy what makes the look of a workspace into an empty folder, with a sample issue.

    Args:
        own: The workspace.
        root: An empty folder.

    Raises:
        IssueError: publication.yaml cannot be read at all (E89).
    """
    language, funder = first_language(own), _first_funder(own)
    for name in ("styles", "fonts"):
        if (own.root / name).is_dir():
            shutil.copytree(own.root / name, root / name)
    for path in (own.root / PUBLICATION, *house_files(own)):
        target = root / path.relative_to(own.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    texts = SAMPLE / ("bg" if language.partition("-")[0] in _CYRILLIC else "en")
    for date in (DATE, WITHOUT_COVER):
        folder = root / "issues" / date
        shutil.copytree(texts, folder)
        (folder / "images").mkdir()
        shutil.copyfile(SAMPLE / DRAWING, folder / "images" / DRAWING)
        plan = (folder / "issue.yaml").read_text("utf-8").replace(DATE, date)
        if date == WITHOUT_COVER:
            before, _, after = plan.partition("cover:\n")
            plan = (before + after[after.index("sections:") :]).replace("number: 1", "number: 2")
        (folder / "issue.yaml").write_text(plan, "utf-8")
        if funder:
            project = folder / _PROJECT
            head = project.read_text("utf-8").replace(
                "kind: project\n", f"kind: project\nfunder: {funder}\n", 1
            )
            project.write_text(head, "utf-8")
    return Workspace(root)


def _first_funder(own: Workspace) -> str:
    """Return the key of the funder that the publication names first, so that the specimen shows its mark."""
    fields = read_publication_fields(own).fields
    funders = fields.items("funders") if fields is not None else ()
    return next((key for each in funders if isinstance(each, Mapping) and (key := each.text("key"))), "")
