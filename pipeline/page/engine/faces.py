"""Fonts: the machine's faces are hidden from the engine, and the faces of one document are freed after it.

With a fontconfig configuration that names no folder, the engine finds only the faces of the style
(`@font-face`): pages are the same on every machine, and a missing glyph is reported instead of set in another
face.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.findings.finding import PressError, found
from pipeline.page.engine.patches.guards import VERSION, Guard, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

FACES_ONLY: Final = Path(__file__).with_name("fonts.conf")
"""A fontconfig configuration without a single folder of faces."""

GUARD: Final = Guard(
    "faces",
    VERSION,
    (
        Shape("weasyprint.text.ffi:pangoft2.pango_fc_font_map_set_config", "a C function of 2 arguments"),
        Shape("weasyprint.text.fonts:FontConfiguration", "()"),
        Shape("weasyprint.text.fonts:FontConfiguration.font_map"),
    ),
)


def isolate_faces() -> None:
    """Hide the machine's faces from this process, before the engine is loaded.

    It sets FONTCONFIG_FILE, so call it only at the start of a process of this program: a command or a worker.
    Remove the variable from the environment of other programs started from there.
    """
    os.environ["FONTCONFIG_FILE"] = str(FACES_ONLY)


def refuse_visible_faces() -> None:
    """Raise an error where fontconfig finds any face of the machine.

    Raises:
        PressError: It finds one (E82).
    """
    with quiet_fontconfig():
        library = _fontconfig()
        library.FcConfigGetFonts.restype = ctypes.POINTER(ctypes.c_int)
        library.FcConfigGetFonts.argtypes = [ctypes.c_void_p, ctypes.c_int]
        library.FcInit()
        fonts = library.FcConfigGetFonts(None, 0)
    # The first member of FcFontSet is nfont, the number of faces.
    if fonts and fonts[0] > 0:
        raise PressError([found("E82", None)])


@contextlib.contextmanager
def faces_of_one_page() -> Iterator[Any]:
    """Yield the engine's font configuration for one document, and free Pango's memory for it afterwards.

    Pango keeps a fontconfig configuration until it is given another: the memory of a process that builds many
    issues would grow with each.
    """
    from weasyprint.text.ffi import ffi, pangoft2  # noqa: PLC0415 - slow to load; only when a page is laid out
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - likewise

    faces = FontConfiguration()
    try:
        yield faces
    finally:
        pangoft2.pango_fc_font_map_set_config(ffi.cast("PangoFcFontMap *", faces.font_map), ffi.NULL)


@contextlib.contextmanager
def quiet_fontconfig() -> Iterator[None]:
    """Suppress fontconfig's warning on stderr that no faces are configured, which is intended."""
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)


def _fontconfig() -> ctypes.CDLL:
    try:
        return ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        # Looking the name up starts programs (ldconfig, the compiler), so it is tried last.
        return ctypes.CDLL(ctypes.util.find_library("fontconfig") or "libfontconfig.so.1")
