"""The pictures that the pages of an issue must show: the cover's, then those of its articles in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.models.text import Figure
from pipeline.models.tree import nodes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.findings.place import Place
    from pipeline.models.issue import Issue


class ExpectedPicture(NamedTuple):
    """A picture that the pages must show.

    Args:
        source: Its file, as the issue names it.
        place: Where it is named.
        data: The file as it was given to the engine.
        times: How often the issue has it.
        may_repeat: Whether the pages may show it more often.
    """

    source: str
    place: Place
    data: bytes
    times: int
    may_repeat: bool


def expected_pictures(
    issue: Issue, files: Mapping[str, bytes], *, made_up: bool
) -> Iterator[ExpectedPicture]:
    """Yield each picture of pixels once.

    Args:
        issue: Typeset.
        files: What the engine was given of each, by source; drawings are left out.
        made_up: Whether the style makes the pages up; then they may show a picture again beside the contents.
    """
    named = [issue.cover] if issue.cover is not None else []
    named += [figure.picture for article in issue.articles for figure in nodes_of(Figure, article.body)]
    times: dict[bytes, int] = {}
    for picture in named:
        data = files.get(picture.source, b"")
        times[data] = times.get(data, 0) + 1
    for picture in named:
        data = files.get(picture.source, b"")
        if data and times.get(data):
            yield ExpectedPicture(picture.source, picture.place, data, times.pop(data), made_up)
