"""What is found in the layout stops a build, but neither a draft nor a filed issue that is built again."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace, shipped_folder
from pipeline.findings.finding import IssueError
from pipeline.models.editions import PRESS, SCREEN
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path

OVER: Final = ".article.article .body { margin-top: -24pt }\n"
APART: Final = ".article.article .body figure { margin-top: 80pt }\n"


def request_with(rule: str, root: Path) -> BuildRequest:
    """Return a request for an issue whose style has a further rule."""
    shutil.copytree(GOOD, root / "w")
    shutil.copytree(shipped_folder("styles"), root / "w" / "styles")
    sheet = root / "w" / "styles" / "knowledge-city" / "1" / "text.css"
    sheet.write_text(rule + sheet.read_text("utf-8"), "utf-8")
    workspace = Workspace(root / "w")
    return BuildRequest(workspace.issues / "2023-12-20", workspace, root / "out", fresh=True)


def written(request: BuildRequest) -> list[str]:
    return [path.suffix for path in request.out.rglob("*.pdf")]


def test_a_fault_stops_the_build_and_names_page_place_and_words(tmp_path: Path) -> None:
    request = request_with(OVER, tmp_path)
    with pytest.raises(IssueError) as error:
        build(request)
    finding = next(finding for finding in error.value.findings if finding.code == "E190")
    assert (finding.page, finding.place and finding.place.path) == (2, "issues/2023-12-20/tower.md")
    assert finding.spot is not None
    assert "Първият абзац" in finding.excerpt
    assert written(request) == []


def test_a_draft_is_made_all_the_same_and_says_so(tmp_path: Path) -> None:
    request = replace(request_with(OVER, tmp_path), draft=True)
    findings = build(request).findings
    assert [finding.page for finding in findings if finding.code == "W199"] == [2]
    assert written(request) == [".pdf"]


def test_a_filed_issue_that_is_built_again_is_not_held_to_it(tmp_path: Path) -> None:
    request = replace(request_with(OVER, tmp_path), is_rebuild=True)
    assert not [finding for finding in build(request).findings if finding.code[1:3] == "19"]
    assert written(request) == [".pdf"]


def test_a_note_is_given_once_a_page_whatever_the_editions(tmp_path: Path) -> None:
    request = replace(request_with(APART, tmp_path), editions=(SCREEN, PRESS))
    notes = [finding for finding in build(request).findings if finding.code == "W190"]
    assert [finding.page for finding in notes] == [2]
