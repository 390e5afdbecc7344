"""The workspace: its folders, the choice of an issue, and atomic writing of files and folders."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.owned_files import load
from pipeline.findings.finding import Finding, IssueError, PressError, found, with_excerpts
from pipeline.findings.place import Place
from pipeline.findings.system_faults import reason_of, write_refused
from pipeline.models.values.date_notations import whole_day

if TYPE_CHECKING:
    from collections.abc import Iterator

ISSUES: Final = "issues"
PUBLICATION: Final = f"{ISSUES}/publication.yaml"
_FOLDER = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONG_NUMBER: Final = 10
_PACKAGE: Final = Path(__file__).parents[1]
_BETWEEN_TRIES: Final = 0.01
"""Seconds between two tries to take a lock."""


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


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file atomically: at any moment the old or the new one is there, whole.

    Raises:
        PressError: It cannot be written (E83); nothing is left behind.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(rights_of_new(0o666))
        Path(temporary).replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise write_refused(error, path.name) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def write_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Write a folder atomically: under a temporary name first, then, once it is on the disk, renamed.

    Args:
        folder: The folder, which does not exist yet.
        files: The bytes of each file, by path within it.

    Raises:
        IssueError: It exists by now (E86).
        PressError: It cannot be written (E83).
    """
    temporary: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
        for name, data in files.items():
            path = temporary / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_synced(path, data)
        for inner in (path for path in temporary.rglob("*") if path.is_dir()):
            sync_folder(inner)
        sync_folder(temporary)
        temporary.chmod(rights_of_new(0o777))
        temporary.rename(folder)
    except OSError as error:
        if folder.exists():
            raise IssueError([found("E86", None, name=f"{ISSUES}/{folder.name}")]) from error
        raise write_refused(error, folder.name) from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)
    # It is in place, whether the system can flush that or not.
    with contextlib.suppress(OSError):
        sync_folder(folder.parent)


def write_synced(path: Path, data: bytes) -> None:
    """Write a new file; its bytes are on the disk when this returns.

    Raises:
        OSError: There is one, or it cannot be written.
    """
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def rights_of_new(asked: int) -> int:
    """Return the rights that a new file or folder gets where some are asked for: without those of the mask.

    The mask is read, not set to be read: meanwhile files of other threads would get other rights (umask(2)).
    """
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        status = ""
    if written := re.search(r"^Umask:\s*([0-7]+)$", status, re.MULTILINE):
        return asked & ~int(written[1], 8)
    mask = os.umask(0o077)
    os.umask(mask)
    return asked & ~mask


@contextlib.contextmanager
def locked(path: Path, patience: float = 0.0) -> Iterator[None]:
    """Hold a lock file for the duration of a block; the system releases it when the process ends.

    Args:
        path: The file.
        patience: Seconds for which another process, or thread, that holds it is waited for.

    Raises:
        PressError: Another one holds it (E84), or it cannot be created, or locked on this disk (E83).
    """
    end = time.monotonic() + patience
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A link in its place would make a file elsewhere.
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        raise write_refused(error, path.parent.name, "") from error
    try:
        while not _took_lock(handle, path):
            if time.monotonic() >= end:
                raise PressError([found("E84", None, name=path.parent.name)])
            time.sleep(_BETWEEN_TRIES)
        yield
    finally:
        os.close(handle)


def _took_lock(handle: int, path: Path) -> bool:
    """Take a lock; return False where another one has it.

    Raises:
        PressError: The disk has no locks (E83).
    """
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # the one of flock(2), the other of fcntl(2), on network disks
        return False
    except OSError as error:
        raise write_refused(error, path.parent.name, "") from error
    return True


def sync_folder(folder: Path) -> None:
    """Flush the entries of a folder to the disk (fsync).

    Raises:
        OSError: The system cannot do so.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_same(path: Path, folder: Path) -> bool:
    try:
        return path.resolve() == folder.resolve()
    except (OSError, RuntimeError, ValueError):
        return False
