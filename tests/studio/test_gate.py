"""Nobody but the tabs that were let in reads or changes anything: each attack by its name."""

from __future__ import annotations

import asyncio
import contextlib
import http.server
import json
import os
import re
import shutil
import signal
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

import pytest
import uvicorn
from playwright.sync_api import Error
from uvicorn.server import ServerState

from pipeline.studio.gate import connections
from tests.conftest import REPOSITORY
from tests.importing.test_hostile_files import HOSTILE
from tests.standards.browsing import CHROMIUM
from tests.studio.processes import PATIENCE, command_of, descendants, until
from tests.studio.running import Studio, studio

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Route

in_a_browser = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="the judge is Debian's Chromium"
)

ISSUE: Final = "2023-12-20"
NEW: Final = json.dumps({"date": "2031-01-02"}).encode()
OPENED: Final = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("guarded")
    shutil.copytree(REPOSITORY / "issues", folder / "issues", ignore=shutil.ignore_patterns("filed"))
    (folder / "secret.txt").write_text("nobody is to read this", "utf-8")
    return folder


@pytest.fixture(scope="module")
def guarded(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(root, tmp_path_factory.mktemp("state")) as running:
        running.enter()
        yield running


def untouched(root: Path) -> bool:
    return not (root / "issues" / "2031-01-02").exists()


def test_its_own_page_is_let_in_and_told_to_keep_nothing(guarded: Studio) -> None:
    answer = guarded.ask("GET", "/", guarded.own)
    assert answer.status == 200
    assert "/issues/2023-12-20" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    policy = answer.headers["content-security-policy"]
    assert re.match(r"default-src 'none'; script-src 'self' 'sha256-[^' ]+'; style-src 'self';", policy)
    assert "unsafe" not in policy
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_without_cookie_or_without_the_secret_of_the_tab_nothing_is_shown(guarded: Studio) -> None:
    for missing in ("Cookie", "X-Studio-Key"):
        headers = {name: value for name, value in guarded.own.items() if name != missing}
        answer = guarded.ask("GET", "/", headers)
        assert (answer.status, answer.text) == (401, '{"state":"outside"}')
        assert guarded.ask("POST", "/issues", headers, NEW).status == 401


def test_the_secret_of_another_browser_opens_nothing(guarded: Studio) -> None:
    assert guarded.ask("GET", "/", {**guarded.own, "X-Studio-Key": guarded.key[:-2] + "xx"}).status == 401


def test_a_cookie_that_another_port_planted_beside_ours_changes_nothing(guarded: Studio) -> None:
    name = guarded.cookie.partition("=")[0]
    for cookies in (f"{name}=planted; {guarded.cookie}", f"{guarded.cookie}; {name}=planted"):
        assert guarded.ask("GET", "/", {**guarded.own, "Cookie": cookies}).status == 200
    assert guarded.ask("GET", "/", {**guarded.own, "Cookie": f"{name}=planted"}).status == 401


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize(
    ("mode", "dest"),
    [
        ("cors", "empty"),
        ("no-cors", "empty"),
        ("no-cors", "image"),
        ("navigate", "iframe"),
        ("no-cors", "script"),
    ],
)
def test_a_request_of_another_site_or_port_is_refused_whatever_it_carries(
    guarded: Studio, root: Path, site: str, mode: str, dest: str
) -> None:
    foreign = {
        **guarded.own,
        "Sec-Fetch-Site": site,
        "Sec-Fetch-Mode": mode,
        "Sec-Fetch-Dest": dest,
    }
    for path in ("/", f"/api/issues/{ISSUE}/cover", "/static/studio.js"):
        assert guarded.ask("GET", path, foreign).status == 403
    assert guarded.ask("POST", "/issues", foreign, NEW).status == 403
    assert untouched(root)


def test_a_foreign_origin_is_refused_even_where_the_browser_says_nothing_else(
    guarded: Studio, root: Path
) -> None:
    for origin in ("https://example.org", "null", f"http://localhost:{guarded.port}", "http://127.0.0.1:1"):
        assert guarded.ask("POST", "/issues", {**guarded.own, "Origin": origin}, NEW).status == 403
    assert untouched(root)


def test_a_form_of_another_site_changes_nothing(guarded: Studio, root: Path) -> None:
    sent = {
        "Cookie": guarded.cookie,
        "Origin": "https://example.org",
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
        "Content-Type": "text/plain",
    }
    assert guarded.ask("POST", "/issues", sent, NEW).status == 403
    assert untouched(root)


@pytest.mark.parametrize(
    "host",
    [
        "rebound.example.org",
        "rebound.example.org:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1.:{port}",
        "127.0.0.1:0{port}",
        "127.0.0.1:{port}@example.org",
        "127.1:{port}",
        "2130706433:{port}",
        "[::1]:{port}",
        "[::ffff:127.0.0.1]:{port}",
        "0:{port}",
        "LOCALHOST:{port}",
        "localhost.:{port}",
        "",
    ],
)
def test_dns_rebinding_another_name_of_this_machine_is_refused(guarded: Studio, host: str) -> None:
    named = {**guarded.own, "Host": host.format(port=guarded.port)}
    assert guarded.ask("GET", "/", named).status == 403
    assert guarded.ask("GET", "/", {**OPENED, "Host": named["Host"]}).status == 403


@pytest.mark.parametrize(
    ("line", "hosts", "status"),
    [
        ("GET / HTTP/1.1", ("{own}", "rebound.example.org"), 400),
        ("GET / HTTP/1.1", ("{own}", "{own}"), 400),
        ("GET / HTTP/1.1", (), 400),
        ("GET / HTTP/1.0", (), 403),
        ("GET http://{own}/ HTTP/1.1", ("rebound.example.org",), 403),
        ("GET http://rebound.example.org/ HTTP/1.1", ("{own}",), 404),
        ("CONNECT {own} HTTP/1.1", ("{own}",), 404),
        ("POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 5", ("{own}",), 400),
        ("POST / HTTP/1.1\r\nTransfer-Encoding: xchunked", ("{own}",), 400),
        ("GET / HTTP/1.1\r\nCookie : a=b", ("{own}",), 400),
    ],
)
def test_dns_rebinding_by_several_names_in_one_request_shows_nothing(
    guarded: Studio, line: str, hosts: tuple[str, ...], status: int
) -> None:
    own = f"127.0.0.1:{guarded.port}"
    heads = {**guarded.own, "Connection": "close"}
    lines = [
        line.format(own=own),
        *(f"Host: {host.format(own=own)}" for host in hosts),
        *(f"{name}: {value}" for name, value in heads.items()),
    ]
    with socket.create_connection(("127.0.0.1", guarded.port), timeout=PATIENCE) as sent:
        sent.sendall("\r\n".join([*lines, "", ""]).encode())
        answer = b""
        while piece := sent.recv(65536):
            answer += piece
    assert answer.split(b" ", 2)[1] == str(status).encode()
    assert ISSUE.encode() not in answer


@pytest.mark.parametrize("path", ["/%0d%0aSet-Cookie:x=y", "/\\evil.example.org", "/%5cevil.example.org"])
def test_a_redirect_is_one_header_and_leads_to_no_other_host(guarded: Studio, path: str) -> None:
    host = {"Host": f"localhost:{guarded.port}"}
    answer = guarded.ask("GET", path, {**OPENED, **host})
    assert answer.status == 307
    assert answer.headers["location"].startswith(f"{guarded.base}/")
    assert "set-cookie" not in answer.headers


def test_localhost_leads_on_without_the_token(guarded: Studio) -> None:
    host = {"Host": f"localhost:{guarded.port}"}
    answer = guarded.ask("GET", "/start?link=abc", {**OPENED, **host})
    assert (answer.status, answer.headers["location"]) == (307, f"{guarded.base}/start")
    answer = guarded.ask("GET", "//evil.example.org/x", {**OPENED, **host})
    assert answer.headers["location"] == f"{guarded.base}/evil.example.org/x"
    assert guarded.ask("POST", "/issues", {**guarded.own, **host}, NEW).status == 403


def test_a_replayed_link_says_how_to_open_the_studio_again(guarded: Studio) -> None:
    answer = guarded.ask("GET", f"/start?link={guarded.token}", OPENED)
    assert answer.status == 410
    assert "bulletin studio" in answer.text
    assert "set-cookie" not in answer.headers
    assert "data-key" not in answer.text


def new_link(guarded: Studio) -> str:
    """Return the token of another link, as the command gets it."""
    control = json.loads(next(guarded.state.rglob("*.json")).read_text("utf-8"))["control"]
    told = guarded.ask("POST", "/control/link", {"X-Studio-Control": control}, b"")
    return str(json.loads(told.text)["link"])


def test_of_two_who_follow_a_link_at_once_one_alone_is_let_in(guarded: Studio) -> None:
    token = new_link(guarded)
    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(lambda _: guarded.ask("GET", f"/start?link={token}", OPENED), range(12)))
    assert sorted(answer.status for answer in answers) == [200, *[410] * 11]
    assert sum("set-cookie" in answer.headers for answer in answers) == 1


def test_a_page_opened_from_anywhere_is_an_empty_frame(guarded: Studio) -> None:
    """It holds nothing of the workspace, whoever sent the browser there, with whatever cookie."""
    pages = {
        guarded.ask("GET", path, {**OPENED, "Sec-Fetch-Site": site, "Cookie": guarded.cookie}).text
        for path in ("/", f"/issues/{ISSUE}", f"/api/issues/{ISSUE}/cover", "/../secret.txt")
        for site in ("none", "cross-site", "same-origin")
    }
    assert len(pages) == 1
    assert ISSUE not in pages.pop()


def test_the_cookie_is_for_this_program_alone(guarded: Studio) -> None:
    assert guarded.cookie.startswith(f"bulletin-studio-{guarded.port}=")
    told = guarded.ask("GET", f"/start?link={new_link(guarded)}", OPENED).headers["set-cookie"]
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip().lower() for part in told.split(";")}
    assert "domain" not in told.lower()


def test_the_command_alone_gets_a_new_link_and_no_browser(guarded: Studio) -> None:
    for headers in ({"X-Studio-Control": "guess"}, {**guarded.own, "X-Studio-Control": "guess"}):
        assert guarded.ask("POST", "/control/link", headers, b"").status == 403


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2Fstudio.py",
        "/static/%2e%2e/%2e%2e/secret.txt",
        "/static//etc/passwd",
        "/issues/..%2F..%2Fsecret.txt",
        "/api/issues/../cover",
        "/api/issues/..%2F2023-12-20/cover",
        "/api/issues/2023-12-20%2Fimages/cover",
        "/api/issues/%00/cover",
        "/static/%252e%252e/%252e%252e/secret.txt",
        "/static/%c0%ae%c0%ae/app.py",
        "/static/..%5c..%5csecret.txt",
        f"/api/issues/{ISSUE}/pictures//etc/passwd",
        f"/api/issues/{ISSUE}/pictures/images/..%2f..%2f..%2fsecret.txt",
        f"/api/issues/{ISSUE}/pictures/images%2f%00.png",
        f"/api/issues/{ISSUE}/pictures/%ed%a0%80.png",
        f"/issues/{ISSUE}/account/{'9' * 5000}",
        "/issues/2023-12-20/../../secret.txt",
    ],
)
def test_path_traversal_reads_nothing(guarded: Studio, path: str) -> None:
    answer = guarded.ask("GET", path, guarded.own)
    assert answer.status in {404, 409, 422}
    assert "nobody is to read this" not in answer.text
    assert "import" not in answer.text


def framed_mail(guarded: Studio) -> str:
    """Return the address of the mail's document, as a page of the studio is told it."""
    told = json.loads(guarded.ask("GET", f"/api/issues/{ISSUE}/mail?dark=no", guarded.own).text)
    address: str = told["frame"]
    return address


FRAME: Final = {
    "Sec-Fetch-Site": "same-origin",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "iframe",
}


def test_a_document_is_shown_in_a_frame_of_our_own_without_scripts_origin_or_network(
    guarded: Studio,
) -> None:
    address = framed_mail(guarded)
    answer = guarded.ask("GET", address, {**FRAME, "Cookie": guarded.cookie})
    assert answer.status == 200
    policy = answer.headers["content-security-policy"].split("; ")
    assert set(policy) == {
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
        "sandbox",
    }
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert '<base target="_blank">' in answer.text
    # Our own pages may show such a frame, and stay in none themselves.
    own = guarded.ask("GET", "/", guarded.own).headers
    assert "frame-src 'self'" in own["content-security-policy"]
    assert "frame-ancestors 'none'" in own["content-security-policy"]
    assert own["x-frame-options"] == "DENY"


def test_no_other_site_and_nobody_without_a_cookie_frames_a_document(guarded: Studio) -> None:
    address = framed_mail(guarded)
    assert guarded.ask("GET", address, FRAME).status == 401
    for site in ("cross-site", "same-site", "none"):
        foreign = {**FRAME, "Sec-Fetch-Site": site, "Cookie": guarded.cookie}
        assert guarded.ask("GET", address, foreign).status == 403
    for changed in ({"Sec-Fetch-Dest": "object"}, {"Sec-Fetch-Dest": "embed"}, {"Origin": "null"}):
        assert guarded.ask("GET", address, {**FRAME, "Cookie": guarded.cookie, **changed}).status == 403
    assert guarded.ask("POST", address, {**FRAME, "Cookie": guarded.cookie}).status == 403
    # Opened in a tab it is the empty frame of every page.
    opened = guarded.ask("GET", address, {**OPENED, "Cookie": guarded.cookie}).text
    assert 'data-page="view"' in opened
    # Without the secret of the tab nobody learns its name.
    headers = {name: value for name, value in guarded.own.items() if name != "X-Studio-Key"}
    assert guarded.ask("GET", f"/api/issues/{ISSUE}/mail", headers).status == 401


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/issues/{ISSUE}",
        f"/issues/{ISSUE}/pages/mail",
        f"/api/issues/{ISSUE}/mail",
        f"/api/issues/{ISSUE}/articles/degrebe.md/html",
        f"/api/issues/{ISSUE}/frames/../../../secret.txt",
        f"/api/issues/{ISSUE}/frames/..%2F..%2Fsecret.txt",
        f"/api/issues/{ISSUE}/frames/{'0' * 63}",
        f"/api/issues/{ISSUE}/frames/{'0' * 64}/x",
        "/static/studio.js",
    ],
)
def test_a_frame_gets_documents_alone_and_nothing_else_of_the_studio(guarded: Studio, path: str) -> None:
    answer = guarded.ask("GET", path, {**FRAME, "Cookie": guarded.cookie})
    assert (answer.status, answer.text) == (403, "refused")


def test_a_document_that_nobody_composed_is_not_there(guarded: Studio) -> None:
    path = f"/api/issues/{ISSUE}/frames/{'0' * 64}"
    assert guarded.ask("GET", path, {**FRAME, "Cookie": guarded.cookie}).status == 404


@pytest.mark.parametrize(
    "name",
    ["..%2F..%2Fsecret.txt", "..%2F2023-06-30%2Fdegrebe.md", "%2e%2e/secret.txt", "%00.md", "issue.yaml"],
)
def test_no_other_file_than_an_article_is_shown_as_one(guarded: Studio, name: str) -> None:
    answer = guarded.ask("GET", f"/api/issues/{ISSUE}/articles/{name}/html", guarded.own)
    assert "nobody is to read this" not in answer.text
    assert answer.status == 404 or json.loads(answer.text)["frame"] == ""


@pytest.mark.parametrize(
    "file",
    [
        "../../secret.txt",
        "../publication.yaml",
        "..\\x.md",
        "/etc/passwd",
        "images/cover.svg",
        "",
        ".hidden.md",
    ],
)
def test_no_other_file_than_a_text_of_the_workspace_is_undone(guarded: Studio, root: Path, file: str) -> None:
    before = {
        path: path.read_bytes() for path in root.rglob("*") if path.is_file() and ".history" not in str(path)
    }
    for before_it, after_it in (("0" * 64, "1" * 64), ("", "1" * 64), ("0" * 64, "")):
        data = {"steps": [[f"issues/{ISSUE}/{file}", before_it, after_it]]}
        answer = guarded.ask("POST", "/undo", guarded.own, json.dumps(data).encode())
        assert json.loads(answer.text)["findings"][0]["code"] == "E604"
    assert all(path.read_bytes() == data for path, data in before.items())


def test_a_body_of_two_hundred_megabytes_is_refused_before_it_is_held(guarded: Studio, root: Path) -> None:
    for path, length in (("/issues", 200_000_000), ("/import", 200_000_000), ("/issues", 10**18)):
        headers = {**guarded.own, "Content-Type": "application/json", "Content-Length": str(length)}
        assert guarded.ask("POST", path, headers, b"").status == 413
    # One that announces nothing is counted as it comes.
    with socket.create_connection(("127.0.0.1", guarded.port), timeout=PATIENCE) as line:
        head = "".join(f"{name}: {value}\r\n" for name, value in guarded.own.items())
        line.sendall(
            f"POST /issues HTTP/1.1\r\nHost: 127.0.0.1:{guarded.port}\r\n{head}"
            "Transfer-Encoding: chunked\r\n\r\n".encode()
        )
        piece = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
        with contextlib.suppress(ConnectionError):
            for _ in range(200):
                line.sendall(piece)
        with contextlib.suppress(ConnectionError):
            assert b" 413 " in line.recv(4096)
    assert untouched(root)


def test_a_hundred_idle_sockets_block_nobody(guarded: Studio) -> None:
    with contextlib.ExitStack() as held:
        for number in range(100):
            line = held.enter_context(socket.create_connection(("127.0.0.1", guarded.port)))
            if number % 2:
                line.sendall(b"GET / HTTP/1.1\r\nHost: 127")
        assert guarded.ask("GET", "/", guarded.own).status == 200


def test_a_hundred_who_wait_for_pages_at_once_block_nobody(guarded: Studio) -> None:
    assert framed_mail(guarded)
    making = [pid for pid in descendants(guarded.process.pid) if "spawn_main" in command_of(pid)]
    assert making
    head = "".join(f"{name}: {value}\r\n" for name, value in guarded.own.items())
    asked = f"GET /api/issues/{ISSUE}/mail HTTP/1.1\r\nHost: 127.0.0.1:{guarded.port}\r\n{head}\r\n".encode()
    with contextlib.ExitStack() as held:
        for pid in making:
            os.kill(pid, signal.SIGSTOP)
            held.callback(os.kill, pid, signal.SIGCONT)
        for _ in range(100):
            held.enter_context(socket.create_connection(("127.0.0.1", guarded.port))).sendall(asked)
        assert guarded.ask("GET", "/", guarded.own).status == 200


def test_headers_without_end_are_refused(guarded: Studio) -> None:
    with socket.create_connection(("127.0.0.1", guarded.port), timeout=PATIENCE) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X-Long: " + b"a" * 100_000)
        with contextlib.suppress(ConnectionError):
            assert b" 400 " in line.recv(4096)


def test_a_socket_of_another_protocol_is_refused(guarded: Studio) -> None:
    headers = {
        **guarded.own,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-Fetch-Mode": "websocket",
    }
    assert guarded.ask("GET", "/", headers).status != 101


@pytest.mark.parametrize(
    "name",
    [
        "../../escaped.docx",
        "..\\..\\escaped.docx",
        "/etc/escaped.docx",
        "con.docx",
        "a\x00b.docx",
        "x" * 5000 + ".docx",
    ],
)
def test_an_upload_lands_nowhere_but_in_a_folder_of_ours(guarded: Studio, root: Path, name: str) -> None:
    body = (
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="'
        + name.encode()
        + b'"\r\nContent-Type: application/msword\r\n\r\nno word file\r\n--b--\r\n'
    )
    headers = {**guarded.own, "Content-Type": "multipart/form-data; boundary=b"}
    answer = guarded.ask("POST", "/import", headers, body)
    assert answer.status in {200, 422}
    assert not [*root.rglob("*escaped.docx"), *root.parent.glob("*escaped.docx")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b",
        b"--b\r\n\r\n\r\n--b--",
        b"\xff" * 5000,
        b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
    ],
)
def test_a_broken_form_is_refused_in_words(guarded: Studio, body: bytes) -> None:
    headers = {**guarded.own, "Content-Type": "multipart/form-data; boundary=b"}
    answer = guarded.ask("POST", "/import", headers, body)
    assert answer.status == 422
    assert json.loads(answer.text)["findings"][0]["code"] in {"E626", "E629"}


def test_too_many_files_are_refused_in_words(guarded: Studio) -> None:
    part = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nx\r\n'
    headers = {**guarded.own, "Content-Type": "multipart/form-data; boundary=b"}
    answer = guarded.ask("POST", "/import", headers, part * 101 + b"--b--\r\n")
    assert (answer.status, json.loads(answer.text)["findings"][0]["code"]) == (422, "E626")


def test_hostile_uploads_are_named_one_by_one_and_nothing_is_written(guarded: Studio, root: Path) -> None:
    """All those of the import, at once: a bomb, entities, a file from outside, depth and others."""
    before = {path: path.stat().st_mtime_ns for path in (root / "issues").rglob("*")}
    parts = [
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="%d.docx"\r\n\r\n' % number
        + data
        + b"\r\n"
        for number, (_, data) in enumerate(HOSTILE.values())
    ]
    headers = {**guarded.own, "Content-Type": "multipart/form-data; boundary=b"}
    answer = guarded.ask("POST", "/import", headers, b"".join(parts) + b"--b--\r\n")
    told = guarded.ask("GET", f"/api/jobs/{json.loads(answer.text)['job']}", guarded.own).text
    last = json.loads(told.strip().rpartition("data: ")[2])
    assert sorted(finding["code"] for finding in last["findings"]) == sorted(
        code for code, _ in HOSTILE.values()
    )
    assert {path: path.stat().st_mtime_ns for path in (root / "issues").rglob("*")} == before
    assert guarded.ask("GET", "/", guarded.own).status == 200


@contextlib.contextmanager
def other_port(page: str) -> Iterator[str]:
    """Serve a page on another port of this machine."""

    class Other(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = page.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


_OTHER_WAYS: Final = """(base) => {
  const outcome = (each) => new Promise((told) => {
    for (const name of ['load', 'open', 'error']) each.addEventListener(name, () => told(name));
  });
  const added = (tag, attributes) => {
    const element = Object.assign(document.createElement(tag), attributes);
    const told = outcome(element);
    document.body.append(element);
    return told;
  };
  return Promise.all([
    outcome(new EventSource(`${base}/api/events`, { withCredentials: true })),
    outcome(new WebSocket(`${base.replace('http', 'ws')}/api/events`)),
    added('script', { src: `${base}/static/studio.js` }),
    added('script', { src: `${base}/static/studio.js`, type: 'module', crossOrigin: 'use-credentials' }),
    added('link', { rel: 'stylesheet', href: `${base}/static/studio.css` }),
    added('object', { data: `${base}/` }),
  ]);
}"""


@in_a_browser
def test_a_picture_is_shown_to_those_pages_alone_that_know_what_its_address_ends_with(
    guarded: Studio,
) -> None:
    image = {**FRAME, "Cookie": guarded.cookie, "Sec-Fetch-Dest": "image", "Sec-Fetch-Mode": "no-cors"}
    address, sight = f"/api/issues/{ISSUE}/pictures/images/cover.svg?width=80", guarded.sight
    assert guarded.ask("GET", f"{address}&see={sight}", image).status == 200
    for see in ("", "&see=", f"&see={sight[:-1]}", "&see=%ff", f"&seen={sight}"):
        assert guarded.ask("GET", f"{address}{see}", image).status == 401
    # It lets nobody in, and shows nothing else.
    for other in ("/", f"/api/issues/{ISSUE}/plan", f"/issues/{ISSUE}"):
        assert guarded.ask("GET", f"{other}?see={sight}", image).status == 401
        page = {**image, "Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "cors"}
        assert guarded.ask("GET", f"{other}?see={sight}", page).status == 401
    assert guarded.ask("GET", f"{address}&see={sight}", {**image, "Cookie": ""}).status == 401


def test_a_page_of_another_port_neither_reads_nor_frames_nor_sends(
    root: Path, tmp_path: Path, browser: Browser
) -> None:
    """The browser has the cookie, which it sends to every port of this machine."""
    with studio(root, tmp_path) as running:
        attack = f"""<title>other</title>
        <form method="post" action="{running.base}/issues" target="sink" enctype="text/plain">
        <input name='{{"date": "2031-01-02", "x": "' value='"}}'></form><iframe name="sink"></iframe>
        <iframe id="frame" src="{running.base}/"></iframe>
        <img id="image" src="{running.base}/api/issues/{ISSUE}/cover">
        <script>document.forms[0].submit()</script>"""
        context, _ = running.opened(browser)
        with contextlib.closing(context), other_port(attack) as address:
            page = context.new_page()
            page.goto(address)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("document.getElementById('image').naturalWidth") == 0
            read = """(address) => fetch(address, {credentials: 'include'})
              .then((answer) => answer.text(), () => 'refused')"""
            assert page.evaluate(read, f"{running.base}/") == "refused"
            sent = """(address) => fetch(address, {method: 'POST', mode: 'no-cors', credentials: 'include',
              body: '{"date": "2031-01-02"}'}).then((answer) => answer.type, (e) => 'refused')"""
            assert page.evaluate(sent, f"{running.base}/issues") in {"opaque", "refused"}
            assert page.evaluate(_OTHER_WAYS, running.base) == ["error"] * 6
            framed = [frame for frame in page.frames if frame.url.startswith(running.base)]
            assert not any(ISSUE in frame.content() for frame in framed)
            assert untouched(root)
            # What the victim opens itself from there goes on by itself, and is its own page again.
            page.evaluate("(address) => { location.href = address }", f"{running.base}/")
            page.wait_for_selector("html[data-ready]")
            assert page.locator(f"a[href='/issues/{ISSUE}']").count() == 1


@in_a_browser
def test_script_in_every_field_stays_words(tmp_path: Path, browser: Browser) -> None:
    attack = "<img src=x onerror=\"document.title='owned'\">\"'><script>document.title='owned'</script>"
    folder = tmp_path / "empty"
    folder.mkdir()
    with studio(folder, tmp_path / "state") as running:
        context, page = running.opened(browser)
        with contextlib.closing(context):
            page.fill("#title", attack)
            page.fill("#publisher", attack)
            page.fill("#email", "office@example.org")
            page.click("main button:not([type=button])")
            page.wait_for_url("**/issues/*")
            page.wait_for_selector("html[data-ready]")
            for path in ("/", "/publication"):
                page.goto(f"{running.base}{path}")
                page.wait_for_selector("html[data-ready]")
                assert page.title() != "owned"
                assert page.locator("main script, header script, img[onerror]").count() == 0
                assert page.locator(".brand").inner_text() == attack


@in_a_browser
def test_no_token_stays_in_an_address_or_a_history(root: Path, tmp_path: Path, browser: Browser) -> None:
    with studio(root, tmp_path) as running:
        context, page = running.opened(browser)
        with contextlib.closing(context):
            assert running.token not in page.url
            assert running.token not in page.content()
            assert page.evaluate("document.cookie") == ""
            with contextlib.suppress(Error):
                page.go_back()
            assert running.token not in page.url
        running.process.terminate()
        out, err = running.process.communicate(timeout=PATIENCE)
        assert running.token not in out + err
        assert running.process.returncode == 0


@in_a_browser
def test_a_new_tab_gets_a_secret_of_its_own_from_an_open_one(
    root: Path, tmp_path: Path, browser: Browser
) -> None:
    with studio(root, tmp_path) as running:
        context, page = running.opened(browser)
        with contextlib.closing(context):
            other = context.new_page()
            other.goto(f"{running.base}/")
            other.wait_for_selector("html[data-ready]")
            key = "sessionStorage.getItem('bulletin-studio-key')"
            assert page.evaluate(key) != other.evaluate(key)
        stranger = browser.new_context().new_page()
        stranger.goto(f"{running.base}/")
        stranger.wait_for_selector("main.notice")
        assert "bulletin studio" in stranger.inner_text("main")
        stranger.context.close()


ASKED: Final = """() => {
  window.asked = [];
  new BroadcastChannel('bulletin-studio-key').onmessage = ({ data }) => { window.asked.push(data.once); };
}"""
"""Notes what new tabs ask the others."""


@in_a_browser
def test_a_new_tab_waits_for_an_open_one_that_has_much_to_do(
    root: Path, tmp_path: Path, browser: Browser
) -> None:
    with studio(root, tmp_path) as running:
        context, page = running.opened(browser)
        with contextlib.closing(context):
            page.evaluate(ASKED)
            held: list[Route] = []
            page.route("**/api/tab", lambda route: held.append(route))  # noqa: PLW0108 - the library looks into it
            other = context.new_page()
            other.goto(f"{running.base}/")
            until(lambda: page.evaluate("window.asked.length") > 2)
            (asked,) = held
            asked.continue_()
            other.wait_for_selector("html[data-ready]")
            assert other.locator(f"a[href='/issues/{ISSUE}']").count() == 1


@pytest.mark.parametrize("sent", [b"", b"GET / HTT", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-"])
def test_a_connection_on_which_no_request_comes_is_closed(
    monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(connections, "HEADER_SECONDS", 0.1)

    async def closed() -> bytes:
        config = uvicorn.Config(lambda *_: None, log_config=None, ws="none")
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: connections.BoundedConnection(config, ServerState(), {}, loop), "127.0.0.1", 0
        )
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(sent)
            answer = await asyncio.wait_for(reader.read(), PATIENCE)
            writer.close()
            return answer

    # Playwright's loop runs in this thread.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, closed()).result() == b""
