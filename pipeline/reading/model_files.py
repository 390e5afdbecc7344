"""Reads YAML files into models, with findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from pipeline.files.owned_files import load
from pipeline.files.text.source import LARGEST
from pipeline.files.yaml_nodes import FieldsFile, read_fields
from pipeline.findings.finding import Finding, errors, found, with_excerpts
from pipeline.findings.place import Place
from pipeline.findings.system_faults import reason_of
from pipeline.reading.validation import AnyOf, fill

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.findings.finding import BulletinError

T = TypeVar("T")


class ModelFile(NamedTuple, Generic[T]):
    """A file read into its model.

    Args:
        value: The model, or None where it cannot be read or does not fit its model.
        findings: Errors and warnings, with excerpts.
    """

    value: T | None
    findings: list[Finding]

    def required(self, error: type[BulletinError]) -> T:
        """Return the value, or raise where there are errors.

        Args:
            error: The exception raised with the findings.
        """
        if self.value is None or errors(self.findings):
            raise error(self.findings)
        return self.value


def read_model(path: Path, name: str, model: type[T], language: str | None = None) -> ModelFile[T]:
    """Read a file into a model.

    Args:
        path: Its path.
        name: Its name in findings: the path relative to the workspace.
        model: Its model.
        language: The language to take of `{bg: …, en: …}`.

    Returns:
        The model, or None with findings (E89 where the file cannot be read).
    """
    try:
        data = load(path, LARGEST)
    except OSError as error:
        problem = reason_of(error)
        return ModelFile(None, [found("E89", Place(name), name=path.name, problem=problem)])
    return model_in(read_fields(data, name), model, language)


def model_in(read: FieldsFile, model: type[T] | AnyOf[T], language: str | None = None) -> ModelFile[T]:
    """Fill a model from a file whose fields are read; see `read_model`."""
    sources = {read.source.path: read.source.text} if read.source else {}
    if read.fields is None:
        return ModelFile(None, with_excerpts(read.findings, sources))
    filled = fill(model, read.fields, language)
    return ModelFile(filled[0], with_excerpts([*read.findings, *filled[1]], sources))
