"""Quotation marks, by language and by depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipeline.typography.microtypography.paragraph_text import ParagraphText

_MARKS: Final[dict[str, tuple[str, str, str, str]]] = {
    "bg": ("„", "“", "’", "‘"),
    "ru": ("«", "»", "„", "“"),
    "uk": ("«", "»", "„", "“"),
    "sr": ("„", "”", "’", "’"),
    "en": ("“", "”", "‘", "’"),
    "mk": ("„", "“", "’", "‘"),
    "de": ("„", "“", "‚", "‘"),
}
"""Outer opening and closing, inner opening and closing."""

_ALL: Final = frozenset('"„“”‟«»')
_ALWAYS_OPENS: Final = frozenset("„«")
_ALWAYS_CLOSES: Final = frozenset("»")
_OPENS_AFTER: Final = frozenset(" \u00a0\t([{–—-/„«“‘’'\"\n")
_CLOSES_BEFORE: Final = frozenset(" \u00a0\t)]}.,;:!?…–—-/“”»’‘'\"\n")


def set_quotes(paragraph: ParagraphText, language: str) -> None:
    """Set the double quotation marks of a paragraph, nested ones as inner marks.

    Where opening and closing marks do not pair, none is changed: there may be inch signs, or a quotation
    that goes on in the next paragraph.
    """
    marks = _MARKS.get(language.split("-", maxsplit=1)[0].lower())
    text = paragraph.text
    if marks is None or not _ALL.intersection(text):
        return
    outer_open, outer_close, inner_open, inner_close = marks
    depth = 0
    corrections: list[tuple[int, int, str]] = []
    for index, character in enumerate(text):
        if character not in _ALL:
            continue
        opens = _opens(text, index, depth)
        if character == '"' and opens is False and depth == 0 and text[index - 1].isdigit():
            continue  # inches
        if opens is None:
            return
        if opens:
            new = outer_open if depth % 2 == 0 else inner_open
            depth += 1
        else:
            depth -= 1
            if depth < 0:
                return
            new = outer_close if depth % 2 == 0 else inner_close
        # An inner mark that is in `_ALL` too is read again on the next pass.
        corrections.append((index, index + 1, new))
    if depth == 0:
        paragraph.edit(correction for correction in corrections if text[correction[0]] != correction[2])


def _opens(text: str, index: int, depth: int) -> bool | None:
    """Return whether a mark opens, by its shape and its neighbours; None where these do not decide."""
    character = text[index]
    if character in _ALWAYS_OPENS:
        return True
    if character in _ALWAYS_CLOSES:
        return False
    before = text[index - 1] if index else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    may_open = before in _OPENS_AFTER and after not in " \u00a0\t\n"
    may_close = before not in " \u00a0\t\n" and after in _CLOSES_BEFORE
    if may_open and may_close:
        return depth == 0
    if may_open or may_close:
        return may_open
    # With a space on either side it can only close an open quotation.
    return False if depth else None
