"""What is asked of the resident process, and what it answers: data alone, as it passes between processes."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - answers are read by it
from typing import TYPE_CHECKING, NamedTuple

from pipeline.desk.preview.decisions import Decisions  # noqa: TC001 - answers are read by it
from pipeline.desk.preview.shown import PageShown, PlaceOnPage  # noqa: TC001 - answers are read by it
from pipeline.findings.finding import Finding  # noqa: TC001 - answers are read by it

if TYPE_CHECKING:
    from pipeline.desk.preview.changes import PlanChange


class ShowRequest(NamedTuple):
    """Lay an issue out.

    Args:
        issue: The name of its folder.
        edition: The name of the edition.
        decisions: What was decided before, to be kept; None where pages are to be filled anew.
        as_readable: Whether an issue with errors is laid out as far as it can be read.
        known: The keys of the pages whose drawings the asker has; None for those of every answer so far. An
            answer may have been another's: that of a process that takes over is asked for before it does.
        fills: Whether pages about which nothing was decided are filled; else they end where their texts do.
    """

    issue: str
    edition: str
    decisions: Decisions | None
    as_readable: bool
    known: frozenset[str] | None = None
    fills: bool = True


class PictureRequest(NamedTuple):
    """Draw a page as a picture.

    Args:
        pdf: The page, as it was drawn.
        dpi: Pixels per inch.
        spine: At which edge the fold is, `left` or `right`, where the edges are drawn over it; or empty.
    """

    pdf: bytes
    dpi: int
    spine: str


class InkRequest(NamedTuple):
    """Separate a page of the press edition into its inks.

    Args:
        issue: The name of the issue's folder, whose paper it is printed on.
        pdf: The page, as it was drawn.
        dpi: Pixels per inch.
        plate: What is drawn of it, one of `pdf.plate_pictures.PLATES`.
    """

    issue: str
    pdf: bytes
    dpi: int
    plate: str


class ArticleRequest(NamedTuple):
    """Compose an article as HTML.

    Args:
        issue: The name of the issue's folder.
        name: The article's name.
        dark: Whether it is shown as in the dark; None to leave that to who shows it.
    """

    issue: str
    name: str
    dark: bool | None


class MeasuresRequest(NamedTuple):
    """Measure the articles of an issue on its pages.

    Args:
        issue: The name of the issue's folder.
        decisions: What was decided to fill the pages.
    """

    issue: str
    decisions: Decisions | None


class WeightsRequest(NamedTuple):
    """Tell which weight the program chooses for each article.

    Args:
        issue: The name of the issue's folder.
    """

    issue: str


class TrialRequest(NamedTuple):
    """Try changes of the plan.

    Args:
        issue: The name of the issue's folder.
        changes: They, in order.
        decisions: What was decided to fill the pages.
        number: By which it is broken off; from 1.
    """

    issue: str
    changes: tuple[PlanChange, ...]
    decisions: Decisions | None
    number: int


class MailRequest(NamedTuple):
    """Compose the mail edition.

    Args:
        issue: The name of the issue's folder.
        pages: Pages of the screen edition.
        size: Bytes of the screen edition, as far as they are known.
        dark: Whether it is shown as in the dark.
    """

    issue: str
    pages: int
    size: int
    dark: bool


Request = (
    ShowRequest
    | PictureRequest
    | InkRequest
    | ArticleRequest
    | MeasuresRequest
    | WeightsRequest
    | TrialRequest
    | MailRequest
    | None
)
"""None asks only whether the process is ready."""


class ShowAnswer(NamedTuple):
    """An issue laid out.

    Args:
        pages: All pages.
        places: Where blocks stand on them.
        drawn: The pages drawn now, by key.
        decisions: What was decided to fill them.
        findings: What was found.
        is_whole: Whether the issue has no errors, and is there as a whole.
        is_slow_to_fill: Whether filling its pages takes many layouts.
    """

    pages: tuple[PageShown, ...]
    places: tuple[PlaceOnPage, ...]
    drawn: Mapping[str, bytes]
    decisions: Decisions
    findings: tuple[Finding, ...]
    is_whole: bool
    is_slow_to_fill: bool
