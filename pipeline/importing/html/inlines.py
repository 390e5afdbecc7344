"""The inlines of a paragraph of HTML, as the text model has them.

HTML nests marks in any order, and blocks may begin and end within them. So a line is collected as a sequence
of texts, each with all of its marks, and these are nested when it ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.importing.model.signs import plain_signs, spelt_signs
from pipeline.models.text import Code, Emphasis, LineBreak, Link, NoteCall, Run, Strong

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from pipeline.findings.place import Place
    from pipeline.importing.model.inlines import Inlines
    from pipeline.models.text import Inline

_RAISED: Final = str.maketrans(
    "0123456789+-−–=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
)
_LOWERED: Final = str.maketrans("0123456789+-−–=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_SHIFTED: Final = re.compile(r"(?<![-\w])vertical-align:(sup|sub)")
_FORMULA: Final = re.compile(r"\w|[\w+()=−–-]*[\d+=−–-][\w+()=−–-]*")
"""A letter or a sum, as powers, charges and indices are; letters of words are an ornament: 1st, Mlle."""
_ENDING: Final = re.compile(r"[-‑–]?[^\W\d_]{2,}")
"""The end of a word, as of an ordinal: 1-ви."""

_SPACES: Final = " \u00a0"
_MARKS: Final = ("link", "bold", "italic")


class HtmlLink(NamedTuple):
    """A link.

    Args:
        target: As written.
        number: Its number on the page, by which two links with one target differ.
    """

    target: str
    number: int


@dataclass(frozen=True, slots=True)
class HtmlFace:
    """The marks of words at a point of the page; faces are equal where these are.

    Args:
        bold: Whether they are bold.
        italic: Whether they are italic.
        code: Whether they are code, set verbatim.
        link: The link they belong to, or None.
        shift: `sup` or `sub` where they are raised or lowered.
        in_line: Whether they are in a cell or a note, of which all words become one line.
    """

    bold: bool = False
    italic: bool = False
    code: bool = False
    link: HtmlLink | None = None
    shift: str = field(default="", compare=False)
    in_line: bool = field(default=False, compare=False)


class HtmlText(NamedTuple):
    """A text with one face."""

    text: str
    face: HtmlFace


HtmlInline = HtmlText | NoteCall | LineBreak


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
    elif match := _SHIFTED.search(style):
        face = replace(face, shift=match[1])
    return face


def append_text(line: list[HtmlInline], text: str | None, face: HtmlFace) -> None:
    """Append text to a line, joined to its last text where the face is the same; white space is collapsed."""
    if not text:
        return
    if face.shift and _FORMULA.fullmatch(text):
        text = _shifted(text, face.shift)
    text = re.sub(r"[ \t\n\r\f]+", " ", spelt_signs(text) if face.code else plain_signs(text))
    last = line[-1] if line else None
    if isinstance(last, HtmlText) and last.text.endswith(" ") and not face.code:
        # Of the spaces around an element without words one is left (CSS Text 3, 4.1.1).
        text = text.lstrip(" ")
    if not text:
        return
    if isinstance(last, HtmlText) and last.face == face:
        line[-1] = HtmlText(last.text + text, face)
    else:
        line.append(HtmlText(text, face))


def _shifted(text: str, shift: str) -> str:
    """Return raised or lowered letters as signs that are; with ^ before where there are no raised ones."""
    if shift == "sup" and _is_without_signs(text):
        return f"^{text}"
    signs = _RAISED if shift == "sup" else _LOWERED
    return text.translate(signs) if all(ord(sign) in signs for sign in text) else text


def _is_without_signs(raised: str) -> bool:
    """Return whether a raised text is a power that no raised signs can be written with: -2π."""
    is_power = _FORMULA.fullmatch(raised) is not None and not _ENDING.fullmatch(raised)
    return is_power and not all(ord(sign) in _RAISED for sign in raised)


def split_at_breaks(line: list[HtmlInline]) -> Iterator[list[HtmlInline]]:
    """Split a line at two consecutive breaks, with which mail programs end paragraphs."""
    part: list[HtmlInline] = []
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


def inlines_of(line: list[HtmlInline], place: Place) -> Inlines:
    """Return a line as inlines of the text model, nested as `importing.model.inlines` describes.

    Args:
        line: As collected.
        place: The file.

    Returns:
        The inlines, without spaces and breaks at either end; none where there are no words.
    """
    first, last = 0, len(line)
    while first < last and _is_blank(line[first]):
        first += 1
    while first < last and _is_blank(line[last - 1]):
        last -= 1
    kept = line[first:last]
    if kept and isinstance(kept[0], HtmlText):
        kept[0] = kept[0]._replace(text=kept[0].text.lstrip(_SPACES))
    if kept and isinstance(kept[-1], HtmlText):
        kept[-1] = kept[-1]._replace(text=kept[-1].text.rstrip(_SPACES))
    has_words = any(
        each.text.strip() if isinstance(each, HtmlText) else isinstance(each, NoteCall) for each in kept
    )
    return tuple(_nested(kept, place, _MARKS)) if has_words else ()


def _is_blank(inline: HtmlInline) -> bool:
    return isinstance(inline, LineBreak) or (isinstance(inline, HtmlText) and not inline.text.strip(_SPACES))


def _nested(line: Iterable[HtmlInline], place: Place, marks: Sequence[str]) -> Iterator[Inline]:
    """Yield the inlines of a line within some marks, of which the first are outside of the others."""
    if not marks:
        for each in line:
            yield _leaf(each, place) if isinstance(each, HtmlText) else each
        return
    mark, *others = marks
    for value, group in groupby(
        line, key=lambda each: getattr(each.face, mark) if isinstance(each, HtmlText) else None
    ):
        inner = _nested(group, place, others)
        if not value:
            yield from inner
        elif isinstance(value, HtmlLink):
            yield Link(value.target, tuple(inner), place)
        else:
            yield Strong(tuple(inner)) if mark == "bold" else Emphasis(tuple(inner))


def _leaf(text: HtmlText, place: Place) -> Inline:
    return Code(text.text, place) if text.face.code else Run(text.text, place)
