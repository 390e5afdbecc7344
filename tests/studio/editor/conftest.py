"""A page with the editor in a real browser, under the policy of the studio."""

from __future__ import annotations

import functools
import io
import json
import os
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import pytest
from PIL import Image

from pipeline.studio.editor_strings import editor_strings
from tests.standards.browsing import CHROMIUM, chromium
from tests.studio.editor.answers import misspelt_in, set_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

HARNESS: Final = Path(__file__).with_name("harness")
STATIC: Final = Path(__file__).parents[3] / "pipeline" / "studio" / "static"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'"
)
TYPES: Final = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave these tests out where there is no browser, but for the machines that must have one."""
    if CHROMIUM is None and not os.environ.get("CI"):
        for item in items:
            if Path(__file__).parent in item.path.parents and "page" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.skip(reason="the editor runs in Debian's Chromium"))


@functools.cache
def picture() -> bytes:
    """Return a picture of two colours."""
    image = Image.new("RGB", (400, 300), "#7aa0c4")
    image.paste("#c47a5a", (260, 60, 340, 300))
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/pictures/"):
            self._answer(picture(), "image/png")
            return
        name = "page.html" if path == "/" else path[1:]
        file = next((each for each in (HARNESS / name, STATIC / name) if each.is_file()), None)
        if file is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self._answer(file.read_bytes(), f"{TYPES[file.suffix]}; charset=utf-8")

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = misspelt_in(asked) if self.path == "/spelling" else {"text": set_text(asked)}
        self._answer(json.dumps(answer).encode(), "application/json")

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture(scope="package")
def address() -> Iterator[str]:
    """Serve the page."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Run the browser once."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="package")
def shared_page(browser: Browser, address: str) -> Iterator[Page]:
    """Open the page once: an editor is made anew for each test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


class Writing:
    """The editor on a page, as a test writes in it.

    Args:
        page: The page.
        faults: Everything that the browser complained of.
    """

    def __init__(self, page: Page, faults: list[str]) -> None:
        self.page = page
        self.faults = faults

    def start(self, *blocks: dict[str, Any], notes: Any = (), **options: Any) -> None:
        """Open a document made of blocks."""
        self.open({"type": "doc", "content": list(blocks), "notes": list(notes)}, **options)

    def open(self, document: dict[str, Any], *, language: str = "bg", **options: Any) -> None:
        """Open a document, with the words of the studio in a language."""
        strings = editor_strings(language)
        self.page.evaluate("(o) => start(o)", {"document": document, "strings": strings, **options})
        self.page.evaluate("editor.focus()")

    def document(self) -> dict[str, Any]:
        """Return the document as it is saved."""
        return dict(self.page.evaluate("editor.document()"))

    def blocks(self) -> list[Any]:
        """Return the blocks in short: type, what is not usual of it, and its words or blocks."""
        return [short(each) for each in self.document()["content"]]

    def notes(self) -> dict[str, str]:
        """Return the words of each note."""
        return {each["attrs"]["label"]: words(each["content"]) for each in self.document()["notes"]}

    def type(self, text: str) -> None:
        """Type a text."""
        self.page.keyboard.type(text)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def tool(self, name: str) -> None:
        """Press a button of the toolbar."""
        self.page.locator(f"[data-tool={name}]").click()

    def paste(self, html: str = "", text: str = "", files: Any = ()) -> None:
        """Paste what a program has put on the clipboard."""
        kinds = {kind: each for kind, each in (("text/html", html), ("text/plain", text)) if each}
        self.page.evaluate("([kinds, files]) => paste(kinds, files)", [kinds, list(files)])

    def told(self) -> str:
        """Return what was told to those who do not see."""
        return self.page.locator(".be-status").inner_text()


@pytest.fixture
def page(shared_page: Page) -> Page:
    """Return the page; nothing may be reported of it."""
    return shared_page


@pytest.fixture
def writing(page: Page) -> Iterator[Writing]:
    """Return the editor with an empty document; after the test nothing may have been complained of."""
    faults: list[str] = []

    def on_console(message: Any) -> None:
        if message.type in {"error", "warning"}:
            faults.append(f"{message.text} {message.location}")

    def on_error(error: Any) -> None:
        faults.append(str(error))

    page.on("console", on_console)
    page.on("pageerror", on_error)
    made = Writing(page, faults)
    made.start()
    yield made
    page.evaluate("new Promise((done) => setTimeout(done, 0))")
    page.remove_listener("console", on_console)
    page.remove_listener("pageerror", on_error)
    assert faults == []


def words(content: Any) -> str:
    """Return inline content in short: marks in brackets, a call as its label in angles, a break as a bar."""
    return "".join(map(_word, content))


_SIGNS: Final = {"strong": "**", "em": "//", "code": "``"}


def _word(node: dict[str, Any]) -> str:
    if node["type"] == "hard_break":
        return "|"
    if node["type"] == "note_call":
        return f"<{node['attrs']['label']}>"
    text = str(node["text"])
    for mark in reversed(node.get("marks", [])):
        if mark["type"] == "link":
            text = f"[{text}]({mark['attrs']['href']})"
        else:
            text = f"{_SIGNS[mark['type']]}{text}{_SIGNS[mark['type']]}"
    return text


def short(node: dict[str, Any]) -> Any:
    """Return a block in short."""
    kind, attrs, content = node["type"], node.get("attrs", {}), node.get("content", [])
    match kind:
        case "paragraph":
            return words(content)
        case "heading":
            return {f"h{attrs['level']}": words(content)}
        case "bullet_list":
            return {"ul": [[short(each) for each in item["content"]] for item in content]}
        case "ordered_list":
            items = [[short(each) for each in item["content"]] for item in content]
            return {"ol" if attrs["order"] == 1 else f"ol {attrs['order']}": items}
        case "blockquote":
            return {"quote": [short(each) for each in content]}
        case "table":
            return {"table": [[words(cell["content"]) for cell in row["content"]] for row in content]}
        case "figure":
            return {"figure": attrs["source"]}
        case "code_block" | "source":
            return {kind: words(content)}
    return {kind: ""}
