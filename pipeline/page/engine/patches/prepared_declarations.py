"""The C declarations of Pango, HarfBuzz and fontconfig read beforehand, not at every start.

The engine hands cffi its declarations as text: each start parses some 450 lines of C, and each library is
looked for by starting the linker, ldconfig and the compiler up to four times. `pango_declarations` holds
what cffi makes of the same text (its out-of-line ABI mode,
https://cffi.readthedocs.io/en/stable/cdef.html#preparing-and-distributing-modules), and opens a library by
its exact name alone.

Upstream: https://github.com/Kozea/WeasyPrint/issues/1125 (the compiler started for each library) and 2073
(time to import), both closed without a change.
"""

from __future__ import annotations

import contextlib
import sys
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Final

from pipeline.page.engine.patches.guards import VERSION, Guard, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULE: Final = "weasyprint.text.ffi"
"""Where the engine declares the C functions it calls."""

GUARD: Final = Guard(
    "prepared_declarations",
    VERSION,
    # The text that `pango_declarations` was made from; made anew by tests.support.pango_declarations.
    (Source(MODULE, "530e83118f7841d2791678ece23d5e43a7a24150ee1ea64bb4ba70c70b3eb5da"),),
)


@contextlib.contextmanager
def prepare_declarations() -> Iterator[None]:
    """Answer for cffi with the prepared declarations while the engine is imported for the first time."""
    if MODULE in sys.modules or "cffi" in sys.modules:
        yield
        return
    stand_in = ModuleType("cffi")
    stand_in.FFI = _prepared  # type: ignore[attr-defined]
    sys.modules["cffi"] = stand_in
    try:
        yield
    finally:
        del sys.modules["cffi"]


def _prepared() -> SimpleNamespace:
    """Return what `cffi.FFI()` would, its declarations in place."""
    from pipeline.page.engine.patches.pango_declarations import ffi  # noqa: PLC0415 - used once, with the engine

    # Looked up once here, for these names are used some ten thousand times a document.
    names = {name: getattr(ffi, name) for name in dir(ffi) if not name.startswith("__")}
    return SimpleNamespace(**names, cdef=_already_declared)


def _already_declared(_declarations: str) -> None:
    """Take the text of the declarations, whose hash the guard has compared."""
