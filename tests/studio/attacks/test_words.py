"""Words that would be a script, or a command of a template, stay words in every view, frame and finding."""

from __future__ import annotations

import html
import json
import os
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import pytest

from pipeline.desk.editing.account import enter
from tests.standards.browsing import CHROMIUM
from tests.studio.attacks.workspaces import ARTICLE, EVALUATED, HARM, ISSUE, UNLISTED, hostile_words
from tests.studio.running import Studio, ready

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Dialog

in_a_browser = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="the judge is Debian's Chromium"
)

_ISSUE: Final = f"/issues/{ISSUE}"
VIEWS: Final = (
    "/",
    _ISSUE,
    f"{_ISSUE}/articles/{ARTICLE}",
    f"{_ISSUE}/pages",
    f"{_ISSUE}/pages/spreads",
    f"{_ISSUE}/pages/phone",
    f"{_ISSUE}/pages/mail",
    f"{_ISSUE}/pages/press",
    f"{_ISSUE}/pictures",
    f"{_ISSUE}/replacing?words=дума",
    f"{_ISSUE}/history",
    f"{_ISSUE}/history/taking-out?words=дума",
    f"{_ISSUE}/account/0",
    "/publication",
    "/house",
    "/identity",
    "/%3Cscript%3Eowned()%3C/script%3E",
)

_VALUES: Final = {"found": HARM, "name": HARM, "count": "1", "picture": HARM, "kind": HARM, "line": HARM}
ITEMS: Final = [
    {"code": code, "values": _VALUES, "path": HARM, "whole": HARM}
    for code in ("W500", "W501", "W503", "W504", "W509")
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = hostile_words(tmp_path_factory.mktemp("words"))
    told = {
        "issue": ISSUE,
        "files": [HARM],
        "begun": False,
        "written": [HARM],
        "words": [2, 1],
        "counts": {"picture": [1, 0]},
        "items": ITEMS,
    }
    enter(root / "issues" / ISSUE, told)
    return root


class _Elements(HTMLParser):
    """Elements that a page may have nowhere, and words that a template made."""

    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = dict(attributes)
        is_data = named.get("type") == "application/json"
        if (tag == "script" and not is_data) or tag in {"svg", "iframe", "object", "base"}:
            self.strange.append(tag)
        self.strange += [name for name in named if name.startswith("on")]
        if (named.get("href") or "").lower().startswith(("javascript:", "data:")) or named.get("src") == "x":
            self.strange.append(str(named))


@pytest.mark.parametrize("path", VIEWS)
def test_script_in_every_field_is_words_in_what_the_server_makes(running: Studio, path: str) -> None:
    answer = running.ask("GET", quote(path, safe="/?=%"), running.own)
    assert answer.status == (404 if "script" in path else 200)
    elements = _Elements()
    elements.feed(answer.text)
    assert elements.strange == []
    assert EVALUATED not in answer.text
    if answer.status == 200:
        assert "owned()" in html.unescape(answer.text)


def test_script_in_a_text_and_in_findings_is_data_of_its_kind_alone(running: Studio) -> None:
    for path in (
        f"/api/issues/{ISSUE}/articles/{ARTICLE}",
        f"/api/issues/{ISSUE}/articles/{quote(UNLISTED)}",
        f"/api/issues/{ISSUE}/findings",
    ):
        answer = running.ask("GET", path, running.own)
        assert answer.headers["content-type"].startswith("application/json")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "owned()" in json.dumps(json.loads(answer.text))
        assert EVALUATED not in answer.text


_WATCH: Final = """
window.owned = () => { window.wasOwned = true; };
window.broken = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.broken.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


@in_a_browser
@pytest.mark.parametrize("path", VIEWS)
def test_script_in_every_field_is_words_on_the_screen(
    entered: tuple[Studio, BrowserContext], path: str
) -> None:
    running, context = entered
    page = context.new_page()
    dialogs: list[str] = []

    def dismissed(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismissed)
    page.add_init_script(_WATCH)
    page.goto(f"{running.base}{path}")
    ready(page)
    if "/pages" in path:
        page.locator("main img:visible, main iframe:not(.coming)").first.wait_for()
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    if "/articles/" in path:
        page.locator(".ProseMirror p").first.wait_for()
        page.locator("[data-query-list] li").first.wait_for()
    for frame in page.frames:
        assert frame.evaluate("window.wasOwned ?? false") is False
        assert frame.locator("[onerror], [onload], img[src=x], main script:not([type])").count() == 0
        assert EVALUATED not in frame.locator("body").inner_text()
    assert page.evaluate("window.broken") == []
    assert dialogs == []
    page.close()
