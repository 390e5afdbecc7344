"""The archive's site: whole, well-formed, closed to the outside, and the same bytes each time."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
import shutil
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinyhtml5.parser import HTMLParser

from pipeline.archive.search.word_forms import fold
from pipeline.archive.shelf import Shelf
from pipeline.archive.site.appearance import DARK_PAPER, PAPER, TEXT_CONTRAST, contrast, in_the_dark
from pipeline.archive.site.feed import FirstFiling
from pipeline.archive.site.output_folder import MARKER, put_site
from pipeline.archive.site.screen_html import dressed, source_of
from pipeline.archive.site.search_index import SearchedArticle, search_index
from pipeline.desk.archive.site_publishing import publish
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import ArchiveError, PressError
from tests.support.sites import CORRECTED, archive_of_issues, correct, filed, workspace_of_issues

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ATOM: Final = "{http://www.w3.org/2005/Atom}"
HTML: Final = "{http://www.w3.org/1999/xhtml}"
ADDRESS: Final = "https://example.org/bulletin/"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return archive_of_issues(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module")
def site(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site") / "made"
    publish(shelf, target)
    return target


@pytest.fixture(scope="module")
def addressed(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("addressed") / "made"
    publish(shelf, target, ADDRESS.removesuffix("/"))
    return target


def pages_of(site: Path) -> dict[str, ET.Element]:
    return {path.relative_to(site).as_posix(): parsed(path)[0] for path in sorted(site.rglob("*.html"))}


def parsed(path: Path) -> tuple[ET.Element, list[str]]:
    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(path.read_text("utf-8"), full_tree=True)
    root = tree if tree.tag == "html" else next(element for element in tree.iter() if element.tag == "html")
    return root, [code for _, code, _ in parser.errors]


def contents_of(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


def references(page: ET.Element) -> Iterator[str]:
    for element in page.iter():
        for name in ("href", "src"):
            if name in element.attrib and element.tag != "image":
                yield element.attrib[name]


def text_of(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


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


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    for name, page in pages_of(site).items():
        ids = [element.attrib["id"] for element in page.iter() if "id" in element.attrib]
        assert len(ids) == len(set(ids)), name


def test_what_the_search_names_is_there(site: Path) -> None:
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
    told: dict[str, list[list[str]]] = json.loads(
        path.read_text("utf-8").removeprefix("window.bulletinIndex=").removesuffix(";\n")
    )
    return told


def _plain(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2060\u200b]+", "", text)


def test_a_page_loads_nothing_from_elsewhere_and_its_policy_lets_nothing_come(site: Path) -> None:
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


def test_a_list_in_another_language_has_what_is_translated_and_tags_what_is_not(site: Path) -> None:
    english = pages_of(site)["en/index.html"]
    past = list(english.iter("article"))
    assert [e.get("lang") for e in past] == [None, "bg", None]
    heads = [text_of(next(e.iter("h2"))) for e in past]
    assert heads[0] == "Bridges"


def test_the_site_begins_in_the_first_language_of_the_publication(tmp_path: Path) -> None:
    workspace = workspace_of_issues(tmp_path)
    filed(workspace, "2023-06-30")
    publish(Shelf(workspace), tmp_path / "site")
    # Bulgarian comes first, but no issue speaks it yet.
    assert pages_of(tmp_path / "site")["index.html"].get("lang") == "en"
    filed(workspace, "2023-12-20")
    publish(Shelf(workspace), tmp_path / "site")
    pages = pages_of(tmp_path / "site")
    assert [pages[name].get("lang") for name in ("index.html", "en/index.html")] == ["bg", "en"]


def test_the_newest_filing_is_shown_and_says_what_it_corrects(site: Path) -> None:
    pages = pages_of(site)
    for name in ("index.html", f"{CORRECTED}/index.html"):
        assert "Партньорите са 7, а не 6." in text_of(pages[name])
    english = pages[f"{CORRECTED}/en/index.html"]
    said = next(e for e in english.iter("section") if e.get("id") == "correction")
    assert next(e for e in said.iter("p") if e.get("lang") == "bg").text == "Партньорите са 7, а не 6."
    assert "correction" not in {e.get("id") for e in pages["2023-12-20/index.html"].iter()}


def test_notes_stand_below_their_article_and_lead_back_to_each_call(site: Path) -> None:
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
    for page in pages_of(site).values():
        for table in page.iter("table"):
            heads = [e for e in table.iter("th") if e.get("scope") == "col"]
            assert heads
            assert all(text_of(e) for e in heads)


def test_an_address_that_paper_breaks_is_one_link(site: Path) -> None:
    page = pages_of(site)[f"{CORRECTED}/index.html"]
    long = [e for e in page.iter("a") if "without-an-end" in e.attrib["href"]]
    assert len(long) == 2
    assert all("".join(e.itertext()).endswith("without-an-end.html") for e in long)


def test_what_an_author_wrote_is_never_markup(site: Path) -> None:
    page = pages_of(site)[f"{CORRECTED}/index.html"]
    assert not list(page.iter("i"))
    assert "<i>между</i>" in text_of(page)
    assert (page.findtext("head/title") or "").startswith("Мостове & „кавички“ <b>")


def test_a_picture_keeps_its_room_and_its_words(site: Path) -> None:
    page = pages_of(site)[f"{CORRECTED}/index.html"]
    shown = [e for e in page.iter("img") if "/pictures/" in e.attrib["src"]]
    assert len(shown) == 2
    for picture in shown:
        assert picture.attrib["alt"] == "Светли и\u00a0тъмни петна"
        assert int(picture.attrib["width"]) > 100
        assert int(picture.attrib["height"]) > 100
        data = (site / CORRECTED / picture.attrib["src"]).resolve().read_bytes()
        assert data.startswith(b"\xff\xd8\xff") == picture.attrib["src"].endswith(".jpg")


def test_the_filed_files_are_handed_on_byte_for_byte(shelf: Shelf, site: Path) -> None:
    newest = {filing.issue: filing for filing in shelf.filings}
    for filing in newest.values():
        for name in (filing.pdf(), filing.pdf("-archive")):
            assert (site / filing.issue / name).read_bytes() == shelf.file(filing, name)


def test_without_an_address_nothing_names_its_own_place(site: Path) -> None:
    for name, page in pages_of(site).items():
        assert not [e for e in page.iter("link") if e.get("rel") == "canonical"], name
    feed = ET.parse(site / "feed.xml").getroot()
    assert not [e for e in feed.iter(f"{ATOM}link") if urlsplit(e.attrib["href"]).scheme]
    assert "{http://www.w3.org/XML/1998/namespace}base" not in feed.attrib


def test_with_an_address_pages_and_feed_name_where_they_lie(addressed: Path) -> None:
    canonical = {
        name: next(e.attrib["href"] for e in page.iter("link") if e.get("rel") == "canonical")
        for name, page in pages_of(addressed).items()
    }
    assert canonical == {name: ADDRESS + name.removesuffix("index.html") for name in canonical}
    for folder in ("", "en/"):
        feed = ET.parse(addressed / folder / "feed.xml").getroot()
        links = [e.attrib["href"] for e in feed.iter(f"{ATOM}link")]
        assert f"{ADDRESS}{folder}feed.xml" in links
        for link in links:
            place = urljoin(link, ".") if link.endswith("/") else link
            assert place.startswith(ADDRESS)
            assert "index.html" in link or urlsplit(link).path.rpartition("/")[2]


@pytest.mark.parametrize("folder", ["", "en/"])
def test_the_feed_keeps_the_rules_of_atom(addressed: Path, folder: str) -> None:
    feed = ET.parse(addressed / folder / "feed.xml").getroot()
    assert feed.tag == f"{ATOM}feed"
    # RFC 4287, 4.1.1: exactly one id, title and updated; an author; at most one alternate of a kind.
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        alternates = [e for e in element.findall(f"{ATOM}link") if e.get("rel") == "alternate"]
        assert len(alternates) == 1
        for name in ("updated", "published"):
            for date in element.findall(f"{ATOM}{name}"):
                assert dt.datetime.fromisoformat(str(date.text)).tzinfo is not None
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    ids = [e.text for e in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == 4
    # RFC 4151, 2.1.
    assert all(re.fullmatch(r"tag:[\w.-]+,\d{4}-\d\d-\d\d:[\w/:.-]+", str(name)) for name in ids)
    for entry in feed.iter(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}summary")
        for file in (e for e in entry.findall(f"{ATOM}link") if e.get("rel") == "enclosure"):
            path = addressed / file.attrib["href"].removeprefix(ADDRESS).replace(f"{folder}../", "")
            assert path.stat().st_size == int(file.attrib["length"])


def test_the_feed_tells_days_of_issues_and_of_what_corrects_them(site: Path) -> None:
    feed = ET.parse(site / "feed.xml").getroot()
    days = [(e.findtext(f"{ATOM}published"), e.findtext(f"{ATOM}updated")) for e in feed.iter(f"{ATOM}entry")]
    assert days == [
        ("2024-03-01T00:00:00Z", "2024-04-02T00:00:00Z"),
        ("2023-12-20T00:00:00Z", "2023-12-20T00:00:00Z"),
        ("2023-06-30T00:00:00Z", "2023-06-30T00:00:00Z"),
    ]
    assert feed.findtext(f"{ATOM}updated") == "2024-04-02T00:00:00Z"


def test_a_translation_has_an_id_of_its_own_and_what_is_not_translated_keeps_its(site: Path) -> None:
    own, english = (
        [e.findtext(f"{ATOM}id") for e in ET.parse(site / folder / "feed.xml").iter(f"{ATOM}entry")]
        for folder in ("", "en")
    )
    assert english[0] == f"{own[0]}/en"
    assert own[1:] == english[1:]


def test_ids_stay_when_more_is_filed(tmp_path: Path) -> None:
    workspace = workspace_of_issues(tmp_path)
    ids = []
    for step in ("2023-12-20", CORRECTED, "2023-06-30", "correction"):
        if step == "correction":
            correct(workspace)
        else:
            filed(workspace, step)
        publish(Shelf(workspace), tmp_path / "site")
        feed = ET.parse(tmp_path / "site" / "feed.xml").getroot()
        ids.append({str(e.text) for e in feed.iter(f"{ATOM}id")})
    assert ids[0] < ids[1] < ids[2] == ids[3]


def test_the_authority_of_ids_is_a_name_and_a_day() -> None:
    day = dt.date(2023, 6, 30)
    assert FirstFiling("https://www.example.org/x", day, "bg").authority == "example.org,2023-06-30"
    assert FirstFiling("https://бюлетин.бг/", day, "bg").authority == "xn--90aijkm2a5f.xn--90ae,2023-06-30"
    assert FirstFiling("https://a..b/", day, "bg").authority == "bulletin.invalid,2023-06-30"


def test_the_same_bytes_each_time_and_from_any_folder(
    shelf: Shelf, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive_of_issues(tmp_path / "another" / "place")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another cache"))
    publish(Shelf(Workspace(tmp_path / "another" / "place")), tmp_path / "site")
    assert contents_of(tmp_path / "site") == contents_of(site)
    publish(shelf, tmp_path / "site")
    assert contents_of(tmp_path / "site") == contents_of(site)


def test_a_site_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "site"
    assert put_site([("index.html", b"1"), ("old/page.html", b"old")], target) == 2
    assert put_site([("index.html", b"2")], target) == 1
    assert contents_of(target) == {MARKER: b"index.html\n", "index.html": b"2"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_an_empty_folder_becomes_the_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    put_site([("index.html", b"1")], tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_with_other_things_is_refused_and_left_alone(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("мое", "utf-8")
    with pytest.raises(ArchiveError) as refused:
        publish(shelf, tmp_path)
    assert [finding.code for finding in refused.value.findings] == ["E250"]
    assert contents_of(tmp_path) == {"letters.txt": "мое".encode()}


def test_what_was_put_into_a_site_by_hand_is_not_lost(tmp_path: Path) -> None:
    target = tmp_path / "site"
    put_site([("index.html", b"1")], target)
    (target / "CNAME").write_text("example.org", "utf-8")
    with pytest.raises(ArchiveError) as refused:
        put_site([("index.html", b"2")], target)
    assert [finding.code for finding in refused.value.findings] == ["E250"]
    assert (target / "index.html").read_bytes() == b"1"


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_target_that_is_no_folder_is_refused(tmp_path: Path, kind: str) -> None:
    if kind == "file":
        (tmp_path / "site").write_bytes(b"")
    else:
        (tmp_path / "site").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ArchiveError) as refused:
        put_site([("index.html", b"1")], tmp_path / "site")
    assert [finding.code for finding in refused.value.findings] == ["E250"]


def test_a_site_that_cannot_be_made_leaves_the_one_before(tmp_path: Path) -> None:
    target = tmp_path / "site"
    put_site([("index.html", b"1")], target)

    def broken() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"2"
        raise OSError(28, "No space left on device")

    with pytest.raises(PressError) as stopped:
        put_site(broken(), target)
    assert [finding.code for finding in stopped.value.findings] == ["E83"]
    assert (target / "index.html").read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("moment", ["while writing", "between the two renames", "after them"])
def test_killed_at_any_moment_a_site_is_there_and_the_next_run_sweeps_up(tmp_path: Path, moment: str) -> None:
    target = tmp_path / "site"
    put_site([("index.html", b"1")], target)
    shutil.copytree(target, tmp_path / ".site.unfinished" if moment == "while writing" else tmp_path / ".x")
    if moment == "between the two renames":
        target.rename(tmp_path / ".site.before")
        (tmp_path / ".x").rename(tmp_path / ".site.unfinished")
    elif moment == "after them":
        (tmp_path / ".x").rename(tmp_path / ".site.before")

    def broken() -> Iterator[tuple[str, bytes]]:
        yield from ()
        raise OSError(28, "No space left on device")

    with pytest.raises(PressError):
        put_site(broken(), target)
    assert contents_of(target) == {MARKER: b"index.html\n", "index.html": b"1"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert put_site([("index.html", b"2")], target) == 1
    assert (target / "index.html").read_bytes() == b"2"


def test_a_folder_of_anybody_is_not_swept_up_for_its_name(tmp_path: Path) -> None:
    other = tmp_path / ".site.unfinished"
    other.mkdir()
    (other / "letters.txt").write_text("мое", "utf-8")
    with pytest.raises(PressError):
        put_site([("index.html", b"1")], tmp_path / "site")
    assert (other / "letters.txt").read_text("utf-8") == "мое"


@pytest.mark.parametrize(
    "address",
    [
        "example.org",
        "ftp://example.org/",
        "https://",
        "https://example.org/?a=b",
        "https://a b/",
        "http://[/",
    ],
)
def test_an_address_no_site_can_lie_at_is_refused(shelf: Shelf, tmp_path: Path, address: str) -> None:
    with pytest.raises(ArchiveError) as refused:
        publish(shelf, tmp_path / "site", address)
    assert [finding.code for finding in refused.value.findings] == ["E251"]
    assert not (tmp_path / "site").exists()


def test_an_empty_archive_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as refused:
        publish(Shelf(workspace_of_issues(tmp_path)), tmp_path / "site")
    assert [finding.code for finding in refused.value.findings] == ["E252"]


@given(st.from_regex(r"#[0-9A-F]{6}", fullmatch=True))
def test_what_can_be_read_on_white_can_be_read_in_the_dark(colour: str) -> None:
    dark = in_the_dark({"token": colour})["token"]
    if contrast(colour, PAPER) >= TEXT_CONTRAST:
        assert contrast(dark, DARK_PAPER) >= TEXT_CONTRAST
    assert re.fullmatch(r"#[0-9A-F]{6}", dark)


@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_words_make_an_index_that_can_be_read(texts: list[str]) -> None:
    articles = [SearchedArticle("a#b", "2", text, text, text) for text in texts]
    script = search_index(articles).decode("utf-8", errors="surrogatepass")
    assert "\u2028" not in script
    told = json.loads(script.removeprefix("window.bulletinIndex=").removesuffix(";\n"))
    assert len(told["articles"]) == len(texts)
    assert all(form == fold(form) for form in told["forms"].values())


@given(st.text(alphabet="<>a=\"style:% &;'", max_size=60))
def test_dressing_takes_no_style_for_granted(text: str) -> None:
    page = f'<p title="{text.replace("&", "&amp;").replace(chr(34), "&#34;").replace("<", "&lt;")}">x</p>'
    assert dressed(page, {}, "table").html == page


def test_lengths_become_one_sheet() -> None:
    html = '<span class="bar" style="width:40%"></span><span style="width:40%"></span><i style="left:1%"></i>'
    worn = dressed(html, {}, "table")
    assert worn.html == (
        '<span class="bar" data-length=l0></span><span data-length=l0></span><i data-length=l1></i>'
    )
    assert worn.lengths == "[data-length=l0]{width:40%}[data-length=l1]{left:1%}"
