"""The lock of a build: SHA-256 of every input, and the versions of the libraries it was built with.

Nothing is parsed and no engine is loaded, so that an unchanged issue is recognised at once.
"""

from __future__ import annotations

import hashlib
import json
import operator
import os
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.program.hashes import hashes_of
from pipeline.files.program.own_files import own_stamps, program_hashes
from pipeline.files.program.versions import installed, versions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

FILED: Final = "filed"
"""The folder of an issue that holds its filings."""

ARCHIVE_INDEX: Final = "archive.txt"
ARCHIVE_LOCK: Final = ".archive.lock"
WITHDRAWN: Final = "withdrawn"
"""Below the folder of issues."""

LOCK_FILE: Final = ".lock"
"""The name of a file that a process locks while it writes into the folder; it holds nothing."""

NEVER_INPUT: Final = frozenset({FILED, "out", "refused", ARCHIVE_INDEX, ARCHIVE_LOCK, WITHDRAWN})
"""Names among the files of issues that are no input: results, and the archive's index, lock file
and withdrawals."""


class Lock(NamedTuple):
    """All inputs of a build.

    Args:
        inputs: SHA-256 of the publication's and the issue's files, by path in the workspace.
        style: SHA-256 of the styles' files, by path.
        fonts: SHA-256 of the faces, by path.
        program: SHA-256 of the package's code, templates and data, as far as they affect pages.
        versions: Versions of the libraries and of the system's text engine.
    """

    inputs: Mapping[str, str]
    style: Mapping[str, str]
    fonts: Mapping[str, str]
    program: Mapping[str, str]
    versions: Mapping[str, str]

    def as_json(self) -> str:
        """Return the lock as JSON, always in the same order."""
        return json.dumps(self._asdict(), ensure_ascii=False, sort_keys=True, indent=1)

    def key(self, *options: str) -> str:
        """Return the SHA-256 of the lock and of the options of a build."""
        return hashlib.sha256("\0".join((self.as_json(), *options)).encode()).hexdigest()


def lock_of(issue: Path, root: Path, styles: Iterable[Path], fonts: Iterable[Path]) -> Lock:
    """Return the lock of an issue with its present files.

    Args:
        issue: The issue's folder.
        root: The workspace.
        styles: The folders of styles in use, the first coming first.
        fonts: The folders of faces, likewise.
    """
    return Lock(
        inputs=_input_hashes(issue, root),
        style=hashes_of(_named(styles)),
        fonts=hashes_of(_named(fonts)),
        program=program_hashes(),
        versions=versions(),
    )


def input_stamps(
    issue: Path, root: Path, styles: Iterable[Path], fonts: Iterable[Path]
) -> list[tuple[str, int, int, int, int]]:
    """Return by what it shows whether somebody has written a file that a lock has, in a tenth of its time.

    Args:
        issue: As of `lock_of`, as are all others.
        root: As above.
        styles: As above.
        fonts: As above.

    Returns:
        Of each file its name, size, times of modification and of change, and its number in the file system.
    """
    named = (*_inputs(issue, root / "issues"), *_named(styles), *_named(fonts))
    return [(name, *_stamp(path)) for name, path in named]


def check_key(issue: Path, root: Path, styles: Iterable[Path], fonts: Iterable[Path]) -> str:
    """Return a key for what a check found in an issue, which is cached on this machine alone.

    The package's files, the faces and the libraries are identified by names, sizes and times, which takes a
    tenth of the time of hashes and versions; unlike a lock's, the key is not comparable across machines.

    Args:
        issue: The issue's folder.
        root: The workspace.
        styles: The folders of styles in use, the first coming first.
        fonts: The folders of faces, likewise.

    Returns:
        A SHA-256 as hexadecimal digits.
    """
    hashed = [_input_hashes(issue, root), hashes_of(_named(styles))]
    stamps = [*_stamps(_named(fonts)), *own_stamps()]
    known = json.dumps([hashed, stamps, installed(), sys.version], ensure_ascii=False)
    return hashlib.sha256(known.encode()).hexdigest()


def _stamps(files: Iterable[tuple[str, Path]]) -> Iterator[tuple[str, int, int]]:
    """Yield name, size and modification time of files; zeros for one that cannot be seen."""
    for name, path in files:
        size, modified, _, _ = _stamp(path)
        yield name, size, modified


def _stamp(path: Path) -> tuple[int, int, int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0, 0, 0
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def _input_hashes(issue: Path, root: Path) -> dict[str, str]:
    return hashes_of(_inputs(issue, root / "issues"))


def _inputs(issue: Path, issues: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of an issue and of its publication by their paths, without those built from them.

    Of the other issues only issue.yaml counts: numbers must differ.
    """
    for path in issues.iterdir():
        if path.name in NEVER_INPUT:
            continue
        name = f"{issues.name}/{path.name}"
        if path != issue and (path / "issue.yaml").is_file():
            yield f"{name}/issue.yaml", path / "issue.yaml"
        elif path.is_dir():
            yield from _files(path, f"{name}/", without=NEVER_INPUT)
        elif path.is_file():
            yield name, path


def _files(folder: Path, prefix: str = "", without: Collection[str] = ()) -> Iterator[tuple[str, Path]]:
    """Yield every file below a folder by its path in it, hidden ones too: an issue may name them.

    Args:
        folder: The folder.
        prefix: What each path begins with.
        without: Names of files and folders directly in it that are left out.
    """
    try:
        # An entry knows already what it is: asking the system about each takes three times as long.
        with os.scandir(folder) as found:
            entries = sorted(found, key=operator.attrgetter("name"))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.name in without or entry.name == LOCK_FILE:
            continue
        name, path = prefix + entry.name, folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _files(path, f"{name}/")
        elif entry.is_file(follow_symlinks=False) or (entry.is_symlink() and path.is_file()):
            yield name, path


def _named(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    seen: set[str] = set()
    for folder in folders:
        for name, path in _files(folder):
            if name not in seen:
                seen.add(name)
                yield name, path
