"""What the shipped issues promise their readers, looked for in the PDFs themselves."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest

from pipeline.files.workspace import Workspace
from pipeline.reading.issue_reader import read_issue
from tests.conftest import REPOSITORY, run_bulletin

if TYPE_CHECKING:
    from pathlib import Path

ISSUES = ["2023-12-20", "2023-06-30"]
UNITS = "г|лв|евро|euro|хил|млн|thousand|million|км|km|ч|души"

pytestmark = pytest.mark.parametrize("name", ISSUES)


def _pdf(shipped: Path, name: str) -> Path:
    return shipped / name / f"bulletin-{name}.pdf"


def _report(shipped: Path, name: str) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((shipped / name / f"bulletin-{name}-report.json").read_text("utf-8"))
    return report


def _pages(pdf: Path) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]
    finally:
        document.close()


def test_only_our_faces_are_used_each_embedded_and_cut_down(shipped: Path, name: str) -> None:
    told = subprocess.run(
        ["pdffonts", _pdf(shipped, name)], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split() for line in told.splitlines()[2:]]
    assert rows
    for row in rows:
        assert re.fullmatch(r"[A-Z]{6}\+(?:Sofia-Sans|Source-Serif)[A-Za-z-]*", row[0]), row
        assert row[-5:-2] == ["yes", "yes", "yes"], row


def test_text_comes_out_as_it_was_written(shipped: Path, name: str) -> None:
    text = "".join(_pages(_pdf(shipped, name)))
    assert not set(text) & set("\u2010\u202f\u2009\ufffd\u00ad\u2060")
    letters = re.findall(r"[^\W\d_]", text)
    assert len(letters) > 2000
    if name == "2023-12-20":
        cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in letters)
        assert cyrillic / len(letters) > 0.85


def test_every_address_is_whole_in_its_link_and_in_the_text(shipped: Path, name: str) -> None:
    reading = read_issue(REPOSITORY / "issues" / name, Workspace(REPOSITORY))
    written = set()
    for path, text in reading.sources.items():
        if path.endswith(".md"):
            written |= set(re.findall(r"\]\((https?://[^)]+|mailto:[^)]+)\)", text))
    with pikepdf.open(_pdf(shipped, name)) as pdf:
        linked = {
            str(annotation.A.URI)
            for page in pdf.pages
            for annotation in page.get("/Annots", [])
            if "/A" in annotation
        }
    assert written
    assert written <= linked
    joined = "".join(_pages(_pdf(shipped, name))).replace("\n", "")
    for address in written:
        assert re.sub(r"^(https?://|mailto:)|/$", "", address) in joined


def test_the_contents_name_the_page_each_section_begins_on(shipped: Path, name: str) -> None:
    pages = _pages(_pdf(shipped, name))
    with pikepdf.open(_pdf(shipped, name)) as pdf:
        numbers: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        with pdf.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
        names = pdf.Root.Names.Dests.Names
        places = {str(names[at]): numbers[names[at + 1][0].objgen] for at in range(0, len(names), 2)}
    sections = {anchor: page for anchor, page in places.items() if anchor.startswith("section-")}
    assert sections
    assert len(titles) >= len(sections)
    first = pages[0]
    for anchor, page in sections.items():
        number = anchor.removeprefix("section-")
        entry = re.search(rf"^{number}\.[ \u00a0].+?(\d+)\s*$", first, re.MULTILINE | re.DOTALL)
        assert entry is not None, anchor
        assert int(entry[1]) == page
    assert not re.search(r"(?m)^0$|\s0$", first)


def test_bookmarks_title_and_language_are_set(shipped: Path, name: str) -> None:
    issue = read_issue(REPOSITORY / "issues" / name, Workspace(REPOSITORY)).issue
    assert issue is not None
    with pikepdf.open(_pdf(shipped, name)) as pdf, pdf.open_outline() as outline:
        assert str(pdf.Root.Lang) == issue.language
        assert str(pdf.docinfo.Title)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        told = [str(item.title) for item in outline.root]
        inner = [str(child.title).replace("\u00a0", " ") for item in outline.root for child in item.children]
    for section in issue.sections:
        assert any(title.startswith(f"{section.number}. ") for title in told)
    assert len(inner) >= len(issue.articles)


def test_no_line_ends_in_a_word_of_one_letter_or_begins_with_a_unit_or_a_dash(
    shipped: Path, name: str
) -> None:
    told = subprocess.run(
        ["pdftotext", "-layout", _pdf(shipped, name), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert len(told.split()) > 1000
    for line in told.splitlines():
        # The facts column and the text stand beside each other; columns part at three spaces.
        for part in re.split(r"\s{3,}", line.strip()):
            if name == "2023-12-20":
                assert not re.search(r"(?:^|[\s(„])[всикоуая]$", part), part
            assert not re.match(rf"(?:{UNITS})\b\.?\s", part), part
            assert not re.match(r"–\S", part), part


def test_pages_are_full_and_the_last_is_not_bare(shipped: Path, name: str) -> None:
    lines = _report(shipped, name)["editions"]["screen"]["lines"]
    assert all(page["free"] <= 4 for page in lines[:-1])
    assert lines[-1]["lines"] * 3 >= lines[-1]["lines"] + lines[-1]["free"]
    assert _report(shipped, name)["findings"] == []


def test_no_head_stands_alone_at_the_foot_of_a_page(shipped: Path, name: str) -> None:
    issue = read_issue(REPOSITORY / "issues" / name, Workspace(REPOSITORY)).issue
    assert issue is not None
    heads = {article.head.title for article in issue.articles} | {section.title for section in issue.sections}
    for page in _pages(_pdf(shipped, name))[1:]:
        # The two lines in the foot are the imprint and the folio.
        body = [line for line in page.strip().splitlines() if line.strip()]
        assert not heads & {line.strip().replace("\u00a0", " ") for line in body[-4:-2]}


def test_the_same_content_is_the_same_bytes(shipped: Path, name: str, tmp_path: Path) -> None:
    elsewhere = tmp_path / "друга папка"
    elsewhere.mkdir()
    for folder in ("issues", "styles", "fonts"):
        shutil.copytree(REPOSITORY / folder, elsewhere / folder)
    done = run_bulletin(
        "build", name, "--fresh", cwd=elsewhere, TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7"
    )
    assert done.returncode == 0, done.stderr
    told = _report(shipped, name)["files"]
    for edition in ("", "-press", "-archive"):
        file = f"bulletin-{name}{edition}.pdf"
        made = hashlib.sha256((elsewhere / "out" / name / file).read_bytes()).hexdigest()
        assert made == hashlib.sha256((shipped / name / file).read_bytes()).hexdigest(), file
        assert made == told[file]["sha256"]
