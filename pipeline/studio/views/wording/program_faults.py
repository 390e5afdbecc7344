"""Faults of the program itself: what is said of one, and where what happened is written."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
import traceback
from pathlib import Path
from typing import Final

from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say

LARGEST: Final = 1_000_000
"""Bytes at which the file of faults is begun anew: a fault that goes on for weeks fills no disk."""


def fault_words(language: str, log: Path | None) -> str:
    """Return that the program itself failed, and where it is written what happened.

    Args:
        language: `bg` or `en`.
        log: The file; None where it is shown in the terminal.
    """
    if log is None:
        text = N_(
            "This is a fault of the program, not of yours. What happened stands where the studio was started."
        )
        return say(text, language)
    text = N_(
        "This is a fault of the program, not of yours. What was saved is safe; "
        "what happened is written in {path}"
    )
    home = str(Path.home())
    return say(text, language, path=str(log).replace(home, "~", 1) if str(log).startswith(home) else log)


def write_fault(error: BaseException, log: Path | None) -> None:
    """Write a trace where the errors of the process go, with the moment it happened.

    Args:
        error: The fault.
        log: The file that these go to, which is begun anew where it is too large; None where they are shown.
    """
    if log is not None:
        with contextlib.suppress(OSError):
            if log.stat().st_size > LARGEST:
                os.truncate(log, 0)
    moment = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    sys.stderr.write(f"{moment}\n{''.join(traceback.format_exception(error))}\n")
    sys.stderr.flush()
