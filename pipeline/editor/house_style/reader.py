"""The house style of a workspace: `issues/house.yaml`, which may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.editor.house_style.model import House
from pipeline.files.owned_files import load
from pipeline.files.workspace import ISSUES
from pipeline.files.yaml_nodes import LARGEST, read_text, read_yaml
from pipeline.findings.finding import Finding, found, with_excerpts
from pipeline.findings.place import Place
from pipeline.reading.validation import fill

if TYPE_CHECKING:
    from pipeline.files.workspace import Workspace

HOUSE: Final = f"{ISSUES}/house.yaml"
_NONE: Final = House.model_validate({"format": 1})


def read_house(workspace: Workspace) -> tuple[House, list[Finding]]:
    """Read the house style.

    Args:
        workspace: Whose.

    Returns:
        It, or an empty one where there is none or it has errors; and what is wrong with it.
    """
    path = workspace.root / HOUSE
    if not path.exists():
        return _NONE, []
    try:
        data = load(path, LARGEST)
    except OSError as error:
        return _NONE, [found("E89", Place(HOUSE), name=path.name, problem=error.strerror or str(error))]
    source, findings = read_text(data, HOUSE)
    if source is None:
        return _NONE, findings
    fields, wrong = read_yaml(source)
    findings += wrong
    house = None
    if fields is not None:
        house, wrong = fill(House, fields)
        findings += wrong
    return house or _NONE, with_excerpts(findings, {HOUSE: source.text})
