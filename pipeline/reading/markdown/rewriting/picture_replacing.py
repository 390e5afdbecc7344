"""Writes other words for the pictures of an article, which otherwise stays as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.files.text.source import Source
from pipeline.models.text import Figure, Measure
from pipeline.models.tree import nodes_of
from pipeline.reading.markdown.manuscript import read_manuscript

if TYPE_CHECKING:
    from collections.abc import Collection

    from pipeline.models.text import Picture


class PictureWords(NamedTuple):
    """What is written of a picture.

    Args:
        alternative: What is to be seen.
        caption: The words below it.
        credit: Who made it.
    """

    alternative: str
    caption: str
    credit: str


def with_picture_words(text: str, sources: Collection[str], words: PictureWords) -> str:
    """Return an article's file with other words for some of its pictures; files, widths and focus stay.

    Args:
        text: The file; it has no errors.
        sources: The files of the pictures, as the article names them.
        words: What is written of each; none of it holds a quotation mark or a bracket.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = plain.split("\n")
    pictures = [figure.picture for figure in nodes_of(Figure, read_manuscript(Source("", plain)).body)]
    for picture in sorted(pictures, key=lambda each: each.place.line, reverse=True):
        if picture.source in sources:
            first = picture.place.line - 1
            last = first + 1
            # A picture ends with an empty line, and in a quotation with one that has its mark alone.
            while last < len(lines) and lines[last].strip("> \t"):
                last += 1
            before = lines[first][: lines[first].index("![")]
            lines[first:last] = [before + _written(picture, words)]
    return "\n".join(lines)


def _written(picture: Picture, words: PictureWords) -> str:
    marks = [] if picture.measure is Measure.TEXT else [f".{picture.measure.value}"]
    marks.append(f'credit="{words.credit}"')
    if picture.focus is not None:
        marks.append(f'focus="{picture.focus[0]} {picture.focus[1]}"')
    return f'![{words.alternative}](<{picture.source}> "{words.caption}"){{{" ".join(marks)}}}'
