"""The one rule for names of files: the same file on every system that a bulletin may come to.

What is read, filed, attached to an archive PDF, restored or imported is held to it. Windows knows no colon
and no question mark, and cuts dots and spaces off the end ("Naming Files, Paths, and Namespaces", Microsoft);
macOS takes composed and decomposed letters for one (TN1150); both take capital letters for small ones; Linux
counts 255 bytes a name, of which encrypted folders and temporary names take a part.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from collections.abc import Collection

FOLDERS: Final = ("issues", "styles", "fonts")
"""The folders of a workspace that hold sources."""

LONGEST_NAME: Final = 200
"""Bytes of a name in UTF-8."""

LONGEST_PATH: Final = 400
"""Bytes of a path in a workspace, in UTF-8."""

MOST_CHARACTERS: Final = 220
"""Of a path in a workspace: Windows takes 259, of which the folder of the workspace has the rest."""

OF_THE_PROGRAM: Final = frozenset({"filed", "out", "refused"})
"""Folders of an issue that hold what was built from it, and so no source of it."""

_RESERVED: Final = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.IGNORECASE
)
_FORBIDDEN: Final = frozenset('\\:*?"<>|/')
_APART: Final = re.compile(r"[\s\-_]*-[\s\-_]*")


def name_fault(name: str) -> str:
    """Return why a name cannot be that of a file or folder everywhere: a message of the catalogue.

    Args:
        name: A name without folders.

    Returns:
        An empty text where nothing is wrong with it.
    """
    if _FORBIDDEN & set(name):
        return N_("it has a quotation mark or one of \\ / : * ? < > |, which some systems do not take")
    if not name.isprintable():
        return N_("a character that nobody sees stands in it")
    if not name or name in {".", ".."}:
        return N_("it names no file")
    if name.startswith(" ") or name.endswith((" ", ".")):
        return N_("some systems lose a space at its beginning or end, and a dot at its end")
    if name.casefold().startswith(".git"):
        return N_("such names belong to the history that git keeps")
    if _RESERVED.fullmatch(name):
        return N_("Windows keeps this name for a device")
    if len(name.encode("utf-8", "replace")) > LONGEST_NAME:
        return N_("it is too long: a name has 200 bytes at most, which are 100 Cyrillic letters")
    return ""


def path_fault(path: str) -> str:
    """Return why a path in a workspace cannot be that of a source everywhere; an empty text where it can.

    Args:
        path: Relative to the workspace, with forward slashes.
    """
    parts = path.split("/")
    if fault := next(filter(None, map(name_fault, parts)), ""):
        return fault
    if len(path.encode("utf-8", "replace")) > LONGEST_PATH or len(path) > MOST_CHARACTERS:
        return N_("with its folders it is too long for some systems")
    if parts[0] == FOLDERS[0] and len(parts) > 3 and parts[2] in OF_THE_PROGRAM:  # noqa: PLR2004
        return N_("the program puts there what it makes, and no source")
    return ""


def is_source_path(path: str) -> bool:
    """Return whether a path from anywhere may be written into a workspace, whatever the system."""
    return path.partition("/")[0] in FOLDERS and "/" in path and not path_fault(path)


def stays_inside(path: str) -> bool:
    """Return whether a path that was filed leads to a file within a workspace.

    What was filed before there was the rule stays readable; nothing leads outside.
    """
    parts = path.split("/")
    return (
        len(parts) > 1
        and parts[0] in FOLDERS
        and not any(part in {"", ".", ".."} or part.startswith(".git") for part in parts)
        and not any(sign < " " or sign in "\\\x7f" for sign in path)
        and len(path.encode("utf-8", "replace")) <= 2 * LONGEST_PATH
    )


def folded(path: str) -> str:
    """Return a path as it is where capital and composed letters are taken for small and decomposed ones."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


class Spellings:
    """The paths known so far, by what they are on systems that take small and capital letters for one."""

    def __init__(self) -> None:
        """Begin with none."""
        self._spelt: dict[str, str] = {}
        self._files: dict[str, str] = {}

    def clash(self, path: str) -> str | None:
        """Enter a path; return the one it clashes with, or None.

        Two paths clash where they, or their folders, are one on some systems only, or where one is the folder
        of the other.
        """
        parts = path.split("/")
        found = None
        for length in range(1, len(parts) + 1):
            part = "/".join(parts[:length])
            key = folded(part)
            is_new = key not in self._spelt
            other = self._spelt.setdefault(key, part)
            as_file = self._files.get(key)
            if length < len(parts):
                found = found or as_file or (other if other != part else None)
            else:
                self._files.setdefault(key, part)
                found = found or (other if other != part or (not is_new and as_file is None) else None)
        return found


def fitting_name(name: str, taken: Collection[str] = ()) -> str:
    """Return the name that comes nearest to one, keeps to the rule and is not taken.

    Args:
        name: A name without folders, with its ending.
        taken: Names in its folder.
    """
    stem, ending = _settled(name)
    if device := _RESERVED.fullmatch(f"{stem}{ending}"):
        # Whatever follows the dot of such a name, it stays the device's.
        stem, ending = device[1], f"{stem}{ending}".removeprefix(device[1])
    marks = itertools.chain([""], (f"-{count}" for count in itertools.count(2)))
    marked = (f"{_shortened(stem, f'{mark}{ending}')}{mark}{ending}" for mark in marks)
    others = {folded(other) for other in taken}
    tries = ("".join(_settled(each)) for each in marked)
    return next(each for each in tries if not name_fault(each) and folded(each) not in others)


def _settled(name: str) -> tuple[str, str]:
    """Return the stem and the ending of a name that tidying changes no more: what is proposed stays so."""
    parts = _tidied(name)
    # Without the signs that were taken out of it, a name may be parted from its ending elsewhere.
    while (again := _tidied("".join(parts))) != parts:
        parts = again
    return parts


def _tidied(name: str) -> tuple[str, str]:
    """Return the stem of a name and its ending with its dot, without what the rule does not take."""
    composed = unicodedata.normalize("NFC", name)
    shown = "".join("-" if sign in _FORBIDDEN else sign if sign.isprintable() else " " for sign in composed)
    stem, dot, ending = shown.rpartition(".")
    ending = " ".join(ending.split())
    if not dot or len(ending.encode()) > 10 or not ending:  # noqa: PLR2004 - no ending is longer
        stem, ending = shown, ""
    stem = _APART.sub("-", " ".join(stem.split())) if stem != composed.rpartition(".")[0] else stem
    stem = stem.strip(" .-") or "file"
    ending = f".{ending}" if ending else ""
    return _shortened(stem, ending), ending


def _shortened(stem: str, ending: str) -> str:
    """Return a stem that is short enough for a name with this ending."""
    while len(f"{stem}{ending}".encode()) > LONGEST_NAME:
        stem = stem[:-1].rstrip(" .-")
    return stem
