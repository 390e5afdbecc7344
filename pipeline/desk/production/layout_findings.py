"""Findings on the layout: faults, with the place of their words in the files, and how full the pages are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pipeline.findings.finding import Spot, found
from pipeline.findings.place import Place
from pipeline.models.text import Run
from pipeline.models.tree import nodes_of
from pipeline.page.makeup.notes_in_use import anchor
from pipeline.pdf.imposition import PAGES_A_SHEET

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pipeline.findings.finding import Finding
    from pipeline.models.issue import Article, Issue
    from pipeline.models.text import Picture
    from pipeline.page.engine.layout_faults import LayoutFault
    from pipeline.page.engine.page_boxes import PageFill
    from pipeline.page.fitting.maker_up import Fitted

_CODES: Final = {
    "TEXT_OVER_TEXT": "E190",
    "TEXT_OVER_PICTURE": "E191",
    "CUT": "E192",
    "PICTURE_CUT": "E193",
    "HOLE": "W190",
    "WIDE_SPACES": "W191",
    "LONE_LINE": "W192",
    "WIDE_RUN": "W193",
    "HEADING_PARTED": "W194",
    "CARD_PARTED": "W195",
    "CAPTION_PARTED": "W196",
}
"""The code of each kind of fault."""

IN_A_DRAFT: Final = "W199"
"""The code of an error in a draft, which is made all the same."""

NOTES: Final = frozenset(
    code
    for code in (*_CODES.values(), IN_A_DRAFT, "W05", "W06", "W13", "W197", "W198")
    if code.startswith("W")
)
"""The codes that stop nothing; editions differ in them by a line or so."""

FEWEST_ON_LAST: Final = 3
"""The last page holds at least a third of its lines."""

MOST_SHORT: Final = 4
"""Lines by which any other page may end short."""

_MOST_SHOWN: Final = 60
"""The most characters of the words at fault that a finding shows."""


def layout_findings(issue: Issue, faults: Sequence[LayoutFault], *, is_draft: bool) -> list[Finding]:
    """Return a finding for each kind of fault on each page: the first of it, from the top.

    Args:
        issue: Typeset, as it was laid out.
        faults: The faults of its layout.
        is_draft: Whether a draft is built, which no fault stops.
    """
    first: dict[tuple[str, int], LayoutFault] = {}
    for fault in sorted(faults, key=lambda fault: (fault.page, fault.area.top, fault.area.left)):
        code = _CODES[fault.kind.name]
        first.setdefault((IN_A_DRAFT if is_draft and code.startswith("E") else code, fault.page), fault)
    return [
        found(
            code,
            place_of_words(issue, (fault.words, fault.other), fault.article),
            page=page,
            spot=Spot(*fault.area),
            **_values(fault),
        )
        for (code, page), fault in first.items()
    ]


def fitting_findings(issue: Issue, fitted: Fitted) -> list[Finding]:
    """Return what could not be fitted, with what would help (W197, W198), and pages for notes (W13).

    Args:
        issue: Typeset.
        fitted: What the maker-up decided.
    """
    findings = []
    for each in fitted.advice:
        title, place = _shown(each.article.head.title), _end_of(each.article)
        code, words = ("W198", "words") if each.is_over else ("W197", "more")
        values: dict[str, Any] = {"title": title, "lines": each.lines, words: each.words}
        findings.append(found(code, place, page=each.page, **values))
    if notes := fitted.fitting.notes:
        pages = len(fitted.printed.fills)
        over = PAGES_A_SHEET - notes
        place = issue.publication_places.get("pages", Place("issues/publication.yaml"))
        findings.append(found("W13", place, over=over, blank=notes, guess=pages - PAGES_A_SHEET, more=pages))
    return findings


def _end_of(article: Article) -> Place:
    """Return the place of the last words of an article."""
    return next((run.place for run in reversed(list(nodes_of(Run, article.body)))), article.place)


def fill_findings(issue: Issue, fills: Sequence[PageFill], advised: Collection[int] = ()) -> list[Finding]:
    """Return a warning for each page that ends short (W06), and for a last page nearly empty (W05).

    One that ends short is told of the article that it ends with.

    Args:
        issue: The issue.
        fills: How many lines each page has room for and has free, in order.
        advised: The numbers of pages of which more is said.
    """
    place = Place(f"{issue.folder}/issue.yaml")
    places = {anchor(article.name): article.place for article in (*issue.articles, *issue.fillers)}
    findings = [
        found("W06", places.get(fill.article, place), page=number, lines=fill.free)
        for number, fill in enumerate(fills[:-1], 1)
        if fill.free > MOST_SHORT and number not in advised
    ]
    last = fills[-1]
    total = last.lines + last.free
    if len(fills) > 1 and last.lines * FEWEST_ON_LAST < total:
        missing = -(-total // FEWEST_ON_LAST) - last.lines
        findings.append(found("W05", place, page=len(fills), lines=last.lines, fill=missing))
    return findings


def place_of_words(issue: Issue, stretches: Sequence[str], article: str) -> Place:
    """Return where words that stand on a page were written.

    Args:
        issue: Typeset, as it was laid out.
        stretches: The words, each stretch a line or a part of one; the first that is found counts.
        article: The `id` of the article they stand in, or an empty text.

    Returns:
        The place of the text that has them; where none has, that of the article or of the issue.
    """
    from pipeline.typography.fonts import texts  # noqa: PLC0415 - slow to load; only where there is a fault

    own = next((each for each in issue.articles if anchor(each.name) == article), None)
    otherwise = own.place if own is not None else Place(f"{issue.folder}/issue.yaml")
    candidates = [(_bare(text), place) for text, place in texts(issue)]
    candidates += [(_bare(picture.alternative), picture.place) for picture in _pictures_of(issue)]
    if own is not None:
        candidates.sort(key=lambda candidate: candidate[1].path != own.place.path)
    longest = [max(words.split(), key=len, default="") for words in stretches]
    for wanted in map(_bare, (*stretches, *longest)):
        for text, place in candidates:
            if wanted and wanted in text:
                return place
    return otherwise


def _pictures_of(issue: Issue) -> Iterator[Picture]:
    from pipeline.models.text import Picture  # noqa: PLC0415 - as above
    from pipeline.models.tree import nodes_of  # noqa: PLC0415 - as above

    if issue.cover is not None:
        yield issue.cover
    for article in issue.articles:
        yield from nodes_of(Picture, article.body)


def _values(fault: LayoutFault) -> dict[str, str]:
    values = {"words": _shown(fault.words)}
    if fault.other:
        values["other"] = _shown(fault.other)
    if fault.measure:
        values["measure"] = f"{fault.measure:g}"
    return values


def _bare(text: str) -> str:
    """Return a text without what a line may add or lose: spaces, hyphens, invisible characters."""
    return re.sub(r"[\s\u00ad\u200b\u2060\u2010-]+", "", text)


def _shown(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN].rstrip()}…"
