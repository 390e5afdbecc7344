"""Where the engine may end the lines of a paragraph, of itself: at spaces and signs, and by hyphens."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyphen

from pipeline.page.engine.paragraphs.measuring import widths_of
from pipeline.typography.composing.opportunities import Ending, Opportunity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.page.engine.paragraphs.reading import Paragraph, Piece

SOFT_HYPHEN: Final = "\u00ad"
_HYPHENS: Final = "-\u2010"
_STUB: Final = 2
"""Letters of a divided word, on one side, that are only just enough."""

_SHORT_WORD: Final = 4
"""Letters of a word that is hardly ever divided."""

_WRAPPING: Final = {"normal", "pre-line"}
_ACRONYM: Final = re.compile(r"[^\W\d_]*(?:[A-ZА-ЯЁІЇЄҐЈЉЊЂЋЏЅЌЃ]{2}|\d)")
"""A word with capitals beside each other, or a digit: its parts are no syllables."""


class Break(NamedTuple):
    """An opportunity, and where it is in the text.

    Args:
        at: The number of the character that the next line begins with.
        chance: The opportunity.
    """

    at: int
    chance: Opportunity


class BreakFinder:
    """Finds the opportunities of paragraphs.

    Args:
        dictionaries: The engine's own hyphenation dictionaries, by language and limits.
    """

    def __init__(self, dictionaries: dict[Any, Any]) -> None:
        """Keep the dictionaries."""
        self._dictionaries = dictionaries
        self._hyphens: dict[tuple[Any, ...], float] = {}

    def breaks_of(self, paragraph: Paragraph) -> list[Break]:
        """Return every opportunity of a paragraph but its end and forced line breaks, in order."""
        text = paragraph.text
        plain = sorted(self._plain(paragraph))
        found = [each for at in plain if (each := self._at(paragraph, at)) is not None]
        for start, end in zip([0, *plain], [*plain, len(text)], strict=True):
            found += self._within(paragraph, start, end)
        unique = {each.at: each for each in sorted(found, key=lambda each: -each.chance.ending)}
        return [unique[at] for at in sorted(unique)]

    @staticmethod
    def _plain(paragraph: Paragraph) -> Iterator[int]:
        """Yield where a line may end without an added hyphen, but for soft ones."""
        from weasyprint.text.line_break import get_log_attrs  # noqa: PLC0415 - slow to load

        yield from (seam for seam, may_break in paragraph.seams.items() if may_break)
        for piece in paragraph.pieces:
            if len(piece.text) > 1 and piece.style["white_space"] in _WRAPPING:
                attributes = get_log_attrs(piece.text, piece.style["lang"])
                for index in range(1, len(piece.text)):
                    if attributes[index].is_line_break:
                        yield piece.start + index

    def _at(self, paragraph: Paragraph, at: int) -> Break | None:
        """Return the opportunity between two words or after a sign."""
        text = paragraph.text
        body = text[:at].rstrip(" ")
        end, start = len(body), paragraph.skip_spaces(at)
        # After a dash a line may end even before a no-break space (UAX 14), as between the days of an event.
        if not body or body[-1] == "\n" or start >= len(text) or text[start] in "\n\u00a0":
            return None
        ending, hyphen = Ending.PLAIN, 0.0
        if body[-1] == SOFT_HYPHEN:
            (piece, *_), *_ = paragraph.stretches(end - 1, end)
            ending, hyphen = Ending.HYPHEN, self._hyphen(piece)
        elif end == at and body[-1] in _HYPHENS and body[-2:-1].isalnum() and text[start].isalnum():
            ending = Ending.AVOIDED
        return Break(start, Opportunity(paragraph.point(end), paragraph.point(start), ending, hyphen))

    def _within(self, paragraph: Paragraph, start: int, end: int) -> Iterator[Break]:
        """Yield the hyphens that the engine adds between two opportunities: in a box's first long word."""
        for piece, first, last in paragraph.stretches(start, end):
            style = piece.style
            language = style["lang"] and pyphen.language_fallback(style["lang"])
            if style["hyphens"] != "auto" or not language or style["white_space"] not in _WRAPPING:
                continue
            if SOFT_HYPHEN in piece.text or _is_set(style["hyphenate_limit_zone"]):
                continue
            yield from self._syllables(paragraph, piece, first, last, language)

    def _syllables(
        self, paragraph: Paragraph, piece: Piece, first: int, last: int, language: str
    ) -> Iterator[Break]:
        total, left, right = piece.style["hyphenate_limit_chars"]
        at = first
        while bounds := _word_in(paragraph.text[at:last], language):
            word = paragraph.text[at + bounds[0] : at + bounds[1]]
            if len(word) < total:
                at += bounds[1]
                continue
            hyphen = self._hyphen(piece)
            for head, _ in self._dictionary(language, left, right, total).iterate(word):
                place = at + bounds[0] + len(head)
                if word.startswith(head):
                    point = paragraph.point(place)
                    ending = _ending(word, len(head))
                    yield Break(place, Opportunity(point, point, ending, hyphen))
            return

    def _dictionary(self, language: str, left: int, right: int, total: int) -> Any:  # noqa: ANN401 - has no types
        key = (language, left, right, total)
        if key not in self._dictionaries:
            self._dictionaries[key] = pyphen.Pyphen(lang=language, left=left, right=right)
        return self._dictionaries[key]

    def _hyphen(self, piece: Piece) -> float:
        """Return the width of the hyphen that the engine adds in a box."""
        style = piece.style
        faces = ("font_family", "font_style", "font_weight", "font_size", "lang", "hyphenate_character")
        key = tuple(str(style[name]) for name in faces)
        if key not in self._hyphens:
            self._hyphens[key] = widths_of(style["hyphenate_character"], style).x[-1]
        return self._hyphens[key]


@functools.lru_cache(maxsize=4096)
def _word_in(text: str, language: str) -> tuple[int, int] | None:
    """Return where the first word of a text begins and ends, for the engine, or None where it has none."""
    from weasyprint.text.line_break import get_next_word_boundaries  # noqa: PLC0415 - slow to load

    bounds: tuple[int, int] | None = get_next_word_boundaries(text, language)
    return bounds


def _ending(word: str, head: int) -> Ending:
    """Return how a line ends whose last word is divided after so many letters."""
    if _ACRONYM.match(word):
        return Ending.AVOIDED
    if len(word) <= _SHORT_WORD:
        return Ending.SHORT_WORD
    return Ending.STUB if min(head, len(word) - head) <= _STUB else Ending.HYPHEN


def _is_set(length: Any) -> bool:  # noqa: ANN401 - a dimension of the engine
    return bool(getattr(length, "value", length))
