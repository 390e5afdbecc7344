"""Searches of the archive find their pages, and every quote is on the page that is named."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import json
import re
import shutil
import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.archive.filing_record import FiledCorrection
from pipeline.archive.search.article_history import article_history
from pipeline.archive.search.catalogue import Catalogue
from pipeline.archive.search.query import parse_query, search
from pipeline.archive.shelf import Shelf
from pipeline.archive.storing import FilingContent, store_filing
from pipeline.desk.archive.snapshot import take_snapshot
from pipeline.files.cache import default_folder
from pipeline.files.workspace import Workspace
from tests.conftest import REPOSITORY, run_bulletin
from tests.support.shelves import FILED_ON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.archive.search.query import Hit


def as_filed(workspace: Workspace, issue: str, made: Path) -> FilingContent:
    """Return the content of a filing of an issue, with the files of an earlier build."""
    files = {path.name: path.read_bytes() for path in made.glob("*.pdf")}
    return take_snapshot(workspace.choose_issue(issue), workspace).filing_content(
        files, dict.fromkeys(files, 1)
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, shipped: Path) -> Workspace:
    """A workspace in which both shipped issues are filed."""
    root = tmp_path_factory.mktemp("library") / "w"
    root.mkdir()
    shutil.copytree(REPOSITORY / "issues", root / "issues", ignore=shutil.ignore_patterns("filed"))
    workspace = Workspace(root)
    for issue in ("2023-06-30", "2023-12-20"):
        store_filing(as_filed(workspace, issue, shipped / issue), Shelf(workspace), FILED_ON)
    return workspace


@pytest.fixture
def catalogue(library: Workspace) -> Iterator[Catalogue]:
    opened = Catalogue(Shelf(library))
    yield opened
    opened.close()


def found(library: Workspace, catalogue: Catalogue, text: str) -> list[Hit]:
    return search(catalogue, Shelf(library).filings, parse_query(text))


def on_page(library: Workspace, hit_file: str, page: int, quote: str) -> bool:
    """Return whether `pdftotext` finds a quote on a page, ignoring white space and hyphens."""
    command = ["pdftotext", "-f", str(page), "-l", str(page), str(library.root / hit_file), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return squeezed(quote) in squeezed(text)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f-]+", "", text)


QUERIES = (
    "клъстер проект знание град библиотека партньори смарт София януари „Еразъм+“ училище бюджет умения "
    "обучение Барселона Прага среща Леуварден игра коалиция инвестиции кампус cluster partners meeting "
    "exhibition Barcelona knowledge city"
)


@pytest.mark.parametrize("word", QUERIES.split())
def test_every_quote_is_on_the_page_it_names(library: Workspace, catalogue: Catalogue, word: str) -> None:
    shelf = Shelf(library)
    hits = found(library, catalogue, word)
    assert hits
    for hit in hits:
        file = shelf.named(shelf.path(hit.filing, hit.filing.pdf(language=hit.language)))
        assert hit.quote
        assert on_page(library, file, hit.page, hit.quote), (hit.page, hit.quote)


@pytest.mark.parametrize(
    "word", ["клъстер", "клъстери", "КЛЪСТЕРЪТ", "клъстерите", "кlъстера".replace("l", "л")]
)
def test_a_word_is_found_in_all_its_forms(library: Workspace, catalogue: Catalogue, word: str) -> None:
    pages = {hit.page for hit in found(library, catalogue, word)}
    assert pages == {hit.page for hit in found(library, catalogue, "клъстер")}
    assert len(pages) > 4


def test_matches_are_marked_in_the_quote(library: Workspace, catalogue: Catalogue) -> None:
    hits = found(library, catalogue, "проектите")
    assert hits
    for hit in hits:
        assert hit.marks
        assert all(hit.quote[begin:end].lower().startswith("проект") for begin, end in hit.marks)


def test_all_words_must_be_on_the_page(library: Workspace, catalogue: Catalogue) -> None:
    both = {(hit.filing.name, hit.page) for hit in found(library, catalogue, "Барселона коалиция")}
    first = {(hit.filing.name, hit.page) for hit in found(library, catalogue, "Барселона")}
    assert both
    assert both < first


def test_a_phrase_is_found_in_its_order(library: Workspace, catalogue: Catalogue) -> None:
    assert found(library, catalogue, "„град на знанието“")
    assert not found(library, catalogue, "„знанието на град“")
    assert found(library, catalogue, "знанието на град")


def test_the_beginning_of_a_word_is_enough_with_a_star(library: Workspace, catalogue: Catalogue) -> None:
    assert not found(library, catalogue, "урбанист")
    assert found(library, catalogue, "урбанист*")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=30) | st.from_regex(r'["*()^:\-]{1,6}(AND|OR|NEAR|NOT)?["*{}]{0,4}', fullmatch=True))
def test_any_query_is_answered(library: Workspace, catalogue: Catalogue, text: str) -> None:
    for hit in found(library, catalogue, text):
        assert hit.quote


def test_the_history_of_a_project_is_listed_issue_by_issue(library: Workspace, catalogue: Catalogue) -> None:
    shelf = Shelf(library)
    history = article_history(catalogue, shelf.newest(), "go green")
    assert [(chapter.filing.number, chapter.language) for chapter in history.entries] == [
        (1, "en"),
        (2, "bg"),
    ]
    last = history.entries[-1].sheet.record()
    assert (last["total"], last["share"], last["organisations"]) == ("250000 EUR", "40800 EUR", 6)
    assert (last["start"], last["end"]) == ("2022-09", "2024-09")
    for chapter in history.entries:
        file = shelf.named(shelf.path(chapter.filing, chapter.filing.pdf(language=chapter.language)))
        assert chapter.quote
        assert on_page(library, file, chapter.sheet.page, chapter.quote), chapter.quote
    assert history.mentions
    for hit in history.mentions:
        file = shelf.named(shelf.path(hit.filing, hit.filing.pdf(language=hit.language)))
        assert on_page(library, file, hit.page, hit.quote), hit.quote


def test_changed_figures_are_marked(library: Workspace, tmp_path: Path, shipped: Path) -> None:
    shutil.copytree(library.root, tmp_path / "w", dirs_exist_ok=True)
    workspace = Workspace(tmp_path / "w")
    later = workspace.issues / "2024-03-01"
    shutil.copytree(workspace.issues / "2023-12-20", later, ignore=shutil.ignore_patterns("filed"))
    plan = (later / "issue.yaml").read_text("utf-8")
    (later / "issue.yaml").write_text(plan.replace("date: 2023-12-20", "date: 2024-03-01"), "utf-8")
    article = later / "go-green.md"
    article.write_text(article.read_text("utf-8").replace("share: 40800", "share: 51000"), "utf-8")
    material = as_filed(workspace, "2024-03-01", shipped / "2023-12-20")
    files = {name.replace("2023-12-20", "2024-03-01"): data for name, data in material.files.items()}
    store_filing(dataclasses.replace(material, files=files), Shelf(workspace), FILED_ON)
    shelf = Shelf(workspace)
    chapters = article_history(Catalogue(shelf), shelf.newest(), "GO GREEN").entries
    assert chapters[-1].sheet.record()["share"] == "51000 EUR"
    assert chapters[-1].changed == ("share",)


def test_a_corrected_filing_is_replaced_by_its_correction(
    library: Workspace, tmp_path: Path, shipped: Path
) -> None:
    shutil.copytree(library.root, tmp_path / "w", dirs_exist_ok=True)
    workspace = Workspace(tmp_path / "w")
    material = as_filed(workspace, "2023-12-20", shipped / "2023-12-20")
    corrected = dataclasses.replace(material, correction=FiledCorrection(1, "Сгрешена сума."))
    store_filing(corrected, Shelf(workspace), dt.date(2024, 2, 1))
    shelf = Shelf(workspace)
    opened = Catalogue(shelf)
    names = {hit.filing.name for hit in search(opened, shelf.filings, parse_query("клъстер"))}
    assert names == {"2023-12-20/2"}
    # A page that only the earlier filing has is shown, marked as corrected.
    only_then = [filing for filing in shelf.filings if filing.name != "2023-12-20/2"]
    hits = search(opened, [*only_then], parse_query("клъстер"))
    assert {hit.filing.name for hit in hits} == {"2023-12-20/1"}


def test_a_damaged_catalogue_is_built_again(library: Workspace) -> None:
    Catalogue(Shelf(library)).close()
    for path in (default_folder() / "catalogues").glob("*.sqlite"):
        path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    opened = Catalogue(Shelf(library))
    assert found(library, opened, "клъстер")
    opened.close()


def test_a_filing_that_changed_is_entered_anew_and_once(
    library: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "fresh"))
    Catalogue(Shelf(library)).close()
    (path,) = (default_folder() / "catalogues").glob("*.sqlite")

    def rows() -> list[list[tuple[object, ...]]]:
        columns = ("* FROM filings", "filing, language, page, blocks FROM pages", "* FROM sheets")
        with contextlib.closing(sqlite3.connect(path)) as database:
            return [sorted(database.execute(f"SELECT {each}")) for each in (*columns, "folded FROM words")]

    before = rows()
    gone = "дума, която вече не бива да се намира"
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE filings SET record = 'as it was' WHERE name = '2023-06-30/1'")
        database.execute("UPDATE pages SET blocks = ? WHERE filing = '2023-06-30/1'", (gone * 20,))
    assert gone.encode() in path.read_bytes()
    Catalogue(Shelf(library)).close()
    assert rows() == before
    # Words of what was withdrawn do not stay in pages of the database that are free.
    assert gone.encode() not in path.read_bytes()


def test_several_may_open_the_catalogue_at_once(
    library: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "fresh"))

    def count(_: int) -> int:
        opened = Catalogue(Shelf(library))
        try:
            return len(found(library, opened, "клъстер"))
        finally:
            opened.close()

    with ThreadPoolExecutor(4) as several:
        counts = set(several.map(count, range(4)))
    assert len(counts) == 1
    assert counts.pop() > 4


def test_only_new_filings_are_read(library: Workspace, catalogue: Catalogue) -> None:
    assert catalogue.vocabulary()
    history: list[tuple[str, int, int]] = []
    Catalogue(Shelf(library), lambda *step: history.append(step)).close()
    assert [step[1:] for step in history] == [(0, 0)]


def test_the_commands_print_text_and_json(library: Workspace) -> None:
    found_hits = run_bulletin("archive", "search", "клъстерите", "--language", "en", cwd=library.root)
    assert found_hits.returncode == 0, found_hits.stderr
    assert "no. 2 of" in found_hits.stdout
    data = run_bulletin("archive", "search", "клъстерите", "--json", cwd=library.root)
    assert {record["filing"] for record in json.loads(data.stdout)} == {"2023-12-20/1"}
    nothing = run_bulletin("archive", "search", "клъстеррр", "--language", "bg", cwd=library.root)
    assert nothing.returncode == 0
    assert "клъстер" in nothing.stdout
    history = run_bulletin("archive", "history", "go", "green", "--language", "bg", cwd=library.root)
    assert "40,8\u00a0хил.\u00a0евро" in history.stdout or "40,8 хил. евро" in history.stdout
    facts = json.loads(run_bulletin("archive", "history", "GO GREEN", "--json", cwd=library.root).stdout)
    assert [chapter["facts"]["share"] for chapter in facts["chapters"]] == ["", "40800 EUR"]
