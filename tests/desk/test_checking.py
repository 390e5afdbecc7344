"""Checking reports all that would stop a build, of the press edition too, and folders that are no issue."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pyphen
import pytest
from PIL import Image

from pipeline.desk.intake.checking import check
from pipeline.desk.production.checked_issue import HYPHENATED
from pipeline.files.workspace import Workspace
from tests.support.paths import GOOD, REPOSITORY, SHIPPED_ISSUES

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.findings.finding import Finding

ISSUE = "issues/2023-12-20"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    shutil.copytree(GOOD, tmp_path / "w")
    return Workspace(tmp_path / "w")


def found(workspace: Workspace) -> dict[str, Finding]:
    return {finding.code: finding for finding in check(workspace.choose_issue(), workspace)}


def test_an_issue_in_a_folder_that_is_no_date_is_reported(workspace: Workspace) -> None:
    shutil.copytree(workspace.root / ISSUE, workspace.issues / "december")
    finding = found(workspace)["W14"]
    assert dict(finding.values)["name"] == "december"


def test_what_the_press_would_refuse_is_reported_when_the_issue_is_checked(workspace: Workspace) -> None:
    assert not [code for code in found(workspace) if code.startswith("E")]
    publication = workspace.issues / "publication.yaml"
    text = publication.read_text("utf-8")
    publication.write_text(text + "press: {paper: uncoated}\n", "utf-8")
    refused = found(workspace)["E73"]
    assert refused.place is not None
    assert refused.excerpt == "press: {paper: uncoated}"
    publication.write_text(text, "utf-8")
    picture = next((workspace.root / ISSUE / "images").glob("*.jpg"), None)
    picture = picture or next((workspace.root / ISSUE / "images").glob("*.png"))
    Image.new("RGB", (320, 240), "white").save(picture)
    assert found(workspace)["E68"].excerpt


@pytest.mark.parametrize("language", sorted(HYPHENATED))
def test_a_language_that_is_not_asked_for_has_patterns(language: str) -> None:
    assert pyphen.language_fallback(language) is not None


def test_a_check_loads_only_what_the_issue_needs(tmp_path: Path) -> None:
    """Of texts and drawings: no engine, no reader of photographs, nothing that measures tables or marks."""
    shutil.copytree(SHIPPED_ISSUES, tmp_path / "issues")
    code = (
        "import sys; from pathlib import Path\n"
        "from pipeline.files.workspace import Workspace\n"
        "from pipeline.desk.intake.checking import check\n"
        "workspace = Workspace(Path(sys.argv[1]))\n"
        "check(workspace.choose_issue('2023-12-20'), workspace, spelling=False)\n"
        "print(*sorted(sys.modules))\n"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": str(REPOSITORY)}
    loaded = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    heavy = {
        "weasyprint",
        "PIL",
        "jinja2",
        "babel",
        "tinycss2",
        "pipeline.page.table_fit",
        "pipeline.page.marks",
    }
    assert "pipeline.reading.issue_reader" in loaded
    assert not heavy & set(loaded)
