"""A file of fields is read into its model, or its errors are told and stop what needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from pipeline.files.yaml_nodes import read_fields
from pipeline.findings.finding import IssueError, found
from pipeline.findings.place import Place
from pipeline.reading.model_files import ModelFile, model_in, read_model
from pipeline.reading.validation import AnyOf

if TYPE_CHECKING:
    from pathlib import Path


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    host: str
    port: int = 25


def read(folder: Path, text: str) -> ModelFile[Settings]:
    (folder / "settings.yaml").write_text(text, "utf-8")
    return read_model(folder / "settings.yaml", "issues/settings.yaml", Settings)


def test_a_sound_file_is_its_model(tmp_path: Path) -> None:
    file = read(tmp_path, "host: mail\nport: 587\n")
    assert (file.value, file.findings) == (Settings(host="mail", port=587), [])
    assert file.required(IssueError) == Settings(host="mail", port=587)


@pytest.mark.parametrize(
    ("text", "line"),
    [("port: 587\n", 1), ("host: mail\nprot: 587\n", 2), ("host: [mail\n", 1), ("- host\n", 1)],
)
def test_errors_are_told_at_their_line_and_stop_what_needs_the_file(
    tmp_path: Path, text: str, line: int
) -> None:
    file = read(tmp_path, text)
    assert file.value is None
    assert [finding.place.line for finding in file.findings if finding.place] == [line]
    assert all(finding.place and finding.place.path == "issues/settings.yaml" for finding in file.findings)
    with pytest.raises(IssueError) as raised:
        file.required(IssueError)
    assert list(raised.value.findings) == file.findings


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").mkdir()
    file = read_model(tmp_path / "settings.yaml", "issues/settings.yaml", Settings)
    (finding,) = file.findings
    assert (finding.code, dict(finding.values)["name"]) == ("E89", "settings.yaml")
    assert file.value is None


def test_a_value_with_errors_is_not_used_and_one_with_warnings_is() -> None:
    error, warning = found("E89", Place("a"), name="a", problem="b"), found("W20", Place("a"), found="a")
    with pytest.raises(IssueError):
        ModelFile(1, [error]).required(IssueError)
    assert ModelFile(1, [warning]).required(IssueError) == 1


class Pear(BaseModel):
    kind: Literal["pear"]
    weight: int


class Nut(BaseModel):
    kind: Literal["nut"]


def test_what_is_right_is_validated_by_its_own_kind_and_what_is_wrong_by_all() -> None:
    fruits: AnyOf[Pear | Nut] = AnyOf(Annotated[Pear | Nut, Field(discriminator="kind")])

    def codes(text: str) -> list[str]:
        read = model_in(read_fields(text.encode(), "fruit.yaml"), fruits)
        return [finding.code for finding in read.findings]

    assert codes("kind: pear\nweight: 200\n") == []
    assert "adapter" not in vars(fruits)
    assert codes("kind: plum\n") == ["E26"]
    assert codes("kind: pear\nweight: much\n") == ["E24"]
    assert codes("kind: [pear]\n") == ["E26"]
    assert codes("weight: 200\n") == ["E13"]


class Kept(BaseModel):
    model_config = ConfigDict(defer_build=True)

    host: str


def test_a_validator_is_built_once_however_many_files_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.yaml").write_text("host: mail\n", "utf-8")

    def host() -> str | None:
        value = read_model(tmp_path / "settings.yaml", "issues/settings.yaml", Kept).value
        return value.host if value else None

    assert host() == "mail"

    def built_again(*_: object, **__: object) -> None:
        pytest.fail("a validator is built again")

    monkeypatch.setattr("pydantic.type_adapter.create_schema_validator", built_again)
    assert host() == "mail"
