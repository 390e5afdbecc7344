"""Where a fault of the program is written down: a trace names files, and tells an officer nothing."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import PressError, found
from pipeline.findings.system_faults import reason_of
from pipeline.studio.views.wording.program_faults import LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME: Final = "faults.log"


@contextlib.contextmanager
def written_down(path: Path | None) -> Iterator[None]:
    """Write to a file what would be shown as an error of the process, for the duration of a block.

    Whatever prints there is meant, also threads, libraries, and the system's own messages.

    Args:
        path: The file, which the user alone can read; None to show it where the process was started.

    Raises:
        PressError: It cannot be written (E83).
    """
    if path is None:
        yield
        return
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        if os.fstat(handle).st_size > LARGEST:
            os.ftruncate(handle, 0)
    except OSError as error:
        raise PressError([found("E83", None, name=path.name, problem=reason_of(error))]) from error
    sys.stderr.flush()
    before = os.dup(2)
    os.dup2(handle, 2)
    os.close(handle)
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(before, 2)
        os.close(before)
