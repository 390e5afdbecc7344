"""Whether a document is laid out by the rules of today, or by those it was printed with when it was filed.

The templates of today mark their documents with `data-layout`. Templates attached to an archive PDF of before
do not, and their pages are laid out as they were: patches that move lines ask here first.
"""

from __future__ import annotations

import contextlib
import re
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK: Final = re.compile(r"<html\b[^>]*\sdata-layout=", re.IGNORECASE)
_HEAD: Final = 400
"""Characters of a document within which it is marked."""

_mends: ContextVar[bool] = ContextVar("mends", default=True)


def is_of_today(html: str) -> bool:
    """Return whether a document, or the template of one, is marked as one of today.

    Args:
        html: The document or template.
    """
    return bool(_MARK.search(html[:_HEAD]))


@contextlib.contextmanager
def rules_of(html: str) -> Iterator[None]:
    """Lay out a document by its own rules within a block.

    Args:
        html: The document.
    """
    token = _mends.set(is_of_today(html))
    try:
        yield
    finally:
        _mends.reset(token)


def mends_lines() -> bool:
    """Return whether the present document is laid out by the rules of today."""
    return _mends.get()
