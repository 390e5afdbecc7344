"""The job ticket: everything a print shop needs to know to print a file, as plain text."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.models.editions import TRIM
from pipeline.typography.dates import full_date
from pipeline.typography.localisation import label, listing, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.models.editions import Edition
    from pipeline.models.issue import Issue
    from pipeline.models.printing_conditions import PrintingCondition

_NAMES: Final = 22
_WIDEST: Final = 88
_LEAF: Final = 2
"""Pages of a leaf."""

_FOLDED: Final = 4
"""Pages of a folded sheet."""

_PROCESS: Final = 4
"""Inks that every page may need."""

_HUNDREDTH: Final = Decimal("0.01")


class Printed(NamedTuple):
    """The file that is handed over.

    Args:
        name: File name.
        sha256: Its SHA-256 in hexadecimal, for the print shop to check.
        size: Size in bytes.
        pages: Number of pages.
    """

    name: str
    sha256: str
    size: int
    pages: int


def job_ticket(issue: Issue, printed: Printed, edition: Edition, condition: PrintingCondition) -> str:
    """Return the job ticket in the language of the issue.

    Args:
        issue: The issue that is printed.
        printed: The file.
        edition: Gives the bleed.
        condition: The printing condition of the file.
    """
    language = issue.language
    publisher = issue.publication.publisher
    contacts = (publisher.name, publisher.email, publisher.phone)
    numbered = label("Issue {number}", language, number=issue.number)
    title = " · ".join((issue.publication.title, numbered, full_date(issue.date, language)))
    size = label("A4, {width} × {height} mm, upright", language, width=f"{TRIM[0]:g}", height=f"{TRIM[1]:g}")
    plan = issue.publication.press
    if edition.sheet > edition.bleed:
        bleed = label("{bleed} mm on all sides; crop marks outside it", language, bleed=f"{edition.bleed:g}")
    else:
        bleed = label("{bleed} mm on all sides; no crop marks", language, bleed=f"{edition.bleed:g}")
    open_ = label("to be agreed", language)
    inks = _inks(plan.spot.by_role if plan.spot else {}, language)
    rows = (
        (label("Publication", language), title),
        (label("File", language), file_and_size(printed, language)),
        ("SHA-256", printed.sha256),
        (label("Standard", language), "PDF/X-4 (ISO 15930-7)"),
        (label("Trimmed size", language), size),
        (label("Bleed", language), bleed),
        (label("Pages", language), _pages(printed.pages, language)),
        (label("Binding", language), _binding(printed.pages, language)),
        (label("Colours", language), inks),
        (label("Black", language), label("text and lines in black alone, overprinting", language)),
        (label("Paper", language), _paper(condition.paper, plan.grammage, language)),
        *_creep(printed.pages, plan.leaf, language),
        (label("Profile", language), f"{condition.info} ({condition.identifier})"),
        (label("Ink limit", language), f"{condition.ink_limit} %"),
        (label("Copies", language), number(Decimal(plan.copies), language) if plan.copies else open_),
        (label("Wanted by", language), full_date(plan.due, language) if plan.due else open_),
        (label("Contact", language), ", ".join(filter(None, contacts))),
    )
    return slip(label("Job ticket", language), rows)


def file_and_size(printed: Printed, language: str) -> str:
    """Return a file's name, and its size rounded and to the byte."""
    megabytes = number(Decimal(-(-printed.size // 100_000)) / 10, language)
    return f"{printed.name}, {megabytes} MB ({number(printed.size, language)} B)"


def slip(title: str, rows: Iterable[tuple[str, str]]) -> str:
    """Return a plain text: a title in capitals, then a table of names and values.

    Args:
        title: Its title.
        rows: Names and values; a long value continues on indented lines.
    """
    lines = [title.upper(), ""]
    for name, value in rows:
        lines += textwrap.wrap(
            value.replace("\u00a0", " "),
            _WIDEST,
            initial_indent=f"{name}:".ljust(_NAMES),
            subsequent_indent=" " * _NAMES,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return "\n".join(lines) + "\n"


def _paper(kind: str, grammage: int | None, language: str) -> str:
    if grammage is not None and kind == "coated":
        return label("coated, as the file is made for; {grammage} g/m²", language, grammage=grammage)
    if grammage is not None:
        return label("uncoated, as the file is made for; {grammage} g/m²", language, grammage=grammage)
    if kind == "coated":
        return label("coated, as the file is made for; weight to be agreed", language)
    return label("uncoated, as the file is made for; weight to be agreed", language)


def _pages(pages: int, language: str) -> str:
    if pages <= _LEAF:
        return str(pages)
    if pages % _FOLDED == 0:
        return label("{pages}, cover included", language, pages=pages)
    # As in the booklet: at the end, so that every printed number stays true.
    empty = range(pages + 1, pages + 1 + _FOLDED - pages % _FOLDED)
    return label(
        "{pages}, cover included; empty pages at the end to a multiple of four: {empty}",
        language,
        pages=pages,
        empty=", ".join(map(str, empty)),
    )


def _inks(spots: Mapping[str, str], language: str) -> str:
    if not spots:
        return label("4/4: cyan, magenta, yellow, black on both sides; no further inks", language)
    return label(
        "{count}/{count}: cyan, magenta, yellow, black on both sides; further inks: {inks}",
        language,
        count=_PROCESS + len(spots),
        inks=listing(list(spots.values()), language),
    )


def _creep(pages: int, leaf: Decimal | None, language: str) -> Iterator[tuple[str, str]]:
    """Yield by how much the innermost sheet is pushed out, where sheets are folded into one another."""
    sheets = -(-pages // _FOLDED)
    if leaf is None or sheets < 2:  # noqa: PLR2004 - one sheet is not pushed out
        return
    most = (sheets - 1) * leaf
    value = label(
        "{creep} mm on the innermost sheet, with leaves of {leaf} mm; not in the pages of the file",
        language,
        creep=number(most.quantize(_HUNDREDTH), language),
        leaf=number(leaf.quantize(_HUNDREDTH), language),
    )
    yield label("Creep", language), value


def _binding(pages: int, language: str) -> str:
    if pages <= _LEAF:
        return label("none: one leaf", language)
    if pages <= _FOLDED:
        return label("none: one sheet, folded once", language)
    return label("saddle-stitched, two staples, folded to A4", language)
