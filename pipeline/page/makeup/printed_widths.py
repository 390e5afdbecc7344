"""The width each picture of an issue is printed at."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.models.kinds.presentation import Body
from pipeline.models.text import Figure
from pipeline.page.pictures.sizes import cover_width, gallery_rows, picture_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.models.issue import Article, Issue
    from pipeline.models.text import Picture
    from pipeline.page.identity.style_file import StyleSheet
    from pipeline.page.pictures.picture_info import PictureInfo


class PrintedWidth(NamedTuple):
    """A picture and the width it is printed at, in millimetres."""

    picture: Picture
    width: float


def pictures_of(issue: Issue) -> Iterator[Picture]:
    """Yield every picture of an issue, that of the first page before the others, and partners' logos."""
    if issue.cover is not None:
        yield issue.cover
    for article in issue.articles:
        yield from _pictures_in(article)
        yield from (logo for logo in article.logos if logo is not None)
    for filler in issue.fillers:
        yield from _pictures_in(filler)


def printed_widths(
    issue: Issue, known: Mapping[str, PictureInfo], plan: StyleSheet
) -> Iterator[PrintedWidth]:
    """Yield every picture of an issue with the width it is printed at, in the order of `pictures_of`.

    Args:
        issue: The issue.
        known: What is known of each picture file, by source; a picture that is not in it is left out, and so
            is a gallery that holds one, for its rows cannot be divided.
        plan: The style's: its format, and its widths by measure.
    """
    if plan.is_made_up:
        from pipeline.page.makeup.issue_makeup import widths_made_up  # noqa: PLC0415 - only for styles made up
        from pipeline.page.makeup.slots import PictureShape  # noqa: PLC0415

        shapes = {
            source: PictureShape(info.proportion, 0 if info.is_drawing else info.width, info.is_photograph)
            for source, info in known.items()
        }
        yield from (PrintedWidth(*each) for each in widths_made_up(issue, shapes))
        return
    measures = plan.measures
    if issue.cover is not None and issue.cover.source in known:
        yield PrintedWidth(issue.cover, cover_width(known[issue.cover.source].proportion, measures))
    for article in issue.articles:
        pictures = _pictures_in(article)
        if article.head.presentation.body is not Body.GALLERY:
            for picture in pictures:
                if picture.source in known:
                    width = picture_width(known[picture.source].proportion, measures[picture.measure.simple])
                    yield PrintedWidth(picture, width)
        elif all(picture.source in known for picture in pictures):
            proportions = [known[picture.source].proportion for picture in pictures]
            for row in gallery_rows(pictures, proportions, measures["wide"]):
                yield from (PrintedWidth(placed.picture, placed.width) for placed in row)


def _pictures_in(article: Article) -> list[Picture]:
    return [block.picture for block in article.body if isinstance(block, Figure)]
