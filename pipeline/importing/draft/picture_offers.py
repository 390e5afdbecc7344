"""Who made a picture and when, offered from its file and from lines such as “Снимка: …” beside it."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from pipeline.importing.draft.phrases import TAKEN, draft_text
from pipeline.importing.model.inlines import words_in
from pipeline.models.text import Figure, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.importing.draft.draft import DraftArticle
    from pipeline.importing.model.incoming_text import IncomingBlock

CREDIT: Final = re.compile(
    r"(?:^|[\s(/|])(?:снимк[аи]|фото(?:графи[яи])?|автор на снимк(?:ата|ите)|photos?(?:\s+by)?|photo credit"
    r"|picture by|credit|©)\s*(?:[:–—-]|©|(?<=by)|(?<=©))\s*(?P<name>[^\n\"{}()|]{2,80}?)\s*[.)]?\s*$",
    re.IGNORECASE,
)
"""A line, or the end of a caption, that names who made a picture."""

_LONGEST_LINE: Final = 200


def picture_offers(article: DraftArticle, names: Mapping[str, str], language: str) -> Iterator[str]:
    """Yield the lines of comment that offer credit and date of an article's pictures.

    Args:
        article: Its blocks, with the text they came from.
        names: The file name of each picture, by its key.
        language: The language of comments.
    """
    told: set[str] = set()
    for before, figure, after in _with_neighbours(article.blocks):
        source = figure.picture.source
        if source not in names or source in told:
            continue
        told.add(source)
        origin = article.source.origins.get(source)
        line = _said(figure, before, after)
        credit = name_in(line) or (origin.creator if origin else "")
        if credit:
            yield f'{names[source]}: credit="{credit}"'
        if origin and origin.taken:
            yield f"{names[source]}: {draft_text(TAKEN, language)} {origin.taken}"


def _with_neighbours(
    blocks: list[IncomingBlock],
) -> Iterator[tuple[IncomingBlock | None, Figure, IncomingBlock | None]]:
    around = [None, *blocks, None]
    for before, block, after in zip(around, around[1:], around[2:], strict=False):
        if isinstance(block, Figure):
            yield before, block, after


def _said(figure: Figure, before: IncomingBlock | None, after: IncomingBlock | None) -> str:
    """Return the line that names who made a picture: its caption, the line below it, or the one above."""
    caption = figure.picture.caption or ""
    lines = [caption, *(words_in(each.children) for each in (after, before) if isinstance(each, Paragraph))]
    short = (line for line in lines if len(line) <= _LONGEST_LINE)
    return next(itertools.chain((line for line in short if name_in(line)), [""]))


def name_in(line: str) -> str:
    """Return who made a picture by a line such as “Photo: Mary Major”; empty where it does not say that."""
    match = CREDIT.search(line)
    return " ".join(match["name"].split()).strip(" .,;„“\"'") if match else ""


def says_nothing_else(line: str) -> bool:
    """Return whether all that a line says is who made a picture."""
    match = CREDIT.search(line.strip())
    return match is not None and not match.start()
