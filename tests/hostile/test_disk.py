"""When the disk says no or the process ends, all of an output is in place, or what was there before."""

from __future__ import annotations

import contextlib
import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files import outputs
from pipeline.files.outputs import finish_interrupted, write_together
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import IssueError, PressError
from tests.bench.kills.__main__ import COMMANDS, kill_once
from tests.conftest import REPOSITORY, run_bulletin
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD = {"a.pdf": b"old a", "b.pdf": b"old b", "gone.png": b"of a page now gone"}
NEW = {"a.pdf": b"new a" * 20_000, "b.pdf": b"old b", "c.txt": b"new c"}


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def with_old(folder: Path) -> Path:
    folder.mkdir()
    for name, data in OLD.items():
        (folder / name).write_bytes(data)
    return folder


def test_files_are_written_together(tmp_path: Path) -> None:
    folder = with_old(tmp_path / "out")
    paths = write_together(folder, NEW, ["gone.png", "never-there.png"])
    assert [path.name for path in paths] == list(NEW)
    assert files_in(folder) == NEW


def test_a_file_that_is_as_it_should_be_is_not_touched(tmp_path: Path) -> None:
    folder = with_old(tmp_path / "out")
    os.utime(folder / "b.pdf", (1, 1))
    write_together(folder, NEW)
    assert (folder / "b.pdf").stat().st_mtime == 1


@pytest.mark.parametrize("fails_at", range(6))
def test_a_full_disk_leaves_what_was_there(
    fails_at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = with_old(tmp_path / "out")
    calls = 0
    real = os.fsync

    def full(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls > fails_at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    with contextlib.suppress(PressError):
        write_together(folder, NEW, ["gone.png"])
    monkeypatch.undo()
    # What was written whole before the disk was full is finished by the next run, and never by half.
    finish_interrupted(folder)
    assert files_in(folder) == (OLD if fails_at < 4 else NEW)


@settings(max_examples=25, deadline=None)
@given(step=st.integers(0, 30))
def test_a_process_that_ends_anywhere_leaves_all_or_nothing(
    step: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The child is ended at a system call of its choice; whoever writes next finishes or sweeps up."""
    folder = with_old(tmp_path_factory.mktemp("kill") / "out")
    child = os.fork()
    if child == 0:
        left = step

        def count(event: str, _: object) -> None:
            nonlocal left
            if event in {"open", "os.rename", "os.remove", "os.listdir"}:
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        write_together(folder, NEW, ["gone.png"])
        os._exit(0)
    os.waitpid(child, 0)
    finish_interrupted(folder)
    assert files_in(folder) in (OLD, NEW)


def test_a_list_that_names_files_elsewhere_does_nothing(tmp_path: Path) -> None:
    folder = with_old(tmp_path / "out")
    (tmp_path / "kept").write_bytes(b"kept")
    (folder / ".aside-x").write_bytes(b"x")
    (folder / ".writing.json").write_text('{"new": ["../x", "/x"], "old": ["../kept"]}', "utf-8")
    finish_interrupted(folder)
    assert (tmp_path / "kept").read_bytes() == b"kept"
    assert files_in(folder) == OLD


# the command


def built(root: Path) -> Path:
    """Return a workspace with its screen edition built, and one word changed since."""
    shutil.copytree(GOOD, root)
    done = run_bulletin("build", "2023-12-20", "--edition", "screen", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    article = root / "issues/2023-12-20/tower.md"
    article.write_text(article.read_text("utf-8").replace("Първият", "Вторият"), "utf-8")
    return root


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("disk") / "w")


def run_limited(root: Path, limit: Callable[[], None]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "--language", "en", "build", "2023-12-20", "--edition", "screen"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_limit_of_file_size_leaves_what_was_built_before(ready: Path, tmp_path: Path) -> None:
    root = tmp_path / "w"
    shutil.copytree(ready, root)
    before = files_in(root / "out/2023-12-20")
    smallest = min(len(data) for data in before.values() if data)
    done = run_limited(root, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (smallest, smallest)))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "E83" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert files_in(root / "out/2023-12-20") == before


def test_a_disk_that_is_full_leaves_what_was_built_before(
    ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "w"
    shutil.copytree(ready, root)
    before = files_in(root / "out/2023-12-20")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(outputs, "_write_aside", full)
    workspace = Workspace(root)
    with pytest.raises(PressError, match="E83"):
        build(BuildRequest(workspace.issues / "2023-12-20", workspace, root / "out"))
    assert files_in(root / "out/2023-12-20") == before


@pytest.mark.parametrize("asked", ["2", "2023/2", "2023-12-20", "20.12.2023", "issues/2023-12-20"])
def test_a_broken_issue_is_named_as_broken_however_it_is_asked_for(asked: str, tmp_path: Path) -> None:
    root = tmp_path / "w"
    shutil.copytree(GOOD, root)
    (root / "issues/2023-12-20/issue.yaml").write_text("title: [\nnumber: 2\n", "utf-8")
    done = run_bulletin("--language", "en", "check", asked, cwd=root)
    assert done.returncode == 1
    assert "issues/2023-12-20/issue.yaml" in done.stdout + done.stderr
    assert "E10" in done.stdout + done.stderr


def test_a_number_that_no_issue_has_is_told_as_before(tmp_path: Path) -> None:
    root = tmp_path / "w"
    shutil.copytree(GOOD, root)
    with pytest.raises(IssueError) as refused:
        Workspace(root).choose_issue("77")
    assert [finding.code for finding in refused.value.findings] == ["E09"]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_killed_command_leaves_nothing_half_and_nothing_jammed(
    command: tuple[str, ...], seed: int, tmp_path: Path
) -> None:
    """The smaller form of `python -m tests.bench.kills`."""
    assert list(kill_once(tmp_path / "killed", command, seed)) == []
