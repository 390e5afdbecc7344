"""The files of the package: which of them affect pages, their hashes, and whether they changed."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.files.program.hashes import hashes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PACKAGE: Final = Path(__file__).parents[2]
"""The folder of the package."""

NOT_OF_THE_PAGE: Final = (
    "__main__.py",
    "archive/",
    "cli/",
    "delivery/",
    "desk/archive/",
    "desk/batch/",
    "desk/editing/",
    "desk/intake/",
    "desk/mail/",
    "desk/overview/",
    "desk/preview/",
    "desk/specimen/",
    "desk/tasks/",
    "desk/writing/",
    "editor/",
    "files/yaml_edit.py",
    "files/yaml_items/",
    "files/yaml_text.py",
    "findings/codes/",
    "findings/wording/",
    "importing/",
    "studio/",
    "page/engine/preview/",
)
"""Folders and modules of the package that do not affect pages: archive, search, editor's queries, mail,
studio, command line.

Whatever is not named here counts as an input of pages, so that a folder forgotten here can only make a
rebuilt archive PDF differ from the filed one without need.
"""

NOT_OF_A_CHECK: Final = frozenset(
    {
        "archive/comparing",
        "archive/search",
        "archive/site",
        "cli",
        "delivery",
        "desk/archive",
        "desk/batch",
        "desk/editing",
        "desk/mail",
        "desk/overview",
        "desk/preview",
        "desk/specimen",
        "desk/tasks",
        "desk/writing",
        "html_checks",
        "importing",
        "mail_edition",
        "page/composition",
        "page/engine",
        "page/fitting",
        "pdf",
        "studio",
    }
)
"""Folders of the package that no finding of a check depends on: no page is laid out for it."""

_NOT_OF_THE_PROGRAM: Final = frozenset({"__pycache__", "shipped"})

_SUFFIXES: Final = (".py", ".j2", ".json", ".conf", ".mo", ".icc", ".zz", ".aff", ".dic", ".txt")
"""Of the files that the program runs, fills in or reads."""


@functools.cache
def program_hash(name: str) -> str:
    """Return the SHA-256 of a file of the package, by its path within it.

    Raises:
        KeyError: There is no such file.
    """
    path = PACKAGE / name
    if not path.is_file():
        raise KeyError(name)
    return hashes_of([(name, path)])[name]


@functools.cache
def program_hashes() -> Mapping[str, str]:
    """Return the SHA-256 of the package's code, templates and data that affect pages, by path."""
    return hashes_of((name, PACKAGE / name) for name in _files_of_the_page(PACKAGE))


def _files_of_the_page(folder: Path, prefix: str = "") -> Iterator[str]:
    """Yield the paths within the package of the files below a folder that affect pages."""
    with os.scandir(folder) as found:
        for entry in found:
            name = prefix + entry.name
            if not entry.is_dir():
                if entry.name.endswith(_SUFFIXES) and not name.startswith(NOT_OF_THE_PAGE):
                    yield name
            elif entry.name not in _NOT_OF_THE_PROGRAM and f"{name}/" not in NOT_OF_THE_PAGE:
                yield from _files_of_the_page(Path(entry.path), f"{name}/")


def own_stamps() -> list[tuple[str, int, int]]:
    """Return path, size and modification time of each file of the package that a check can depend on."""
    stamps: list[tuple[str, int, int]] = []
    left_out = {str(PACKAGE / folder) for folder in NOT_OF_A_CHECK}
    folders = [str(PACKAGE)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if not entry.is_dir():
                    status = entry.stat()
                    stamps.append((entry.path, status.st_size, status.st_mtime_ns))
                elif entry.name not in _NOT_OF_THE_PROGRAM and entry.path not in left_out:
                    folders.append(entry.path)
    return sorted(stamps)
