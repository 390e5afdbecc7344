"""A past issue is rebuilt with the same bytes, or the differences are reported with place and cause."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
from typing import TYPE_CHECKING

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from pipeline.archive.comparing.causes import CauseType
from pipeline.archive.comparing.comparison import Verdict, compare
from pipeline.archive.filing_record import Filing, as_record, stored_file
from pipeline.archive.search.fact_sheets import fact_sheets
from pipeline.archive.shelf import Shelf
from pipeline.archive.verifying import verify
from pipeline.desk.archive.filing import file_issue
from pipeline.desk.archive.rebuilding import RebuildResult, rebuild
from pipeline.desk.archive.site_publishing import publish
from pipeline.desk.batch.executors import LocalExecutor
from pipeline.files.workspace import Workspace
from pipeline.files.yaml_nodes import _read_yaml
from pipeline.findings.finding import IssueError
from pipeline.page.engine.loading import warm_up
from tests.conftest import REPOSITORY, run_bulletin
from tests.support.paths import GOOD
from tests.support.shelves import FILED_ON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "bulletin-2023-12-20.pdf"


@pytest.fixture(scope="module")
def executor() -> Iterator[LocalExecutor]:
    with LocalExecutor(1, warm_up) as executor:
        yield executor


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with its own styles and fonts, whose one issue is filed."""
    root = tmp_path_factory.mktemp("filed") / "w"
    shutil.copytree(GOOD, root)
    for name in ("styles", "fonts"):
        shutil.copytree(REPOSITORY / name, root / name)
    workspace = Workspace(root)
    file_issue(workspace.choose_issue(), workspace, FILED_ON)
    return root


@pytest.fixture
def workspace(filed: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(filed, tmp_path / "w")
    return Workspace(tmp_path / "w")


def rebuilt(
    workspace: Workspace, executor: LocalExecutor, *, from_workspace: bool = False, fresh: bool = False
) -> RebuildResult:
    shelf = Shelf(workspace)
    before = contents(workspace)
    (outcome,) = rebuild(shelf.filings, shelf, executor, from_workspace=from_workspace, fresh=fresh)
    assert outcome.result is not None, outcome.findings
    assert contents(workspace) == before
    return outcome.result


def contents(workspace: Workspace) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in workspace.root.rglob("*") if path.is_file()}


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_filing_is_rebuilt_with_identical_bytes(workspace: Workspace, executor: LocalExecutor) -> None:
    # Rebuilding needs the filing only: the workspace may be missing, changed or full of errors.
    shutil.rmtree(workspace.root / "styles")
    shutil.rmtree(workspace.root / "fonts")
    (workspace.issues / "2023-12-20" / "tower.md").unlink()
    again = rebuilt(workspace, executor, fresh=True)
    assert (again.verdict, again.from_hashes) == (Verdict.IDENTICAL, False)


def test_a_filing_is_not_held_to_errors_that_came_in_since(
    tmp_path: Path, executor: LocalExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(GOOD, tmp_path / "w")
    workspace = Workspace(tmp_path / "w")
    article = workspace.issues / "2023-12-20" / "tower.md"
    replaced(article, "title: Кулата\n", 'title: "Кулата"#2\n')
    with pytest.raises(IssueError):
        file_issue(workspace.choose_issue(), workspace, FILED_ON)
    with monkeypatch.context() as before:
        # What was read of the same text is remembered: before, it was read without the error.
        before.setattr("pipeline.files.yaml_nodes._read_yaml", _read_yaml.__wrapped__)
        before.setattr("pipeline.files.yaml_nodes.left_out", lambda *_: ())
        file_issue(workspace.choose_issue(), workspace, FILED_ON)
    again = rebuilt(workspace, executor, fresh=True)
    assert again.verdict is Verdict.IDENTICAL
    shelf = Shelf(workspace)
    assert publish(shelf, tmp_path / "site").issues == 1
    assert [sheet.title for _, sheet in fact_sheets(shelf, shelf.filings[0])]


def test_an_unchanged_filing_is_verified_by_its_hashes(workspace: Workspace, executor: LocalExecutor) -> None:
    for from_workspace in (False, True):
        again = rebuilt(workspace, executor, from_workspace=from_workspace)
        assert (again.verdict, again.from_hashes) == (Verdict.IDENTICAL, True)


def test_a_changed_word_is_reported_as_the_cause_with_its_page(
    workspace: Workspace, executor: LocalExecutor
) -> None:
    article = workspace.issues / "2023-12-20" / "tower.md"
    line = next(at for at, text in enumerate(article.read_text("utf-8").split("\n"), 1) if "title:" in text)
    replaced(article, "title: ", "title: Голямата ")
    again = rebuilt(workspace, executor, from_workspace=True)
    assert again.verdict is Verdict.DIFFERS
    (cause,) = again.causes
    assert (cause.type, cause.name, cause.line) == (CauseType.TEXT, "issues/2023-12-20/tower.md", line)
    assert "Голямата" in cause.after
    assert "Голямата" not in cause.before
    words = [change for each in again.differences for change in each.comparison.words]
    assert {change.after for change in words} >= {"Голямата"}
    assert set(again.pages) == {1, 2}


def test_a_changed_address_of_the_publisher_is_reported_as_the_cause(
    workspace: Workspace, executor: LocalExecutor
) -> None:
    publication = workspace.issues / "publication.yaml"
    replaced(publication, "bg: София", "bg: Пловдив")
    again = rebuilt(workspace, executor, from_workspace=True)
    (cause,) = again.causes
    assert (cause.type, cause.name) == (CauseType.PUBLICATION, "issues/publication.yaml")
    assert cause.before == "address: {bg: София, en: Sofia}"
    screen = next(each for each in again.differences if each.name == NAME)
    assert {page.number for page in screen.comparison.pages} == {1, 3}
    assert all(page.before and page.after and page.marked for page in screen.pages)


def test_a_changed_style_rule_is_reported_as_the_cause(workspace: Workspace, executor: LocalExecutor) -> None:
    sheet = workspace.root / "styles/knowledge-city/1/text.css"
    sheet.write_text(sheet.read_text("utf-8") + "\nh3 { color: var(--rust) }\n", "utf-8")
    again = rebuilt(workspace, executor, from_workspace=True)
    (cause,) = again.causes
    assert (cause.type, cause.name) == (CauseType.STYLE, "styles/knowledge-city/1/text.css")
    assert cause.after == "h3 { color: var(--rust) }" or cause.more
    assert again.pages == (2, 3)
    assert not [change for each in again.differences for change in each.comparison.words]


def test_a_changed_font_is_reported_as_the_cause(workspace: Workspace, executor: LocalExecutor) -> None:
    face = workspace.root / "fonts/source-serif/SourceSerif-Regular.ttf"
    font = TTFont(face)
    for letter in "аеио":
        glyph = font.getBestCmap()[ord(letter)]
        advance, side = font["hmtx"][glyph]
        font["hmtx"][glyph] = (advance + 30, side)
    font.save(face)
    again = rebuilt(workspace, executor, from_workspace=True)
    (cause,) = again.causes
    assert (cause.type, cause.name) == (CauseType.FONT, "fonts/source-serif/SourceSerif-Regular.ttf")
    assert again.verdict is Verdict.DIFFERS
    assert again.pages


def test_a_changed_picture_is_reported_as_the_cause_with_its_place(
    workspace: Workspace, executor: LocalExecutor
) -> None:
    pictures = workspace.issues / "2023-12-20" / "images"
    path = next(path for path in sorted(pictures.iterdir()) if path.suffix in {".png", ".jpg"})
    with Image.open(path) as picture:
        other = picture.convert("RGB").transpose(Image.Transpose.ROTATE_180)
        other = Image.eval(other, lambda value: 255 - value)
    other.save(path)
    again = rebuilt(workspace, executor, from_workspace=True)
    (cause,) = again.causes
    assert (cause.type, cause.name) == (CauseType.PICTURE, f"issues/2023-12-20/images/{path.name}")
    screen = next(each for each in again.differences if each.name == NAME)
    page = screen.comparison.pages[-1]
    left, right = min(spot.left for spot in page.spots), max(spot.right for spot in page.spots)
    assert 10 < left < right < 200


def test_a_changed_program_is_reported_though_the_pages_look_the_same(
    workspace: Workspace, executor: LocalExecutor
) -> None:
    shelf = Shelf(workspace)
    (filing,) = shelf.filings
    older = dataclasses.replace(
        filing,
        program=dict(filing.program) | {"press.py": "0" * 64},
        versions=dict(filing.versions) | {"weasyprint": "69.0"},
    )
    record = shelf.folder(filing.name) / "filing.json"
    record.chmod(0o644)
    record.write_bytes(as_record(older))
    # The filed archive PDF has the versions of its day attached, so its bytes differ from today's.
    name = "bulletin-2023-12-20-archive.pdf"
    with pikepdf.open(shelf.path(filing, name)) as pdf:
        stream = io.BytesIO()
        pdf.save(stream, compress_streams=False)
    path = shelf.path(filing, name)
    path.chmod(0o644)
    path.write_bytes(stream.getvalue())
    (outcome,) = rebuild([_with_file(older, name, stream.getvalue())], Shelf(workspace), executor)
    assert outcome.result is not None
    assert outcome.result.verdict is Verdict.SAME_PICTURE
    assert [(cause.type, cause.name) for cause in outcome.result.causes] == [
        (CauseType.PROGRAM, "press.py"),
        (CauseType.ENGINE, "weasyprint"),
    ]


def _with_file(filing: Filing, name: str, data: bytes) -> Filing:
    return dataclasses.replace(filing, files=dict(filing.files) | {name: stored_file(data)})


def test_a_damaged_filing_is_reported_and_stops_no_other(
    workspace: Workspace, executor: LocalExecutor
) -> None:
    shelf = Shelf(workspace)
    (filing,) = shelf.filings
    path = shelf.source_path(filing.issue, filing.sources["issues/2023-12-20/tower.md"].sha256)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b" ")
    (outcome,) = rebuild(shelf.filings, shelf, executor)
    assert outcome.result is None
    assert [finding.code for finding in outcome.findings] == ["E211"]
    assert verify(Shelf(workspace)).findings


def test_the_report_is_written_and_no_filed_file_changes(workspace: Workspace) -> None:
    replaced(workspace.issues / "2023-12-20" / "issue.yaml", "title: Новини", "title: Вести")
    before = {path: data for path, data in contents(workspace).items() if "filed" in path.parts}
    run = run_bulletin(
        "archive",
        "rebuild",
        "2",
        "--from-workspace",
        "--workers",
        "1",
        "--language",
        "bg",
        cwd=workspace.root,
    )
    assert run.returncode == 1, run.stderr
    assert "текст: issues" in run.stdout
    assert "issues/2023-12-20/issue.yaml:7: " in run.stdout
    folder = workspace.root / "out" / "2023-12-20" / "rebuilt-1"
    report = (folder / "report.html").read_text("utf-8")
    assert "<del>Новини</del>" in report
    assert "<ins>Вести</ins>" in report
    for picture in re.findall(r'src="([^"]+)"', report):
        with Image.open(folder / picture) as shown:
            assert shown.width > 700
    assert {path: path.read_bytes() for path in before} == before
    same = run_bulletin("archive", "rebuild", "--all", cwd=workspace.root)
    assert same.returncode == 0, same.stdout


@pytest.mark.parametrize(
    "arguments",
    [("rebuild",), ("rebuild", "2", "--all"), ("rebuild", "2", "--workers", "1", "--cluster", "tcp://x:1")],
)
def test_rebuild_requires_issues_and_one_executor(workspace: Workspace, arguments: tuple[str, ...]) -> None:
    assert run_bulletin("archive", *arguments, cwd=workspace.root).returncode == 2


def test_hidden_changes_are_found(filed: Path) -> None:
    pdf = (filed / "issues/2023-12-20/filed/1" / NAME).read_bytes()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for element in opened.objects:
            if isinstance(element, pikepdf.Dictionary) and "/Alt" in element:
                element["/Alt"] = pikepdf.String("Нещо друго")
                break
        opened.Root.Lang = pikepdf.String("ru")
        stream = io.BytesIO()
        opened.save(stream)
    comparison = compare(pdf, stream.getvalue())
    assert comparison.verdict is Verdict.DIFFERS
    assert not comparison.pages
    assert {change.part for change in comparison.hidden} == {"alternatives", "language"}


def test_added_and_removed_pages_are_found(filed: Path) -> None:
    pdf = (filed / "issues/2023-12-20/filed/1" / NAME).read_bytes()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        del opened.pages[-1]
        stream = io.BytesIO()
        opened.save(stream)
    comparison = compare(pdf, stream.getvalue())
    assert [(page.number, page.only_in) for page in comparison.pages] == [(3, "before")]
    assert compare(pdf, pdf).verdict is Verdict.IDENTICAL
    with pytest.raises(ValueError, match=r"\w"):
        compare(pdf, b"%PDF-1.7 broken")


def test_a_filed_pdf_that_cannot_be_read_is_named_with_its_filing(
    workspace: Workspace, executor: LocalExecutor
) -> None:
    shelf = Shelf(workspace)
    (filing,) = shelf.filings
    path = shelf.path(filing, NAME)
    path.chmod(0o644)
    path.write_bytes(b"%PDF-1.7 torn")
    older = dataclasses.replace(_with_file(filing, NAME, b"%PDF-1.7 torn"), program={})
    (outcome,) = rebuild([older], shelf, executor)
    assert [finding.code for finding in outcome.findings] == ["E220"]
