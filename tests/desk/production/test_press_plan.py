"""What is agreed with the print shop is in the press file and in its ticket."""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

import pikepdf
import pytest

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.desk.production.checked_issue import check_issue
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import errors
from pipeline.models.editions import PRESS
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path

MILLIMETRE = 72 / 25.4


@pytest.mark.parametrize(("marks", "beyond"), [("true", 10.0), ("false", 3.0)])
def test_without_marks_the_sheet_ends_with_the_bleed(tmp_path: Path, marks: str, beyond: float) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(GOOD, root)
    publication = root / "issues" / "publication.yaml"
    plan = f"press: {{marks: {marks}, copies: 300, grammage: 90, due: 2024-01-31}}\n"
    publication.write_text(publication.read_text("utf-8") + plan, "utf-8")
    own = Workspace(root)
    made = build(BuildRequest(own.issue_folders()[0], own, tmp_path / "out", editions=(PRESS,)))
    assert not errors(made.findings)
    files = {path.suffix: path.read_bytes() for path in made.paths if path.suffix in {".pdf", ".txt"}}
    with pikepdf.open(io.BytesIO(files[".pdf"])) as pdf:
        for page in pdf.pages:
            media, bleed, trim = (
                [float(side) for side in box] for box in (page.mediabox, page.bleedbox, page.trimbox)
            )
            assert media[2] - media[0] == pytest.approx((210 + 2 * beyond) * MILLIMETRE, abs=0.01)
            assert trim[0] - bleed[0] == pytest.approx(3 * MILLIMETRE, abs=0.01)
            assert (b"/PlateAll" in page.Contents.read_bytes()) == (marks == "true")
    ticket = " ".join(files[".txt"].decode().split())
    assert ("без знаци за рязане" in ticket) == (marks == "false")
    assert "Тираж: 300" in ticket
    assert "90 г/м²" in ticket
    assert "Срок: 31 януари 2024 г." in ticket


@pytest.mark.parametrize("written", ["copies: 0", "copies: many", "grammage: 9", "due: soon", "marks: 7"])
def test_what_no_print_shop_could_read_is_told(tmp_path: Path, written: str) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(GOOD, root)
    publication = root / "issues" / "publication.yaml"
    publication.write_text(publication.read_text("utf-8") + f"press: {{{written}}}\n", "utf-8")
    own = Workspace(root)
    found = errors(check_issue(own.issue_folders()[0], own).findings)
    assert [each.place.path for each in found if each.place] == ["issues/publication.yaml"]
