"""An issue checked in one language: all findings, and what a build needs of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.production.samples import sample_findings
from pipeline.findings.finding import (
    ASKED_OF_NEW_SOURCES,
    Finding,
    IssueError,
    PressError,
    errors,
    found,
    in_order,
    with_excerpts,
)
from pipeline.findings.place import Place
from pipeline.findings.suggestions import nearest
from pipeline.models.publication import EU_EMBLEM, Funder, Identity
from pipeline.models.text import Code, Run, Table
from pipeline.models.tree import nodes_of
from pipeline.page.identity.drawings import unknown_roles
from pipeline.page.identity.house import House
from pipeline.page.identity.spot_colours import unfit_spots
from pipeline.page.makeup.printed_widths import pictures_of, printed_widths
from pipeline.page.pictures.examination import examine
from pipeline.page.pictures.metadata.cleaning import carried
from pipeline.page.pictures.picture_info import PictureInfo, resolution_findings
from pipeline.page.pictures.private_pictures import private_findings
from pipeline.page.style import head_measure, load_style
from pipeline.reading.issue_reader import read_issue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.files.workspace import Workspace
    from pipeline.models.issue import Issue
    from pipeline.models.text import Picture
    from pipeline.page.style import Style
    from pipeline.reading.issue_reader import Reading


HYPHENATED: Final = frozenset({"bg", "en"})
"""Languages that Pyphen is known to have patterns of."""


LONGEST_NOTE: Final = 4000
"""Characters of a footnote; about fifty lines."""


_ROOM_ON_FIRST_PAGE: Final = {
    "title": 200,
    "publisher.name": 150,
    "publisher.address": 250,
    "publisher.site": 100,
    "publisher.email": 100,
}
_ROOM_FOR_ISSUE_TITLE: Final = 300
"""The most characters of texts that the first page sets in a place of its own."""


class CheckedIssue(NamedTuple):
    """An issue in one language, with everything found in it.

    Args:
        reading: What was read.
        style: Its style, or None where it has none.
        pictures: What is known of each picture file, by the source the issue names.
        findings: All findings, in order.
    """

    reading: Reading
    style: Style | None
    pictures: dict[str, PictureInfo]
    findings: tuple[Finding, ...]

    def valid(self) -> ValidIssue:
        """Return the issue for composition.

        Raises:
            IssueError: Any of the findings is an error.
        """
        stop_on_errors(self.findings)
        valid = self.as_readable()
        assert valid is not None  # noqa: S101 - an issue that cannot be read has errors
        return valid

    def filed(self) -> ValidIssue:
        """Return an issue that was filed: it is not held to errors that came in since.

        Raises:
            IssueError: Any of the other findings is an error.
        """
        kept = tuple(each for each in self.findings if each.code not in ASKED_OF_NEW_SOURCES)
        return self._replace(findings=kept).valid()

    def as_readable(self) -> ValidIssue | None:
        """Return the issue as far as it can be read, with its errors, for further checks alone.

        None where the style cannot be read, or no file at all.
        """
        if self.reading.readable is None or self.style is None:
            return None
        return ValidIssue(
            self.reading.readable,
            self.style,
            pictures=self.pictures,
            reading=self.reading,
            findings=self.findings,
        )


class ValidIssue(NamedTuple):
    """An issue without errors, which can be composed.

    Args:
        issue: As read.
        style: Its style.
        pictures: What is known of each picture file, by the source the issue names.
        reading: Its files and their texts.
        findings: Warnings.
    """

    issue: Issue
    style: Style
    pictures: dict[str, PictureInfo]
    reading: Reading
    findings: tuple[Finding, ...]


def check_issue(folder: Path, workspace: Workspace, language: str | None = None) -> CheckedIssue:
    """Check an issue in one language, and return what a build needs of it.

    Errors of one file hide no findings of another: what can be read of the issue is checked.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.
        language: The language to check, or None for the issue's own.
    """
    reading = read_issue(folder, workspace, language)
    issue = reading.readable
    if issue is None:
        return CheckedIssue(reading, None, {}, reading.findings)
    findings = list(reading.findings)
    pictures: dict[str, PictureInfo] = {}
    style = None
    try:
        style = _style_of(issue, workspace)
        findings += style.findings
    except PressError as error:
        known = {each.code for each in findings}
        findings += [each for each in error.findings if each.code not in known]
    if style is not None:
        style = _with_fallbacks(style, issue, workspace, findings)
        findings += _picture_findings(issue, reading, style, pictures)
        findings += _logo_findings(issue, reading, style, pictures)
        findings += private_findings(issue.folder, reading.files, pictures)
        findings += _glyph_findings(issue, reading, style)
        findings += _table_findings(issue, style)
        findings += (*_code_findings(issue, style), *_spot_findings(issue, style))
    from pipeline.typography.fonts import endless_word_findings  # noqa: PLC0415 - only where the issue is whole

    findings += endless_word_findings(issue, reading.sources)
    findings += _note_findings(issue)
    findings += _first_page_findings(issue)
    findings += _language_findings(issue)
    findings += sample_findings(issue)
    return CheckedIssue(
        reading, style, pictures, tuple(with_excerpts(in_order(_once(findings)), reading.sources))
    )


def _style_of(issue: Issue, workspace: Workspace) -> Style:
    """Return the style of an issue, in the look that its publication gives it."""
    publication = issue.publication
    house = House(
        publication.identity or Identity(),
        issue.language,
        publication.press,
        workspace.issues,
        issue.publication_places,
    )
    name, version = publication.style.name, publication.style.version
    return load_style(name, version, workspace.style_folders(), workspace.font_folders(), house)


def _picture_findings(
    issue: Issue, reading: Reading, style: Style, pictures: dict[str, PictureInfo]
) -> Iterator[Finding]:
    """Examine the pictures, enter them in `pictures`, and yield what is wrong or too coarse for a screen."""
    refused = set()
    for picture in pictures_of(issue):
        above = picture.source.startswith("../")
        path = reading.file(f"issues/{picture.source[3:]}" if above else f"{issue.folder}/{picture.source}")
        if path is None or picture.source in pictures or picture.source in refused:
            continue
        data = carried(path)
        examined = examine(data, picture.source, picture.place)
        if isinstance(examined, Finding):
            refused.add(picture.source)
            yield examined
        else:
            pictures[picture.source] = examined
            yield from _role_findings(data, examined, style, picture.place)
    widest: dict[Picture, float] = {}
    for picture, width in printed_widths(issue, pictures, style.plan):
        widest[picture] = max(width, widest.get(picture, 0))
    for picture, width in widest.items():
        yield from resolution_findings(pictures[picture.source], picture.source, picture.place, width)


def _logo_findings(
    issue: Issue, reading: Reading, style: Style, pictures: dict[str, PictureInfo]
) -> Iterator[Finding]:
    """Examine the logos of funders and of the house, enter them in `pictures`, and yield what is wrong."""
    publication, places = issue.publication, issue.publication_places
    holders: dict[str, Funder | Identity] = {
        f"funders.{index}": funder for index, funder in enumerate(publication.funders)
    }
    if publication.identity is not None:
        holders["identity"] = publication.identity
    for holder, model in holders.items():
        for field in ("logo", "logo_cmyk"):
            logo = getattr(model, field)
            path = reading.file(f"issues/{logo}")
            if logo in {None, EU_EMBLEM} or path is None:
                continue
            place = places.get(f"{holder}.{field}", Place("issues/publication.yaml"))
            examined = examine(carried(path), logo, place)
            if isinstance(examined, Finding):
                yield examined
            else:
                pictures[f"../{logo}"] = examined
                yield from _role_findings(path.read_bytes(), examined, style, place)


def _code_findings(issue: Issue, style: Style) -> Iterator[Finding]:
    """Yield what stands against QR codes that are asked for: the style (W443), or a long address (W444)."""
    plan = issue.publication.press
    if plan.qr is None:
        return
    if not style.plan.is_made_up:
        name = f"{style.plan.name} {style.plan.version}"
        yield found("W443", issue.publication_places.get("press.qr"), name=name)
        return
    from pipeline.page.fact_values import coded_address  # noqa: PLC0415 - few publications ask for codes
    from pipeline.page.figures.address_code import MOST_WIDTH, width_of_code  # noqa: PLC0415

    for article in issue.articles:
        card = article.head.presentation.card
        addresses = [address for fact in card.facts if (address := coded_address(fact, plan))] if card else []
        for address in addresses:
            if (width := width_of_code(address)) > MOST_WIDTH:
                yield found("W444", article.place, width=f"{width:.0f}", most=f"{MOST_WIDTH:.0f}")


def _spot_findings(issue: Issue, style: Style) -> Iterator[Finding]:
    """Yield what stands against spot inks that are asked for (E458)."""
    for role, problem in unfit_spots(issue.publication.press, style.plan.tokens):
        yield found("E458", issue.publication_places.get("press.spot"), name=role, problem=problem)


def _role_findings(data: bytes, info: PictureInfo, style: Style, place: Place | None) -> Iterator[Finding]:
    """Yield an E444 for each role that a drawing names and the style does not know."""
    if info.is_drawing:
        tokens = style.plan.tokens
        for name in unknown_roles(data, tokens, with_colour=style.plan.takes_identity):
            guess = nearest(name, tokens, closeness=0.6)
            yield found("E444", place, found=name, choices=", ".join(tokens), guess=guess)


def _with_fallbacks(style: Style, issue: Issue, workspace: Workspace, findings: list[Finding]) -> Style:
    """Return the style with the faces for what an issue has and the style's faces lack."""
    from pipeline.typography.fonts import lacking_characters  # noqa: PLC0415 - only where the issue is whole

    lacking = lacking_characters(issue, style.text_faces)
    if not lacking:
        return style
    from pipeline.page.fallback_faces import fallback_faces  # noqa: PLC0415 - few issues need one

    chosen = fallback_faces(lacking, set(style.faces), workspace.font_folders())
    findings += chosen.findings
    return style._replace(fallbacks=chosen.faces)


def _glyph_findings(issue: Issue, reading: Reading, style: Style) -> list[Finding]:
    from pipeline.typography.fonts import glyph_findings  # noqa: PLC0415 - only where the issue is whole

    fallbacks = [each.path for each in style.fallbacks]
    return glyph_findings(issue, style.text_faces, reading.sources, fallbacks)


def _table_findings(issue: Issue, style: Style) -> Iterator[Finding]:
    """Find tables that are too wide for a page even where they are set smaller."""
    if next(nodes_of(Table, tuple(article.body for article in issue.articles)), None) is None:
        return
    from pipeline.page.table_fit import SEMIBOLD, table_fits  # noqa: PLC0415 - few issues have tables

    measure = head_measure(style)
    fits = table_fits(
        issue, style.plan.measures, lambda text: measure(text, 1, SEMIBOLD), with_addresses=False
    )
    for place, classes in fits.items():
        if "broken" in classes.split():
            yield found("W174", place)


def _once(findings: list[Finding]) -> list[Finding]:
    """Leave out what is said already: a control character (E05) has no sign in any face, either."""
    controls = {each.place[:3] for each in findings if each.code == "E05" and each.place is not None}
    return [
        each
        for each in findings
        if each.code != "E70" or each.place is None or each.place[:3] not in controls
    ]


def _note_findings(issue: Issue) -> Iterator[Finding]:
    """Find notes that are longer than a page has room for below its text."""
    for article in issue.articles:
        for note in article.notes:
            length = sum(len(run.text) for run in nodes_of(Run, note.children))
            length += sum(len(code.text) for code in nodes_of(Code, note.children))
            if length > LONGEST_NOTE:
                yield found("E163", note.place, length=length, limit=LONGEST_NOTE)


def _first_page_findings(issue: Issue) -> Iterator[Finding]:
    """Find titles and addresses that are longer than the first page has room for."""
    publication, publisher = issue.publication, issue.publication.publisher
    texts = {
        "title": publication.title,
        "publisher.name": publisher.name,
        "publisher.address": publisher.address,
        "publisher.site": publisher.site,
        "publisher.email": publisher.email,
    }
    places = issue.publication_places
    held = [(places.get(name), text, _ROOM_ON_FIRST_PAGE[name]) for name, text in texts.items()]
    for place, text, room in [*held, (issue.places.get("title"), issue.title, _ROOM_FOR_ISSUE_TITLE)]:
        if len(text or "") > room:
            yield found("E164", place, length=len(text), limit=room)


def _language_findings(issue: Issue) -> Iterator[Finding]:
    from pipeline.typography.languages import has_labels, known_language  # noqa: PLC0415 - as above

    place = issue.places.get("language", Place(f"{issue.folder}/issue.yaml"))
    if not known_language(issue.language):
        yield found("E35", place, found=issue.language)
    elif not has_labels(issue.language):
        yield found("W07", place, language=issue.language)
    if not is_hyphenated(issue.language):
        yield found("W11", place, language=issue.language)


def is_hyphenated(language: str) -> bool:
    """Return whether the engine has hyphenation patterns of a language.

    Args:
        language: A BCP 47 tag.
    """
    if language in HYPHENATED:
        return True
    import pyphen  # noqa: PLC0415 - it looks through its folder of patterns when it is imported

    return pyphen.language_fallback(language) is not None


def stop_on_errors(findings: tuple[Finding, ...]) -> None:
    """Raise the findings, if any of them is an error.

    Raises:
        IssueError: With all the findings.
    """
    if errors(findings):
        raise IssueError(findings)
