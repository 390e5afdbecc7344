"""Import: files become a draft issue or are merged into one, and every part of them is accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.intake.import_target import import_target, issue_date
from pipeline.desk.intake.import_writing import ImportedFiles, begin_issue, join_issue
from pipeline.desk.intake.imported_publication import publication_of, write_publication
from pipeline.files.workspace import PUBLICATION, workspace_unless_new
from pipeline.findings.finding import IssueError, found, in_order
from pipeline.findings.progress import silent
from pipeline.findings.translatable import N_
from pipeline.importing.draft.draft import Draft
from pipeline.importing.draft.files import Files, issue_file, keep_loose, write_articles
from pipeline.importing.draft.phrases import UNTITLED, draft_text
from pipeline.importing.draft.recognition import recognise
from pipeline.importing.gathering import gather_files
from pipeline.importing.model.incoming_text import texts_in
from pipeline.importing.model.inlines import words_in
from pipeline.importing.model.languages import language_of
from pipeline.importing.placement import PlacementReport, report_placement
from pipeline.reading.publication import first_language

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

    from pipeline.findings.finding import Finding
    from pipeline.findings.progress import Progress
    from pipeline.importing.model.incoming_files import IncomingFiles
    from pipeline.importing.model.incoming_text import IncomingText

_RECOGNISING: Final = N_("Recognising sections and articles")
_PLACING: Final = N_("Comparing the draft with what came, word by word")
_WRITING: Final = N_("Writing the files of the issue")


class ImportResult(NamedTuple):
    """Result of an import.

    Args:
        folder: The issue's folder.
        publication: `publication.yaml` if it was written too, else None.
        begun: Whether the issue is new.
        whole: Whether a whole bulletin with its masthead was imported.
        written: The files that were written or changed, by path in the issue's folder.
        sections: Title and article files of each imported section.
        offered: Number of facts proposed in each article, by file name.
        report: How much of the imported files was placed.
        findings: Parts that were not placed, and warnings, in order.
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
    paths: list[Path],
    start: Path,
    date: dt.date | None,
    language: str,
    *,
    today: dt.date,
    progress: Progress = silent,
) -> ImportResult:
    """Import files as a draft issue, or merge them into the issue they belong to.

    Args:
        paths: Files and folders.
        start: The workspace or a folder in it; where there is none, one is begun.
        date: The issue's date; if None, the one in the text, or that of an issue not yet published, or today.
        language: Language of the program, for a publication that is begun.
        today: Today's date.
        progress: Told of each step, and of each file and picture.

    Returns:
        The result. A new issue is written whole or not at all; a file changed since its import is merged.

    Raises:
        IssueError: A file cannot be read, there is no text to begin an issue with (E504), a whole bulletin
            would overwrite an issue that was not imported (E86), or somebody changes what it would replace in
            that moment (E632).
        PressError: A file cannot be written (E83).
    """
    incoming = gather_files(paths, progress)
    progress(_RECOGNISING, 0, 1)
    workspace = workspace_unless_new(start)
    issue_language = first_language(workspace) if workspace else _language(incoming) or language
    drafts = [recognise(text, _language_of(text, issue_language)) for text in incoming.texts]
    key = " + ".join(sorted(incoming.names))
    target = import_target(
        workspace.root if workspace else start,
        workspace,
        issue_date(workspace, drafts, key, date=date, today=today),
        issue_language,
        key=key,
        whole=any(draft.whole for draft in drafts),
    )
    files = Files(pictures=target.pictures())
    known = target.record.titles.get(key, {})
    # A file that cannot be read has its name all the same.
    present = dict.fromkeys(target.names(), "") | target.texts()
    for draft in drafts:
        write_articles(draft, files, known=known, there=present, language=issue_language)
    if target.is_new and not files.sections:
        # An issue cannot be begun from pictures alone.
        raise IssueError([*incoming.findings, found("E504", None, name=key[:100])])
    keep_loose(incoming.loose, files)
    progress(_PLACING, 0, 1)
    draft = _joined(drafts)
    publication, disagreements = publication_of(target, draft, language)
    number = draft.masthead.number or target.number
    issue = issue_file(draft, files, number=number, date=target.date, language=issue_language)
    texts = {"publication.yaml": publication, "issue.yaml": issue, **files.texts}
    report = report_placement(incoming.texts, texts, files.pictures, draft.generated, told=files.findings)
    untitled = draft_text(UNTITLED, issue_language)
    sections = [(title or untitled, lead, names) for title, lead, names in files.sections]
    progress(_WRITING, 0, 1)
    imported = ImportedFiles(files, issue, sections, publication)
    written = begin_issue(target, imported) if target.is_new else join_issue(target, imported)
    if target.workspace is not None:
        write_publication(target, publication)
    findings = [
        *incoming.findings,
        *(each for text in incoming.texts for each in text.findings),
        *files.findings,
        *disagreements,
        *_foreign(incoming, issue_language),
        *_not_told(report.findings, disagreements),
        *written.findings,
    ]
    return ImportResult(
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


def _language(incoming: IncomingFiles) -> str:
    return language_of(words_in(words) for text in incoming.texts for words in texts_in(text.blocks))


def _language_of(text: IncomingText, issue_language: str) -> str:
    """Return the language a text is recognised to be in, or else the one it states, or that of the issue."""
    stated = text.language.split("-", maxsplit=1)[0].lower()
    expected = issue_language.split("-", maxsplit=1)[0]
    said = (words_in(words) for words in texts_in(text.blocks))
    return language_of(said, expected) or stated or issue_language


def _foreign(incoming: IncomingFiles, issue_language: str) -> Iterable[Finding]:
    """Yield a finding for each text in another language than the issue (W513)."""
    for text in incoming.texts:
        guessed = _language_of(text, issue_language)
        if guessed != issue_language.split("-", maxsplit=1)[0]:
            yield found("W513", None, name=text.name, found=guessed, wanted=issue_language)


def _not_told(findings: Iterable[Finding], told: Iterable[Finding]) -> list[Finding]:
    """Return findings of words that were not placed, but for those that are told with a reason."""
    words = {dict(finding.values)["found"] for finding in told}
    return [each for each in findings if each.code != "W500" or dict(each.values).get("found") not in words]


def _joined(drafts: list[Draft]) -> Draft:
    """Join drafts: one bulletin gives the masthead, every text its articles."""
    first = next((draft for draft in drafts if draft.whole), Draft(whole=False))
    sections = [section for draft in drafts for section in draft.sections]
    return Draft(
        first.whole, first.masthead, sections, [word for draft in drafts for word in draft.generated]
    )
