"""Beginning a house's own style: a folder with what differs from another style, and nothing copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.intake.starting import STYLE, starter
from pipeline.desk.production.samples import STARTERS
from pipeline.files.style_folders import style_names
from pipeline.files.writing.atomic import write_folder
from pipeline.findings.finding import IssueError, PressError, found
from pipeline.page.identity.style_file import STYLE_NAME
from pipeline.page.identity.style_reading import read_style
from pipeline.reading.publication import style_of_publication

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace

OTHERWISE: Final = (STYLE["style"], int(STYLE["version"]))
"""What a new style builds on where the publication's own has no roles."""

_FILES: Final = ("style.toml", "house.css")


class NewStyle(NamedTuple):
    """A style that was begun.

    Args:
        folder: Its folder.
        name: Its name; its version is 1.
        base: Name and version of the style it builds on.
    """

    folder: Path
    name: str
    base: tuple[str, int]


def new_style(
    workspace: Workspace, name: str, language: str, base: tuple[str, int] | None = None
) -> NewStyle:
    """Begin a style of a house's own, in `styles/<name>/1/` of the workspace.

    Args:
        workspace: The workspace.
        name: Its name.
        language: The language of the explanations in its files, `bg` or `en`.
        base: Name and version of the style to build on; left out, that of the publication, or `OTHERWISE`
            where that has no roles.

    Raises:
        IssueError: The name is none for a style (E450), or there is a style of this name (E451).
        PressError: There is no such style to build on (E36), it is not right (E71, E444, E445) or has no
            roles (E452), or the files cannot be written (E83).
    """
    if STYLE_NAME.fullmatch(name) is None:
        raise IssueError([found("E450", None, found=name[:80])])
    if any(each.partition(" ")[0] == name for each in style_names(workspace.style_folders())):
        raise IssueError([found("E451", None, name=name)])
    chosen = base or _own_base(workspace)
    if not read_style(*chosen, workspace.style_folders()).plan.takes_identity:
        raise PressError([found("E452", None, name="{} {}".format(*chosen))])
    values = {"style": name, "base": chosen[0], "base_version": str(chosen[1])}
    texts = language if (STARTERS / language).is_dir() else "en"
    folder = workspace.root / "styles" / name / "1"
    write_folder(folder, {file: starter(texts, file, **values) for file in _FILES})
    return NewStyle(folder, name, chosen)


def _own_base(workspace: Workspace) -> tuple[str, int]:
    """Return the publication's style, or `OTHERWISE` where it cannot be read or has no roles."""
    named = style_of_publication(workspace)
    if named is None:
        return OTHERWISE
    try:
        plan = read_style(*named, workspace.style_folders()).plan
    except PressError:
        return OTHERWISE
    return named if plan.takes_identity else OTHERWISE
