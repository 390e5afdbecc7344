"""The program's templates are compiled once and kept, and nothing else is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.page.templates import environment as templates
from pipeline.page.templates.environment import BoundedEnvironment, ProgramBytecode, environment_of

if TYPE_CHECKING:
    from pathlib import Path

NAME = "blocks.html.j2"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    kept = tmp_path / "kept"
    monkeypatch.setattr(templates, "COMPILED", kept)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return kept


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that are compiled."""
    names: list[str] = []
    plain = BoundedEnvironment.compile

    def watched(environment: Any, source: Any, name: str, *rest: Any) -> Any:
        names.append(name)
        return plain(environment, source, name, *rest)

    monkeypatch.setattr(BoundedEnvironment, "compile", watched)
    return names


def opened(*own: tuple[str, str]) -> BoundedEnvironment:
    """Return an environment that knows nothing of those before it."""
    return environment_of.__wrapped__(own)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_template_is_compiled_once_for_all_processes(folder: Path, compiled: list[str]) -> None:
    first, second = (opened().get_template(NAME) for _ in range(2))
    assert compiled == [NAME]
    assert len(files(folder)) == 1
    assert first.root_render_func.__code__ == second.root_render_func.__code__


def test_a_changed_template_is_compiled_anew(folder: Path) -> None:
    environment = opened()
    path = str(templates.TEMPLATES / NAME)
    cache = ProgramBytecode()
    bucket = cache.get_bucket(environment, NAME, path, "old")
    bucket.code = compile("1", path, "exec")
    cache.set_bucket(bucket)
    assert cache.get_bucket(environment, NAME, path, "old").code == bucket.code
    assert cache.get_bucket(environment, NAME, path, "new").code is None
    assert files(folder)


@pytest.mark.parametrize(
    ("name", "other"),
    [("versions", lambda: {"jinja2": "99"}), ("program_hash", lambda _: "another environment")],
)
def test_another_jinja_or_environment_has_other_files(
    folder: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch, name: str, other: object
) -> None:
    opened().get_template(NAME)
    monkeypatch.setattr(templates, name, other)
    opened().get_template(NAME)
    assert compiled == [NAME, NAME]
    assert len(files(folder)) == 2


def test_templates_of_a_style_are_not_kept(folder: Path, compiled: list[str]) -> None:
    for _ in range(2):
        assert opened((NAME, "own")).get_template(NAME).render() == "own"
    assert compiled == [NAME, NAME]
    assert not folder.exists()


def test_nothing_is_kept_where_python_may_keep_nothing(
    folder: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    opened().get_template(NAME)
    assert compiled == [NAME]
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_to_does_no_harm(folder: Path, compiled: list[str]) -> None:
    folder.write_bytes(b"a file of that name")
    for _ in range(2):
        opened().get_template(NAME)
    assert compiled == [NAME, NAME]


@pytest.mark.parametrize("length", [0, 1, 20, 60, 400])
def test_a_file_that_was_cut_short_is_replaced(folder: Path, compiled: list[str], length: int) -> None:
    opened().get_template(NAME)
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes()[:length])
    opened().get_template(NAME)
    opened().get_template(NAME)
    assert compiled == [NAME, NAME]


def test_all_templates_of_the_page_are_compiled_by_the_set_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    environment_of.cache_clear()
    templates.compile_templates()
    assert len(files(folder)) == len(list(templates.TEMPLATES.glob("*.j2")))
    environment_of.cache_clear()
