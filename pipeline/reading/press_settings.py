"""What publication.yaml tells the print shop, read by itself: a stranger's file is judged by it too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.files.owned_files import load
from pipeline.files.workspace import PUBLICATION
from pipeline.files.yaml_nodes import LARGEST, Mapping, read_text, read_yaml
from pipeline.findings.finding import IssueError, errors, found, with_excerpts
from pipeline.findings.place import Place
from pipeline.models.base import Frozen
from pipeline.models.publication import PressPlan
from pipeline.reading.validation import fill

if TYPE_CHECKING:
    from pipeline.files.workspace import Workspace


class _Told(Frozen):
    """The one field that is asked for."""

    press: PressPlan = PressPlan()


def press_plan_of(workspace: Workspace) -> PressPlan:
    """Return what the field “press” of a workspace's publication says; where it says nothing, the defaults.

    Raises:
        IssueError: The file cannot be read, or the field is not right.
    """
    try:
        source, findings = read_text(load(workspace.root / PUBLICATION, LARGEST), PUBLICATION)
    except OSError as error:
        problem = error.strerror or str(error)
        raise IssueError([found("E89", Place(PUBLICATION), name=PUBLICATION, problem=problem)]) from error
    if source is None:
        raise IssueError(findings)
    fields, wrong = read_yaml(source)
    if fields is None:
        raise IssueError(with_excerpts(wrong, {source.path: source.text}))
    asked = Mapping(tuple(entry for entry in fields.fields if entry[0].text == "press"), fields.place)
    told, wrong = fill(_Told, asked)
    if told is None or errors(wrong):
        raise IssueError(with_excerpts(wrong, {source.path: source.text}))
    return told.press
