"""What a preview answers with. Everything here passes between processes, so it is data alone."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.findings.finding import Finding  # noqa: TC001 - answers are read by it


class PageShown(NamedTuple):
    """A page of an issue.

    Args:
        number: From 1.
        key: A hash of what is drawn on it: pages with equal keys look the same.
        width: In millimetres, as cut.
        height: In millimetres, as cut.
        bleed: How far its picture runs over the cut on every side, in millimetres.
        is_left: Whether it lies on the left of a spread.
    """

    number: int
    key: str
    width: float
    height: float
    bleed: float
    is_left: bool


class PlaceOnPage(NamedTuple):
    """Where a block that was written stands on a page.

    A block that continues in another column or on another page has a rectangle in each.

    Args:
        page: The number of the page, from 1.
        x: The left edge, in millimetres from the left edge of the page as cut.
        y: The upper edge, in millimetres from the upper edge of the page as cut.
        w: The width, in millimetres.
        h: The height, in millimetres.
        path: The file it was written in, below the workspace.
        line: The line it begins in there, from 1.
    """

    page: int
    x: float
    y: float
    w: float
    h: float
    path: str
    line: int


class Shown(NamedTuple):
    """The pages of an issue.

    Args:
        serial: Grows with every change of what is shown, also when the process is renewed.
        pages: All pages, in order.
        places: Where the blocks of the files stand on them, in order of pages.
        stale: Whether the files could not be set as they are now: the pages are the last good ones, and
            `findings` says why.
        settled: Whether the pages are filled as a build would do it now; while one types, what was decided
            to fill them is kept.
        findings: What was found in the files and on the pages.
        is_given_up: Whether filling them took too long or too much memory: they stay as they are before that
            until a file changes; a build fills them, however long that takes.
    """

    serial: int
    pages: tuple[PageShown, ...]
    places: tuple[PlaceOnPage, ...]
    stale: bool
    settled: bool
    findings: tuple[Finding, ...]
    is_given_up: bool = False

    def spreads(self) -> list[tuple[PageShown | None, PageShown | None]]:
        """Return the pages as they lie side by side: left and right, None where there is none."""
        spreads: list[tuple[PageShown | None, PageShown | None]] = []
        for page in self.pages:
            if page.is_left:
                spreads.append((page, None))
            elif spreads and spreads[-1][1] is None:
                spreads[-1] = (spreads[-1][0], page)
            else:
                spreads.append((None, page))
        return spreads


class ArticleMeasure(NamedTuple):
    """What an article takes of the pages.

    Args:
        name: The article.
        first_page: The number of the page it begins on, from 1.
        last_page: The number of the page it ends on.
        lines: Lines of the grid it takes.
    """

    name: str
    first_page: int
    last_page: int
    lines: int


class Outcome(NamedTuple):
    """What changes would do.

    Args:
        lines: By how many lines the articles that are changed would be longer; negative where shorter.
        pages_before: Pages of the issue as it is.
        pages_after: Pages of the issue with the change.
        moved: The articles that would begin on another page, with the page they would begin on.
        empty_before: Lines that pages of articles leave empty as they are.
        empty_after: Lines that pages of articles would leave empty.
    """

    lines: int
    pages_before: int
    pages_after: int
    moved: tuple[tuple[str, int], ...]
    empty_before: int
    empty_after: int


class ArticleShown(NamedTuple):
    """An article as a screen shows it.

    Args:
        html: A whole document without scripts; pictures are inlined as `data:` addresses.
        lines: The lines of its file that elements of the document show: that of line 12 has the id `line-12`.
        findings: The errors of the issue but those of other articles; the article is then shown as far as it
            can be read.
    """

    html: str
    lines: tuple[int, ...]
    findings: tuple[Finding, ...]


class InkShown(NamedTuple):
    """A page in its inks.

    Args:
        picture: A PNG over the page with its bleed.
        heaviest: The most ink on one spot, in per cent.
        limit: The most that its paper takes, likewise.
        coverage: How much of the page each ink covers, in per cent: cyan, magenta, yellow, black.
    """

    picture: bytes
    heaviest: float
    limit: int
    coverage: tuple[float, float, float, float]


class MailShown(NamedTuple):
    """The mail edition as it stands now, before any page was compared with it.

    Args:
        html: The HTML part; pictures are inlined as `data:` addresses.
        text: The plain-text part.
        findings: The errors of the issue, which is then shown as far as it can be read; and what was found
            in the mail.
    """

    html: str
    text: str
    findings: tuple[Finding, ...]
