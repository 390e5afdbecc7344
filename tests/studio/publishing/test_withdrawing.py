"""A picture goes out of all that is filed, from the studio: seen before, confirmed, whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import signal
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from pipeline.archive.shelf import Shelf
from pipeline.archive.verifying import verify
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import errors
from tests.desk.pictures import photographs
from tests.desk.pictures.photographs import ISSUE, LATER, SHARED
from tests.standards.browsing import CHROMIUM
from tests.studio.processes import command_of, descendants, until
from tests.studio.publishing.conftest import codes
from tests.studio.publishing.test_people_view import reach
from tests.studio.running import Answer, Studio, ready, shown, studio
from tests.studio.test_views import assert_accessible, assert_tab_order

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

WITHDRAWING = "/archive/withdrawing"
WHAT = f"{ISSUE}/{SHARED}"


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace in which two issues with a common picture are filed."""
    return photographs.filed_workspace(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def root(filed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own") / "w"
    shutil.copytree(filed, folder)
    return folder


@pytest.fixture
def fresh(filed: Path, tmp_path: Path) -> Iterator[Studio]:
    """Run a studio of a workspace of which nothing was taken out."""
    shutil.copytree(filed, tmp_path / "w")
    with studio(tmp_path / "w", tmp_path / "state") as running:
        running.enter()
        yield running


def send(running: Studio, **fields: str) -> Answer:
    headers = {**running.own, "Content-Type": "application/json"}
    return running.ask("POST", WITHDRAWING, headers, json.dumps(fields).encode())


def see(running: Studio, what: str) -> str:
    answer = running.ask("GET", f"{WITHDRAWING}?what={quote(what)}", running.own)
    assert answer.status == 200
    return answer.text


def steps(running: Studio, begun: Answer) -> Iterator[dict[str, Any]]:
    job = json.loads(begun.text)["job"]
    told = running.ask("GET", f"/api/jobs/{job}", running.own).text
    for line in told.splitlines():
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))


def withdrawn(root: Path) -> list[tuple[tuple[str, ...], str]]:
    return [(each.what, each.reason) for each in Shelf(Workspace(root)).withdrawals]


def test_what_would_be_done_is_said_and_nothing_is_before_it_is_confirmed(
    fresh: Studio, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in (tmp_path / "w" / "issues").rglob("*") if path.is_file()}
    assert WHAT in see(fresh, "")
    seen = see(fresh, WHAT)
    assert "Правят се наново, без него: 2" in seen
    assert f"{LATER}/{SHARED}" in seen
    assert codes(send(fresh, what=WHAT)) == ["E624", "E624"]
    for count in ("1", "3", "две"):
        refused = send(fresh, what=WHAT, reason="без съгласие", count=count)
        assert codes(refused) == ["E207"]
        assert json.loads(refused.text)["findings"][0]["field"] == "count"
    assert codes(send(fresh, what="../../mail/password", reason="x", count="1")) == ["E205"]
    assert "изберете снимка или статия" in see(fresh, "nothing.jpg")
    after = {path: path.read_bytes() for path in (tmp_path / "w" / "issues").rglob("*") if path.is_file()}
    assert after == before


def test_a_picture_goes_out_of_all_that_is_filed_and_the_record_stays(fresh: Studio, tmp_path: Path) -> None:
    begun = send(fresh, what=WHAT, reason="без съгласие", count="2")
    *_, last = steps(fresh, begun)
    assert last["announce"] == "Извадено от архива; записът за това остава"
    assert withdrawn(tmp_path / "w") == [((WHAT,), "без съгласие")]
    assert [each.code for each in verify(Shelf(Workspace(tmp_path / "w"))).findings] == ["W204"]
    seen = see(fresh, WHAT)
    assert "Вече го няма в архива" in seen
    assert "без съгласие" in seen.partition("Извадено досега")[2]
    # Once more, it is out already.
    *_, last = steps(fresh, send(fresh, what=WHAT, reason="x", count="0"))
    assert last["announce"].startswith("Извадено е вече")
    assert len(withdrawn(tmp_path / "w")) == 1


def test_a_studio_that_is_killed_at_it_leaves_the_archive_whole_and_it_is_done_again(
    fresh: Studio, tmp_path: Path
) -> None:
    assert send(fresh, what=WHAT, reason="без съгласие", count="2").status == 200
    # The process that does it has begun.
    until(lambda: any("bounded_process" in command_of(each) for each in descendants(fresh.process.pid)))
    os.kill(fresh.process.pid, signal.SIGKILL)
    fresh.process.wait(20)
    shelf = Shelf(Workspace(tmp_path / "w"))
    assert errors(verify(shelf).findings) == []
    assert len(shelf.filings) == 2
    with studio(tmp_path / "w", tmp_path / "state") as running:
        running.enter()
        *_, last = steps(running, send(running, what=WHAT, reason="без съгласие", count="2"))
        assert last["announce"] == "Извадено от архива; записът за това остава"
    assert withdrawn(tmp_path / "w") == [((WHAT,), "без съгласие")]


in_a_browser = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="the judge is Debian's Chromium"
)


def choose(page: Page) -> None:
    """Choose the picture, and wait for what would be done."""
    reach(page, "What is to go")
    page.locator("#what").select_option(WHAT)
    reach(page, "Show what would be done")
    page.keyboard.press("Enter")
    page.wait_for_url("**what=*")
    page.locator("#plan").wait_for()
    ready(page)


@in_a_browser
def test_what_would_be_done_is_shown_so_that_everybody_can_read_it(
    entered: tuple[Studio, BrowserContext], page: Page
) -> None:
    shown(entered, page, WITHDRAWING)
    choose(page)
    assert_tab_order(page)
    assert_accessible(page)


@in_a_browser
def test_a_picture_is_chosen_looked_at_and_taken_out_by_keys_alone(
    entered: tuple[Studio, BrowserContext], page: Page, root: Path
) -> None:
    shown(entered, page, WITHDRAWING)
    choose(page)
    reach(page, "Why")
    page.keyboard.type("no consent")
    reach(page, "How many editions")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_have_attribute("aria-invalid", "true")
    assert withdrawn(root) == []
    page.locator("#count").press("ControlOrMeta+a")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(page.locator("#plan")).to_be_focused()
    expect(page.locator("section[aria-labelledby=plan]")).to_contain_text("not in the archive any more")
    assert withdrawn(root) == [((WHAT,), "no consent")]
