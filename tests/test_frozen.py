"""What was published stays as it was: the versions of the styles, and what files of format 1 mean."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from pipeline.desk.intake.schema import schema
from pipeline.files.text.source import read_text
from pipeline.files.yaml_nodes import Mapping, Sequence, read_yaml
from pipeline.findings.finding import Finding, errors
from pipeline.findings.place import Place
from pipeline.page.pictures.examination import examine
from tests import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

A_NEW_VERSION: Final = (
    "Where {version} was published, issues are filed with it, and it never changes: undo the change,"
    " begin the next version (CONTRIBUTING.md, “A style, or a new version of one”), change it there, and"
    " keep it with `python -m tests.frozen keep`. Where CHANGELOG.md says that it is not yet released,"
    " take its entry out of tests/frozen/styles.json first, and keep it anew."
)
FOR_EVER: Final = (
    "Files of format 1 must mean for ever what they meant: mend the reading, and leave tests/frozen/format-1"
    " and all that is kept beside it as they are. What cannot be had in format 1 is format 2."
)


# The package's templates are no part of a version. They belong to the model, whose parts they name, and
# change with it; each filing keeps those that were in force and is made again from them.
@pytest.mark.parametrize("version", frozen.kept_hashes())
def test_a_published_version_of_a_style_never_changes(version: str) -> None:
    assert frozen.hashes_now(version) == frozen.kept_hashes()[version], A_NEW_VERSION.format(version=version)


def test_every_version_of_a_style_is_kept() -> None:
    assert frozen.published_versions() == sorted(frozen.kept_hashes()), (
        "a version was added or is gone: keep a new one with `python -m tests.frozen keep`; none is deleted"
    )


def test_a_changed_sheet_a_new_one_and_a_lost_one_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = frozen.kept_hashes()["knowledge-city/1"]
    folder = tmp_path / "knowledge-city" / "1"
    folder.mkdir(parents=True)
    for name in kept:
        (folder / name).write_bytes((frozen.STYLES / "knowledge-city" / "1" / name).read_bytes())
    monkeypatch.setattr(frozen, "STYLES", tmp_path)
    assert frozen.hashes_now("knowledge-city/1") == kept
    sheet = folder / "text.css"
    whole = sheet.read_bytes()
    sheet.write_bytes(whole + b"\n")
    assert frozen.hashes_now("knowledge-city/1") != kept
    sheet.unlink()
    assert frozen.hashes_now("knowledge-city/1") != kept
    sheet.write_bytes(whole)
    (folder / "more.css").write_bytes(b"")
    assert frozen.hashes_now("knowledge-city/1") != kept


@pytest.mark.parametrize(("name", "language"), frozen.LANGUAGES)
def test_files_of_format_1_mean_what_they_meant(name: str, language: str) -> None:
    issue = frozen.kept_reading(name, language).issue
    assert issue is not None, FOR_EVER
    told = frozen.description_file(name, language).read_text("utf-8").splitlines()
    assert frozen.described(issue).splitlines() == told, FOR_EVER


@pytest.mark.parametrize(("name", "language"), frozen.LANGUAGES)
def test_files_of_format_1_are_found_right(name: str, language: str) -> None:
    assert errors(frozen.kept_reading(name, language).findings) == [], FOR_EVER


def test_pictures_that_were_taken_are_taken_still() -> None:
    folder = frozen.FROZEN / "format-1" / "issues" / frozen.ISSUES["format-1"] / "images"
    kinds = {
        path.suffix: examine(path.read_bytes(), path.name, Place(path.name)) for path in folder.iterdir()
    }
    assert sorted(kinds) == [".jpg", ".png", ".svg", ".tif", ".webp"]
    assert [kind for kind in kinds.values() if isinstance(kind, Finding)] == [], FOR_EVER


def test_the_kept_files_use_every_field_there_is() -> None:
    used = {path for name in frozen.FROZEN.glob("format-1*/issues/**/*") for path in used_fields(name)}
    assert sorted(all_fields() - used) == [], (
        "keep a further workspace that uses it; change none that is kept"
    )


def all_fields() -> set[str]:
    """Return every field of every kind of file, as `issue.cover.credit`, by the schema."""
    definitions: dict[str, Any] = json.loads(json.dumps(schema()))["$defs"]
    found: set[str] = set()

    def walk(node: dict[str, Any], path: str) -> None:
        if "$ref" in node:
            walk(definitions[node["$ref"].rpartition("/")[2]], path)
        for part in (*node.get("anyOf", ()), *node.get("oneOf", ())):
            walk(part, path)
        if isinstance(node.get("items"), dict):
            walk(node["items"], path)
        for name, field in node.get("properties", {}).items():
            found.add(f"{path}.{name}")
            walk(field, f"{path}.{name}")

    for kind in ("publication", "issue", "issue-texts", "article"):
        walk(definitions[kind], kind)
    return found


def used_fields(path: Path) -> Iterator[str]:
    """Yield the fields that a kept file uses, named as by `all_fields`."""
    if path.suffix not in {".yaml", ".md"}:
        return
    source, _ = read_text(path.read_bytes(), path.name)
    assert source is not None
    kind = "issue-texts" if path.name == "issue.en.yaml" else path.stem
    if path.suffix == ".md":
        kind = "article"
        source = source._replace(text=source.text.split("---\n")[1])
    fields, _ = read_yaml(source)
    yield from _paths(fields, kind)


def _paths(node: object, path: str) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.fields:
            yield f"{path}.{key.text}"
            yield from _paths(value, f"{path}.{key.text}")
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _paths(item, path)
