"""A correction is printed before the first section, in every edition and language."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.desk.production.checked_issue import CheckedIssue, check_issue
from pipeline.desk.production.page_assets import page_assets_of
from pipeline.files.workspace import Workspace, find_workspace
from pipeline.findings.finding import BulletinError
from pipeline.models.editions import EDITIONS
from pipeline.models.issue import Correction
from pipeline.page.composition.html import compose_html
from pipeline.pdf.text import page_texts
from pipeline.reading.issue_reader import read_issue
from pipeline.typography.typesetting import typeset
from tests.standards.verapdf import java_is_there, judged
from tests.support.paths import BAD_ISSUES as BAD
from tests.support.tag_outline import outline

if TYPE_CHECKING:
    from pathlib import Path

DATE: Final = "2023-12-20"
SOURCE: Final = f"issues/{DATE}/issue.yaml"
TEXT: Final = 'Бюджетът на "Мостове" е 294 500 EUR, а не 249 500 EUR.'
SET: Final = "Бюджетът на „Мостове“ е 294 500 EUR, а не 249 500 EUR."
REPLACES: Final = "Това поправено издание на брой 2 заменя по-ранното."


def mended(root: Path, plan: str = f"{{of: 1, text: '{TEXT}'}}", english: str = "") -> Workspace:
    """Return a workspace whose one issue corrects an earlier filing, in two languages."""
    shutil.copytree(BAD / "_good", root, dirs_exist_ok=True)
    for name in ("issue.en.yaml", "tower.en.md", "project.en.md"):
        shutil.copy(BAD / "W08-correction-not-translated" / "issues" / DATE / name, root / "issues" / DATE)
    change(root / "issues" / DATE / "issue.yaml", "sections:", f"correction: {plan}\nsections:")
    change(root / "issues" / DATE / "issue.en.yaml", "sections:", f"{english}sections:")
    return find_workspace(root)


def change(path: Path, old: str, new_text: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new_text, 1), "utf-8")


def issue_in(workspace: Workspace) -> Path:
    return workspace.issues / DATE


def composed(looked: CheckedIssue, edition: str = "screen") -> str:
    valid = looked.valid()
    pictures = page_assets_of(valid, EDITIONS["screen"]).pictures
    return compose_html(typeset(valid.issue), EDITIONS[edition], valid.style, pictures)


class TestReading:
    def test_it_is_read_and_set_as_other_lines_are(self, tmp_path: Path) -> None:
        workspace = mended(tmp_path)
        issue = read_issue(issue_in(workspace), workspace).issue
        assert issue is not None
        assert issue.correction == Correction(1, TEXT)
        correction = typeset(issue).correction
        assert correction is not None
        assert correction.text == "Бюджетът на „Мостове“ е\u00a0294\u00a0500 EUR, а\u00a0не 249\u00a0500 EUR."

    def test_a_translation_words_it_anew(self, tmp_path: Path) -> None:
        workspace = mended(tmp_path, english="correction: The budget was wrong.\n")
        reading = read_issue(issue_in(workspace), workspace, "en")
        assert reading.issue is not None
        assert reading.issue.correction == Correction(1, "The budget was wrong.")
        assert reading.findings == ()

    def test_where_a_translation_is_silent_it_is_said_that_the_edition_replaces_another(
        self, tmp_path: Path
    ) -> None:
        workspace = mended(tmp_path)
        looked = check_issue(issue_in(workspace), workspace, "en")
        assert [(finding.code, dict(finding.values)["name"]) for finding in looked.findings] == [
            ("W08", "correction.text")
        ]
        html = composed(looked)
        assert "This corrected edition of issue 2 replaces the earlier one." in html
        assert "Мостове“" not in html.partition('id="correction"')[2].partition("</section>")[0]

    @pytest.mark.parametrize(
        ("plan", "code"),
        [
            ("{of: 0, text: Сбъркано.}", "E24"),
            ("{of: първото, text: Сбъркано.}", "E24"),
            ("{of: 1}", "E13"),
            ("{text: Сбъркано.}", "E13"),
            ("{of: 1, text: Сбъркано., filing: 2}", "E12"),
            (f"{{of: 1, text: {'а' * 601}}}", "E25"),
            ("Сбъркано.", "E15"),
        ],
    )
    def test_what_is_wrong_with_it_is_said_at_its_place(self, tmp_path: Path, plan: str, code: str) -> None:
        workspace = mended(tmp_path, plan)
        reading = read_issue(issue_in(workspace), workspace)
        assert [(finding.code, finding.place and finding.place.path) for finding in reading.findings] == [
            (code, SOURCE)
        ]

    def test_a_letter_without_a_glyph_is_found_in_it(self, tmp_path: Path) -> None:
        workspace = mended(tmp_path, "{of: 1, text: Сбъркано 漢.}")
        found = [finding.code for finding in check_issue(issue_in(workspace), workspace).findings]
        assert found == ["E70"]


class TestThePage:
    @pytest.mark.parametrize("edition", EDITIONS)
    def test_it_stands_before_the_first_section_in_every_edition(self, tmp_path: Path, edition: str) -> None:
        workspace = mended(tmp_path)
        html = composed(check_issue(issue_in(workspace), workspace), edition)
        before, heading, after = html.partition('<h2 data-run="Поправка">Поправка</h2>')
        assert heading
        assert 'id="section-1"' not in before
        assert 'id="section-1"' in after
        assert REPLACES in after

    def test_without_one_nothing_is_set_that_is_about_corrections(self, tmp_path: Path) -> None:
        shutil.copytree(BAD / "_good", tmp_path, dirs_exist_ok=True)
        workspace = find_workspace(tmp_path)
        assert "correction" not in composed(check_issue(issue_in(workspace), workspace))

    def test_its_words_are_escaped(self, tmp_path: Path) -> None:
        workspace = mended(tmp_path, "{of: 1, text: '<b>Сбъркано</b> & още'}")
        assert "&lt;b&gt;Сбъркано&lt;/b&gt; &amp; още" in composed(
            check_issue(issue_in(workspace), workspace)
        )


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with all editions of an issue with a correction."""
    root = tmp_path_factory.mktemp("mended")
    workspace = mended(root)
    try:
        build(BuildRequest(issue_in(workspace), workspace, root / "out", editions=tuple(EDITIONS.values())))
    except BulletinError as fault:
        pytest.fail(str(fault.findings))
    return root / "out" / DATE


class TestPrinted:
    def test_it_is_read_on_the_page_of_the_first_section_in_every_edition(self, printed: Path) -> None:
        for edition in EDITIONS.values():
            _, page, *_ = page_texts((printed / f"bulletin-{DATE}{edition.suffix}.pdf").read_bytes())
            words = " ".join(page.split())
            assert "Поправка" in words
            assert SET in words.replace("\u00a0", " ")
            assert REPLACES in words.replace("\u00a0", " ")

    def test_it_is_heard_as_a_section_of_its_own_between_contents_and_text(self, printed: Path) -> None:
        told = [line.strip() for line in outline(printed / f"bulletin-{DATE}.pdf")]
        headings = [line for line in told if line.startswith(("H1", "H2", "H3"))]
        at = next(index for index, line in enumerate(headings) if "Поправка" in line)
        assert headings[at].startswith("H2")
        assert "Новини" in headings[at + 1]
        assert "В този брой" in headings[at - 1]

    @pytest.mark.skipif(not java_is_there() and not os.environ.get("CI"), reason="the judge needs Java")
    @pytest.mark.parametrize(("suffix", "flavour"), [("", "2a"), ("-archive", "3a")])
    def test_the_standards_are_kept_with_it(self, printed: Path, suffix: str, flavour: str) -> None:
        verdicts = judged(printed / f"bulletin-{DATE}{suffix}.pdf", "ua1", flavour)
        assert {name: verdict.failed_rules for name, verdict in verdicts.items()} == {"ua1": (), flavour: ()}
        assert all(verdict.passed for verdict in verdicts.values())
