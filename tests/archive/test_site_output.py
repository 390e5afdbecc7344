"""The archive's site has the same bytes each time, and is written whole or not at all."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.archive.shelf import Shelf
from pipeline.archive.site.output_folder import MARKER, put_site
from pipeline.desk.archive.site_publishing import publish
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import ArchiveError, PressError
from tests.support.sites import (
    archive_of_issues,
    contents_of,
    workspace_of_issues,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_the_same_bytes_each_time_and_from_any_folder(
    shelf: Shelf, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive_of_issues(tmp_path / "another" / "place")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another cache"))
    publish(Shelf(Workspace(tmp_path / "another" / "place")), tmp_path / "site")
    assert contents_of(tmp_path / "site") == contents_of(site)
    publish(shelf, tmp_path / "site")
    assert contents_of(tmp_path / "site") == contents_of(site)


def test_a_site_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "site"
    assert put_site([("index.html", b"1"), ("old/page.html", b"old")], target) == 2
    assert put_site([("index.html", b"2")], target) == 1
    assert contents_of(target) == {MARKER: b"index.html\n", "index.html": b"2"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_an_empty_folder_becomes_the_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    put_site([("index.html", b"1")], tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_with_other_files_is_refused_and_not_changed(shelf: Shelf, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("мое", "utf-8")
    with pytest.raises(ArchiveError) as refused:
        publish(shelf, tmp_path)
    assert [finding.code for finding in refused.value.findings] == ["E250"]
    assert contents_of(tmp_path) == {"letters.txt": "мое".encode()}


def test_a_file_added_to_a_site_by_hand_is_not_lost(tmp_path: Path) -> None:
    target = tmp_path / "site"
    put_site([("index.html", b"1")], target)
    (target / "CNAME").write_text("example.org", "utf-8")
    with pytest.raises(ArchiveError) as refused:
        put_site([("index.html", b"2")], target)
    assert [finding.code for finding in refused.value.findings] == ["E250"]
    assert (target / "index.html").read_bytes() == b"1"


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_target_that_is_no_folder_is_refused(tmp_path: Path, kind: str) -> None:
    if kind == "file":
        (tmp_path / "site").write_bytes(b"")
    else:
        (tmp_path / "site").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ArchiveError) as refused:
        put_site([("index.html", b"1")], tmp_path / "site")
    assert [finding.code for finding in refused.value.findings] == ["E250"]


def test_a_site_that_cannot_be_built_leaves_the_one_before(tmp_path: Path) -> None:
    target = tmp_path / "site"
    put_site([("index.html", b"1")], target)

    def broken() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"2"
        raise OSError(28, "No space left on device")

    with pytest.raises(PressError) as stopped:
        put_site(broken(), target)
    assert [finding.code for finding in stopped.value.findings] == ["E83"]
    assert (target / "index.html").read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("moment", ["while writing", "between the two renames", "after them"])
def test_killed_at_any_moment_a_site_exists_and_the_next_run_deletes_leftovers(
    tmp_path: Path, moment: str
) -> None:
    target = tmp_path / "site"
    put_site([("index.html", b"1")], target)
    shutil.copytree(target, tmp_path / ".site.unfinished" if moment == "while writing" else tmp_path / ".x")
    if moment == "between the two renames":
        target.rename(tmp_path / ".site.before")
        (tmp_path / ".x").rename(tmp_path / ".site.unfinished")
    elif moment == "after them":
        (tmp_path / ".x").rename(tmp_path / ".site.before")

    def broken() -> Iterator[tuple[str, bytes]]:
        yield from ()
        raise OSError(28, "No space left on device")

    with pytest.raises(PressError):
        put_site(broken(), target)
    assert contents_of(target) == {MARKER: b"index.html\n", "index.html": b"1"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert put_site([("index.html", b"2")], target) == 1
    assert (target / "index.html").read_bytes() == b"2"


def test_a_folder_of_others_is_not_deleted_because_of_its_name(tmp_path: Path) -> None:
    other = tmp_path / ".site.unfinished"
    other.mkdir()
    (other / "letters.txt").write_text("мое", "utf-8")
    with pytest.raises(PressError):
        put_site([("index.html", b"1")], tmp_path / "site")
    assert (other / "letters.txt").read_text("utf-8") == "мое"


@pytest.mark.parametrize(
    "address",
    [
        "example.org",
        "ftp://example.org/",
        "https://",
        "https://example.org/?a=b",
        "https://a b/",
        "http://[/",
    ],
)
def test_an_invalid_address_of_the_site_is_refused(shelf: Shelf, tmp_path: Path, address: str) -> None:
    with pytest.raises(ArchiveError) as refused:
        publish(shelf, tmp_path / "site", address)
    assert [finding.code for finding in refused.value.findings] == ["E251"]
    assert not (tmp_path / "site").exists()


def test_an_empty_archive_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as refused:
        publish(Shelf(workspace_of_issues(tmp_path)), tmp_path / "site")
    assert [finding.code for finding in refused.value.findings] == ["E252"]
