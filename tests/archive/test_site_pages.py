"""The pages of the archive's site: well-formed, complete, accessible, and without requests to other hosts."""

from __future__ import annotations

import itertools
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from pipeline.archive.shelf import Shelf
from pipeline.archive.site.screen_html import source_of
from pipeline.desk.archive.site_publishing import publish
from tests.support.sites import (
    CORRECTED,
    contents_of,
    filed,
    pages_of,
    parsed,
    references,
    text_of,
    workspace_of_issues,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_every_page_is_well_formed_html(site: Path) -> None:
    faults = {path.name: parsed(path)[1] for path in site.rglob("*.html")}
    assert len(list(site.rglob("*.html"))) == 6
    assert {name: found for name, found in faults.items() if found} == {}


def test_every_link_and_anchor_within_the_site_resolves(site: Path) -> None:
    pages = pages_of(site)
    anchors = {
        name: {e.attrib["id"] for e in page.iter() if "id" in e.attrib} for name, page in pages.items()
    }
    seen = 0
    for name, page in pages.items():
        for reference in references(page):
            if urlsplit(reference).scheme:
                continue
            whole = urlsplit(urljoin(f"site:///{name}".replace("site:", "http:"), reference))
            target = unquote(whole.path).lstrip("/")
            assert (site / target).is_file(), f"{name}: {reference}"
            if whole.fragment:
                assert unquote(whole.fragment) in anchors[target], f"{name}: {reference}"
            seen += 1
    assert seen > 150


def test_ids_are_unique_on_a_page(site: Path) -> None:
    for name, page in pages_of(site).items():
        ids = [element.attrib["id"] for element in page.iter() if "id" in element.attrib]
        assert len(ids) == len(set(ids)), name


def test_every_search_result_exists(site: Path) -> None:
    pages = pages_of(site)
    for folder in ("", "en/"):
        articles = _index(site / f"{folder}search-index.js")["articles"]
        assert len(articles) > 10
        for url, _, section, title, _ in articles:
            page, _, anchor = urljoin(f"http://x/{folder}", url).removeprefix("http://x/").partition("#")
            element = next(e for e in pages[page].iter() if e.attrib.get("id") == anchor)
            assert _plain(title) in _plain(text_of(element))
            assert _plain(section) in _plain(text_of(pages[page]))


def _index(path: Path) -> dict[str, list[list[str]]]:
    index: dict[str, list[list[str]]] = json.loads(
        path.read_text("utf-8").removeprefix("window.bulletinIndex=").removesuffix(";\n")
    )
    return index


def _plain(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2060\u200b]+", "", text)


def test_a_page_loads_nothing_from_other_hosts_and_its_policy_forbids_it(site: Path) -> None:
    for name, page in pages_of(site).items():
        policy = next(
            e.attrib["content"] for e in page.iter("meta") if e.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert "http" not in policy
        loaded = [e.attrib["src"] for e in page.iter() if "src" in e.attrib]
        loaded += [
            e.attrib["href"] for e in page.iter("link") if e.attrib["rel"] not in {"alternate", "canonical"}
        ]
        assert not [reference for reference in loaded if urlsplit(reference).scheme], name
        assert "style" not in {key for e in page.iter() for key in e.attrib}, name
        assert not [key for e in page.iter() for key in e.attrib if key.startswith("on")], name
        for sheet in page.iter("style"):
            assert source_of(sheet.text or "") in policy


def test_no_host_is_named_but_those_of_the_issues(shelf: Shelf, site: Path) -> None:
    own = "".join(
        data.decode("utf-8")
        for name, data in contents_of(site).items()
        if name.endswith((".css", ".js")) and not name.endswith("search-index.js")
    )
    assert "--petrol" in own
    assert not re.findall(r"https?://|//[a-z]+\.", own)
    hosts = {
        urlsplit(reference).hostname
        for page in pages_of(site).values()
        for reference in references(page)
        if reference.startswith("http")
    }
    assert {"www.knowledgesofia.eu", "example.org"} <= hosts
    sources = "".join(
        path.read_text("utf-8")
        for path in shelf.workspace.issues.rglob("*")
        if path.suffix in {".md", ".yaml"}
    )
    assert all(f"//{host}" in sources for host in hosts)


def test_every_issue_is_listed_once_newest_first(site: Path) -> None:
    index = pages_of(site)["index.html"]
    times = [element.attrib["datetime"] for element in index.iter("time")]
    assert times == ["2024-03-01", "2023-12-20", "2023-06-30"]


def test_a_list_in_another_language_has_translated_issues_and_marks_the_others(site: Path) -> None:
    english = pages_of(site)["en/index.html"]
    past = list(english.iter("article"))
    assert [e.get("lang") for e in past] == [None, "bg", None]
    heads = [text_of(next(e.iter("h2"))) for e in past]
    assert heads[0] == "Bridges"


def test_the_site_begins_in_the_first_language_of_the_publication(tmp_path: Path) -> None:
    workspace = workspace_of_issues(tmp_path)
    filed(workspace, "2023-06-30")
    publish(Shelf(workspace), tmp_path / "site")
    # Bulgarian comes first, but no issue is in Bulgarian yet.
    assert pages_of(tmp_path / "site")["index.html"].get("lang") == "en"
    filed(workspace, "2023-12-20")
    publish(Shelf(workspace), tmp_path / "site")
    pages = pages_of(tmp_path / "site")
    assert [pages[name].get("lang") for name in ("index.html", "en/index.html")] == ["bg", "en"]


def test_the_newest_filing_is_shown_with_its_correction(site: Path) -> None:
    pages = pages_of(site)
    for name in ("index.html", f"{CORRECTED}/index.html"):
        assert "Партньорите са 7, а не 6." in text_of(pages[name])
    english = pages[f"{CORRECTED}/en/index.html"]
    correction = next(e for e in english.iter("section") if e.get("id") == "correction")
    assert next(e for e in correction.iter("p") if e.get("lang") == "bg").text == "Партньорите са 7, а не 6."
    assert "correction" not in {e.get("id") for e in pages["2023-12-20/index.html"].iter()}


def test_notes_are_below_their_article_and_link_back_to_each_reference(site: Path) -> None:
    page = pages_of(site)[f"{CORRECTED}/index.html"]
    notes = next(e for e in page.iter("section") if e.get("class") == "notes")
    items = list(notes.iter("li"))
    assert [text_of(item).split(".")[0] for item in items] == ["Бележка с връзка", "Друга бележка"]
    back = [[a.attrib["href"] for a in item.iter("a") if a.get("class") == "back"] for item in items]
    assert back == [["#article-bridge-call-1", "#article-bridge-call-1-2"], ["#article-bridge-call-2"]]
    calls = [e for e in page.iter("a") if e.get("class") == "again"]
    assert [e.attrib["href"] for e in calls] == [f"#article-bridge-note-{n}" for n in (1, 1, 2)]


def test_heads_never_skip_a_level(site: Path) -> None:
    for name, page in pages_of(site).items():
        levels = [int(e.tag[1]) for e in page.iter() if re.fullmatch("h[1-6]", str(e.tag))]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), name


def test_every_table_has_heads_with_words(site: Path) -> None:
    tables = [table for page in pages_of(site).values() for table in page.iter("table")]
    assert tables
    for table in tables:
        heads = [e for e in table.iter("th") if e.get("scope") == "col"]
        assert heads
        assert all(text_of(e) for e in heads)


def test_an_address_broken_in_print_is_one_link(site: Path) -> None:
    page = pages_of(site)[f"{CORRECTED}/index.html"]
    long = [e for e in page.iter("a") if "without-an-end" in e.attrib["href"]]
    assert len(long) == 2
    assert all("".join(e.itertext()).endswith("without-an-end.html") for e in long)


def test_the_authors_text_is_never_markup(site: Path) -> None:
    page = pages_of(site)[f"{CORRECTED}/index.html"]
    assert not list(page.iter("i"))
    assert "<i>между</i>" in text_of(page)
    assert (page.findtext("head/title") or "").startswith("Мостове & „кавички“ <b>")


def test_a_picture_has_its_size_and_alternative_text(site: Path) -> None:
    page = pages_of(site)[f"{CORRECTED}/index.html"]
    shown = [e for e in page.iter("img") if "/pictures/" in e.attrib["src"]]
    assert len(shown) == 2
    for picture in shown:
        assert picture.attrib["alt"] == "Светли и\u00a0тъмни петна"
        assert int(picture.attrib["width"]) > 100
        assert int(picture.attrib["height"]) > 100
        data = (site / CORRECTED / picture.attrib["src"]).resolve().read_bytes()
        assert data.startswith(b"\xff\xd8\xff") == picture.attrib["src"].endswith(".jpg")


def test_filed_files_are_published_byte_for_byte(shelf: Shelf, site: Path) -> None:
    newest = {filing.issue: filing for filing in shelf.filings}
    for filing in newest.values():
        for name in (filing.pdf(), filing.pdf("-archive")):
            assert (site / filing.issue / name).read_bytes() == shelf.file(filing, name)
