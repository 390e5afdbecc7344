"""`bulletin identity` shows the look of a publication on pages of a sample issue."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from pipeline.desk.specimen import sheet
from pipeline.desk.specimen.live import LiveSpecimen, LookRequest
from pipeline.desk.specimen.shown_roles import ROLE_NAMES
from pipeline.desk.specimen.specimen import Specimen, make_specimen
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import IssueError
from pipeline.findings.wording.wording import say
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.yaml_text import Value


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("specimen") / "workspace"
    shutil.copytree(GOOD, root)
    publication = root / "issues" / "publication.yaml"
    publication.write_text(
        publication.read_text("utf-8") + 'identity: {logo: logos/norway.png, main: "#1F3D2B"}\n', "utf-8"
    )
    return Workspace(root)


@pytest.fixture(scope="module")
def made(workspace: Workspace) -> Specimen:
    return make_specimen(workspace, workspace.root / "out")


def words_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def test_a_specimen_shows_colours_faces_letter_site_and_every_kind_of_article(made: Specimen) -> None:
    pdf, picture = made.paths
    assert picture.read_bytes().startswith(b"\x89PNG")
    words = words_of(pdf)
    for shown in ("Цветове", "Шрифтове", "Писмо", "Градската библиотека", "Зелени покриви", "Календар"):
        assert shown in words


def test_colours_are_named_in_the_language_of_the_program() -> None:
    for role in (*sheet._GROUNDS, *sheet._TEXTS):
        assert not re.search(r"[A-Za-z]", say(ROLE_NAMES[role], "bg")), role


def test_a_specimen_says_what_a_style_leaves_out_and_nothing_of_the_sample(made: Specimen) -> None:
    assert [finding.code for finding in made.findings] == ["W442"]


def test_a_specimen_is_the_same_bytes_twice_and_leaves_the_issues_alone(
    workspace: Workspace, made: Specimen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(workspace.issues.rglob("*"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    again = make_specimen(workspace, tmp_path)
    for one, other in zip(made.paths, again.paths, strict=True):
        assert one.read_bytes() == other.read_bytes()
    assert sorted(workspace.issues.rglob("*")) == before


def test_a_look_that_is_tried_is_shown_before_it_is_saved_and_changes_no_file(workspace: Workspace) -> None:
    live = LiveSpecimen(workspace)
    before = {path: path.read_bytes() for path in sorted(workspace.root.rglob("*")) if path.is_file()}
    style: dict[tuple[str | int, ...], Value] = {("style",): {"name": "bulletin", "version": "1"}}
    now = live.answer(LookRequest(style, "bg"))
    tried = live.answer(
        LookRequest({**style, ("identity", "main"): "#7A1F3D", ("identity", "type"): "sofia-vollkorn"}, "bg")
    )
    assert tried.picture.startswith(b"\x89PNG")
    assert tried.picture != now.picture
    assert live.answer(LookRequest(style, "en")).picture != now.picture
    assert live.answer(LookRequest(style, "bg")).picture == now.picture
    with pytest.raises(IssueError) as refused:
        live.answer(LookRequest({("identity", "main"): {"srgb": "#7A1F3D", "cmyk": "75/40"}}, "bg"))
    assert {finding.code for finding in refused.value.findings} == {"E442"}
    assert before == {path: path.read_bytes() for path in sorted(workspace.root.rglob("*")) if path.is_file()}
