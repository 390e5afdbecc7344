"""`publication.yaml`: the publication, its languages, and the settings for the print shop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.files.owned_files import load
from pipeline.files.text.source import LARGEST
from pipeline.files.workspace import PUBLICATION
from pipeline.files.yaml_nodes import FieldsFile, Mapping, Scalar, read_fields
from pipeline.findings.finding import IssueError, found
from pipeline.findings.place import Place
from pipeline.findings.system_faults import reason_of
from pipeline.models.press_plan import PressPlan
from pipeline.models.publication import Publication
from pipeline.models.values.base import Frozen
from pipeline.reading.model_files import ModelFile, model_in

if TYPE_CHECKING:
    from pipeline.files.workspace import Workspace

_FALLBACK: Final = "bg"
"""The language of a publication that names none that can be read."""


class _PressField(Frozen):
    """The field `press` of publication.yaml alone."""

    press: PressPlan = PressPlan()


def languages_in(fields: Mapping | None) -> tuple[str, ...]:
    """Return the publication's languages as far as they can be read, its own first; at least one."""
    items = fields.items("languages") if fields else ()
    return tuple(item.text for item in items if isinstance(item, Scalar) and item.text) or (_FALLBACK,)


def first_language(workspace: Workspace) -> str:
    """Return the language a publication names first.

    Raises:
        IssueError: Its file cannot be read at all (E89).
    """
    read = read_publication_fields(workspace)
    if any(finding.code == "E89" for finding in read.findings):
        raise IssueError(read.findings)
    return languages_in(read.fields)[0]


def read_publication_fields(workspace: Workspace) -> FieldsFile:
    """Read the fields of publication.yaml without validating them.

    Returns:
        Its fields; None, with a finding, where it cannot be read (E89).
    """
    try:
        return read_fields(load(workspace.root / PUBLICATION, LARGEST), PUBLICATION)
    except OSError as error:
        problem = reason_of(error)
        return FieldsFile(None, [found("E89", Place(PUBLICATION), name=PUBLICATION, problem=problem)], None)


def publication_in(read: FieldsFile, language: str) -> ModelFile[Publication]:
    """Return the publication in a language, or in its first one where it does not have that."""
    languages = languages_in(read.fields)
    return model_in(read, Publication, language if language in languages else languages[0])


def press_plan_of(workspace: Workspace) -> PressPlan:
    """Return the field `press` of a workspace's publication, or the defaults where it is not given.

    The field is validated alone: preflight of a foreign PDF needs it even where the rest has errors.

    Raises:
        IssueError: The file cannot be read, or the field is not right.
    """
    read = read_publication_fields(workspace)
    if read.fields is not None:
        press = tuple(entry for entry in read.fields.fields if entry[0].text == "press")
        read = FieldsFile(Mapping(press, read.fields.place), [], read.source)
    return model_in(read, _PressField).required(IssueError).press


def style_of_publication(workspace: Workspace) -> tuple[str, int] | None:
    """Return name and version of the style a publication names, or None where they cannot be read."""
    fields = read_publication_fields(workspace).fields
    style = fields.get("style") if fields is not None else None
    if not isinstance(style, Mapping) or not style.text("version").isdecimal():
        return None
    return style.text("name"), int(style.text("version"))
