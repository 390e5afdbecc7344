"""The house's logo is on the cover, in the colophon, in the letter and on the site, and can be seen there."""

from __future__ import annotations

import datetime as dt
import io
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pikepdf
import pytest
from PIL import Image
from tinyhtml5 import parse

from pipeline.desk.archive.filing import file_issue
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import errors
from pipeline.models.editions import PRESS, SCREEN
from pipeline.pdf.raster import page_pictures
from tests.support.paths import GOOD, REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.desk.production.building import BuildResult

MAIN: Final = "#1F3D2B"
PUBLISHER: Final = "Клъстер"
"""Of the workspace `GOOD`."""

LOGO: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">'
    '<circle cx="20" cy="20" r="19" fill="#1F3D2B"/>'
    '<path d="M44 4h32v14H44z" fill="#7B2D8B"/></svg>'
)
PPI: Final = 72


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("logo") / "workspace"
    shutil.copytree(GOOD, root)
    publication = root / "issues" / "publication.yaml"
    text = publication.read_text("utf-8").replace("name: knowledge-city", "name: bulletin")
    publication.write_text(f'{text}identity: {{logo: logos/house.svg, main: "{MAIN}"}}\n', "utf-8")
    (root / "issues" / "logos").mkdir(exist_ok=True)
    (root / "issues" / "logos" / "house.svg").write_text(LOGO, "utf-8")
    return Workspace(root)


def issue_of(workspace: Workspace) -> Path:
    return workspace.issue_folders()[0]


def built(workspace: Workspace, out: Path, **options: object) -> BuildResult:
    request = BuildRequest(issue_of(workspace), workspace, out, **options)  # type: ignore[arg-type]
    return build(request)


@pytest.fixture(scope="module")
def result(workspace: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    made = built(workspace, tmp_path_factory.mktemp("out"), editions=(SCREEN, PRESS), mail=True)
    assert not errors(made.findings)
    return {path.name.removeprefix(f"bulletin-{path.parent.name}"): path.read_bytes() for path in made.paths}


def alternatives(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(each["/Alt"]) for each in document.objects if _is_figure(each)]


def _is_figure(each: object) -> bool:
    return (
        isinstance(each, pikepdf.Dictionary)
        and str(each.get("/S")) == "/Figure"
        and each.get("/Alt") is not None
    )


def test_the_logo_is_on_the_cover_and_in_the_colophon_with_words_for_those_who_cannot_see_it(
    result: dict[str, bytes],
) -> None:
    assert alternatives(result[".pdf"]).count(PUBLISHER) == 2


@pytest.mark.parametrize("edition", [".pdf", "-press.pdf"])
def test_on_the_colour_of_the_house_the_logo_stands_on_white(result: dict[str, bytes], edition: str) -> None:
    pages = page_pictures(result[edition], PPI)
    for page in (pages[0], pages[-1]):
        form = [
            (x, y)
            for y in range(page.height)
            for x in range(page.width // 2)
            if _is_violet(page.getpixel((x, y)))
        ]
        assert form
        left, right = min(x for x, _ in form), max(x for x, _ in form)
        bottom = max(y for _, y in form)
        # Right of the form, and below it within the logo: white as far as the plate's margin.
        assert page.getpixel((right + 3, bottom)) == (255, 255, 255)
        assert page.getpixel(((left + right) // 2, bottom + 4)) == (255, 255, 255)
        assert page.getpixel((right + 12, bottom)) != (255, 255, 255)


def _is_violet(pixel: object) -> bool:
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return bool(blue > green + 40 and red > green + 30)


def test_on_paper_a_drawn_logo_is_in_the_inks_of_the_profile(result: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(result["-press.pdf"])) as document:
        content = b"".join(
            each.read_bytes()
            for each in document.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") != "/Image"
        )
    assert b" rg\n" not in content
    assert b"DeviceRGB" not in content


def test_the_letter_has_the_logo_as_a_part_with_its_size_and_its_words(
    result: dict[str, bytes],
) -> None:
    with Image.open(io.BytesIO(result["-mail-house_logo.png"])) as picture:
        assert picture.size == (160, 80)
        assert picture.mode == "RGBA"
    shown = [
        each.attrib for each in parse(result["-mail.html"].decode()).iter("{http://www.w3.org/1999/xhtml}img")
    ]
    mine = [each for each in shown if each["src"] == "cid:house_logo.png"]
    assert len(mine) == 1
    assert mine[0]["alt"] == PUBLISHER
    assert (mine[0]["width"], mine[0]["height"]) == ("80", "40")


def test_a_drafts_cover_has_the_logo_beside_the_mark_of_a_draft(workspace: Workspace, tmp_path: Path) -> None:
    made = built(workspace, tmp_path, editions=(SCREEN,), draft=True)
    pdf = next(path for path in made.paths if path.suffix == ".pdf").read_bytes()
    assert alternatives(pdf).count(PUBLISHER) == 2


def test_every_page_of_the_site_begins_with_the_logo(workspace: Workspace, tmp_path: Path) -> None:
    filed = Workspace(tmp_path / "workspace")
    shutil.copytree(workspace.root, filed.root)
    file_issue(issue_of(filed), filed, dt.date(2024, 4, 2))
    # As a command, which has to hide the machine's faces before a drawing is looked at.
    environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    command = [sys.executable, "-m", "pipeline", "archive", "site", "--to", str(tmp_path / "site")]
    run = subprocess.run(
        command,
        cwd=filed.root,
        env=environment | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    pages = sorted((tmp_path / "site").rglob("index.html"))
    assert len(pages) == 2
    for page in pages:
        marks = [
            each
            for each in parse(page.read_text("utf-8")).iter("{http://www.w3.org/1999/xhtml}img")
            if "mark" in each.get("class", "").split()
        ]
        assert len(marks) == 1
        assert marks[0].get("class") == "mark on-white"
        assert marks[0].get("alt") == PUBLISHER
        assert (page.parent / str(marks[0].get("src"))).resolve().is_file()
