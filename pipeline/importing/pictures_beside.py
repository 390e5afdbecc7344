"""Pictures beside a page or a text, found by their address within what was handed over."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from pipeline.importing.html.pictures import Absence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_SCHEME: Final = re.compile(r"(?:[a-z][a-z0-9+.-]+:|//)", re.IGNORECASE)
_LONGEST: Final = 1_000
_SITE_FOLDERS: Final = ("", "static", "content", "assets")
"""Where site generators keep what an address from the root of the site names (Jekyll, Hugo, Pelican)."""


class PicturesBeside:
    """Finds the pictures that texts refer to; none outside of the files and folders that were handed over.

    Args:
        given: The files and folders handed over. A file opens the folder it lies in.
        endings: The endings of pictures, in small letters.
        load: Reads a file.
    """

    def __init__(self, given: Iterable[Path], endings: Iterable[str], load: Callable[[Path], bytes]) -> None:
        paths = [path.resolve() for path in given]
        self._folders = [path for path in paths if path.is_dir()]
        self._named = {path for path in paths if not path.is_dir()}
        self._roots = [*self._folders, *(path.parent for path in self._named)]
        self._endings = frozenset(endings)
        self._load = load
        self._shown: set[Path] = set()

    def is_shown(self, path: Path) -> bool:
        """Return whether a text has shown a picture so far."""
        return path.resolve() in self._shown

    def find(self, folder: Path, source: str) -> bytes | Absence:
        """Find a picture.

        Args:
            folder: The folder of the text.
            source: The address as written in the text: percent-encoded or not, with slashes of either kind.

        Returns:
            Its bytes, or where it is instead.
        """
        if _SCHEME.match(source) or not source or len(source) > _LONGEST:
            return Absence.ELSEWHERE
        outside = False
        for path in self._candidates(folder, source):
            try:
                within = self._is_within(path)
                outside = outside or not within
                if within and (file := _as_spelled(path)) is not None and self._is_within(file.resolve()):
                    self._shown.add(file.resolve())
                    return self._load(file)
            except (OSError, ValueError):
                continue
        return Absence.OUTSIDE if outside else Absence.MISSING

    def _candidates(self, folder: Path, source: str) -> Iterator[Path]:
        """Yield the paths that an address can mean, the most literal first."""
        bare = re.sub(r"[?#].*$", "", source)
        spellings = dict.fromkeys(
            each.replace("\\", "/") for written in (source, bare) for each in (written, unquote(written))
        )
        for spelling in spellings:
            if "\x00" in spelling or Path(spelling).suffix.lower() not in self._endings:
                continue
            if not spelling.startswith("/"):
                yield _flattened(folder.resolve() / spelling)
                continue
            for root in self._folders:
                for below in _SITE_FOLDERS:
                    yield _flattened(root / below / spelling.lstrip("/"))

    def named(self, name: str) -> bytes | Absence:
        """Find a picture by its name alone, as Obsidian does, in the folders handed over.

        Args:
            name: The file's name; of several with this name none is taken.
        """
        if "/" in name or Path(name).suffix.lower() not in self._endings:
            return Absence.MISSING
        files = [
            path
            for folder in self._folders
            for path in sorted(folder.rglob("*"))
            if _folded(path.name) == _folded(name) and path.is_file() and self._is_within(path.resolve())
        ]
        if len(files) != 1:
            return Absence.MISSING
        self._shown.add(files[0].resolve())
        return self._load(files[0])

    def _is_within(self, path: Path) -> bool:
        return path in self._named or any(path.is_relative_to(root) for root in self._roots)


def _flattened(path: Path) -> Path:
    """Return a path without `..`, by its words alone: no folder outside is looked into."""
    parts: list[str] = []
    for part in path.parts:
        if part != "..":
            parts.append(part)
        elif len(parts) > 1:
            parts.pop()
    return Path(*parts)


def _as_spelled(path: Path) -> Path | None:
    """Return a file whose path differs in capitals or in Unicode's form alone, or None."""
    if path.is_file():
        return path
    folder = path.parent if path.parent.is_dir() else _alike(path.parent)
    file = _alike(folder / path.name) if folder is not None else None
    return file if file is not None and file.is_file() else None


def _alike(path: Path) -> Path | None:
    """Return what lies in a path's folder under a name that differs in capitals or in Unicode's form."""
    if not path.parent.is_dir():
        return None
    return next(
        (each for each in sorted(path.parent.iterdir()) if _folded(each.name) == _folded(path.name)), None
    )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
