"""What reading a broken PDF may raise."""

from __future__ import annotations

import re
from typing import Final

import pikepdf

BROKEN_PDF_ERRORS: Final = (
    pikepdf.PikepdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What is raised by looking at the objects of a broken PDF.

An entry may be missing, of another type, out of range or nested without end; pikepdf passes such errors on as
Python has them. To be caught around what reads a file, and nothing else.
"""


class MalformedError(ValueError):
    """Something of a file is not what the standard says; the message says what, in English."""


FAULTS_OF_THE_FILE: Final = (pikepdf.PikepdfError, MalformedError, RecursionError)
"""What can only be raised by a broken file: what pikepdf refuses, and what is nested without end."""


def problem_of(fault: BaseException) -> str:
    """Return the message of an error in one line, without the memory addresses that pikepdf puts in it."""
    message = re.sub(r"stream <[^>]*>( \([^)]*\))?: ", "", str(fault).split("\n")[0])
    return message[:120] or type(fault).__name__
