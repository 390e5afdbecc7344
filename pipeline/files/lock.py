"""The lock of a build: SHA-256 of every input, and the versions of the libraries that worked on them.

Nothing is parsed and no engine is loaded, so that an unchanged issue is known at once.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
import hashlib
import json
import platform
import zlib
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PACKAGE: Final = Path(__file__).parents[1]
FILED: Final = "filed"
"""The folder of an issue that holds its filings."""

ARCHIVE_INDEX: Final = "archive.txt"
ARCHIVE_LOCK: Final = ".archive.lock"
"""Below the folder of issues."""

NEVER_INPUT: Final = frozenset({FILED, "out", "refused", ARCHIVE_INDEX, ARCHIVE_LOCK})
"""What lies among the files of issues and is no input: results, and the files that keep them in order."""

NOT_OF_THE_PAGE: Final = (
    "__main__.py",
    "archive/",
    "cli/",
    "delivery/",
    "desk/archive/",
    "desk/batch/",
    "desk/intake/",
    "desk/mail/",
    "editor/",
    "files/yaml_edit.py",
    "files/yaml_text.py",
    "findings/codes/",
    "findings/wording/",
    "importing/",
)
"""Our folders and modules that no page is built with: archive, search, editor's queries, mail, command line.

Whatever is not named here counts as building pages, so that the worst a new folder does is to make an archive
PDF differ from what was filed without need.
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
)


class Lock(NamedTuple):
    """What a build was made from.

    Args:
        inputs: SHA-256 of the publication's and the issue's files, by path in the workspace.
        style: SHA-256 of the styles' files, by path.
        fonts: SHA-256 of the faces, by path.
        program: SHA-256 of our own code, templates and data, as far as pages are made with them.
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

    @classmethod
    def from_json(cls, text: str) -> Lock:
        """Read what `as_json` wrote."""
        return cls(**json.loads(text))

    def key(self, *options: str) -> str:
        """Return the SHA-256 of the lock and of the options of a build."""
        return hashlib.sha256("\0".join((self.as_json(), *options)).encode()).hexdigest()


def lock_of(issue: Path, root: Path, styles: Iterable[Path], fonts: Iterable[Path]) -> Lock:
    """Make the lock of an issue as its files stand now.

    Args:
        issue: The issue's folder.
        root: The workspace.
        styles: The folders of styles in use, the first coming first.
        fonts: The folders of faces, likewise.
    """
    return Lock(
        inputs=_hashes((path.relative_to(root).as_posix(), path) for path in _inputs(issue, root / "issues")),
        style=_hashes(_named(styles)),
        fonts=_hashes(_named(fonts)),
        program=program_hashes(),
        versions=versions(),
    )


def differences(before: Lock, after: Lock) -> list[str]:
    """Name what differs between two locks, as `inputs: issues/2023-12-20/issue.yaml`."""
    named = []
    for part in Lock._fields:
        old, new = getattr(before, part), getattr(after, part)
        named += [
            f"{part}: {name}" for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)
        ]
    return named


@functools.cache
def versions() -> Mapping[str, str]:
    """Return the versions of the libraries, and of Pango and HarfBuzz as the system has them."""
    found = {name: metadata.version(name) for name in _DISTRIBUTIONS}
    found["python"] = platform.python_version()
    # What packs the streams of a PDF and of a PNG.
    found["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    pango = _library("pango-1.0", "libpango-1.0.so.0")
    harfbuzz = _library("harfbuzz", "libharfbuzz.so.0")
    found["pango"] = _told(pango, "pango_version_string")
    found["harfbuzz"] = _told(harfbuzz, "hb_version_string")
    subsetter = _library("harfbuzz-subset", "libharfbuzz-subset.so.0")
    # The two ways of cutting a face down to what is used give different bytes.
    found["subset"] = "harfbuzz" if subsetter else "fonttools"
    return found


def program_hash(name: str) -> str:
    """Return the SHA-256 of a file of our own, by its path within the package.

    Raises:
        KeyError: There is no such file.
    """
    return _own_hashes()[name]


@functools.cache
def program_hashes() -> Mapping[str, str]:
    """Return the SHA-256 of our own code, templates and data that pages are made with, by path."""
    return {name: held for name, held in _own_hashes().items() if not name.startswith(NOT_OF_THE_PAGE)}


@functools.cache
def whole_program() -> str:
    """Return one SHA-256 for all of our own files: for answers that more than the makers of pages give."""
    lines = "\n".join(f"{name} {hash_}" for name, hash_ in _own_hashes().items())
    return hashlib.sha256(lines.encode()).hexdigest()


@functools.cache
def _own_hashes() -> Mapping[str, str]:
    wanted = {".py", ".j2", ".json", ".conf", ".mo", ".icc", ".aff", ".dic", ".txt"}
    paths = (
        path for path in sorted(PACKAGE.rglob("*")) if path.suffix in wanted and "shipped" not in path.parts
    )
    return _hashes((path.relative_to(PACKAGE).as_posix(), path) for path in paths)


def _library(name: str, otherwise: str) -> ctypes.CDLL | None:
    for candidate in (otherwise, ctypes.util.find_library(name)):
        if candidate:
            try:
                return ctypes.CDLL(candidate)
            except OSError:
                continue
    return None


def _told(library: ctypes.CDLL | None, function: str) -> str:
    if library is None:
        return ""
    call = getattr(library, function)
    call.restype = ctypes.c_char_p
    return bytes(call()).decode()


def _inputs(issue: Path, issues: Path) -> Iterator[Path]:
    """Give the files of an issue and of its publication, but for what was built from them.

    Of the other issues only issue.yaml counts: numbers must differ.
    """
    for path in issues.iterdir():
        if path.name in NEVER_INPUT:
            continue
        if path != issue and (path / "issue.yaml").is_file():
            yield path / "issue.yaml"
        elif path.is_dir():
            results = [path / name for name in NEVER_INPUT]
            yield from (
                file for file in _files(path) if not any(file.is_relative_to(folder) for folder in results)
            )
        elif path.is_file():
            yield path


def _files(folder: Path) -> Iterator[Path]:
    """Give every file below a folder, hidden ones too: an issue may name them."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        elif path.is_file():
            yield path


def _named(folders: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    seen: set[str] = set()
    for folder in folders:
        for path in _files(folder):
            name = path.relative_to(folder).as_posix()
            if name not in seen:
                seen.add(name)
                yield name, path


def _hashes(named: Iterable[tuple[str, Path]]) -> dict[str, str]:
    return {name: _hash(path) for name, path in sorted(named)}


def _hash(path: Path) -> str:
    """Return a file's SHA-256; one that cannot be read is for reading to complain of."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return error.strerror or "unreadable"
