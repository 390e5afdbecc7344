"""Reads the files to import: single files, folders of files, and attachments of mail."""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from pipeline.files.owned_files import load
from pipeline.findings.finding import BulletinError, Finding, IssueError, errors, found
from pipeline.findings.place import Place
from pipeline.findings.progress import silent
from pipeline.findings.system_faults import reason_of
from pipeline.findings.translatable import N_
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.charsets.decoding import declared_in_page
from pipeline.importing.charsets.settling import garbled_findings
from pipeline.importing.formats.calendars import read_calendar
from pipeline.importing.formats.events import text_of_event, with_event
from pipeline.importing.formats.markdown_text import decoded, read_markdown, read_plain
from pipeline.importing.formats.odf_hidden import without_hidden
from pipeline.importing.formats.office_conversion import CONVERTED, CONVERTED_TABLES, converted_file
from pipeline.importing.formats.tables import read_table
from pipeline.importing.formats.xml_packages import LARGEST
from pipeline.importing.html.page import read_page
from pipeline.importing.html.pictures import Absence
from pipeline.importing.html.tree import XHTML
from pipeline.importing.mail.mailing_lines import take_off_mailing_lines
from pipeline.importing.mail.message import read_mail
from pipeline.importing.mail.parts import bad_part
from pipeline.importing.model.incoming_files import IncomingFiles
from pipeline.importing.model.incoming_text import IncomingText, incoming_figure, texts_in
from pipeline.importing.model.inlines import text_of
from pipeline.importing.model.inventory import InventoryItem, ItemType
from pipeline.importing.model.signs import private_signs
from pipeline.importing.pictures_beside import PicturesBeside
from pipeline.importing.usable_pictures import keep_pictures
from pipeline.importing.word.reading import days_of_conversion, read_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.findings.progress import Progress
    from pipeline.importing.html.letters.quoted_letters import PartedOff
    from pipeline.importing.html.pictures import Finder
    from pipeline.importing.mail.parts import Attachment

_REFUSED: Final = {
    "E509": frozenset({".zip", ".rar", ".7z", ".gz", ".tgz", ".tar"}),
    "E510": frozenset(
        {".pdf", ".pptx", ".ppt", ".pps", ".ppsx", ".odp", ".key", ".pages", ".numbers", ".xps"}
    ),
    "E511": frozenset({".msg", ".mbox", ".pst", ".ost", ".tnef"}),
}
"""The endings of files that are often sent and not read, by the code of what to do about them."""

MOST_FILES: Final = 500
_SHORT: Final = 200
_WORD: Final = frozenset({".docx", ".docm"})
_MARKDOWN: Final = frozenset({".md", ".markdown"})
_TABLES: Final = frozenset({".csv", ".tsv", ".xlsx", ".xlsm"})
_PAGES: Final = frozenset({".html", ".htm", *XHTML})
_MAIL: Final = frozenset({".eml", ".mht", ".mhtml"})
"""Mail, and pages saved with their pictures, which are written as mail (RFC 2557)."""

_PICTURES: Final = frozenset(
    f".{ending}"
    for ending in (
        *("jpg", "jpeg", "jfif", "jpe", "png", "webp", "tif", "tiff", "svg"),
        *("gif", "bmp", "heic", "heif", "avif", "emf", "wmf", "eps"),
    )
)


def gather_files(paths: Iterable[Path], progress: Progress = silent) -> IncomingFiles:
    """Read the named files.

    Args:
        paths: Files, or folders whose files are read.
        progress: Told of each file before it is read, and of each picture.

    Raises:
        IssueError: One cannot be read; it holds the errors of all.
    """
    incoming = IncomingFiles()
    wrong: list[Finding] = []
    files: list[Path] = []
    given = list(paths)
    for path in given:
        try:
            files += _files_of(path, incoming)
        except BulletinError as error:
            wrong += error.findings
    beside = PicturesBeside(given, _PICTURES, _load)
    # Texts first: a picture that one of them shows is no loose one.
    for number, path in enumerate(sorted(files, key=_is_picture), 1):
        progress(_step_of(path), number, len(files))
        if _is_picture(path) and beside.is_shown(path):
            continue
        try:
            _read_file(
                path.name, _load(path), incoming, functools.partial(_found_beside, beside, path.parent)
            )
        except BulletinError as error:
            wrong += error.findings
    if wrong:
        raise IssueError(wrong)
    if not incoming.texts and not incoming.loose:
        name = ", ".join(path.name for path in given)
        raise IssueError([*incoming.findings, found("E504", None, name=name[:100])])
    keep_pictures(incoming, progress)
    return incoming


def _files_of(path: Path, incoming: IncomingFiles) -> list[Path]:
    """Return a file, or the files of a folder that can be read; the others are listed (W510)."""
    if not path.is_dir():
        ending = path.suffix.lower()
        if ending not in _KNOWN:
            raise IssueError([found(_refused_as(path), None, name=path.name)])
        return [path]
    root = path.resolve()
    files = sorted(
        each
        for each in path.rglob("*")
        # A symbolic link out of the folder is not followed.
        if each.is_file() and not _is_hidden(each, path) and each.resolve().is_relative_to(root)
    )
    if len(files) > MOST_FILES:
        raise IssueError([found("E506", None, name=path.name, size=str(len(files)), limit=str(MOST_FILES))])
    unread = [each for each in files if each.suffix.lower() not in _KNOWN]
    incoming.findings += [found("W510", None, name=path.name, found=each.name) for each in unread]
    return [each for each in files if each not in unread]


def _refused_as(path: Path) -> str:
    """Return the code of the finding that refuses a file, whose remedy is that of its kind."""
    ending = path.suffix.lower()
    if path.name.lower() == "winmail.dat":
        return "E511"
    return next((code for code, endings in _REFUSED.items() if ending in endings), "E501")


def _step_of(path: Path) -> str:
    """Return how the reading of a file is called, a message of the catalogue."""
    ending = path.suffix.lower()
    if ending in _WORD:
        return N_("Converting a Word file")
    if ending in CONVERTED:
        return N_("Converting a file with LibreOffice")
    return N_("Reading the pictures") if _is_picture(path) else N_("Reading the texts")


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in _PICTURES


def _found_beside(beside: PicturesBeside, folder: Path, source: str) -> bytes | Absence:
    """Find a picture of a text by its address, or by its name alone in the folders handed over.

    Of an address from the root of a site, whose folders need not be those handed over, the name alone counts.
    """
    picture = beside.find(folder, source)
    name = unquote(source)
    name = name.rpartition("/")[2] if name.startswith("/") else name
    if picture is Absence.MISSING and isinstance(named := beside.named(name), bytes):
        return named
    return picture


def _is_hidden(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return any(part.startswith((".", "~$")) or part in {"Thumbs.db", "__MACOSX"} for part in parts)


def _load(path: Path) -> bytes:
    try:
        # A pipe is opened without waiting, and at most one byte above the limit is read.
        data = load(path, LARGEST)
    except FileNotFoundError:
        raise IssueError([found("E01", None, name=path)]) from None
    except OSError as error:
        raise IssueError([found("E89", None, name=path, problem=reason_of(error))]) from error
    if len(data) > LARGEST:
        size, limit = f"{path.stat().st_size / 1e6:.0f} MB", f"{LARGEST / 1e6:.0f} MB"
        raise IssueError([found("E506", None, name=path.name, size=size, limit=limit)])
    return data


def _read_file(
    name: str, data: bytes, incoming: IncomingFiles, beside: Finder | None = None, charset: str = ""
) -> None:
    """Read one file; `beside` finds its pictures, `charset` the one it is declared in."""
    ending = PurePosixPath(name).suffix.lower()
    incoming.names.append(name)
    if ending in _PICTURES:
        incoming.loose[name] = data
    elif ending in _WORD:
        incoming.texts.append(_usable(_counted(read_word(data, name), data)))
    elif ending in _TABLES:
        incoming.texts.append(_usable(_counted(read_table(data, name, charset), data)))
    elif ending in CONVERTED:
        incoming.texts.append(_usable(_read_converted(data, name)))
    elif ending in _MAIL:
        incoming_text, attachments, events = read_mail(data, name)
        # A letter with words of its own is the text of one event; that of several is none of them.
        invites = len(events) == 1 or (events and not incoming_text.blocks)
        first = with_event(incoming_text, events.pop(0)) if invites else incoming_text
        _add_attachments(_usable(first), attachments, incoming)
        incoming.texts += [text_of_event(event, name) for event in events]
    elif ending == ".ics":
        events, findings = read_calendar(data, name)
        incoming.texts += [text_of_event(event, name) for event in events]
        incoming.findings += findings
    else:
        declared = charset or (declared_in_page(data) if ending in _PAGES else "")
        text, doubts = decoded(data, name, declared)
        if ending in _MARKDOWN:
            incoming_text = read_markdown(text, name, beside)
        elif ending in _PAGES:
            incoming_text = _read_web_page(text, name, beside)
        else:
            incoming_text = read_plain(text, name)
        complete = replace(incoming_text, findings=(*doubts, *incoming_text.findings))
        incoming.texts.append(_usable(_counted(complete, data)))


def _read_web_page(text: str, name: str, beside: Finder | None) -> IncomingText:
    """Read a page, which may be a mailing that was saved: its lines about itself are listed (W530)."""
    off: list[PartedOff] = []
    page = read_page(text, name, None, beside, lambda root: off.extend(take_off_mailing_lines(root)))
    listed = [found("W530", None, name=name, found=shortened(each.words, _SHORT)) for each in off]
    return replace(page, findings=(*listed, *page.findings))


def _read_converted(data: bytes, name: str) -> IncomingText:
    """Read a file of another program through LibreOffice; of Publisher as a page, which is unproven."""
    shown = without_hidden(data, name)
    converted = converted_file(shown.data, name)
    if PurePosixPath(name).suffix.lower() in CONVERTED_TABLES:
        return _counted(read_table(converted, name), converted)
    if not name.lower().endswith(".pub"):
        read = read_word(converted, name)
        hidden = [
            found("W523", None, name=name, found=shortened(each, _SHORT)) for each in shown.hidden if each
        ]
        days = days_of_conversion(converted, name)
        return _counted(replace(read, findings=(*read.findings, *hidden, *days)), converted)
    page = read_page(converted.decode("utf-8", "replace"), name)
    return replace(page, title="", findings=(found("W551", None, name=name), *page.findings))


_KNOWN: Final = CONVERTED | _WORD | _TABLES | _MARKDOWN | _PAGES | _PICTURES | _MAIL | {".ics", ".txt"}


def _add_attachments(
    incoming_text: IncomingText, attachments: list[Attachment], incoming: IncomingFiles
) -> None:
    """Add a mail and its attachments; pictures among these belong to the mail's own text."""
    blocks = list(incoming_text.blocks)
    pictures = dict(incoming_text.pictures)
    inventory = list(incoming_text.inventory)
    findings = list(incoming_text.findings)
    others: list[Attachment] = []
    for each in attachments:
        ending = PurePosixPath(each.name).suffix.lower()
        if ending in _PICTURES:
            pictures[each.name] = each.data
            blocks.append(incoming_figure(each.name, Place(incoming_text.name)))
            inventory.append(InventoryItem(ItemType.PICTURE, each.name))
        elif ending in _KNOWN:
            others.append(each)
        else:
            findings.append(found("W510", None, name=incoming_text.name, found=each.name))
    for other in others:
        try:
            _read_file(other.name, other.data, incoming, charset=other.charset)
        except BulletinError as error:
            # One bad part never refuses the rest.
            findings += [
                _bad_attachment(incoming_text.name, other.name, each) for each in errors(error.findings)
            ]
    complete = replace(
        incoming_text,
        blocks=tuple(blocks),
        pictures=pictures,
        inventory=tuple(inventory),
        findings=tuple(findings),
    )
    incoming.texts.append(_usable(complete))


def _counted(incoming_text: IncomingText, data: bytes) -> IncomingText:
    """Return a text with a finding where its file has a content, and nothing of it could be read (W529)."""
    if incoming_text.inventory or not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xfe\xff"):
        return incoming_text
    size = f"{len(data) / 1000:.1f} kB"
    empty = found("W529", None, name=incoming_text.name, size=size)
    return replace(incoming_text, findings=(*incoming_text.findings, empty))


def _bad_attachment(mail: str, name: str, problem: Finding) -> Finding:
    values = dict(problem.values)
    said = " ".join(values[key] for key in ("kind", "size", "problem") if values.get(key))
    return bad_part(mail, name, f"{problem.code} {said}".strip())


def _usable(incoming_text: IncomingText) -> IncomingText:
    """Return a text with its faults reported: letters destroyed (W522), signs of one's own (W525)."""
    texts = [incoming_text.title, incoming_text.author, *map(text_of, texts_in(incoming_text.blocks))]
    texts += [text_of(note.children) for note in incoming_text.notes]
    wrong = garbled_findings(texts, incoming_text.name)
    if any(finding.code == "W522" for finding in incoming_text.findings):
        wrong = []
    signs = private_signs(" ".join(item.text for item in incoming_text.inventory))
    wrong += [found("W525", None, name=incoming_text.name, found=f"U+{ord(sign):04X}") for sign in signs]
    return replace(incoming_text, findings=(*incoming_text.findings, *wrong))
