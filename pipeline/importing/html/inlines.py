"""The inlines of a paragraph of HTML: flat runs, trimmed, split and joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pipeline.importing.model.pieces import FlatRun, ListPiece, Paragraph, QuotePiece, TablePiece
from pipeline.models.text import LineBreak, NoteCall

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from pipeline.importing.model.pieces import Inline, Inlines, LinkTarget, Piece

_RAISED: Final = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_LOWERED: Final = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_FIGURES: Final = re.compile(r"[\d+()n-]+")


@dataclass(frozen=True, slots=True)
class HtmlFace:
    """The marks of words at a point of the page.

    Args:
        bold: Whether they are bold.
        italic: Whether they are italic.
        code: Whether they are code, set verbatim.
        shift: `sup` or `sub` where they are raised or lowered.
        anchor: The link they belong to, or None.
    """

    bold: bool = False
    italic: bool = False
    code: bool = False
    shift: str = ""
    anchor: LinkTarget | None = None


def with_face_of(face: HtmlFace, tag: str, element: Element) -> HtmlFace:
    """Return a face with the marks an element adds by its name or its style."""
    style = element.get("style", "").replace(" ", "").lower()
    if tag in {"b", "strong"} or "font-weight:bold" in style or "font-weight:700" in style:
        face = replace(face, bold=True)
    if tag in {"i", "em", "cite", "dfn", "var"} or "font-style:italic" in style:
        face = replace(face, italic=True)
    if tag in {"code", "kbd", "samp", "tt"}:
        face = replace(face, code=True)
    if tag in {"sup", "sub"}:
        face = replace(face, shift=tag)
    return face


def append_text(line: list[Inline], text: str | None, face: HtmlFace) -> None:
    """Append text to a line, joined to its last run where the face is the same; white space is collapsed."""
    if not text:
        return
    if face.shift and _FIGURES.fullmatch(text):
        text = text.translate(_RAISED if face.shift == "sup" else _LOWERED)
    text = re.sub(r"[ \t\n\r\f]+", " ", text)
    last = line[-1] if line else None
    run = FlatRun(text, bold=face.bold, italic=face.italic, code=face.code, anchor=face.anchor)
    if isinstance(last, FlatRun) and replace(last, text="") == replace(run, text=""):
        line[-1] = replace(last, text=last.text + text)
    else:
        line.append(run)


def split_at_breaks(line: list[Inline]) -> Iterator[list[Inline]]:
    """Split a line at two consecutive breaks, with which mail programs end paragraphs."""
    part: list[Inline] = []
    turns = 0
    for each in line:
        if isinstance(each, LineBreak):
            turns += 1
        elif isinstance(each, NoteCall) or each.text.strip():
            if turns > 1:
                yield part
                part = []
            turns = 0
        part.append(each)
    yield part


def trimmed(inlines: list[Inline] | Inlines) -> Inlines:
    """Return inlines without spaces and breaks at either end; empty where there are no words."""
    first, last = 0, len(inlines)
    while first < last and _is_blank(inlines[first]):
        first += 1
    while first < last and _is_blank(inlines[last - 1]):
        last -= 1
    kept = list(inlines[first:last])
    if kept and isinstance(kept[0], FlatRun):
        kept[0] = replace(kept[0], text=kept[0].text.lstrip(" "))
    if kept and isinstance(kept[-1], FlatRun):
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    return (
        tuple(kept)
        if any(
            isinstance(each, NoteCall) or (isinstance(each, FlatRun) and each.text.strip()) for each in kept
        )
        else ()
    )


def _is_blank(inline: Inline) -> bool:
    return isinstance(inline, LineBreak) or (isinstance(inline, FlatRun) and not inline.text.strip(" "))


def joined_paragraphs(pieces: Iterable[Piece]) -> Inlines:
    """Return the words of pieces as one paragraph, as cells and notes require."""
    joined: list[Inline] = []
    for piece in pieces:
        within: Inlines = ()
        if isinstance(piece, Paragraph):
            within = piece.inlines
        elif isinstance(piece, ListPiece):
            within = joined_paragraphs([each for item in piece.items for each in item])
        elif isinstance(piece, QuotePiece):
            within = joined_paragraphs(piece.pieces)
        elif isinstance(piece, TablePiece):
            within = joined_paragraphs([Paragraph(cell) for row in piece.rows for cell in row if cell])
        if joined and within:
            # A note reference comes after the punctuation that ends a sentence.
            last = next((each.text for each in reversed(joined) if isinstance(each, FlatRun)), "")
            joined.append(FlatRun(" " if last.rstrip().endswith((".", "!", "?", ";", ":", ",")) else "; "))
        joined.extend(within)
    return tuple(joined)
