"""What others change is told once it was quiet, whole, and what this program wrote is not."""

from __future__ import annotations

import asyncio
import shutil
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from watchfiles import Change, awatch

from pipeline.desk.writing import changes
from pipeline.desk.writing.articles import open_article, save_article
from pipeline.desk.writing.changes import Changes
from pipeline.desk.writing.disk.settled import KNOWN, PATIENCE, Signature
from pipeline.desk.writing.results import ArticleChange
from tests.desk.writing.conftest import ISSUE, NAME
from tests.studio import processes

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from pathlib import Path

    from pipeline.files.workspace import Workspace

    Watching = Callable[..., AsyncGenerator[Any, None]]


def told(
    workspace: Workspace, work: Callable[[], None], wanted: set[str], watching: Watching = awatch
) -> list[set[str]]:
    """Return what is told while something is done, until all that is wanted was told."""
    watched = Changes(workspace)
    has_begun = threading.Event()

    async def begun(*paths: Path, **options: Any) -> AsyncGenerator[Any, None]:
        async for events in watching(*paths, **options):
            has_begun.set()
            yield events

    def do() -> None:
        has_begun.wait(processes.PATIENCE)
        work()

    async def watch() -> list[set[str]]:
        seen: list[set[str]] = []
        worker = threading.Thread(target=do)
        worker.start()
        timer = threading.Timer(processes.PATIENCE, watched.stop)
        timer.start()
        async for paths in watched:
            seen.append(paths)
            if wanted <= set().union(*seen):
                # What is told too much would come now.
                threading.Timer(PATIENCE.quiet * 4, watched.stop).start()
        timer.cancel()
        worker.join()
        return seen

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changes, "awatch", begun)
        return asyncio.run(watch())


def test_a_slow_writer_is_told_once_and_whole(workspace: Workspace) -> None:
    path = workspace.issues / ISSUE / NAME
    text = path.read_text("utf-8")
    seen_at: list[str] = []

    def work() -> None:
        with path.open("w", encoding="utf-8") as file:
            for part in (text[:500], text[500:], "\nКрай.\n"):
                file.write(part)
                file.flush()
                # Longer than a file has to be quiet: that it is open tells it.
                time.sleep(PATIENCE.quiet * 1.5)
        seen_at.append("whole")

    name = f"issues/{ISSUE}/{NAME}"
    assert told(workspace, work, {name}) == [{name}]
    assert seen_at == ["whole"]


def test_files_that_are_renamed_made_and_deleted_are_told(workspace: Workspace) -> None:
    folder = workspace.issues / ISSUE

    def work() -> None:
        (folder / ".draft.part").write_text("---\n---\n", "utf-8")
        (folder / ".draft.part").replace(folder / "new.md")
        (folder / "degrebe.md").unlink()

    wanted = {f"issues/{ISSUE}/new.md", f"issues/{ISSUE}/degrebe.md"}
    assert set().union(*told(workspace, work, wanted)) == wanted


def test_what_this_program_writes_is_not_told(workspace: Workspace) -> None:
    other = workspace.issues / ISSUE / "go-green.md"

    def work() -> None:
        opened = open_article(workspace, ISSUE, NAME)
        save_article(workspace, ISSUE, NAME, opened.version, ArticleChange(head={("title",): "Нов"}), "Мария")
        other.write_text(other.read_text("utf-8") + "\nКрай.\n", "utf-8")

    wanted = {f"issues/{ISSUE}/go-green.md"}
    assert set().union(*told(workspace, work, wanted)) == wanted


@pytest.mark.parametrize("moment", ["before it is watched", "once it is watched"])
def test_a_folder_that_is_put_in_the_place_of_another_is_watched(workspace: Workspace, moment: str) -> None:
    watched: list[str] = []

    def new_file(now: str) -> None:
        if len(watched) == 2 and now == moment:
            (workspace.issues / ISSUE / "new.md").write_text("---\n---\n", "utf-8")
            watched.append("written")

    async def watching(*paths: Path, **options: Any) -> AsyncGenerator[Any, None]:
        watched.append("begun")
        new_file("before it is watched")
        async for events in awatch(*paths, **options):
            yield events
            new_file("once it is watched")

    def work() -> None:
        shutil.copytree(workspace.issues, workspace.root / "copy")
        workspace.issues.rename(workspace.root / "before")
        (workspace.root / "copy").rename(workspace.issues)

    wanted = {f"issues/{ISSUE}/new.md", f"issues/{ISSUE}/go-green.md", "issues/publication.yaml"}
    assert wanted <= set().union(*told(workspace, work, wanted, watching))


def test_a_change_of_which_the_system_tells_late_is_told_once(workspace: Workspace) -> None:
    path = workspace.issues / ISSUE / NAME

    def was_read() -> bool:
        return KNOWN.has(path, Signature.of(path.stat()))

    async def watching(*_: Path, stop_event: threading.Event, **__: Any) -> AsyncGenerator[Any, None]:
        for is_over in (was_read, stop_event.is_set):
            yield {(Change.modified, str(path))}
            while not is_over():
                yield set()
                await asyncio.sleep(PATIENCE.quiet / 10)

    name = f"issues/{ISSUE}/{NAME}"
    assert told(workspace, lambda: None, {name}, watching) == [{name}]


def test_where_the_system_gives_no_watches_files_are_looked_at(
    workspace: Workspace,
) -> None:
    asked: list[bool] = []

    def without_watches(
        *paths: Path, force_polling: bool | None, **options: Any
    ) -> AsyncGenerator[Any, None]:
        asked.append(bool(force_polling))
        if not force_polling:
            raise RuntimeError
        return awatch(*paths, force_polling=True, poll_delay_ms=50, **options)

    path = workspace.issues / ISSUE / "go-green.md"

    def work() -> None:
        path.write_text(path.read_text("utf-8") + "\nКрай.\n", "utf-8")

    wanted = {f"issues/{ISSUE}/go-green.md"}
    assert set().union(*told(workspace, work, wanted, without_watches)) == wanted
    assert asked == [False, True]
