"""The feed of the archive's site conforms to Atom, and its ids never change."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest

from pipeline.archive.shelf import Shelf
from pipeline.archive.site.feed import FirstFiling
from pipeline.desk.archive.site_publishing import publish
from tests.support.sites import (
    ADDRESS,
    CORRECTED,
    correct,
    filed,
    pages_of,
    workspace_of_issues,
)

if TYPE_CHECKING:
    from pathlib import Path

ATOM: Final = "{http://www.w3.org/2005/Atom}"


def test_without_an_address_no_page_has_its_own_url(site: Path) -> None:
    for name, page in pages_of(site).items():
        assert not [e for e in page.iter("link") if e.get("rel") == "canonical"], name
    feed = ET.parse(site / "feed.xml").getroot()
    assert not [e for e in feed.iter(f"{ATOM}link") if urlsplit(e.attrib["href"]).scheme]
    assert "{http://www.w3.org/XML/1998/namespace}base" not in feed.attrib


def test_with_an_address_pages_and_feed_have_their_urls(addressed: Path) -> None:
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
def test_the_feed_conforms_to_atom(addressed: Path, folder: str) -> None:
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


def test_the_feed_has_the_dates_of_issues_and_corrections(site: Path) -> None:
    feed = ET.parse(site / "feed.xml").getroot()
    days = [(e.findtext(f"{ATOM}published"), e.findtext(f"{ATOM}updated")) for e in feed.iter(f"{ATOM}entry")]
    assert days == [
        ("2024-03-01T00:00:00Z", "2024-04-02T00:00:00Z"),
        ("2023-12-20T00:00:00Z", "2023-12-20T00:00:00Z"),
        ("2023-06-30T00:00:00Z", "2023-06-30T00:00:00Z"),
    ]
    assert feed.findtext(f"{ATOM}updated") == "2024-04-02T00:00:00Z"


def test_a_translation_has_its_own_id_and_an_untranslated_issue_keeps_its_id(site: Path) -> None:
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


def test_the_authority_of_ids_is_a_domain_and_a_date() -> None:
    day = dt.date(2023, 6, 30)
    assert FirstFiling("https://www.example.org/x", day, "bg").authority == "example.org,2023-06-30"
    assert FirstFiling("https://бюлетин.бг/", day, "bg").authority == "xn--90aijkm2a5f.xn--90ae,2023-06-30"
    assert FirstFiling("https://a..b/", day, "bg").authority == "bulletin.invalid,2023-06-30"
