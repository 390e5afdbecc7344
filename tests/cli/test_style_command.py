"""A style of one's own: begun by a command, seen on a page, and filed with all it builds on."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tomllib
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pipeline.archive.comparing.comparison import Verdict
from pipeline.archive.shelf import Shelf
from pipeline.cli.main import main
from pipeline.desk.archive.filing import file_issue
from pipeline.desk.archive.rebuilding import rebuild
from pipeline.desk.batch.executors import LocalExecutor
from pipeline.files.workspace import Workspace
from pipeline.page.engine.loading import warm_up
from tests.support.paths import GOOD, REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = (REPOSITORY / "docs" / "styles.md").read_text("utf-8").partition("## What a style says")[0]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOOD, tmp_path / "workspace")
    return tmp_path / "workspace"


def command(root: Path, line: str) -> int:
    return main([*line.split()[1:], "--workspace", str(root), "--language", "en"])


def block(kind: str) -> str:
    found = re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.DOTALL)
    assert found
    return str(found[0])


def test_the_two_minutes_of_the_guide_lead_from_a_token_to_a_picture_of_a_page(root: Path) -> None:
    begin, look = (line.strip() for line in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL))
    assert command(root, begin) == 0
    style = root / "styles" / "ours" / "1" / "style.toml"
    style.write_text(style.read_text("utf-8").replace("[roles]\n", "[roles]\n" + block("toml")), "utf-8")
    publication = root / "issues" / "publication.yaml"
    named = re.sub(r"style: \{.*\}\n", block("yaml"), publication.read_text("utf-8"))
    publication.write_text(named, "utf-8")
    assert command(root, look) == 0
    with Image.open(root / "out" / "identity" / "identity.png") as picture:
        colours = {pixel: count for count, pixel in picture.convert("RGB").getcolors(1 << 20) or []}
    wanted = tomllib.loads(block("toml"))["main"]["srgb"]
    assert colours[tuple(bytes.fromhex(wanted[1:]))] > 1000


def test_a_begun_style_copies_nothing_and_is_right_as_it_is(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(root, "bulletin style new ours --on bulletin/1") == 0
    folder = root / "styles" / "ours" / "1"
    assert sorted(path.name for path in folder.rglob("*")) == ["house.css", "style.toml"]
    assert sum(path.stat().st_size for path in folder.iterdir()) < 2000
    publication = root / "issues" / "publication.yaml"
    text = publication.read_text("utf-8").replace("knowledge-city", "ours")
    publication.write_text(text, "utf-8")
    capsys.readouterr()
    assert command(root, "bulletin check") == 0
    assert "E" not in re.findall(r"\b([EW])\d+:", capsys.readouterr().out)
    assert command(root, "bulletin style new theirs") == 0
    assert 'builds_on = { name = "ours", version = 1 }' in (
        root / "styles" / "theirs" / "1" / "style.toml"
    ).read_text("utf-8")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("bulletin style new Наш", "E450"),
        ("bulletin style new ../out", "E450"),
        ("bulletin style new bulletin", "E451"),
        ("bulletin style new ours --on knowledge-city/1", "E452"),
        ("bulletin style new ours --on nothing/7", "E36"),
    ],
)
def test_a_style_that_cannot_be_begun_is_told_and_nothing_is_written(
    root: Path, capsys: pytest.CaptureFixture[str], line: str, code: str
) -> None:
    assert command(root, line) == 1
    assert code in capsys.readouterr().err
    assert not (root / "styles").exists()


def test_a_base_that_is_no_name_and_version_is_wrong_use(root: Path) -> None:
    assert command(root, "bulletin style new ours --on bulletin") == 2


def test_an_issue_is_filed_with_its_style_and_the_one_it_builds_on_and_made_again(root: Path) -> None:
    assert command(root, "bulletin style new ours --on bulletin/1") == 0
    sheet = root / "styles" / "ours" / "1" / "house.css"
    sheet.write_text("h3 { color: var(--accent-text); font-family: Display, var(--head) }\n", "utf-8")
    shutil.copytree(REPOSITORY / "fonts" / "vollkorn", root / "fonts" / "display")
    publication = root / "issues" / "publication.yaml"
    publication.write_text(publication.read_text("utf-8").replace("knowledge-city", "ours"), "utf-8")
    workspace = Workspace(root)
    filing = file_issue(workspace.issue_folders()[0], workspace, dt.date(2024, 1, 5)).filing
    names = {"styles/ours/1/house.css", "styles/ours/1/style.toml", "styles/bulletin/1/page.css"}
    names.add("fonts/display/Vollkorn-Bold.ttf")
    assert names <= filing.sources.keys()
    with LocalExecutor(1, warm_up) as executor:
        (outcome,) = rebuild([filing], Shelf(workspace), executor, fresh=True)
    assert outcome.result is not None
    assert outcome.result.verdict is Verdict.IDENTICAL


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ("p { font-size: 1e9pt }", "E459"),
        ("@page { size: 1mm 1mm; margin: 0 }", "E460"),
        (f"h3 {{ margin: calc({'(' * 5000}1pt) }}", "E465"),
        # What only the engine can tell.
        ("@page { size: calc(1000mm * 10) calc(1000mm * 10) }", "E460"),
        (":root { --many: 100000 } p { columns: var(--many) }", "E453"),
        ("p { colr: red }", "E464"),
        ("p { color red }", "E464"),
        ("p >> p { color: red }", "E464"),
    ],
)
def test_a_sheet_that_no_page_can_be_laid_out_by_is_told_as_the_styles_own_fault(
    root: Path, capsys: pytest.CaptureFixture[str], sheet: str, code: str
) -> None:
    assert command(root, "bulletin style new ours --on bulletin/1") == 0
    (root / "styles" / "ours" / "1" / "house.css").write_text(sheet, "utf-8")
    publication = root / "issues" / "publication.yaml"
    publication.write_text(publication.read_text("utf-8").replace("knowledge-city", "ours"), "utf-8")
    assert command(root, "bulletin build") == 1
    said = capsys.readouterr()
    assert code in said.err + said.out
    assert "styles/ours/1" in said.err + said.out
    assert not [*(root / "out").rglob("*.pdf")]
