"""The workspace: its folders, and the choice of an issue."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple

from pipeline.files.owned_files import load
from pipeline.findings.finding import Finding, IssueError, found, with_excerpts
from pipeline.findings.place import Place
from pipeline.findings.system_faults import reason_of
from pipeline.models.values.date_notations import whole_day

ISSUES: Final = "issues"
PUBLICATION: Final = f"{ISSUES}/publication.yaml"
_FOLDER = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONG_NUMBER: Final = 10
_PACKAGE: Final = Path(__file__).parents[1]


class Workspace(NamedTuple):
    """A folder with `issues/publication.yaml`.

    Args:
        root: The folder, absolute.
    """

    root: Path

    @property
    def issues(self) -> Path:
        """The folder of the issues."""
        return self.root / ISSUES

    def issue_folders(self) -> list[Path]:
        """Return the folders of the issues, oldest first."""
        return sorted(
            path for path in self.issues.iterdir() if _FOLDER.fullmatch(path.name) and path.is_dir()
        )

    def misnamed_folders(self) -> list[Path]:
        """Return the folders that hold an issue but are not named by a date, so that it is not found."""
        folders = (path for path in self.issues.iterdir() if not _FOLDER.fullmatch(path.name))
        return sorted(path for path in folders if (path / "issue.yaml").is_file())

    def choose_issue(self, requested: str | None = None) -> Path:
        """Return the folder of the issue that a user names.

        Args:
            requested: A folder, a date (`2023-12-20`, `20.12.2023`) or a number (`2`, `2023/2`);
                None for the newest.

        Raises:
            IssueError: None fits (E09, E98), or more than one does (E87).
        """
        folders = self.issue_folders()
        if requested is None:
            if folders:
                return folders[-1]
            raise IssueError([found("E98", None)])
        name = requested.strip().rstrip("/")
        fitting = [folder for folder in folders if self._fits(folder, name)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            known = ", ".join(folder.name for folder in fitting)
            raise IssueError([found("E87", None, wanted=name, known=known)])
        known = ", ".join(f"{folder.name} ({number_of(folder) or '?'})" for folder in folders) or "–"
        # One that cannot be read may be the one that is meant: it is named as broken, however it was called.
        broken = [finding for folder in folders for finding in faults_of_plan(folder)]
        raise IssueError([found("E09", None, wanted=name, known=known), *broken])

    def style_folders(self) -> tuple[Path, ...]:
        """Return the folders of styles: the workspace's own before the package's."""
        return self._own_before_shipped("styles")

    def font_folders(self) -> tuple[Path, ...]:
        """Return the folders of faces: the workspace's own before the package's."""
        return self._own_before_shipped("fonts")

    def _own_before_shipped(self, name: str) -> tuple[Path, ...]:
        folders = [self.root / name, shipped_folder(name)]
        return tuple(dict.fromkeys(folder for folder in folders if folder.is_dir()))

    def _fits(self, folder: Path, requested: str) -> bool:
        if requested in {folder.name, f"{ISSUES}/{folder.name}"} or _is_same(Path(requested), folder):
            return True
        if (day := whole_day(requested)) is not None:
            return folder.name == day.isoformat()
        year, slash, number = requested.rpartition("/")
        if slash and year != folder.name[:4]:
            return False
        return number.isdecimal() and len(number) < _LONG_NUMBER and number_of(folder) == str(int(number))


def find_workspace(start: Path) -> Workspace:
    """Return the nearest workspace from a folder upward.

    Raises:
        IssueError: There is none (E85).
    """
    workspace = nearest_workspace(start)
    if workspace is None:
        raise IssueError([found("E85", None, name=start.absolute())])
    return workspace


def nearest_workspace(start: Path) -> Workspace | None:
    """Return the nearest workspace from a folder upward, or None."""
    start = start.absolute()
    folders = (folder for folder in (start, *start.parents) if (folder / PUBLICATION).is_file())
    return next((Workspace(folder) for folder in folders), None)


def workspace_unless_new(start: Path) -> Workspace | None:
    """Return the nearest workspace from a folder upward, or None if one can be begun in the folder.

    Raises:
        IssueError: The folder has an `issues` folder that is no workspace's (E85).
    """
    return find_workspace(start) if (start / ISSUES).exists() else nearest_workspace(start)


def shipped_folder(name: str) -> Path:
    """Return a folder that comes with the program: within the package, or beside it in a checkout."""
    installed = _PACKAGE / "shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def number_of(folder: Path) -> str | None:
    """Return the number an issue's file gives, as far as it can be read at all."""
    # Numbers are read only where an issue is named by its number or numbers are compared.
    from pipeline.files.text.source import LARGEST, read_text  # noqa: PLC0415
    from pipeline.files.yaml_events import first_text  # noqa: PLC0415

    path = folder / "issue.yaml"
    try:
        source, _ = read_text(load(path, LARGEST), path.name)
    except OSError:
        return None
    number = first_text(source.text, "number") if source else ""
    return number.lstrip("0") if number else None


def faults_of_plan(folder: Path) -> list[Finding]:
    """Return why the number of an issue cannot be read, where its file is broken; nothing where it can."""
    from pipeline.files.text.source import LARGEST, read_text  # noqa: PLC0415 - as above
    from pipeline.files.yaml_nodes import read_yaml  # noqa: PLC0415 - as above

    if number_of(folder) is not None:
        return []
    name = f"{ISSUES}/{folder.name}/issue.yaml"
    try:
        source, wrong = read_text(load(folder / "issue.yaml", LARGEST), name)
    except OSError as error:
        return [found("E89", Place(name), name="issue.yaml", problem=reason_of(error))]
    if source is not None:
        wrong = [*wrong, *read_yaml(source)[1]]
        return with_excerpts(wrong, {source.path: source.text})
    return list(wrong)


def _is_same(path: Path, folder: Path) -> bool:
    try:
        return path.resolve() == folder.resolve()
    except (OSError, RuntimeError, ValueError):
        return False
