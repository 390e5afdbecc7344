"""What was named → what came in: files, folders of files, and what is attached to mail."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from pipeline.files.owned_files import load
from pipeline.findings.finding import BulletinError, Finding, IssueError, errors, found
from pipeline.importing.incoming.docx import read_word
from pipeline.importing.incoming.mail import Attached, read_mail
from pipeline.importing.incoming.markdown_text import decoded, read_markdown, read_plain
from pipeline.importing.incoming.pieces import (
    IncomingText,
    InventoryItem,
    PicturePiece,
    PieceType,
    pictures_in,
)
from pipeline.importing.incoming.web_page import read_page
from pipeline.importing.incoming.xml_packages import LARGEST
from pipeline.page.pictures.examination import examine

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_FILES: Final = 500
_WORD: Final = frozenset({".docx", ".docm"})
_MARKDOWN: Final = frozenset({".md", ".markdown"})
_PAGES: Final = frozenset({".html", ".htm", ".xhtml"})
_PIXELS: Final = frozenset(
    {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".gif", ".bmp", ".heic", ".heif"}
)
_PICTURES: Final = _PIXELS | {".avif", ".svg", ".emf", ".wmf", ".eps"}
_OLDER: Final = frozenset({".doc", ".dot"})
_MARKED: Final = re.compile(r"!\[[^\]]*\]\(\s*<?([^)>\s]+)|<img[^>]+src=[\"']?([^\"'\s>]+)", re.IGNORECASE)


@dataclass(slots=True)
class Incoming:
    """What came in.

    Args:
        arrivals: The texts, in the order they were named.
        loose: Pictures that no text shows, by file name.
        findings: What could not be taken in.
        names: The names given, by which the same files are known again.
    """

    arrivals: list[IncomingText] = field(default_factory=list)
    loose: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def gather_files(paths: Iterable[Path]) -> Incoming:
    """Read all files that are named.

    Args:
        paths: Files, or folders whose files are meant.

    Raises:
        IssueError: One cannot be read; all that is wrong with any of them is told.
    """
    incoming = Incoming()
    wrong: list[Finding] = []
    for path in paths:
        try:
            if path.is_dir():
                _take_folder(path, incoming)
            elif path.suffix.lower() not in _KNOWN:
                raise IssueError(
                    [found("E505" if path.suffix.lower() in _OLDER else "E501", None, name=path.name)]
                )
            else:
                _take(path.name, _load(path), incoming, path.parent)
        except BulletinError as error:
            wrong += error.findings
    if wrong:
        raise IssueError(wrong)
    if not incoming.arrivals and not incoming.loose:
        name = ", ".join(path.name for path in paths)
        raise IssueError([*incoming.findings, found("E504", None, name=name[:100])])
    _hang_pictures(incoming)
    return incoming


def _take_folder(folder: Path, incoming: Incoming) -> None:
    whole = folder.resolve()
    files = sorted(
        path
        for path in folder.rglob("*")
        # A link that leads out of the folder is nobody's text.
        if path.is_file() and not _is_hidden(path, folder) and path.resolve().is_relative_to(whole)
    )
    if len(files) > MOST_FILES:
        raise IssueError([found("E506", None, name=folder.name, size=str(len(files)), limit=str(MOST_FILES))])
    shown = {name for path in files if path.suffix.lower() in _MARKDOWN | _PAGES for name in _named_in(path)}
    for path in files:
        if path.suffix.lower() not in _KNOWN:
            incoming.findings.append(found("W510", None, name=folder.name, found=path.name))
        elif path.suffix.lower() not in _PICTURES or path.resolve() not in shown:
            _take(path.name, _load(path), incoming, path.parent)


def _named_in(path: Path) -> Iterable[Path]:
    for match in _MARKED.finditer(path.read_bytes()[:5_000_000].decode("utf-8", "replace")):
        yield (path.parent / (match[1] or match[2])).resolve()


def _is_hidden(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return any(part.startswith((".", "~$")) or part in {"Thumbs.db", "__MACOSX"} for part in parts)


def _load(path: Path) -> bytes:
    try:
        # A pipe is never waited for, and no more is read than may be.
        data = load(path, LARGEST)
    except FileNotFoundError:
        raise IssueError([found("E01", None, name=path)]) from None
    except OSError as error:
        raise IssueError([found("E89", None, name=path, problem=error.strerror or str(error))]) from error
    if len(data) > LARGEST:
        told, limit = f"{path.stat().st_size / 1e6:.0f} MB", f"{LARGEST / 1e6:.0f} MB"
        raise IssueError([found("E506", None, name=path.name, size=told, limit=limit)])
    return data


def _take(name: str, data: bytes, incoming: Incoming, beside: Path | None = None) -> None:
    """Take in one file; `beside` is the folder in which its pictures may lie."""
    ending = PurePosixPath(name).suffix.lower()
    incoming.names.append(name)
    if ending in _PICTURES:
        incoming.loose[name] = data
    elif ending in _WORD:
        incoming.arrivals.append(_usable(read_word(data, name)))
    elif ending == ".eml":
        arrival, attached = read_mail(data, name)
        _take_attached(_usable(arrival), attached, incoming)
    else:
        text = decoded(data, name)
        pictures = _beside(text, beside) if beside else {}
        if ending in _MARKDOWN:
            arrival = read_markdown(text, name, pictures)
        elif ending in _PAGES:
            arrival = read_page(text, name, pictures)
        else:
            arrival = read_plain(text, name)
        incoming.arrivals.append(_usable(arrival))


_KNOWN: Final = _WORD | _MARKDOWN | _PAGES | _PICTURES | {".eml", ".txt"}


def _take_attached(arrival: IncomingText, attached: list[Attached], incoming: Incoming) -> None:
    """Take in a mail and its attachments; a picture among them belongs to the mail's own text."""
    pieces, pictures, inventory = list(arrival.pieces), dict(arrival.pictures), list(arrival.inventory)
    findings = list(arrival.findings)
    others: list[Attached] = []
    for each in attached:
        ending = PurePosixPath(each.name).suffix.lower()
        if ending in _PICTURES:
            pictures[each.name] = each.data
            pieces.append(PicturePiece(each.name))
            inventory.append(InventoryItem(PieceType.PICTURE, each.name))
        elif ending in _KNOWN:
            others.append(each)
        else:
            findings.append(found("W510", None, name=arrival.name, found=each.name))
    for other in others:
        try:
            _take(other.name, other.data, incoming)
        except BulletinError as error:
            findings += errors(error.findings)
    if wrong := errors(findings):
        raise IssueError(wrong)
    whole = replace(
        arrival, pieces=tuple(pieces), pictures=pictures, inventory=tuple(inventory), findings=tuple(findings)
    )
    incoming.arrivals.append(_usable(whole))


def _beside(text: str, folder: Path) -> dict[str, bytes]:
    """Return the pictures a text names that lie in its own folder."""
    held: dict[str, bytes] = {}
    for match in _MARKED.finditer(text):
        name = match[1] or match[2]
        path = folder / name
        inside = not re.match(r"[a-z]+:|/|\\", name) and path.resolve().is_relative_to(folder.resolve())
        if inside and path.is_file() and path.suffix.lower() in _PICTURES:
            held[name] = _load(path)
    return held


def _usable(arrival: IncomingText) -> IncomingText:
    """Return an arrival without the pictures that no page can show, each of them named."""
    bad: dict[str, str] = {
        key: kind for key, data in arrival.pictures.items() if (kind := unusable_kind(data, key))
    }
    if not bad:
        return arrival
    told = [found("W504", None, name=arrival.name, picture=key[:80], kind=kind) for key, kind in bad.items()]
    return replace(
        arrival,
        pictures={key: data for key, data in arrival.pictures.items() if key not in bad},
        inventory=tuple(
            unit._replace(listed=True) if unit.kind is PieceType.PICTURE and unit.text in bad else unit
            for unit in arrival.inventory
        ),
        findings=(*arrival.findings, *told),
    )


def unusable_kind(data: bytes, name: str) -> str:
    """Return what a picture is where no page can show it, or an empty text."""
    if data[4:8] == b"ftyp":
        return "HEIC" if data[8:12] in {b"heic", b"heix", b"mif1", b"heim", b"heis", b"msf1"} else "AVIF"
    if data[40:44] == b" EMF":
        return "EMF"
    if data[:4] == b"\xd7\xcd\xc6\x9a" or data[:4] == b"\x01\x00\x09\x00":
        return "WMF"
    ending = PurePosixPath(name).suffix.lower()
    looked = examine(data, "x.svg" if ending == ".svg" or data.lstrip()[:4] == b"<svg" else "x.jpg", None)
    return (ending.lstrip(".").upper() or "?") if isinstance(looked, Finding) else ""


def _hang_pictures(incoming: Incoming) -> None:
    """Give a loose picture to the text it is named after: `prague-2.jpg` to `prague.docx`."""
    stems = {PurePosixPath(arrival.name).stem.casefold(): at for at, arrival in enumerate(incoming.arrivals)}
    for name, data in list(incoming.loose.items()):
        if kind := unusable_kind(data, name):
            incoming.findings.append(found("W504", None, name=name, picture=name, kind=kind))
            del incoming.loose[name]
            continue
        stem = PurePosixPath(name).stem.casefold()
        at = stems.get(stem, stems.get(re.sub(r"[\s_-]*\(?\d{1,3}\)?$", "", stem)))
        if at is None:
            continue
        arrival = incoming.arrivals[at]
        if name in {shown.name for shown in pictures_in(arrival.pieces)}:
            continue
        incoming.arrivals[at] = replace(
            arrival,
            pieces=(*arrival.pieces, PicturePiece(name)),
            pictures=arrival.pictures | {name: data},
            inventory=(*arrival.inventory, InventoryItem(PieceType.PICTURE, name)),
        )
        del incoming.loose[name]
