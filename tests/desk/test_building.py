"""A build writes all that was requested or nothing, and leaves no file that could be taken for one of it."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.overview.made_files import made_files
from pipeline.desk.production import building
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import BuildResult, build
from pipeline.desk.production.edition_result import EditionResult
from pipeline.files.workspace import Workspace, shipped_folder
from pipeline.findings.finding import PressError
from pipeline.models.editions import ARCHIVE, PRESS, SCREEN, Edition
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path

STEM = "bulletin-2023-12-20"
HAIRLINE = ".colophon p { border-top: .1pt solid var(--ink) }\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a style of its own."""
    shutil.copytree(GOOD, tmp_path / "w")
    shutil.copytree(shipped_folder("styles"), tmp_path / "w" / "styles")
    return tmp_path / "w"


def built(root: Path, *editions: Edition, fresh: bool = False, booklet: bool = False) -> BuildResult:
    workspace = Workspace(root)
    folder = workspace.choose_issue()
    return build(
        BuildRequest(folder, workspace, root / "out", editions=editions, fresh=fresh, booklet=booklet)
    )


def names(root: Path) -> set[str]:
    out = root / "out" / "2023-12-20"
    return {
        path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file() and path.name != ".lock"
    }


def with_hairline(root: Path) -> str:
    sheet = root / "styles/knowledge-city/1/facts.css"
    before = sheet.read_text("utf-8")
    sheet.write_text(before + HAIRLINE, "utf-8")
    return before


def test_what_is_saved_while_pages_are_made_is_not_taken_for_what_stood_before(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages of a text that was saved meanwhile, and then undone, are not shown as those of the text."""
    # The other tests build the same texts.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    article = root / "issues/2023-12-20/project.md"
    before = article.read_bytes()
    saves = [before + b"\nOne more.\n"]
    made: list[bytes] = []

    def built_of_now(*_: object, **__: object) -> dict[str, EditionResult]:
        # Somebody saves between the moment in which the files are counted and that in which they are read.
        if saves:
            article.write_bytes(saves.pop())
        made.append(article.read_bytes())
        return {SCREEN.name: EditionResult({f"{STEM}.pdf": made[-1]}, (), (), {})}

    monkeypatch.setattr(building, "_built", built_of_now)
    (pdf, *_) = built(root, SCREEN).paths
    report = json.loads((pdf.parent / f"{STEM}-report.json").read_text("utf-8"))
    after = hashlib.sha256(article.read_bytes()).hexdigest()
    assert report["lock"]["inputs"]["issues/2023-12-20/project.md"] == after
    article.write_bytes(before)
    built(root, SCREEN)
    assert pdf.read_bytes() == before
    # Where it never rests, the files are said to be of no known text, and nothing is kept.
    saves += [before + b"\n%d\n" % at for at in range(9)]
    article.write_bytes(before + b"\nAnother.\n")
    built(root, SCREEN)
    assert not made_files(Workspace(root), "2023-12-20").is_current


def test_a_refused_file_is_written_to_its_folder_and_nothing_else_is(root: Path) -> None:
    with_hairline(root)
    with pytest.raises(PressError) as error:
        built(root, SCREEN, PRESS)
    assert {finding.code for finding in error.value.findings} == {"E126", "E72"}
    (hairline,) = (finding for finding in error.value.findings if finding.code == "E126")
    assert (hairline.page, str(hairline.place)) == (3, f"{STEM}-press.pdf")
    assert hairline.spot is not None
    assert names(root) == {f"refused/{STEM}-press.pdf"}


def test_an_edition_without_errors_can_be_built_alone(root: Path) -> None:
    with_hairline(root)
    built(root, SCREEN)
    assert f"{STEM}.pdf" in names(root)


def test_a_refused_file_is_deleted_after_the_error_is_corrected(root: Path) -> None:
    before = with_hairline(root)
    with pytest.raises(PressError):
        built(root, PRESS)
    (root / "styles/knowledge-city/1/facts.css").write_text(before, "utf-8")
    built(root, PRESS)
    assert not [name for name in names(root) if name.startswith("refused/")]
    assert f"{STEM}-press.pdf" in names(root)


def test_a_refused_file_is_refused_again_and_never_taken_from_the_cache(root: Path) -> None:
    with_hairline(root)
    for _ in range(2):
        with pytest.raises(PressError) as error:
            built(root, PRESS)
        assert "E126" in {finding.code for finding in error.value.findings}


def test_cached_editions_of_a_request_are_used_and_the_rest_is_built(root: Path) -> None:
    built(root, SCREEN)
    both = built(root, SCREEN, ARCHIVE)
    assert not both.from_cache
    assert built(root, ARCHIVE).from_cache
    assert built(root, SCREEN, ARCHIVE).from_cache
    assert built(root, ARCHIVE, SCREEN, fresh=True).from_cache is False


def test_a_booklet_is_built_from_the_screen_edition(root: Path) -> None:
    result = built(root, PRESS, booklet=True)
    assert f"{STEM}-booklet.pdf" in {path.name for path in result.paths}
    assert f"{STEM}.pdf" not in names(root)
    assert [finding.code for finding in result.findings] == ["W13"]
    assert built(root, PRESS, booklet=True).from_cache


def test_proofs_of_removed_pages_are_deleted(root: Path) -> None:
    built(root, PRESS)
    left = root / "out" / "2023-12-20" / f"{STEM}-press-proof-9.png"
    mine = root / "out" / "2023-12-20" / "notes.png"
    for path in (left, mine):
        path.write_bytes(b"")
    built(root, SCREEN)
    assert left.exists()
    built(root, PRESS)
    assert not left.exists()
    assert mine.exists()


def test_the_report_names_what_was_built(root: Path) -> None:
    result = built(root, SCREEN, PRESS, ARCHIVE)
    report = json.loads(result.paths[-1].read_text("utf-8"))
    assert list(report["editions"]) == ["screen", "press", "archive"]
    assert {*report["files"], result.paths[-1].name} == {path.name for path in result.paths}
    assert {part["pages"] for part in report["editions"].values()} == {3}
