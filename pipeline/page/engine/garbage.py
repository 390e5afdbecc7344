"""Python's collector of cyclic garbage, paused while pages are laid out.

Layout creates some hundred thousand objects that all live until the PDF is written: repeated searches for
garbage find none, and take a tenth of the time.
"""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the collector; afterwards, also after an error, it is enabled again where it was."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
