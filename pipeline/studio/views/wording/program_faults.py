"""Faults of the program itself: what is said of one, and where what happened is written."""

from __future__ import annotations

import datetime as dt
import sys
import traceback
from pathlib import Path

from pipeline.findings.translatable import N_
from pipeline.findings.wording.wording import say


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


def write_fault(error: BaseException) -> None:
    """Write a trace where the errors of the process go, with the moment it happened."""
    moment = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    sys.stderr.write(f"{moment}\n{''.join(traceback.format_exception(error))}\n")
    sys.stderr.flush()
