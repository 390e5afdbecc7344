"""Files of a style: each lies in its own folder, and has a name that every system takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.files.names import path_fault
from pipeline.files.owned_files import RefusedNameError, load, owned_file
from pipeline.findings.finding import PressError, found
from pipeline.findings.system_faults import reason_of
from pipeline.findings.translatable import N_, NOT_A_PLAIN_FILE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.findings.place import Place

_LARGEST_TEXT: Final = 2_000_000
"""Bytes of a sheet or template; the largest of ours has forty thousand."""

_REFUSED: Final = {
    "E01": N_("there is no such file"),
    "E04": N_("it lies outside the folder"),
    "E08": NOT_A_PLAIN_FILE,
}


def style_text(folder: Path, name: str, place: Place) -> str:
    """Return the text of a file of a style.

    Args:
        folder: The folder of the style's version.
        name: The file's path in it.
        place: The style.toml that names it.

    Raises:
        PressError: It lies elsewhere, is no plain file or too large, or has a name that not every system
            takes (E455); it is no UTF-8 text (E71).
    """
    path = folder / name
    try:
        shown = f"styles/{folder.parent.name}/{folder.name}/{name}"
        data = load(owned_file(folder, name), _LARGEST_TEXT)
        problem = path_fault(shown) or (N_("it is too large") if len(data) > _LARGEST_TEXT else "")
    except RefusedNameError as refused:
        problem = _REFUSED[refused.code]
    except OSError as error:
        problem = reason_of(error)
    if problem:
        raise PressError([found("E455", place, name=name[:200], problem=problem)])
    try:
        return data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise PressError([found("E71", place, problem=f"{path.name}: {error.reason}")]) from error


def face_path(file: str, fonts: Sequence[Path], place: Place) -> Path:
    """Return the path of a face in the first folder of faces that has it.

    Args:
        file: Its path below a folder of faces, as style.toml names it.
        fonts: Folders of faces.
        place: The style.toml.

    Raises:
        PressError: No folder has it (E71), or it is no file that a style can have (E455).
    """
    problem = path_fault(f"fonts/{file}")
    for root in fonts:
        try:
            if not problem:
                return owned_file(root, file)
        except RefusedNameError as refused:
            if refused.code != "E01":
                problem = _REFUSED[refused.code]
    if problem:
        raise PressError([found("E455", place, name=file[:200], problem=problem)])
    raise PressError([found("E71", place, problem=f"fonts/{file}")])
