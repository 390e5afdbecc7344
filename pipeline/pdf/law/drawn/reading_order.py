"""Whether one fragment can be read after another: on its line, a line below, in the next column or page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipeline.pdf.law.drawn.drawn_text import Fragment

_WIDEST_SPACE: Final = 9.0
"""Font sizes between two fragments of one line, at most."""

_FARTHEST_LINE: Final = 3.2
"""Font sizes between the baselines of two lines of one text, at most, where nothing lies between."""

_HIGHEST: Final = 1.0
"""Font sizes by which the first line of the next column lies higher, at least."""

_MOST_PAGES: Final = 2
"""Pages on which a text goes on, at most: one with pictures alone may lie between."""


_ALIKE: Final = 1.35
"""How much larger the type of one text may be on one page than on the next."""

_LEAST_MARK: Final = 0.5
"""What share of the size of its text the mark of a note has, at least."""

_LONGEST_MARK: Final = 3
"""Signs of the mark of a note, at most."""

_EMPTY_LINE: Final = 2.0
"""Font sizes that an empty line is high, at most."""


def goes_on(last: Fragment, following: Fragment, empty_lines: int = 0) -> bool:
    """Return whether a text can go on from one fragment to another.

    Args:
        last: The fragment read last.
        following: The one that its text might go on with.
        empty_lines: How many of the text's own empty lines may lie between.
    """
    if last.page != following.page:
        alike = _least_share(last) < last.size / following.size < _ALIKE
        return alike and 0 < following.page - last.page <= _MOST_PAGES
    size = max(last.size, following.size)
    if following.is_on_line_of(last):
        space = following.box.left - last.box.right
        return -0.4 * size <= space <= _WIDEST_SPACE * size
    drop = last.baseline - following.baseline
    if drop > 0:
        farthest = _FARTHEST_LINE + empty_lines * _EMPTY_LINE
        return drop <= farthest * size and following.box.left < last.box.right + size
    return -drop > _HIGHEST * size and following.box.left > last.box.right - size


def _least_share(last: Fragment) -> float:
    """Return what share of the size of the following a fragment has, at least: a mark of a note is small."""
    is_mark = len(last.bare) <= _LONGEST_MARK and not any(sign.isalpha() for sign in last.bare)
    return _LEAST_MARK if is_mark else 1 / _ALIKE


def comes_after(last: Fragment, following: Fragment) -> bool:
    """Return whether one block can be read after another.

    Args:
        last: The last fragment of the first.
        following: The first fragment of the second.
    """
    if last.page != following.page:
        return following.page > last.page
    if _is_below(last, following):
        return True
    if following.is_on_line_of(last) or following.baseline > last.baseline:
        return following.box.left >= last.box.right - 0.5 * last.size
    return True


def _is_below(last: Fragment, following: Fragment) -> bool:
    """Return whether a text stands wholly below the line of another, as small type close to a large head."""
    return following.box.top <= last.baseline
