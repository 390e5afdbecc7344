"""The versions of the libraries that affect pages, and of the system's text engine."""

from __future__ import annotations

import functools
import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import ctypes
    from collections.abc import Mapping

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

_INFORMATION: Final = ".dist-info"
"""How the name of a folder ends that tells of an installed library."""


@functools.cache
def versions() -> Mapping[str, str]:
    """Return the versions of the libraries, and of Pango and HarfBuzz as the system has them."""
    import platform  # noqa: PLC0415 - slow to import, and no page is made to check an issue
    import zlib  # noqa: PLC0415

    named = _versions_by_folder()
    found = {name: named.get(_normalised(name)) or _version_in_metadata(name) for name in _DISTRIBUTIONS}
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


def installed() -> list[str]:
    """Return the installed libraries with their versions, as their folders are named (PEP 376)."""
    return sorted(name for folder in sys.path for name in _distributions_in(folder))


def _versions_by_folder() -> Mapping[str, str]:
    """Return the versions of the libraries by name, as the names of their folders give them.

    Names and versions hold no other hyphen than that between them (Recording Installed Projects, PyPA). The
    first folder on the path comes first, as in an import.
    """
    parts = (
        name.removesuffix(_INFORMATION) for folder in reversed(sys.path) for name in _distributions_in(folder)
    )
    named = (part.partition("-") for part in parts)
    return {_normalised(name): version for name, _, version in named}


def _distributions_in(folder: str) -> list[str]:
    try:
        with os.scandir(folder or ".") as entries:
            return [entry.name for entry in entries if entry.name.endswith(_INFORMATION)]
    except OSError:
        return []


def _normalised(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")


def _version_in_metadata(name: str) -> str:
    from importlib import metadata  # noqa: PLC0415 - slow: it parses a file like a letter

    return metadata.version(name)


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
