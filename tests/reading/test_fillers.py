"""Fillers of the house are read with the issue, and belong to no section of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.models.issue import Order
from pipeline.reading.issue_reader import read_issue
from tests.frozen import kept_reading
from tests.page.makeup.test_whole_issues import MADE_UP
from tests.support.whole_issues.workspaces import workspace

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.reading.issue_reader import Reading

BOTH = MADE_UP.replace("languages: [bg]", "languages: [bg, en]") + "fillers: [fillers/join.md]\n"
JOIN = (
    '---\ntitle: Станете член\n---\nЗапишете се.\n\n![Врата](door.jpg){credit="архив" consent=not-needed}\n'
)


def read(root: Path, files: dict[str, bytes], language: str | None = None) -> Reading:
    of = workspace(root, {"a.md": "---\ntitle: А\n---\nДума.\n"}, files, publication=BOTH)
    return read_issue(of.choose_issue(), of, language)


def test_a_filler_stands_in_no_section_so_that_mail_site_and_search_do_not_know_it() -> None:
    issue = kept_reading("format-1-fitting", "bg").issue
    assert issue is not None
    assert [filler.name for filler in issue.fillers] == ["../fillers/library.md"]
    assert not any(article.name.startswith("../") for article in issue.articles)
    assert issue.sections[0].order is Order.FREE


def test_a_filler_and_its_picture_are_among_the_files_an_issue_is_filed_with(tmp_path: Path) -> None:
    reading = read(tmp_path, {"../fillers/join.md": JOIN.encode(), "../fillers/door.jpg": b"jpeg"})
    assert {"issues/fillers/join.md", "issues/fillers/door.jpg"} <= reading.files.keys()
    assert reading.readable is not None
    (filler,) = reading.readable.fillers
    sources = [block.picture.source for block in filler.body if hasattr(block, "picture")]
    assert sources == ["../fillers/door.jpg"]


def test_a_filler_that_does_not_exist_is_said_where_it_is_named(tmp_path: Path) -> None:
    (finding,) = [each for each in read(tmp_path, {}).findings if each.code == "E01"]
    assert finding.place is not None
    assert finding.place.path == "issues/publication.yaml"


def test_a_filler_without_a_translation_is_not_used_in_that_language(tmp_path: Path) -> None:
    files = {"../fillers/join.md": JOIN.encode(), "../fillers/door.jpg": b"jpeg"}
    reading = read(tmp_path, files, "en")
    assert reading.readable is not None
    assert reading.readable.fillers == ()
    assert any("fillers/join.en.md" in str(each.values) for each in reading.findings if each.code == "W08")
