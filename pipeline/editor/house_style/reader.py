"""The house style of a workspace: `issues/house.yaml`, which may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.editor.house_style.model import House
from pipeline.files.workspace import ISSUES
from pipeline.reading.model_files import read_model

if TYPE_CHECKING:
    from pipeline.files.workspace import Workspace
    from pipeline.findings.finding import Finding

HOUSE: Final = f"{ISSUES}/house.yaml"
_NONE: Final = House.model_construct(format=1)


def read_house(workspace: Workspace) -> tuple[House, list[Finding]]:
    """Read the house style.

    Args:
        workspace: The workspace.

    Returns:
        The house style, or an empty one where there is none or it has errors; and findings.
    """
    path = workspace.root / HOUSE
    if not path.exists():
        return _NONE, []
    house = read_model(path, HOUSE, House)
    return house.value or _NONE, house.findings
