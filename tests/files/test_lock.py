"""The lock has every input of a build, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pipeline.files.lock import Lock, lock_of
from pipeline.files.program.versions import versions

if TYPE_CHECKING:
    from pathlib import Path

ISSUE = "issues/2023-12-20"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {
        "issues/publication.yaml": "title: Град\n",
        "issues/logos/partner.svg": "<svg/>",
        f"{ISSUE}/issue.yaml": "number: 2\n",
        f"{ISSUE}/проект.md": "---\n---\n",
        f"{ISSUE}/images/photo.jpg": "photo",
        f"{ISSUE}/images/out/second.jpg": "second",
        f"{ISSUE}/images/.lock": "",
        f"{ISSUE}/.hidden.md": "hidden",
        "issues/2023-06-30/issue.yaml": "number: 1\n",
        "issues/2023-06-30/old.md": "old",
        "styles/plain/1/style.toml": "name = 1",
        "fonts/face.ttf": "face",
        "out/2023-12-20/bulletin.pdf": "made",
        f"{ISSUE}/out/bulletin.pdf": "made",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def locked(root: Path) -> Lock:
    return lock_of(root / ISSUE, root, [root / "styles"], [root / "fonts"])


def differences(before: Lock, after: Lock) -> list[str]:
    """Return what differs between two locks, each as `inputs: issues/2023-12-20/issue.yaml`."""
    named = []
    for part, old, new in zip(Lock._fields, before, after, strict=True):
        named += [f"{part}: {name}" for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
    return named


def test_it_names_every_input_by_its_path_in_the_workspace(root: Path) -> None:
    assert sorted(locked(root).inputs) == [
        "issues/2023-06-30/issue.yaml",
        f"{ISSUE}/.hidden.md",
        f"{ISSUE}/images/out/second.jpg",
        f"{ISSUE}/images/photo.jpg",
        f"{ISSUE}/issue.yaml",
        f"{ISSUE}/проект.md",
        "issues/logos/partner.svg",
        "issues/publication.yaml",
    ]


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("issues/publication.yaml", "inputs: issues/publication.yaml"),
        (f"{ISSUE}/images/photo.jpg", f"inputs: {ISSUE}/images/photo.jpg"),
        ("issues/2023-06-30/issue.yaml", "inputs: issues/2023-06-30/issue.yaml"),
        ("styles/plain/1/style.toml", "style: plain/1/style.toml"),
        ("fonts/face.ttf", "fonts: face.ttf"),
        (f"{ISSUE}/new.md", f"inputs: {ISSUE}/new.md"),
    ],
)
def test_a_change_of_what_goes_in_is_another_key_and_is_named(root: Path, path: str, named: str) -> None:
    before = locked(root)
    (root / path).write_text("changed", "utf-8")
    after = locked(root)
    assert before.key("screen") != after.key("screen")
    assert differences(before, after) == [named]
    assert differences(after, before) == [named]


@pytest.mark.parametrize(
    "path", ["out/2023-12-20/bulletin.pdf", f"{ISSUE}/out/bulletin.pdf", "issues/2023-06-30/old.md"]
)
def test_what_does_not_go_in_changes_nothing(root: Path, path: str) -> None:
    before = locked(root)
    (root / path).write_text("changed", "utf-8")
    assert locked(root) == before
    assert differences(before, locked(root)) == []


def test_the_folder_and_its_dates_change_nothing(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "copy"
    root.rename(elsewhere)
    after = locked(elsewhere)
    elsewhere.rename(root)
    (root / ISSUE / "issue.yaml").touch()
    assert locked(root).key("screen") == after.key("screen")


def test_of_links_those_to_files_count(root: Path) -> None:
    before = locked(root)
    issue = root / ISSUE
    (issue / "linked.md").symlink_to("проект.md")
    (issue / "images" / "again").symlink_to(issue)
    (issue / "round").symlink_to("round")
    (issue / "lost.md").symlink_to("nowhere.md")
    assert differences(before, locked(root)) == [f"inputs: {ISSUE}/linked.md"]


def test_options_make_another_key(root: Path) -> None:
    lock = locked(root)
    keys = {
        lock.key("screen", "", ""),
        lock.key("screen", "en", ""),
        lock.key("screen", "", "draft"),
        lock.key(),
    }
    assert len(keys) == 4


def test_it_reads_back(root: Path) -> None:
    lock = locked(root)
    assert json.loads(lock.as_json()) == lock._asdict()


def test_a_version_is_a_difference(root: Path) -> None:
    lock = locked(root)
    newer = lock._replace(versions={**lock.versions, "pango": "9.9"})
    assert differences(lock, newer) == ["versions: pango"]
    assert lock.key("screen") != newer.key("screen")


def test_a_file_that_cannot_be_read_is_left_to_reading(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = locked(root)
    opened = type(root).open

    def refuse(path: Path, *arguments: str) -> object:
        if path.name == "photo.jpg":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments)  # type: ignore[call-overload]

    monkeypatch.setattr(type(root), "open", refuse)
    assert differences(before, locked(root)) == [f"inputs: {ISSUE}/images/photo.jpg"]


def test_versions_name_the_engine_and_the_text_libraries() -> None:
    known = versions()
    assert known["weasyprint"]
    assert known["pango"].count(".") == 2
    assert known["harfbuzz"].count(".") == 2
    assert known["subset"] in {"harfbuzz", "fonttools"}
    assert {"python", "zlib", "pydyf", "pillow"} <= known.keys()


def test_the_engine_is_not_loaded() -> None:
    asked = "sys.exit('weasyprint' in sys.modules)"
    code = f"import sys; from pipeline.files.program.versions import versions; versions(); {asked}"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
