"""Import: texts and pictures from elsewhere become a draft issue, or join one; nothing that came vanishes."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.desk.intake.starting import STYLE, next_number, starter
from pipeline.files.workspace import (
    ISSUES,
    PUBLICATION,
    Workspace,
    find_workspace,
    number_of,
    write_atomically,
    write_folder,
)
from pipeline.files.yaml_edit import YamlEditor
from pipeline.files.yaml_nodes import Mapping, Scalar, read_fields, read_text
from pipeline.findings.finding import IssueError, found, in_order
from pipeline.importing.accounting import PlacementReport, report_placement
from pipeline.importing.draft.draft import Draft
from pipeline.importing.draft.files import IMAGES, Files, issue_file, keep_loose, write_articles
from pipeline.importing.draft.listing import list_articles
from pipeline.importing.draft.recognition import recognise
from pipeline.importing.incoming.gathering import Incoming, gather_files
from pipeline.importing.incoming.pieces import paragraphs_in, words_of
from pipeline.importing.languages import language_of
from pipeline.importing.merging import RECORD, Record, merge, read_record
from pipeline.reading.publication import first_language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pipeline.findings.finding import Finding
    from pipeline.importing.draft.draft import Masthead

_UNTITLED: Final = {"bg": "Новини", "en": "News"}
_WORDMARK: Final = {"bg": "На английски", "en": "Mark"}


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
        account: What became of everything that came.
        findings: What was not placed and what is to be looked at, in order.
    """

    folder: Path
    publication: Path | None
    begun: bool
    whole: bool
    written: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    offered: dict[str, int]
    account: PlacementReport
    findings: tuple[Finding, ...]


@dataclass(slots=True)
class _Target:
    """Where the texts go."""

    root: Path
    workspace: Workspace | None
    folder: Path
    date: dt.date
    language: str
    record: Record
    key: str

    @property
    def begun(self) -> bool:
        return not self.folder.exists()


def import_files(
    paths: list[Path], start: Path, date: dt.date | None, language: str, today: dt.date
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
    workspace = _workspace(start)
    spoken = first_language(workspace) if workspace else _language(incoming) or language
    drafts = [recognise(arrival, _language_of(arrival, spoken)) for arrival in incoming.arrivals]
    target = _target(incoming, drafts, start, workspace, date, spoken, today)
    files = Files(pictures=_pictures_there(target.folder))
    there = _texts_there(target.folder)
    known = target.record.titles.get(target.key, {})
    for draft in drafts:
        write_articles(draft, files, known, there, spoken)
    if target.begun and not files.sections:
        # Pictures alone make no issue.
        raise IssueError([*incoming.findings, found("E504", None, name=target.key[:100])])
    keep_loose(incoming.loose, files)
    draft = _joined(drafts)
    publication, said = _publication(target, draft, language)
    came = dict(files.texts)
    untitled = _UNTITLED.get(spoken, _UNTITLED["en"])
    number = draft.masthead.number or _number(target)
    issue = issue_file(draft, files, number, target.date, spoken, untitled)
    listed = [(title or untitled, lead, names) for title, lead, names in files.sections]
    sought = {"publication.yaml": publication, "issue.yaml": issue, **came}
    account = report_placement(incoming.arrivals, sought, files.pictures, draft.made)
    findings = [
        *incoming.findings,
        *(each for arrival in incoming.arrivals for each in arrival.findings),
        *files.findings,
        *said,
        *_foreign(incoming, spoken),
        *account.findings,
    ]
    if target.begun:
        written = _begin(target, came, files, issue, publication)
    else:
        written, merged = _join(target, came, files, issue, listed, there)
        findings += merged
    offered = {
        article.name: len(article.proposals)
        for each in drafts
        for article in each.articles
        if article.proposals
    }
    begun = PUBLICATION if target.workspace is None else None
    return Imported(
        target.folder,
        target.root / begun if begun else None,
        written[1],
        draft.whole,
        written[0],
        tuple((title, tuple(names)) for title, _, names in listed),
        offered,
        account,
        tuple(in_order(findings)),
    )


def _workspace(start: Path) -> Workspace | None:
    try:
        return find_workspace(start)
    except IssueError:
        if (start / ISSUES).exists():
            raise
        return None


def _target(
    incoming: Incoming,
    drafts: list[Draft],
    start: Path,
    workspace: Workspace | None,
    date: dt.date | None,
    spoken: str,
    today: dt.date,
) -> _Target:
    root = workspace.root if workspace else start
    key = " + ".join(sorted(incoming.names))
    told = next((draft.masthead.date for draft in drafts if draft.masthead.date), None)
    folders = workspace.issue_folders() if workspace else []
    if date is None:
        again = [folder for folder in folders if key in read_record(folder).texts]
        coming = [folder for folder in folders if folder.name >= today.isoformat()]
        known = again[-1:] or ([] if told else coming[-1:])
        date = dt.date.fromisoformat(known[0].name) if known else told or today
    folder = root / ISSUES / date.isoformat()
    record = read_record(folder)
    if folder.exists() and key not in record.texts and any(draft.whole for draft in drafts):
        raise IssueError([found("E86", None, name=f"{ISSUES}/{folder.name}")])
    return _Target(root, workspace, folder, date, spoken, record, key)


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


def _number(target: _Target) -> int:
    if not target.begun and (number := number_of(target.folder)) and number.isdecimal():
        return int(number)
    return next_number(target.workspace, target.date.year) if target.workspace else 1


def _joined(drafts: list[Draft]) -> Draft:
    """Join drafts: one bulletin gives the masthead, every text its articles."""
    first = next((draft for draft in drafts if draft.whole), Draft(whole=False))
    sections = [section for draft in drafts for section in draft.sections]
    return Draft(first.whole, first.masthead, sections, [word for draft in drafts for word in draft.made])


# the publication


def _publication(target: _Target, draft: Draft, language: str) -> tuple[str, list[Finding]]:
    """Return `publication.yaml` as it is or as it is begun, and where the text says otherwise."""
    masthead = draft.masthead
    if target.workspace is None:
        speaking = target.language if target.language in _UNTITLED else language
        text = starter(speaking, "publication.yaml", **STYLE).decode()
        return _begun_publication(text, masthead, target.language), []
    text = (target.root / PUBLICATION).read_text("utf-8-sig", "replace")
    fields = read_fields(text.encode(), PUBLICATION).fields
    publisher = fields.get("publisher") if fields else None
    wanted = {"title": masthead.publication}
    inner = {
        "name": masthead.name,
        "address": masthead.address,
        "site": masthead.site,
        "email": masthead.email,
    }
    said: list[Finding] = []
    for holder, values in ((fields, wanted), (publisher, inner)):
        for key, value in values.items():
            held = _words_under(holder, key)
            if value and held and not any(_same(value, each) for each in held):
                name = next((arrival.source.name for arrival in draft.articles), "")
                said.append(found("W512", None, name=name, found=value, wanted=held[0]))
    if masthead.wordmark:
        draft.made.append(masthead.wordmark)
    return text, said


def _same(one: str, other: str) -> bool:
    return words_of(re.sub(r"https?://(?:www\.)?", "", one)) == words_of(
        re.sub(r"https?://(?:www\.)?", "", other)
    )


def _words_under(holder: object, key: str) -> list[str]:
    node = holder.get(key) if isinstance(holder, Mapping) else None
    if isinstance(node, Scalar):
        return [node.text] if node.text else []
    if isinstance(node, Mapping):
        return [value.text for _, value in node.fields if isinstance(value, Scalar) and value.text]
    return []


def _begun_publication(text: str, masthead: Masthead, language: str) -> str:
    """Fill in what the masthead says; what it does not say keeps its example."""
    values = {
        ("title",): masthead.publication,
        ("publisher", "name"): masthead.name,
        ("publisher", "address"): masthead.address,
        ("publisher", "site"): masthead.site,
        ("publisher", "email"): masthead.email,
        ("publisher", "phone"): masthead.phone,
        ("team", 0, "role"): masthead.wordmark and _WORDMARK.get(language, _WORDMARK["en"]),
        ("team", 0, "name"): masthead.wordmark,
    }
    editor = YamlEditor(text, PUBLICATION)
    for field, value in values.items():
        if value:
            editor.set(field, value)
    editor.set(("languages",), [language])
    if not masthead.wordmark:
        editor.comment_out(("team",))
    return editor.text


# what is written


def _begin(
    target: _Target, came: dict[str, str], files: Files, issue: str, publication: str
) -> tuple[tuple[str, ...], bool]:
    texts = {"issue.yaml": issue, **came}
    record = Record({target.key: texts}, {target.key: files.titles})
    data = {name: text.encode() for name, text in texts.items()} | files.pictures | {RECORD: record.data()}
    if target.workspace is None:
        whole = {f"{target.folder.name}/{name}": content for name, content in data.items()}
        write_folder(target.root / ISSUES, {"publication.yaml": publication.encode(), **whole})
    else:
        write_folder(target.folder, data)
    return tuple(name for name in data if name != RECORD), True


def _join(
    target: _Target,
    came: dict[str, str],
    files: Files,
    issue: str,
    listed: list[tuple[str, str, list[str]]],
    there: dict[str, str],
) -> tuple[tuple[tuple[str, ...], bool], list[Finding]]:
    """Merge what came into an issue that is there."""
    base = target.record.texts.get(target.key, {})
    findings: list[Finding] = []
    changed: dict[str, bytes] = {}
    folder = f"{ISSUES}/{target.folder.name}"
    for name, text in came.items():
        if name in base and name not in there:
            findings.append(found("W516", None, name=target.key[:80], found=name))
            continue
        if name in base:
            merged = merge(base[name], there[name], text, f"{folder}/{name}", target.key)
            findings += merged.findings
            text = merged.text  # noqa: PLW2901 - what came, as it is to be written
        if there.get(name) != text:
            changed[name] = text.encode()
    gone = [name for name in base if name.endswith(".md") and name not in came and name in there]
    findings += [found("W517", None, name=target.key[:80], found=name) for name in gone]
    plan = _as_written(target.folder / "issue.yaml", f"{folder}/issue.yaml")
    if "issue.yaml" in base:
        plan = there.get("issue.yaml", "")
        merged = merge(base["issue.yaml"], plan, issue, f"{folder}/issue.yaml", target.key)
        findings += merged.findings
        entered = merged.text
    else:
        entered = list_articles(plan, f"{folder}/issue.yaml", listed)
    held = _pictures_there(target.folder)
    pictures = {name: data for name, data in files.pictures.items() if held.get(name) != data}
    for name, data in {**pictures, **changed}.items():
        write_atomically(target.folder / name, data)
    if entered != plan:
        write_atomically(target.folder / "issue.yaml", entered.encode())
        changed["issue.yaml"] = entered.encode()
    texts = came | ({"issue.yaml": issue} if "issue.yaml" in base else {})
    record = Record(
        target.record.texts | {target.key: texts}, target.record.titles | {target.key: files.titles}
    )
    if record.data() != target.record.data():
        write_atomically(target.folder / RECORD, record.data())
    return ((*pictures, *changed), False), findings


def _as_written(path: Path, name: str) -> str:
    """Return the text of a file with the line ends and the byte order mark it has; none where there is none.

    Raises:
        IssueError: It is no text (E02, E03, E05).
    """
    data = path.read_bytes() if path.exists() else b""
    source, findings = read_text(data, name)
    if source is None:
        raise IssueError(findings)
    return data.decode("utf-8")


def _texts_there(folder: Path) -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in sorted([*folder.glob("*.md"), *folder.glob("issue.yaml")]):
        source, _ = read_text(path.read_bytes(), path.name)
        if source is not None:
            texts[path.name] = source.text
    return texts


def _pictures_there(folder: Path) -> dict[str, bytes]:
    images = folder / IMAGES
    return {f"{IMAGES}/{path.name}": path.read_bytes() for path in sorted(images.glob("*")) if path.is_file()}
