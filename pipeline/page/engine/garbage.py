"""Python's collector of cyclic garbage, paused while pages are laid out, and rarely at work during a build.

Layout creates some hundred thousand objects that all live until the PDF is written: repeated searches for
garbage find none, and take a tenth of the time. What else is made for a build lives nearly as long.
"""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

BETWEEN_COLLECTIONS: Final = 200_000
"""Objects that are made before garbage is searched for; Python searches every 700."""


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


@contextlib.contextmanager
def collected_rarely() -> Iterator[None]:
    """Let the collector search rarely; afterwards, also after an error, as often as before."""
    before = gc.get_threshold()
    # At 0 it never searches by itself.
    is_often = 0 < before[0] < BETWEEN_COLLECTIONS
    if is_often:
        gc.set_threshold(BETWEEN_COLLECTIONS, *before[1:])
    try:
        yield
    finally:
        if is_often:
            gc.set_threshold(*before)
