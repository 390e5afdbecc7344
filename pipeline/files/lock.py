"""The lock of a build: SHA-256 of every input, and the versions of the libraries it was built with.

Nothing is parsed and no engine is loaded, so that an unchanged issue is recognised at once.
"""

from __future__ import annotations

import functools
import hashlib
import json
import operator
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import ctypes
    from collections.abc import Collection, Iterable, Iterator, Mapping

PACKAGE: Final = Path(__file__).parents[1]
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

_DISTRIBUTIONS: Final = (
    "weasyprint",
    "pydyf",
    "tinycss2",
    "tinyhtml5",
    "cssselect2",
    "pyphen",
    "fonttools",
    "pikepdf",
    "pillow",
    "pypdfium2",
    "css-inline",
    "jinja2",
    "icalendar",
    "markupsafe",
    "babel",
    "markdown-it-py",
    "mdit-py-plugins",
    "ruamel.yaml",
    "pydantic",
    "segno",
)


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
        style=_hashes(_named(styles)),
        fonts=_hashes(_named(fonts)),
        program=program_hashes(),
        versions=versions(),
    )


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
    hashed = [_input_hashes(issue, root), _hashes(_named(styles))]
    stamps = [*_stamps(_named(fonts)), *_own_stamps()]
    known = json.dumps([hashed, stamps, _installed(), sys.version], ensure_ascii=False)
    return hashlib.sha256(known.encode()).hexdigest()


@functools.cache
def versions() -> Mapping[str, str]:
    """Return the versions of the libraries, and of Pango and HarfBuzz as the system has them."""
    import platform  # noqa: PLC0415 - slow to import, and no page is made to check an issue
    import zlib  # noqa: PLC0415
    from importlib import metadata  # noqa: PLC0415

    found = {name: metadata.version(name) for name in _DISTRIBUTIONS}
    found["python"] = platform.python_version()
    # It compresses the streams of PDF and PNG.
    found["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    pango = _library("pango-1.0", "libpango-1.0.so.0")
    harfbuzz = _library("harfbuzz", "libharfbuzz.so.0")
    found["pango"] = _library_version(pango, "pango_version_string")
    found["harfbuzz"] = _library_version(harfbuzz, "hb_version_string")
    subsetter = _library("harfbuzz-subset", "libharfbuzz-subset.so.0")
    # The two subsetters give different bytes.
    found["subset"] = "harfbuzz" if subsetter else "fonttools"
    return found


def program_hash(name: str) -> str:
    """Return the SHA-256 of a file of the package, by its path within it.

    Raises:
        KeyError: There is no such file.
    """
    return _own_hashes()[name]


@functools.cache
def program_hashes() -> Mapping[str, str]:
    """Return the SHA-256 of the package's code, templates and data that affect pages, by path."""
    return {name: digest for name, digest in _own_hashes().items() if not name.startswith(NOT_OF_THE_PAGE)}


@functools.cache
def _own_hashes() -> Mapping[str, str]:
    return _hashes((path.relative_to(PACKAGE).as_posix(), path) for path in sorted(_own_files()))


def _own_files() -> Iterator[Path]:
    suffixes = {".py", ".j2", ".json", ".conf", ".mo", ".icc", ".aff", ".dic", ".txt"}
    return (path for path in PACKAGE.rglob("*") if path.suffix in suffixes and "shipped" not in path.parts)


def _own_stamps() -> list[tuple[str, int, int]]:
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


def _stamps(files: Iterable[tuple[str, Path]]) -> Iterator[tuple[str, int, int]]:
    """Yield name, size and modification time of files; zeros for one that cannot be seen."""
    for name, path in files:
        try:
            status = path.stat()
        except OSError:
            yield name, 0, 0
        else:
            yield name, status.st_size, status.st_mtime_ns


def _installed() -> list[str]:
    """Return the installed libraries with their versions, as their folders are named (PEP 376)."""
    names: list[str] = []
    for folder in filter(Path.is_dir, map(Path, sys.path)):
        with os.scandir(folder) as entries:
            names += [entry.name for entry in entries if entry.name.endswith(".dist-info")]
    return sorted(names)


def _library(name: str, file: str) -> ctypes.CDLL | None:
    import ctypes.util  # noqa: PLC0415 - as above

    try:
        return ctypes.CDLL(file)
    except OSError:
        pass
    # Slow: it starts programs of the system.
    found = ctypes.util.find_library(name)
    try:
        return ctypes.CDLL(found) if found else None
    except OSError:
        return None


def _library_version(library: ctypes.CDLL | None, function: str) -> str:
    if library is None:
        return ""
    import ctypes  # noqa: PLC0415 - as above

    call = getattr(library, function)
    call.restype = ctypes.c_char_p
    return bytes(call()).decode()


def _input_hashes(issue: Path, root: Path) -> dict[str, str]:
    return _hashes(_inputs(issue, root / "issues"))


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


def _hashes(named: Iterable[tuple[str, Path]]) -> dict[str, str]:
    return {name: _hash(path) for name, path in sorted(named)}


def _hash(path: Path) -> str:
    """Return a file's SHA-256, or an error message where it cannot be read: the reader reports that."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return error.strerror or "unreadable"
