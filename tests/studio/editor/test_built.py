"""The built editor is the one of its sources, names no host, and has the licences and the words it needs."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Final

import pytest

from pipeline.studio.editor_strings import editor_strings

ROOT: Final = Path(__file__).parents[3]
SOURCES: Final = ROOT / "pipeline" / "studio" / "editor"
STATIC: Final = ROOT / "pipeline" / "studio" / "static"
MODULES: Final = sorted((SOURCES / "source").rglob("*.js"))


def hash_of_sources() -> str:
    """Return the hash as `build.mjs` computes it."""
    names = [
        path.relative_to(SOURCES).as_posix() for path in (SOURCES / "source").rglob("*") if path.is_file()
    ]
    total = hashlib.sha256()
    for name in sorted([*names, "build.mjs", "package.json", "package-lock.json"]):
        total.update(f"{name}\0".encode())
        total.update((SOURCES / name).read_bytes())
        total.update(b"\0")
    return total.hexdigest()


@pytest.mark.parametrize("name", ["editor.js", "editor.css"])
def test_the_built_file_is_of_these_sources(name: str) -> None:
    head = (STATIC / name).read_text("utf-8").split("\n", 1)[0]
    found = re.search(r"sha256 ([0-9a-f]{64})", head)
    assert found is not None
    assert found[1] == hash_of_sources(), "run make editor"


def test_the_licence_of_each_library_is_beside_it() -> None:
    licences = (STATIC / "editor.LICENSES.txt").read_text("utf-8")
    lock = json.loads((SOURCES / "package-lock.json").read_text("utf-8"))["packages"]
    libraries = {
        path.removeprefix("node_modules/"): entry["version"]
        for path, entry in lock.items()
        if path and not entry.get("dev") and not entry.get("optional")
    }
    assert len(libraries) > 10
    for name, version in libraries.items():
        assert f"\n{name} {version} (MIT)\n" in licences, name


def test_the_lock_names_no_host_and_each_version_is_pinned() -> None:
    lock = (SOURCES / "package-lock.json").read_text("utf-8")
    assert "://" not in re.sub(r'"funding":[^}\]]*[}\]]', "", lock)
    declared = json.loads((SOURCES / "package.json").read_text("utf-8"))
    versions = {**declared["dependencies"], **declared["devDependencies"]}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())
    entries = json.loads(lock)["packages"]
    assert all("integrity" in entry for path, entry in entries.items() if path)


def test_the_built_file_fetches_nothing_and_makes_no_code_of_strings() -> None:
    code = (STATIC / "editor.js").read_text("utf-8")
    for forbidden in ("eval(", "new Function", "XMLHttpRequest", "fetch(", "importScripts", "@import"):
        assert forbidden not in code, forbidden
    # The namespace of drawings, and where a warning of the library sends its developers.
    assert set(re.findall(r"https?://[\w.]+", code)) <= {"http://www.w3.org", "https://prosemirror.net"}
    assert "url(" not in (STATIC / "editor.css").read_text("utf-8")


def asked_keys() -> set[str]:
    """Return the keys of words that the sources ask for, as far as they stand there in full."""
    code = "\n".join(path.read_text("utf-8") for path in MODULES)
    found = set(re.findall(r"""\b(?:say|tell|act|after)\(\s*"(\w+)\"""", code))
    found |= set(re.findall(r"""\b(?:key|sign): "(\w+)\"""", code))
    found |= set(re.findall(r"""nodes\.\w+, "(\w+)"\]""", code))
    return found


def test_every_word_that_is_asked_for_is_given_and_none_in_vain() -> None:
    given = set(editor_strings("en")) - {"language"}
    assert asked_keys() - given == set()
    code = "\n".join(path.read_text("utf-8") for path in MODULES)
    composed = ("measure_", "consent_", "align_", "heading")
    idle = {key for key in given if f'"{key}"' not in code and not key.startswith(composed)}
    assert idle == set()


@pytest.mark.parametrize("language", ["bg", "en"])
def test_words_have_the_same_values_in_every_language(language: str) -> None:
    strings, english = editor_strings(language), editor_strings("en")
    assert strings["language"] == language
    for key, text in english.items():
        assert set(re.findall(r"\{\w+\}", strings[key])) == set(re.findall(r"\{\w+\}", text)), key
    if language == "bg":
        same = {key for key in english if strings[key] == english[key]}
        assert same == set()


def test_modules_are_small_and_say_what_they_are() -> None:
    for path in MODULES:
        lines = path.read_text("utf-8").splitlines()
        assert len(lines) <= 400, path.name
        assert lines[0].startswith("// "), path.name
