"""Findings – errors and warnings with their place – and the exceptions that hold them.

BulletinError           the operation cannot go on; holds every finding gathered so far
├── IssueError          the files of the issue have errors
├── PressError          pages cannot be laid out, or a result cannot be written
├── ArchiveError        an operation of the archive cannot be carried out
└── DeliveryError       mail cannot be sent
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.place import Place  # noqa: TC001 - the preview's answers are read by it

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ASKED_OF_NEW_SOURCES: Final = frozenset(
    {"E75", "E76", "E77", "E78", "E79", "E99", "E162", "E163", "E164", "E165", "E167"}
    | {"E459", "E460", "E461", "E462", "E463", "E465"}
)
"""Errors in the files that came in after issues had been filed.

They stop what is built of the files in hand. What was filed passed the checks of its day, and is rebuilt,
shown on the site and searched without them. A new error in the files is entered here, too.
"""


class Severity(StrEnum):
    """The severity of a finding: an error stops the operation, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Spot(NamedTuple):
    """A rectangle on a page, in millimetres from the upper left corner of the trim."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Finding:
    """An error or a warning.

    Args:
        code: A key of `findings.codes.register.CODES`.
        place: Where it is in the files, or None where it has no place in them.
        values: The values of the placeholders of message and remedy, by name.
        excerpt: The source line, where it is known.
        page: The page of the PDF from 1, or 0.
        spot: Where on that page, or None.
    """

    code: str
    place: Place | None
    values: tuple[tuple[str, str], ...] = ()
    excerpt: str = ""
    page: int = 0
    spot: Spot | None = None

    @property
    def severity(self) -> Severity:
        """Error or warning, by the first letter of the code."""
        return Severity.ERROR if self.code.startswith("E") else Severity.WARNING


def found(
    code: str, place: Place | None, *, page: int = 0, spot: Spot | None = None, **values: object
) -> Finding:
    """Create a finding.

    Args:
        code: A key of `findings.codes.register.CODES`; the wording is not loaded here.
        place: Where, or None.
        page: The page of the PDF from 1, or 0.
        spot: Where on that page, or None.
        **values: The values of the placeholders of the code's message and remedy.
    """
    named = tuple(sorted((key, str(value)) for key, value in values.items()))
    return Finding(code, place, named, page=page, spot=spot)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that are errors."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings once each, by file, line, column and code."""

    def key(finding: Finding) -> tuple[object, ...]:
        place, spot = finding.place, finding.spot
        down = (spot.top, spot.left) if spot is not None else (0.0, 0.0)
        here = (True, "", 0, 0) if place is None else (False, place.path, place.line, place.column)
        return (*here, finding.page, *down, finding.code, finding.values)

    return sorted(dict.fromkeys(findings), key=key)


def with_excerpts(findings: Iterable[Finding], sources: Mapping[str, str]) -> list[Finding]:
    """Return the findings, each with the source line it points at.

    Args:
        findings: As gathered.
        sources: The text of each file read, by path.
    """
    lines: dict[str, list[str]] = {}
    shown = []
    for finding in findings:
        place = finding.place
        if place is not None and place.line and not finding.excerpt and place.path in sources:
            if place.path not in lines:
                lines[place.path] = sources[place.path].split("\n")
            text = lines[place.path]
            if place.line <= len(text):
                excerpt = text[place.line - 1]
                finding = replace(finding, excerpt=excerpt)  # noqa: PLW2901
        shown.append(finding)
    return shown


class BulletinError(Exception):
    """The operation cannot go on.

    Args:
        findings: Everything found so far, at least one of it an error.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep the findings, in order."""
        self.findings = tuple(in_order(findings))
        super().__init__("; ".join(f"{f.code} {f.place or ''}".strip() for f in self.findings))

    def __reduce__(self) -> tuple[type[BulletinError], tuple[tuple[Finding, ...]]]:
        """Pickle the findings, from which the message is rebuilt."""
        return type(self), (self.findings,)


class IssueError(BulletinError):
    """The files of the issue have errors."""


class PressError(BulletinError):
    """Pages cannot be laid out, or a result cannot be written."""


class ArchiveError(BulletinError):
    """An operation of the archive cannot be carried out."""


class DeliveryError(BulletinError):
    """Mail cannot be sent."""
