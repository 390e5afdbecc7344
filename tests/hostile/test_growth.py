"""A line of any signs is checked in a time that grows with its length, not with its square."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING, Final

from pipeline.desk.production.checked_issue import check_issue
from pipeline.editor.editor import editor_queries
from pipeline.editor.house_style.reader import read_house
from pipeline.files.workspace import Workspace
from pipeline.findings.place import Place
from pipeline.reading.markdown.line_starts import line_findings
from pipeline.reading.markdown.source.source_lines import WrittenLine
from tests.importing.helpers import import_file, written
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from pathlib import Path

LENGTH: Final = 4_000
REPEATED: Final = ("'а", ". ", "](", "№1 ", "20.12.2023 ", "IV ", "“")
PLACE: Final = Place("a.md", 1)
MOST_SECONDS: Final = 5.0
"""Before, each of the first five took from ten seconds to hours; now they take about one together."""


def test_lines_of_signs_that_are_repeated_are_checked_in_their_time(tmp_path: Path) -> None:
    root = tmp_path / "w"
    shutil.copytree(GOOD, root)
    workspace = Workspace(root)
    folder = workspace.issue_folders()[0]
    article = min(folder.glob("*.md"))
    paragraphs = "\n\n".join(f"а {sign * (LENGTH // len(sign))}ю!" for sign in REPEATED)
    article.write_text(f"{article.read_text('utf-8')}\n\n{paragraphs}\n", "utf-8")
    begun = time.process_time()
    checked = check_issue(folder, workspace)
    readable = checked.reading.readable
    assert readable is not None
    assert editor_queries(readable, read_house(workspace)[0], checked.reading.sources, {}, spelling=False)
    assert time.process_time() - begun < MOST_SECONDS


def test_lines_of_signs_that_are_repeated_are_imported_in_their_time(tmp_path: Path) -> None:
    text = "\n\n".join(sign * (20_000 // len(sign)) for sign in ("1.", "1-", "...", ","))
    text += f"\n\nКаним Ви на 20 декември 2026{',' * 400} от клуба."
    begun = time.process_time()
    import_file(tmp_path, written(tmp_path, "a.txt", text))
    assert time.process_time() - begun < MOST_SECONDS


def test_comments_and_code_of_a_paragraph_are_passed_over_in_one_pass() -> None:
    begun = time.process_time()
    for text in ("`" * 20_000 + "а", "<!--" * 20_000, "` `` " * 20_000):
        assert not list(line_findings([WrittenLine(text, PLACE), WrittenLine("а", PLACE)]))
    assert time.process_time() - begun < MOST_SECONDS


def test_what_is_in_comments_and_code_is_no_mark() -> None:
    lines = ["а `# б", "##в` г <!--", "##д --> ``е", "##ж` ##", "##з`` и `", "##к"]
    found = list(line_findings([WrittenLine(each, PLACE) for each in lines]))
    assert [finding.code for finding in found] == ["W25"]
    assert dict(found[0].values)["found"] == "##к"
