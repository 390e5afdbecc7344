"""Import: texts and pictures from elsewhere become a draft issue, or join one; nothing that came vanishes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.desk.intake.import_target import import_target, issue_date, workspace_at
from pipeline.desk.intake.import_writing import ImportedFiles, begin_issue, join_issue
from pipeline.desk.intake.imported_publication import publication_of
from pipeline.files.workspace import PUBLICATION
from pipeline.findings.finding import IssueError, found, in_order
from pipeline.importing.accounting import PlacementReport, report_placement
from pipeline.importing.draft.draft import Draft
from pipeline.importing.draft.files import Files, issue_file, keep_loose, write_articles
from pipeline.importing.draft.phrases import UNTITLED, draft_text
from pipeline.importing.draft.recognition import recognise
from pipeline.importing.gathering import Incoming, gather_files
from pipeline.importing.incoming.pieces import paragraphs_in
from pipeline.importing.languages import language_of
from pipeline.reading.publication import first_language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

    from pipeline.findings.finding import Finding


class Imported(NamedTuple):
    """What an import did.

    Args:
        folder: The issue's folder.
        publication: The file of the publication where that was begun too, else None.
        begun: Whether the issue was begun.
        whole: Whether what came was a whole bulletin, with its masthead.
        written: The files that were written or changed, by path in the issue's folder.
        sections: Title and articles of each section that came.
        offered: How many facts are offered in each article, by file name.
        report: What became of everything that came.
        findings: What was not placed and what is to be looked at, in order.
    """

    folder: Path
    publication: Path | None
    begun: bool
    whole: bool
    written: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    offered: dict[str, int]
    report: PlacementReport
    findings: tuple[Finding, ...]


def import_files(
    paths: list[Path], start: Path, date: dt.date | None, language: str, *, today: dt.date
) -> Imported:
    """Make a draft issue of files, or add them to the issue they are for.

    Args:
        paths: Files and folders.
        start: The workspace or a folder in it; where there is none, a publication is begun.
        date: The issue's date; otherwise the one the text gives, then that of the issue in the making,
            then today.
        language: Of the program, for what is written around the texts.
        today: The day.

    Returns:
        What was done. A new issue is there whole or not at all; a file that was changed since is merged.

    Raises:
        IssueError: A file cannot be read, there is no text to begin an issue with (E504), or a whole
            bulletin would overwrite an issue that was not imported (E86).
        PressError: A file cannot be written (E83).
    """
    incoming = gather_files(paths)
    workspace = workspace_at(start)
    spoken = first_language(workspace) if workspace else _language(incoming) or language
    drafts = [recognise(arrival, _language_of(arrival, spoken)) for arrival in incoming.arrivals]
    key = " + ".join(sorted(incoming.names))
    target = import_target(
        workspace.root if workspace else start,
        workspace,
        issue_date(workspace, drafts, key, date=date, today=today),
        spoken,
        key=key,
        whole=any(draft.whole for draft in drafts),
    )
    files = Files(pictures=target.pictures())
    known, there = target.record.titles.get(key, {}), target.texts()
    for draft in drafts:
        write_articles(draft, files, known=known, there=there, language=spoken)
    if target.is_new and not files.sections:
        # Pictures alone make no issue.
        raise IssueError([*incoming.findings, found("E504", None, name=key[:100])])
    keep_loose(incoming.loose, files)
    draft = _joined(drafts)
    publication, unlike = publication_of(target, draft, language)
    number = draft.masthead.number or target.number
    issue = issue_file(draft, files, number=number, date=target.date, language=spoken)
    texts = {"publication.yaml": publication, "issue.yaml": issue, **files.texts}
    report = report_placement(incoming.arrivals, texts, files.pictures, draft.made)
    untitled = draft_text(UNTITLED, spoken)
    sections = [(title or untitled, lead, names) for title, lead, names in files.sections]
    imported = ImportedFiles(files, issue, sections, publication)
    written = begin_issue(target, imported) if target.is_new else join_issue(target, imported)
    findings = [
        *incoming.findings,
        *(each for arrival in incoming.arrivals for each in arrival.findings),
        *files.findings,
        *unlike,
        *_foreign(incoming, spoken),
        *report.findings,
        *written.findings,
    ]
    return Imported(
        folder=target.folder,
        publication=target.root / PUBLICATION if target.workspace is None else None,
        begun=target.is_new,
        whole=draft.whole,
        written=written.names,
        sections=tuple((title, tuple(names)) for title, _, names in sections),
        offered={each.name: len(each.proposals) for each in draft.articles if each.proposals},
        report=report,
        findings=tuple(in_order(findings)),
    )


def _language(incoming: Incoming) -> str:
    return language_of(
        paragraph.text for arrival in incoming.arrivals for paragraph in paragraphs_in(arrival.pieces)
    )


def _language_of(arrival: object, spoken: str) -> str:
    pieces = getattr(arrival, "pieces", ())
    return language_of(paragraph.text for paragraph in paragraphs_in(pieces)) or spoken


def _foreign(incoming: Incoming, spoken: str) -> Iterable[Finding]:
    for arrival in incoming.arrivals:
        guessed = _language_of(arrival, spoken)
        if guessed != spoken.split("-", maxsplit=1)[0]:
            yield found("W513", None, name=arrival.name, found=guessed, wanted=spoken)


def _joined(drafts: list[Draft]) -> Draft:
    """Join drafts: one bulletin gives the masthead, every text its articles."""
    first = next((draft for draft in drafts if draft.whole), Draft(whole=False))
    sections = [section for draft in drafts for section in draft.sections]
    return Draft(first.whole, first.masthead, sections, [word for draft in drafts for word in draft.made])
