"""An issue is made and filed from the studio, which says whether the files are of what stands now."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.studio.running import Studio, studio
from tests.support.mails import sound, with_sender

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ISSUE = "/issues/2023-12-20"
MADE = f"/api{ISSUE}/made/bulletin-2023-12-20.pdf"
CURRENT, OLDER = "от сегашния текст", "след това броят е променян"


@pytest.fixture(scope="module")
def sitting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Studio, Path, Path]]:
    """Run a studio for the tests of a module; return also its workspace and what that begins with."""
    kept = sound(tmp_path_factory.mktemp("kept"), sender=with_sender())
    root = tmp_path_factory.mktemp("release") / "w"
    shutil.copytree(kept, root)
    with studio(root, tmp_path_factory.mktemp("state")) as each:
        each.enter()
        yield each, root, kept


@pytest.fixture
def root(sitting: tuple[Studio, Path, Path]) -> Path:
    """Return a workspace of which nothing was made or filed yet."""
    _, root, kept = sitting
    for path in root.iterdir():
        if not path.name.startswith("."):
            shutil.rmtree(path)
    shutil.copytree(kept, root, dirs_exist_ok=True)
    return root


@pytest.fixture
def running(sitting: tuple[Studio, Path, Path], root: Path) -> Studio:
    """Return the studio of a workspace of which nothing was made or filed yet."""
    assert root.is_dir()
    return sitting[0]


def done(running: Studio, path: str) -> dict[str, Any]:
    """Begin work, and return what is told at its end."""
    job = json.loads(running.ask("POST", path, running.own, b"").text)["job"]
    told = running.ask("GET", f"/api/jobs/{job}", running.own).text
    last: dict[str, Any] = json.loads(told.rstrip().rpartition("data: ")[2])
    return last


def seen(running: Studio, path: str) -> str:
    return running.ask("GET", path, running.own).text


def test_the_files_are_made_downloaded_and_said_to_be_older_once_the_issue_changes(
    running: Studio, root: Path
) -> None:
    assert "data-download" not in seen(running, f"{ISSUE}/release")
    assert done(running, f"{ISSUE}/build")["announce"].startswith("Файловете са направени")
    shown = seen(running, f"{ISSUE}/release")
    assert shown.count("data-download") == 3
    assert CURRENT in shown
    answer = running.ask("GET", MADE, running.own)
    made = root / "out/2023-12-20/bulletin-2023-12-20.pdf"
    assert int(answer.headers["content-length"]) == made.stat().st_size
    article = root / "issues/2023-12-20/project.md"
    before = article.read_bytes()
    article.write_bytes(before + b"\n")
    assert OLDER in seen(running, f"{ISSUE}/release")
    article.write_bytes(before)
    assert CURRENT in seen(running, f"{ISSUE}/release")


def test_an_error_stops_the_files_and_the_archive_and_leads_to_its_article(
    running: Studio, root: Path
) -> None:
    article = root / "issues/2023-12-20/tower.md"
    article.write_bytes(article.read_bytes() + b"\n![](images/tower.png)\n")
    for path in ("build", "filing"):
        (finding, *_) = done(running, f"{ISSUE}/{path}")["findings"]
        assert finding["code"] == "E51"
        assert finding["go"].startswith(f"{ISSUE}/articles/tower.md")
    assert not (root / "issues/2023-12-20/filed").exists()


def test_an_issue_is_filed_once_and_found_in_the_archive(running: Studio) -> None:
    assert done(running, f"{ISSUE}/filing")["announce"].startswith("Броят е в архива")
    assert "вече е в архива" in done(running, f"{ISSUE}/filing")["announce"]
    assert "Мостове" in seen(running, "/archive?words=%D0%BC%D0%BE%D1%81%D1%82")


def test_a_filed_issue_is_made_again_to_the_last_byte(running: Studio) -> None:
    done(running, f"{ISSUE}/filing")
    assert done(running, "/archive/2023-12-20/1/again")["announce"].endswith("до последния байт")
    assert "до последния байт" in seen(running, "/archive/2023-12-20/1")
