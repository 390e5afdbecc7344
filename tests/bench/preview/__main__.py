"""Edit an issue at random, and hold the preview against layouts from the start; print times and memory.

    python -m tests.bench.preview [--edits 400] [--workspace FOLDER] [--issue NAME] [--articles N] [--seed 0]
                                  [--agree-every 1]

Each edit is shown by the resident layout, which keeps what it can; every so many edits all pages and places
are compared with those of a layout from the start that keeps the same decisions. Times are those of this
process's processor. The exit status is 1 where anything differs.
"""

from __future__ import annotations

import argparse
import gc
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.preview.article_html import article_html, only_article
from pipeline.desk.preview.current_issue import CurrentIssue
from pipeline.desk.preview.issue_pages import IssuePages
from pipeline.desk.preview.requests import ShowRequest
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import IssueError
from pipeline.models.editions import SCREEN
from pipeline.page.engine.loading import warm_up
from pipeline.pdf.raster import packed, page_pictures
from pipeline.typography.typesetting import typeset
from tests.bench.specimens import SHIPPED, long_issue, shipped
from tests.support.generated.edits import edit_issue

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.desk.preview.requests import ShowAnswer

_DPI: Final = 100


class Account(NamedTuple):
    """What was measured, each in seconds of the processor, edit by edit.

    Args:
        html: The article as HTML.
        pages: All pages laid out, those that changed drawn.
        picture: The picture of the first page that changed.
        memory: Megabytes in use after the edit.
    """

    html: list[float]
    pages: list[float]
    picture: list[float]
    memory: list[float]


def timed(do: Callable[[], object], into: list[float]) -> object:
    """Do something, and add how long the processor took."""
    start = time.process_time()
    try:
        return do()
    finally:
        into.append(time.process_time() - start)


def memory() -> float:
    """Return the megabytes of memory in use."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096 / 2**20


class Session:
    """An issue that is edited and shown.

    Args:
        workspace: Its workspace.
        issue: The name of its folder.
    """

    def __init__(self, workspace: Workspace, issue: str) -> None:
        """Lay the issue out."""
        self.folder = workspace.issues / issue
        self._workspace, self._name = workspace, issue
        self._current = CurrentIssue(workspace, issue)
        self._pages = IssuePages(self._current, SCREEN.name)
        self.last = self._pages.show(ShowRequest(issue, SCREEN.name, None, as_readable=False))
        self.account = Account([], [], [], [])
        self.changed_pages: list[int] = []

    def edit(self, rnd: random.Random) -> bool:
        """Edit an article, show it, and return whether the files could be read."""
        path = edit_issue(self.folder, rnd)
        account = self.account
        try:
            timed(lambda: self._html(path.name), account.html)
            request = ShowRequest(self._name, SCREEN.name, self.last.decisions, as_readable=False)
            answer = self._shown(request)
        except IssueError:
            return False
        if answer.drawn:
            pdf = next(iter(answer.drawn.values()))
            timed(lambda: packed(page_pictures(pdf, _DPI)[0], 1), account.picture)
        self.changed_pages.append(len(answer.drawn))
        gc.collect()  # as the process does while nobody waits
        account.memory.append(memory())
        self.last = answer
        return True

    def agrees(self) -> bool:
        """Return whether pages and places are those of a layout from the start."""
        fresh = IssuePages(CurrentIssue(self._workspace, self._name), SCREEN.name)
        try:
            whole = fresh.show(ShowRequest(self._name, SCREEN.name, self.last.decisions, as_readable=False))
        finally:
            fresh.close()
        return whole.pages == self.last.pages and whole.places == self.last.places

    def _shown(self, request: ShowRequest) -> ShowAnswer:
        start = time.process_time()
        answer = self._pages.show(request)
        self.account.pages.append(time.process_time() - start)
        return answer

    def _html(self, name: str) -> None:
        valid = self._current.valid()
        try:
            alone = only_article(valid.issue, name)
        except IssueError:
            return  # a file that the issue does not name
        article_html(typeset(alone), valid.style, self._current.assets(valid, SCREEN))


def run(session: Session, edits: int, seed: int, agree_every: int) -> int:
    """Edit, show and compare; print an account, and return how often something differed."""
    rnd = random.Random(seed)
    kept = {path: path.read_bytes() for path in session.folder.glob("*.md")}
    refused = differing = compared = 0
    for number in range(1, edits + 1):
        refused += not session.edit(rnd)
        if number % 25 == 0:
            # Edits add more than they take away: begin anew, before the issue is a book.
            for path, data in kept.items():
                path.write_bytes(data)
        elif number % agree_every == 0 and session.last.is_whole:
            compared += 1
            if not session.agrees():
                differing += 1
                sys.stdout.write(f"differs after edit {number} (seed {seed})\n")
    account = session.account
    parts = {"html": account.html, "pages": account.pages, "picture": account.picture}
    medians = {name: statistics.median(times) for name, times in parts.items() if times}
    for name, median in medians.items():
        ninth = statistics.quantiles(parts[name], n=10)[-1] if len(parts[name]) > 1 else median
        sys.stdout.write(f"{name}: median {median:.3f} s, one in ten over {ninth:.3f} s\n")
    sys.stdout.write(
        f"edit to picture of the changed page: {sum(medians.values()):.3f} s\n"
        f"pages of the issue: {len(session.last.pages)}; drawn after an edit: "
        f"{statistics.median(session.changed_pages):g}\n"
        f"memory: {account.memory[0]:.0f} MB after the first edit, {account.memory[-1]:.0f} MB after the "
        f"last, {(account.memory[-1] - account.memory[0]) / len(account.memory):.2f} MB an edit\n"
        f"edits: {edits}, of them refused: {refused}; compared: {compared}, differing: {differing}\n"
    )
    return differing


def main(arguments: list[str] | None = None) -> int:
    """Measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.preview", description=__doc__)
    parser.add_argument("--edits", type=int, default=400)
    parser.add_argument(
        "--workspace", type=Path, help="a workspace to copy; the shipped issues when left out"
    )
    parser.add_argument("--issue", default=SHIPPED, help="the issue, by the name of its folder")
    parser.add_argument("--articles", type=int, help="an issue of so many articles instead")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--agree-every", type=int, default=1, help="after how many edits pages are compared")
    asked = parser.parse_args(arguments)
    warm_up()
    with tempfile.TemporaryDirectory(prefix="preview-") as folder:
        root = Path(folder) / "workspace"
        if asked.workspace is not None:
            shutil.copytree(asked.workspace, root)
        elif asked.articles:
            root.mkdir()
            long_issue(root, asked.articles)
        else:
            root.mkdir()
            shipped(root)
        session = Session(Workspace(root), asked.issue)
        return 1 if run(session, asked.edits, asked.seed, asked.agree_every) else 0


if __name__ == "__main__":
    sys.exit(main())
