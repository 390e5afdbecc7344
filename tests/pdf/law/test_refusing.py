"""What breaks the law of the page is not published; a draft is made all the same, with the faults marked."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import PressError, errors
from pipeline.pdf.raster import page_pictures
from tests.support.generated.law_trials import Trial
from tests.support.paths import GOOD, REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

ISSUE = "2023-12-20"
RED = (230, 0, 0)


def pale(root: Path) -> BuildRequest:
    """Return the request for an issue whose style sets titles too pale."""
    shutil.copytree(GOOD, root)
    shutil.copytree(REPOSITORY / "styles", root / "styles")
    sheet = root / "styles" / "knowledge-city" / "1" / "text.css"
    sheet.write_text(sheet.read_text("utf-8") + "h3 { color: #e8e8e8 }\n", "utf-8")
    workspace = Workspace(root)
    return BuildRequest(workspace.issues / ISSUE, workspace, root / "out", fresh=True)


def is_marked(pdf: Path) -> bool:
    return any(
        any(colour == RED for _, colour in picture.getcolors(2**24) or ())
        for picture in page_pictures(pdf.read_bytes(), 150)
    )


def test_nothing_is_published_and_the_refused_file_is_marked(tmp_path: Path) -> None:
    request = pale(tmp_path / "w")
    with pytest.raises(PressError) as refused:
        build(request)
    assert {finding.code for finding in errors(refused.value.findings)} == {"E183", "E72"}
    assert not list((request.out / ISSUE).glob("*.pdf"))
    assert is_marked(request.out / ISSUE / "refused" / f"bulletin-{ISSUE}.pdf")


def test_a_draft_is_written_with_its_faults_marked_and_named(tmp_path: Path) -> None:
    request = pale(tmp_path / "w")
    drafted = build(BuildRequest(request.folder, request.workspace, request.out, draft=True, fresh=True))
    assert {finding.code for finding in errors(drafted.findings)} == {"E183"}
    assert is_marked(request.out / ISSUE / f"bulletin-{ISSUE}-draft.pdf")


def test_a_further_reference_to_a_note_has_the_number_of_the_note(tmp_path: Path) -> None:
    root = tmp_path / "w"
    shutil.copytree(GOOD, root)
    for name in ("tower", "project"):
        path = root / "issues" / ISSUE / f"{name}.md"
        notes = "\n\nПърво.[^a] Второ.[^b] И пак.[^a]\n\n[^a]: Едната бележка.\n[^b]: Другата бележка.\n"
        path.write_text(path.read_text("utf-8").rstrip() + notes, "utf-8")
    assert Trial(root, root / "issues" / ISSUE).findings() == []


def test_a_draft_is_written_whatever_is_found_on_its_finished_pages(tmp_path: Path) -> None:
    request = pale(tmp_path / "w")
    sheet = request.workspace.root / "styles" / "knowledge-city" / "1" / "text.css"
    sheet.write_text(sheet.read_text("utf-8") + "h4 { no-such: 1 }\n", "utf-8")
    drafted = build(BuildRequest(request.folder, request.workspace, request.out, draft=True, fresh=True))
    assert {finding.code for finding in errors(drafted.findings)} == {"E464", "E183"}
    assert is_marked(request.out / ISSUE / f"bulletin-{ISSUE}-draft.pdf")
