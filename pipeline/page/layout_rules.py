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
    from collections.abc import Iterator, Mapping

PAGE_TEMPLATE: Final = "page.html.j2"
"""The template of the whole document."""

_MARK: Final = re.compile(r"<html\b[^>]*\sdata-layout=", re.IGNORECASE)
_HEAD: Final = 400
"""Characters of a document within which it is marked."""

_mends: ContextVar[bool] = ContextVar("mends", default=True)
_unspaced: ContextVar[bool] = ContextVar("unspaced", default=False)
_keeps: ContextVar[bool] = ContextVar("keeps", default=False)


def is_of_today(html: str) -> bool:
    """Return whether a document, or the template of one, is marked as one of today.

    Args:
        html: The document or template.
    """
    return bool(_MARK.search(html[:_HEAD]))


def are_of_today(templates: Mapping[str, str]) -> bool:
    """Return whether a style sets documents of today: its template for them, if it has one, is marked.

    Args:
        templates: The style's own, by name.
    """
    return PAGE_TEMPLATE not in templates or is_of_today(templates[PAGE_TEMPLATE])


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


@contextlib.contextmanager
def words_kept(*, kept: bool) -> Iterator[None]:
    """Compose pages within a block whose short words with hyphens, and addresses, end no line at a hyphen."""
    token = _keeps.set(kept)
    try:
        yield
    finally:
        _keeps.reset(token)


def keeps_words() -> bool:
    """Return whether pages are being composed in which no line ends at the hyphen of a short word or address.

    Mail and site, whose lines end where the reader's window does, and pages filed before are not.
    """
    return _keeps.get()


@contextlib.contextmanager
def lines_unspaced() -> Iterator[None]:
    """Lay pages out within a block only to measure them: lines end where they do, and are not spaced."""
    token = _unspaced.set(True)
    try:
        yield
    finally:
        _unspaced.reset(token)


def leaves_lines_unspaced() -> bool:
    """Return whether pages are being laid out only to measure them."""
    return _unspaced.get()
