"""The versions of the libraries that affect pages, and of the system's text engine."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path
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


def installed() -> list[str]:
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
