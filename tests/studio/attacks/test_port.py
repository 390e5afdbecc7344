"""Another program that had the studio's port, or has it next, reads no words and is not taken for the studio.

A browser keeps what a page stores by address and port, whoever listens there.
"""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import signal
import socket
import threading
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from tests.standards.browsing import CHROMIUM
from tests.studio.processes import PATIENCE, until
from tests.studio.running import ready, studio

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="the judge is Debian's Chromium"
)

ARTICLE: Final = "/issues/2023-12-20/articles/degrebe.md"

PICTURE: Final = "/api/issues/2023-12-20/pictures/images/cover.svg"

SEEN: Final = """(address) => new Promise((told) => {
  const picture = new Image();
  picture.onload = picture.onerror = () => told(picture.naturalWidth);
  picture.src = address;
})"""
"""Returns how wide a picture of the studio is to a page, 0 where it is not shown."""

LEFT: Final = {
    # It stays open, asks for a secret as a new tab of ours does, and answers those who ask.
    "/": (
        "text/html",
        """<title>begun</title><script>
        window.got = [];
        const channel = new BroadcastChannel('bulletin-studio-key');
        channel.onmessage = ({ data }) => {
          window.got.push(data);
          channel.postMessage({ to: data.once, sealed: 'QUFB QUFB', key: 'planted' });
        };
        window.ask = () => { for (const told of [...window.got, {}]) channel.postMessage(told); };
        (async () => {
          for (const name of ['studio.js', 'article.js', 'unsaved.js', 'editor.js']) {
            await fetch(`/static/${name}`, { cache: 'force-cache' });
          }
          await navigator.serviceWorker.register('/left.js');
          await navigator.serviceWorker.ready;
          document.title = 'left';
        })();
        </script>""",
    ),
    # It lets pages through, and puts its own scripts in the place of ours.
    "/left.js": (
        "text/javascript",
        """self.addEventListener('install', () => self.skipWaiting());
        self.addEventListener('fetch', (event) => {
          if (new URL(event.request.url).pathname.endsWith('.js')) {
            event.respondWith(new Response('window.wasOwned = true; document.title = "owned";',
              { headers: { 'Content-Type': 'text/javascript' } }));
          }
        });""",
    ),
    "/static/": ("text/javascript", "window.wasOwned = true; export const start = () => {};"),
}


@contextlib.contextmanager
def other_program(port: int, pages: Mapping[str, tuple[str, str]]) -> Iterator[None]:
    """Listen on a port for the duration of a block, as any program of this machine may."""

    class Other(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            named = "/static/" if self.path.startswith("/static/") else self.path
            kind, text = pages.get(named, ("text/plain", ""))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            if named == "/static/":
                self.send_header("Cache-Control", "public, max-age=31536000, immutable")
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", port), Other) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


def test_words_that_are_not_saved_are_sealed_and_none_are_planted(
    root: Path, browser: Browser, tmp_path: Path
) -> None:
    context = browser.new_context()
    with studio(root, tmp_path) as ended:
        page = context.new_page()
        page.goto(ended.link)
        page.wait_for_url(f"{ended.base}/")
        page.goto(f"{ended.base}{ARTICLE}")
        ready(page)
        # It was killed, and the words cannot be saved.
        ended.process.send_signal(signal.SIGKILL)
        ended.process.wait(PATIENCE)
        page.locator(".ProseMirror p").first.click()
        page.keyboard.type(" Поверително")
        until(lambda: page.evaluate("localStorage.length") > 0)
        page.locator("[data-state].bad").wait_for()
        page.close(run_before_unload=False)
        with other_program(ended.port, {"/": ("text/html", "<title>other</title>")}):
            page = context.new_page()
            page.goto(f"{ended.base}/")
            kept = page.evaluate("JSON.stringify(localStorage)")
            # Neither the words nor what they belong to can be read, and what is changed is not taken.
            assert "Поверително" not in kept
            assert "degrebe" not in kept
            page.evaluate(
                """() => {
                  for (const [name, value] of Object.entries(localStorage)) {
                    const place = name.split('#')[0];
                    localStorage.setItem(`${place}#planted`, value.slice(0, -8) + 'AAAAAAA=');
                    const change = { base: '', at: 0, facts: { title: 'X' } };
                    localStorage.setItem(`${place}#plain`, JSON.stringify(change));
                  }
                }"""
            )
            page.close()
        with studio(root, tmp_path) as again:
            assert again.port == ended.port
            page = context.new_page()
            page.goto(again.link)
            page.wait_for_url(f"{again.base}/")
            page.goto(f"{again.base}{ARTICLE}")
            ready(page)
            page.get_by_text("Поверително").first.wait_for()
            assert page.locator("#article-title").inner_text() != "X"
    context.close()


def test_what_another_program_left_on_our_port_is_not_taken_for_ours(
    root: Path, browser: Browser, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    context = browser.new_context()
    left = context.new_page()
    with other_program(port, LEFT):
        left.goto(f"http://127.0.0.1:{port}/")
        expect(left).to_have_title("left")
    with studio(root, tmp_path, "--port", str(port)) as running:
        page = context.new_page()
        page.goto(running.link)
        page.wait_for_url(f"{running.base}/")
        ready(page)
        left.evaluate("window.ask()")
        page.goto(f"{running.base}{ARTICLE}")
        ready(page)
        page.locator(".ProseMirror").wait_for()
        assert page.evaluate("window.wasOwned ?? false") is False
        assert page.evaluate("navigator.serviceWorker.controller") is None
        registered = "navigator.serviceWorker.getRegistrations().then((each) => each.length)"
        assert page.evaluate(registered) == 0
        # A new tab of ours is let in by an open one, and what was left hears nothing that opens anything.
        new = context.new_page()
        new.goto(f"{running.base}/")
        ready(new)
        left.evaluate("window.ask()")
        read = "sessionStorage.getItem('bulletin-studio-key')"
        assert new.evaluate(read) not in {page.evaluate(read), "planted"}
        # What tabs say to one another comes to it when it has time.
        until(lambda: left.evaluate("window.got.length") > 0)
        heard = left.evaluate("window.got")
        assert new.evaluate(read) not in json.dumps(heard)
        assert page.evaluate("document.body.dataset.run") not in json.dumps(heard)
        # It is of our origin and sends our cookie, and sees no picture, whatever it puts behind the address.
        assert left.evaluate(SEEN, f"{PICTURE}?width=80") == 0
        assert left.evaluate(SEEN, f"{PICTURE}?width=80&see=planted") == 0
        sight = new.evaluate("document.querySelector('[data-sight]').dataset.sight")
        assert new.evaluate(SEEN, f"{PICTURE}?width=80&see={sight}") > 0
    context.close()


def test_a_tab_of_before_is_let_in_again_by_a_new_one(root: Path, browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context()
    with studio(root, tmp_path) as ended:
        before = context.new_page()
        before.goto(ended.link)
        before.wait_for_url(f"{ended.base}/")
        before.goto(f"{ended.base}{ARTICLE}")
        ready(before)
        before.locator(".ProseMirror p").first.click()
    with studio(root, tmp_path) as again:
        page = context.new_page()
        page.goto(again.link)
        page.wait_for_url(f"{again.base}/")
        ready(page)
        before.keyboard.type(" Продължение")
        file = root / "issues" / "2023-12-20" / "degrebe.md"
        until(lambda: "Продължение" in file.read_text("utf-8"))
    context.close()


def test_the_secret_of_a_workspace_lasts_and_is_for_its_owner_alone(root: Path, tmp_path: Path) -> None:
    kept = []
    for _ in range(2):
        with studio(root, tmp_path) as running:
            running.enter()
            address = f"/api{ARTICLE}"
            kept.append(json.loads(running.ask("GET", address, running.own).text)["keeping"])
    assert kept[0] == kept[1]
    files = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*.secret")}
    assert set(files.values()) == {0o600}
