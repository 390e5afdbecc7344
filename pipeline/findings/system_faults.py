"""What the system says when a file cannot be read or written, as findings."""

from __future__ import annotations

from pipeline.findings.finding import PressError, found
from pipeline.findings.place import Place


def reason_of(error: OSError) -> str:
    """Return why the system refused, a message of the catalogue where it is a common one."""
    return error.strerror or str(error)


def write_refused(error: OSError, name: str, path: str | None = None) -> PressError:
    """Return the error of what cannot be written (E83).

    Args:
        error: What the system said.
        name: Of the file or folder, as people know it.
        path: The place of the finding; the name where it is None, no place where it is empty.
    """
    shown = name if path is None else path
    return PressError([found("E83", Place(shown) if shown else None, name=name, problem=reason_of(error))])
