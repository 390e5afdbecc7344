"""Studios as somebody starts them: the command in a process of its own, and who asks it without a browser."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.__main__ import run
from pipeline.desk.writing.disk import settled
from tests.studio.processes import PATIENCE
from tests.support.paths import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

_TAB = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
_OWN = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}


class Answer(NamedTuple):
    """An answer of the server."""

    status: int
    headers: Mapping[str, str]
    text: str


class Studio:
    """A studio that runs.

    Args:
        process: Its process.
        link: The single-use link that it printed.
        state: The folder of the user's state.
    """

    def __init__(self, process: subprocess.Popen[str], link: str, state: Path) -> None:
        """Know its address."""
        self.state = state
        self.process = process
        self.link = link
        self.base, _, self.token = link.partition("/start?link=")
        self.port = int(self.base.rpartition(":")[2])
        self.cookie = self.key = ""

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """Send a request with these headers and no others but Host."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            sent = dict(headers or {})
            connection.putrequest(method, path, skip_host="Host" in sent, skip_accept_encoding=True)
            if body is not None:
                sent.setdefault("Content-Length", str(len(body)))
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            shown = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, shown, answer.read().decode("utf-8", "replace"))

    def enter(self) -> None:
        """Follow the link, as a browser does, and keep cookie and secret."""
        answer = self.ask("GET", f"/start?link={self.token}", _TAB)
        found = re.search(r'data-key="([^"]+)"', answer.text)
        assert found is not None, answer.status
        self.key = found[1]
        self.cookie = answer.headers["set-cookie"].partition(";")[0]

    @property
    def own(self) -> dict[str, str]:
        """The headers of a request of a page of the studio."""
        return {**_OWN, "Cookie": self.cookie, "X-Studio-Key": self.key}

    @property
    def sight(self) -> str:
        """What the pages put behind the addresses of pictures."""
        return self.ask("GET", "/", self.own).text.partition('data-sight="')[2].partition('"')[0]

    def opened(self, browser: Browser, **wishes: object) -> tuple[BrowserContext, Page]:
        """Open it in a browser; the page shows the issues, or the first day."""
        context = browser.new_context(**wishes)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(self.link)
        page.wait_for_url(f"{self.base}/")
        ready(page)
        return context, page


def ready(page: Page) -> None:
    """Wait until a page shows what it is to show."""
    page.wait_for_selector("html[data-ready]")


COMMAND: Final = "pipeline"
"""The module of the command, as `python -m` runs it."""

IMPATIENT: Final = "tests.studio.running"
"""The same by this module, below: other programs are waited for but a moment, as in the tests of writing."""

_QUIET: Final = 0.3
"""Seconds for which a file must not have changed, where nothing but the test writes."""


@contextlib.contextmanager
def studio(
    folder: Path, state: Path, *arguments: str, language: str | None = "bg", module: str = IMPATIENT
) -> Iterator[Studio]:
    """Run a studio for the duration of a block.

    Args:
        folder: The workspace, or the folder in which one is to be begun.
        state: The folder of the user's state.
        *arguments: Further ones of the command.
        language: Of its pages; None where the command is not told one, and the system speaks English.
        module: `IMPATIENT`, or `COMMAND` where the command itself is tried.
    """
    process = started(folder, state, "--no-browser", *arguments, language=language, module=module)
    assert process.stdout is not None
    try:
        yield Studio(process, process.stdout.readline().strip(), state)
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def started(
    folder: Path, state: Path, *arguments: str, language: str | None = "bg", module: str = COMMAND
) -> subprocess.Popen[str]:
    """Start the command, and return its process."""
    seen = {name: value for name, value in os.environ.items() if not name.startswith("FONTCONFIG")}
    environment = {**seen, "PYTHONPATH": str(PACKAGE.parent), "XDG_STATE_HOME": str(state)}
    if language is None:
        environment |= {"LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
    command = [sys.executable, "-m", module, "studio", "--workspace", str(folder)]
    asked = ["--language", language] if language is not None else []
    return subprocess.Popen(
        [*command, *asked, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def shown(entered: tuple[Studio, BrowserContext], page: Page, path: str) -> None:
    """Show a view of the studio in a tab, and wait until it is there."""
    page.goto(f"{entered[0].base}{path}")
    ready(page)


if __name__ == "__main__":
    settled.PATIENCE.quiet = _QUIET
    run()
