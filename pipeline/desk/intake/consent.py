"""Whether those in the photographs of an issue agreed to be shown: one finding lists what is not answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.models.text import Figure
from pipeline.models.tree import nodes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.desk.production.checked_issue import ValidIssue
    from pipeline.editor.house_style.model import House
    from pipeline.models.issue import Issue
    from pipeline.models.text import Picture

UNANSWERED: Final = "W176"
REFUSED: Final = "E179"
REQUIRED: Final = "require"


def consent_findings(versions: Sequence[ValidIssue], house: House) -> Iterator[Finding]:
    """Yield a warning (W176) that lists the photographs of an issue whose consent is not answered.

    A photograph that is answered at one of its places, or in one of the languages, is answered.

    Args:
        versions: The issue in each of its languages.
        house: Says whether it is asked at all.
    """
    if house.consent is None:
        return
    answered: set[str] = set()
    shown: dict[str, None] = {}
    for valid in versions:
        for picture in _pictures(valid.issue):
            info = valid.pictures.get(picture.source)
            if info is not None and info.is_photograph:
                shown[picture.source] = None
            if picture.consent is not None:
                answered.add(picture.source)
    if names := ", ".join(source for source in shown if source not in answered):
        yield found(UNANSWERED, Place(versions[0].issue.folder), known=names)


def as_required(findings: Iterable[Finding], house: House) -> list[Finding]:
    """Return the findings with the warning above as an error (E179), if the house requires the answer."""
    return [
        Finding(REFUSED, item.place, item.values, item.excerpt)
        if item.code == UNANSWERED and house.consent == REQUIRED
        else item
        for item in findings
    ]


def _pictures(issue: Issue) -> Iterator[Picture]:
    """Yield the pictures that may show people: all but logos."""
    if issue.cover is not None:
        yield issue.cover
    for article in issue.articles:
        yield from (figure.picture for figure in nodes_of(Figure, article.body))
