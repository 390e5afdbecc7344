"""What photographs tell of place, camera, owner and thumbnail is found, taken out, and never published."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from pipeline.archive.comparing.comparison import Verdict
from pipeline.archive.shelf import Shelf
from pipeline.desk.archive.filing import file_issue
from pipeline.desk.archive.rebuilding import rebuild
from pipeline.desk.archive.restoring import restore_from
from pipeline.desk.archive.site_publishing import publish
from pipeline.desk.batch.executors import LocalExecutor
from pipeline.desk.intake.checking import check
from pipeline.desk.intake.fixing import fix_pictures
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import IssueError, errors
from pipeline.findings.wording.wording import message_of
from pipeline.models.editions import ARCHIVE
from pipeline.page.engine.loading import warm_up
from tests.desk.pictures import photographs
from tests.page.pictures.metadata import making
from tests.page.pictures.metadata.telling import told

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = photographs.workspace(tmp_path_factory.mktemp("photographs"))
    file_issue(workspace.issues / photographs.ISSUE, workspace, photographs.TODAY)
    return workspace


def test_the_files_in_hand_tell_what_nothing_published_may(filed: Workspace) -> None:
    folder = filed.issues / photographs.ISSUE
    seen = set().union(*(told(path.read_bytes()) for path in (folder / "images").iterdir()))
    assert {"coordinates", "place", "camera", "owner", "a picture in the picture", "mwg-rs:"} <= seen


def test_nothing_of_it_is_in_any_file_of_the_archive(filed: Workspace) -> None:
    folder = filed.issues / photographs.ISSUE / "filed"
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".pdf", ".html", ".eml"} or len(files) > 10
    assert {path.name: found for path in files if (found := told(path.read_bytes()))} == {}


def test_nothing_of_it_is_in_any_file_of_the_site(filed: Workspace, tmp_path: Path) -> None:
    publish(Shelf(filed), tmp_path / "site")
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert any(path.suffix == ".jpg" for path in files)
    assert {path.name: found for path in files if (found := told(path.read_bytes()))} == {}


def test_the_filed_pictures_show_the_same_and_name_their_creator(filed: Workspace) -> None:
    shelf = Shelf(filed)
    sources = shelf.sources(shelf.filings[0])
    for name, data in photographs.pictures().items():
        kept = sources[f"issues/{photographs.ISSUE}/{name}"]
        assert making.CREATOR.encode() in kept
        if not name.endswith(".svg"):
            with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(kept)) as after:
                assert before.tobytes() == after.tobytes()
                assert before.info["icc_profile"] == after.info["icc_profile"]


def test_what_was_filed_is_made_again_to_the_byte(filed: Workspace, tmp_path: Path) -> None:
    shelf = Shelf(filed)
    filing = shelf.filings[0]
    with LocalExecutor(1, warm_up) as executor:
        outcomes = list(rebuild([filing], shelf, executor, fresh=True))
    assert [outcome.result and outcome.result.verdict for outcome in outcomes] == [Verdict.IDENTICAL]
    restored = tmp_path / "restored"
    restore_from(shelf.path(filing, filing.pdf(ARCHIVE.suffix)), "x.pdf", restored)
    made = _built(Workspace(restored), tmp_path / "out")
    assert made == shelf.file(filing, filing.pdf(ARCHIVE.suffix))


def test_a_build_of_the_files_in_hand_is_the_build_of_the_cleaned_ones(tmp_path: Path) -> None:
    workspace = photographs.workspace(tmp_path / "a")
    before = _built(workspace, tmp_path / "out")
    assert told(before) == set()
    assert fix_pictures(workspace.issues / photographs.ISSUE, workspace)
    assert _built(workspace, tmp_path / "out") == before


def test_filing_again_after_fix_finds_nothing_changed(filed: Workspace, tmp_path: Path) -> None:
    shutil.copytree(filed.root, tmp_path / "copy")
    workspace = Workspace(tmp_path / "copy")
    fix_pictures(workspace.issues / photographs.ISSUE, workspace)
    again = file_issue(workspace.issues / photographs.ISSUE, workspace, photographs.TODAY + dt.timedelta(9))
    assert not again.is_new


def test_check_lists_the_pictures_once_and_fix_cleans_them_without_touching_a_pixel(tmp_path: Path) -> None:
    workspace = photographs.workspace(tmp_path)
    folder = workspace.issues / photographs.ISSUE
    found = [each for each in check(folder, workspace, spelling=False) if each.code == "W175"]
    assert len(found) == 1
    said = message_of(found[0], "bg")
    assert all(name in said for name in photographs.pictures())
    assert "къде са заснети" in said
    before = photographs.pictures()
    cleaned = fix_pictures(folder, workspace)
    assert {each.path.removeprefix(f"issues/{photographs.ISSUE}/") for each in cleaned} == set(before)
    for name, data in before.items():
        now = (folder / name).read_bytes()
        assert told(now) == set()
        if not name.endswith(".svg"):
            with Image.open(io.BytesIO(data)) as old, Image.open(io.BytesIO(now)) as new:
                assert old.tobytes() == new.tobytes()
    assert not [each for each in check(folder, workspace, spelling=False) if each.code in {"W175", "E167"}]
    assert fix_pictures(folder, workspace) == []


def test_a_picture_that_cannot_be_cleaned_is_refused_by_name(tmp_path: Path) -> None:
    workspace = photographs.workspace(tmp_path)
    folder = workspace.issues / photographs.ISSUE
    held = io.BytesIO()
    making.shown(side=20).save(held, "TIFF", big_tiff=True)
    (folder / "images" / "scan.tif").write_bytes(held.getvalue())
    wrong = errors(check(folder, workspace, spelling=False))
    assert [(each.code, dict(each.values)["name"]) for each in wrong] == [("E167", "images/scan.tif")]
    with pytest.raises(IssueError):
        _built(workspace, tmp_path / "out")


@pytest.mark.parametrize(
    ("house", "asked", "filed"), [("", [], True), ("ask", ["W176"], True), ("require", ["W176"], False)]
)
def test_an_unanswered_consent_is_asked_once_an_issue_and_stops_filing_where_the_house_says(
    tmp_path: Path, house: str, asked: list[str], *, filed: bool
) -> None:
    workspace = photographs.workspace(tmp_path, consent="")
    folder = workspace.issues / photographs.ISSUE
    if house:
        (workspace.issues / "house.yaml").write_text(f"format: 1\nconsent: {house}\n", "utf-8")
    found = [each for each in check(folder, workspace, spelling=False) if each.code == "W176"]
    assert [each.code for each in found] == asked
    for each in found:
        named = dict(each.values)["known"].split(", ")
        assert named == [f"images/{name}" for name in ("phone.jpg", "camera.jpg", "web.webp", "scan.tif")]
    if filed:
        return
    with pytest.raises(IssueError) as refused:
        file_issue(folder, workspace, photographs.TODAY)
    assert [each.code for each in errors(refused.value.findings)] == ["E179"]
    assert not Shelf(workspace).filings
    for path in folder.glob("*.md"):
        path.write_text(path.read_text("utf-8").replace('"}', '" consent=yes}'), "utf-8")
    issue = folder / "issue.yaml"
    issue.write_text(
        issue.read_text("utf-8").replace("  credit:", "  consent: not-needed\n  credit:"), "utf-8"
    )
    assert not [each for each in check(folder, workspace, spelling=False) if each.code in {"W176", "E26"}]


def test_nobody_is_shown_on_the_cover_who_said_no(tmp_path: Path) -> None:
    workspace = photographs.workspace(tmp_path)
    issue = workspace.issues / photographs.ISSUE / "issue.yaml"
    issue.write_text(issue.read_text("utf-8").replace("  credit:", "  consent: no\n  credit:"), "utf-8")
    wrong = errors(check(issue.parent, workspace, spelling=False))
    assert [(each.code, str(each.place)) for each in wrong] == [
        ("E57", f"issues/{photographs.ISSUE}/issue.yaml:9:12")
    ]


def _built(workspace: Workspace, out: Path) -> bytes:
    request = BuildRequest(
        workspace.issues / photographs.ISSUE, workspace, out, editions=(ARCHIVE,), fresh=True
    )
    data = build(request).paths[0].read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.attachments) > 5
    return data
