"""The lock has every input of a build, and nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from importlib import metadata
from typing import TYPE_CHECKING

import pytest

from pipeline.files.lock import Lock, input_stamps, lock_of
from pipeline.files.program.own_files import NOT_OF_THE_PAGE, PACKAGE, program_hash, program_hashes
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


@pytest.mark.parametrize(
    "path", [f"{ISSUE}/проект.md", f"{ISSUE}/images/photo.jpg", "styles/plain/1/style.toml", "fonts/face.ttf"]
)
def test_stamps_tell_what_was_written_since_even_with_its_size_and_time_kept(root: Path, path: str) -> None:
    def stamps() -> list[tuple[str, int, int, int, int]]:
        return input_stamps(root / ISSUE, root, [root / "styles"], [root / "fonts"])

    before, known = stamps(), (root / path).stat()
    assert stamps() == before
    (root / path).write_bytes(bytes(known.st_size))
    os.utime(root / path, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert sum(old != new for old, new in zip(before, stamps(), strict=True)) == 1
    (root / path).unlink()
    assert len(stamps()) == len(before) - 1


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


NOT_INSTALLED = {"python", "zlib", "pango", "harfbuzz", "subset"}


def test_versions_of_libraries_are_those_of_their_metadata() -> None:
    libraries = versions().keys() - NOT_INSTALLED
    assert len(libraries) > 15
    assert {name: versions()[name] for name in libraries} == {
        name: metadata.version(name) for name in libraries
    }


def test_of_two_copies_of_a_library_the_one_that_is_imported_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, version in (("first", "1.2.3"), ("second", "9.9")):
        information = tmp_path / folder / f"Pydyf-{version}.dist-info"
        information.mkdir(parents=True)
        (information / "METADATA").write_text(f"Name: pydyf\nVersion: {version}\n", "utf-8")
    added = [str(tmp_path / folder) for folder in ("missing", "first", "second")]
    monkeypatch.setattr(sys, "path", [*added, *sys.path])
    assert versions.__wrapped__()["pydyf"] == metadata.version("pydyf") == "1.2.3"


def test_a_library_without_such_a_folder_is_looked_up_in_its_metadata(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    information = tmp_path / "ruamel.yaml.egg-info"
    information.mkdir()
    (information / "PKG-INFO").write_text("Name: ruamel.yaml\nVersion: 7.7\n", "utf-8")
    others = [name for name in versions() if name not in {*NOT_INSTALLED, "ruamel.yaml"}]
    for name in others:
        (tmp_path / f"{name.replace('-', '_')}-0.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert versions.__wrapped__()["ruamel.yaml"] == "7.7"


def test_files_of_the_program_that_affect_pages_are_in_it_and_no_others() -> None:
    suffixes = {".py", ".j2", ".json", ".conf", ".mo", ".icc", ".zz", ".aff", ".dic", ".txt"}
    files = [path.relative_to(PACKAGE) for path in PACKAGE.rglob("*") if path.suffix in suffixes]
    names = {path.as_posix(): PACKAGE / path for path in files if "shipped" not in path.parts}
    of_pages = {name: path for name, path in names.items() if not name.startswith(NOT_OF_THE_PAGE)}
    assert {"page/engine/press.py", "page/templates/page.html.j2"} <= of_pages.keys() < names.keys()
    assert program_hashes() == {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in of_pages.items()
    }


@pytest.mark.parametrize("name", ["page/pictures/inks.py", "archive/search/catalogue.py"])
def test_a_file_of_the_program_has_a_hash_whether_it_affects_pages_or_not(name: str) -> None:
    assert program_hash(name) == hashlib.sha256((PACKAGE / name).read_bytes()).hexdigest()


def test_a_file_that_the_program_does_not_have_has_no_hash() -> None:
    with pytest.raises(KeyError):
        program_hash("page/no_such_module.py")


def test_the_engine_is_not_loaded() -> None:
    asked = "sys.exit('weasyprint' in sys.modules)"
    code = f"import sys; from pipeline.files.program.versions import versions; versions(); {asked}"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
