"""What came by mail into the workspace leads the studio out of it nowhere, and lets it wait for nothing."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from typing import TYPE_CHECKING, Any, Final

import pytest

from pipeline.desk.editing.account import ACCOUNT, accounts
from pipeline.desk.writing.history.journal import WRITTEN
from pipeline.desk.writing.history.store import store_of
from pipeline.files.lock import LOCK_FILE
from pipeline.files.workspace import Workspace
from pipeline.files.writing.locks import locked
from pipeline.findings.finding import BulletinError, PressError
from pipeline.importing.merging import RECORD, Record, read_record
from tests.studio.attacks.workspaces import ISSUE
from tests.support.paths import SHIPPED_ISSUES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.studio.running import Studio

SECRET: Final = "nobody is to read this"
OTHER: Final = "2025-01-01"
ARTICLE: Final = "degrebe.md"
_ITEM: Final = '{"code": "CODE", "values": {}, "path": "", "whole": "", "state": "open", "article": ""}'
_ACCOUNT: Final = f'{{"imports": [{{"files": [], "words": [1, 2], "counts": {{}}, "items": [{_ITEM}]}}]}}'


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Yield what lies beside the workspace: an issue, a text, a PDF, and folders that links lead to."""
    folder = tmp_path_factory.mktemp("outside")
    shutil.copytree(SHIPPED_ISSUES / ISSUE, folder / "issue", ignore=shutil.ignore_patterns("filed"))
    plan = folder / "issue" / "issue.yaml"
    plan.write_text(plan.read_text("utf-8").replace(ISSUE, OTHER).replace("Проекти и", SECRET), "utf-8")
    (folder / "text.md").write_text(f"---\nkind: article\ntitle: {SECRET}\n---\n{SECRET}\n", "utf-8")
    (folder / "other.md").write_text("---\nkind: article\ntitle: A\n---\nB\n", "utf-8")
    (folder / "draft.pdf").write_text(f"%PDF {SECRET}", "utf-8")
    for name in ("identity", "images", "history", "logos"):
        (folder / name).mkdir()
    (folder / "identity" / "identity.pdf").write_text(f"%PDF {SECRET}", "utf-8")
    return folder


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, outside: Path) -> Path:
    root = tmp_path_factory.mktemp("mailed")
    shutil.copytree(SHIPPED_ISSUES, root / "issues", ignore=shutil.ignore_patterns("filed"))
    issue = root / "issues" / ISSUE
    (root / "issues" / OTHER).symlink_to(outside / "issue")
    (issue / "linked.md").symlink_to(outside / "text.md")
    os.link(outside / "other.md", issue / "hard.md")
    # An issue may name what it likes.
    plan = issue / "issue.yaml"
    named = f"      - {ARTICLE}\n      - ../../../{outside.name}/text.md\n      - /etc/passwd\n"
    plan.write_text(plan.read_text("utf-8").replace(f"      - {ARTICLE}\n", named), "utf-8")
    (root / "out" / ISSUE).mkdir(parents=True)
    (root / "out" / ISSUE / f"bulletin-{ISSUE}-draft.pdf").symlink_to(outside / "draft.pdf")
    (root / "out" / "identity").symlink_to(outside / "identity")
    (root / "issues" / "logos").symlink_to(outside / "logos")
    return root


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sent(running: Studio, method: str, path: str, data: object) -> tuple[int, Any]:
    answer = running.ask(method, path, running.own, json.dumps(data).encode())
    return answer.status, json.loads(answer.text)


def codes(told: Any) -> list[str]:
    return [finding["code"] for finding in told["findings"]]


def last_told(running: Studio, job: str) -> dict[str, Any]:
    told = running.ask("GET", f"/api/jobs/{job}", running.own).text
    last: dict[str, Any] = json.loads(told.strip().rpartition("data: ")[2])
    return last


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/issues/{OTHER}",
        f"/api/issues/{OTHER}/cover",
        f"/api/issues/{OTHER}/plan",
        f"/api/issues/{OTHER}/pages",
        f"/api/issues/{OTHER}/mail",
        f"/api/issues/{OTHER}/findings",
        f"/api/issues/{OTHER}/articles/{ARTICLE}",
        f"/api/issues/{OTHER}/pictures/images/cover.svg",
        f"/issues/{ISSUE}",
        f"/issues/{ISSUE}/articles/linked.md",
        f"/api/issues/{ISSUE}/articles/linked.md",
        f"/issues/{ISSUE}/history?file=linked.md",
        f"/api/issues/{ISSUE}/draft.pdf",
        "/api/specimen.pdf",
    ],
)
def test_a_link_that_leads_out_of_the_workspace_shows_nothing(running: Studio, path: str) -> None:
    answer = running.ask("GET", path, running.own)
    assert SECRET not in answer.text
    is_of_itself = path in {"/", f"/issues/{ISSUE}", f"/issues/{ISSUE}/history?file=linked.md"}
    assert (answer.status == 200) is is_of_itself


def test_nothing_is_written_where_a_link_leads_out_of_the_workspace(running: Studio, outside: Path) -> None:
    before = contents(outside)
    text = {"base": "0" * 64, "text": "---\nkind: article\ntitle: A\n---\nB\n"}
    assert codes(sent(running, "PUT", f"/api/issues/{OTHER}/articles/{ARTICLE}", text)[1]) == ["E647"]
    assert codes(sent(running, "PUT", f"/api/issues/{ISSUE}/articles/linked.md", text)[1]) == ["E04"]
    opened = json.loads(running.ask("GET", f"/api/issues/{ISSUE}/articles/hard.md", running.own).text)
    changed = text | {"base": opened["version"]}
    assert sent(running, "PUT", f"/api/issues/{ISSUE}/articles/hard.md", changed)[0] == 200
    assert codes(sent(running, "POST", f"/issues/{OTHER}/draft", {})[1]) == ["E647"]
    picture = (SHIPPED_ISSUES / ISSUE / "images" / "cover.svg").read_bytes()
    body = (
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.svg"\r\n\r\n'
        + picture
        + b"\r\n--b--\r\n"
    )
    headers = {**running.own, "Content-Type": "multipart/form-data; boundary=b"}
    for path in (f"/api/issues/{OTHER}/pictures", "/api/house-files"):
        assert codes(json.loads(running.ask("POST", path, headers, body).text)) == ["E647"]
    assert contents(outside) == before


def test_nothing_made_is_written_where_a_link_leads_out_of_the_workspace(
    running: Studio, outside: Path
) -> None:
    before = contents(outside)
    _, begun = sent(running, "POST", "/identity/specimen", {})
    assert codes(last_told(running, begun["job"])) == ["E647"]
    assert contents(outside) == before


@pytest.mark.parametrize("name", [".history", ".history/objects", ".history/aside", ".history/journal"])
def test_the_history_is_kept_in_the_workspace_or_not_at_all(tmp_path: Path, name: str) -> None:
    workspace = workspace_in(tmp_path)
    beside = tmp_path / "beside"
    (beside / "journal").mkdir(parents=True)
    (beside / "text").write_text("export PATH", "utf-8")
    path = workspace.root / name
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(beside / "text" if name.endswith("journal") else beside)
    before = contents(beside)
    with pytest.raises(BulletinError):
        store_of(workspace).keep(b"words", f"issues/{ISSUE}/{ARTICLE}", WRITTEN)
    assert contents(beside) == before


@pytest.mark.parametrize("name", ["journal", "journal.lock", ".gitignore", "aside/.0-x.part"])
def test_a_pipe_in_the_history_is_not_waited_for(tmp_path: Path, name: str) -> None:
    workspace = workspace_in(tmp_path)
    path = workspace.root / ".history" / name
    path.parent.mkdir(parents=True)
    os.mkfifo(path)
    with contextlib.suppress(BulletinError):
        store_of(workspace).keep(b"words", f"issues/{ISSUE}/{ARTICLE}", WRITTEN)
        store_of(workspace).rescue()
    with contextlib.suppress(BulletinError):
        store_of(workspace).records()


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_plain_file_is_no_account_and_no_text_of_before(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    folder = workspace_in(tmp_path).issues / ISSUE
    for name in (ACCOUNT, RECORD):
        make(folder / name)
    assert accounts(folder) == {}
    assert read_record(folder) == Record()


@pytest.mark.parametrize(
    "written",
    [
        "[" * 100_000,
        "[]",
        '{"imports": 1}',
        '{"imports": [1, null, {}, {"items": 1}]}',
        '{"imports": [{"files": [], "items": [], "words": [1, 2], "counts": []}]}',
        '{"imports": [{"files": [], "items": [], "words": "ab", "counts": {}}]}',
        _ACCOUNT.replace("CODE", "X99"),
        _ACCOUNT.replace("CODE", "W504"),
    ],
)
def test_an_account_that_this_program_did_not_write_is_none(tmp_path: Path, written: str) -> None:
    folder = workspace_in(tmp_path).issues / ISSUE
    (folder / ACCOUNT).write_text(written, "utf-8")
    assert accounts(folder) == {}


def test_a_lock_that_is_a_link_makes_no_file_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / LOCK_FILE).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PressError), locked(tmp_path / "images" / LOCK_FILE):
        pass
    assert not (tmp_path / "elsewhere").exists()


def workspace_in(folder: Path) -> Workspace:
    shutil.copytree(SHIPPED_ISSUES, folder / "workspace" / "issues", ignore=shutil.ignore_patterns("filed"))
    return Workspace(folder / "workspace")
