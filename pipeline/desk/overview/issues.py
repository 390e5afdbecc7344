"""The issues of a workspace at a glance: number, title, whether it was filed, and its cover."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.filing_record import RECORD
from pipeline.archive.shelf import Shelf
from pipeline.desk.overview.renditions import shown_picture
from pipeline.files.cache import Cache, default_folder
from pipeline.files.owned_files import lies_within, load, load_owned
from pipeline.files.text.source import LARGEST
from pipeline.files.workspace import number_of
from pipeline.files.yaml_nodes import Mapping, Scalar, read_fields
from pipeline.findings.finding import BulletinError
from pipeline.pdf.raster import cover_picture
from pipeline.reading.publication import languages_in, read_publication_fields
from pipeline.typography.dates import full_date

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace

_LARGEST_PDF: Final = 300_000_000
_PPI: Final = 40
_DRAWN: Final = "cover of a filing, 1"


class IssueAtAGlance(NamedTuple):
    """An issue as a list shows it.

    Args:
        name: Its folder's name: the date.
        date: The date in words.
        number: As its file gives it; empty where it cannot be read.
        title: Likewise.
        is_filed: Whether it was filed at least once.
        has_cover: Whether there is a cover to show.
    """

    name: str
    date: str
    number: str
    title: str
    is_filed: bool
    has_cover: bool


def issues_at_a_glance(workspace: Workspace, language: str) -> list[IssueAtAGlance]:
    """Return the issues, the newest first; what cannot be read of one is left empty.

    Args:
        workspace: Theirs.
        language: Of the dates, `bg` or `en`.
    """
    return [issue_at_a_glance(workspace, folder, language) for folder in reversed(workspace.issue_folders())]


def issue_at_a_glance(workspace: Workspace, folder: Path, language: str) -> IssueAtAGlance:
    """Return an issue; what cannot be read of it, or lies outside the workspace, is left empty.

    Args:
        workspace: The workspace.
        folder: The issue's folder.
        language: Of the date, `bg` or `en`.
    """
    if not lies_within(workspace.root, folder):
        date = date_in_words(folder.name, language)
        return IssueAtAGlance(folder.name, date, "", "", is_filed=False, has_cover=False)
    return IssueAtAGlance(
        folder.name,
        date_in_words(folder.name, language),
        number_of(folder) or "",
        title_in(folder / "issue.yaml", languages_in(read_publication_fields(workspace).fields)[0]),
        any(path.is_file() for path in Shelf(workspace).filed(folder.name).glob(f"*/{RECORD}")),
        cover_source(folder) is not None,
    )


def date_in_words(name: str, language: str) -> str:
    """Return the date by which a folder of an issue is named, in words; the name where it is no date."""
    try:
        return full_date(dt.date.fromisoformat(name), language)
    except ValueError:
        return name


def publication_title(workspace: Workspace) -> str:
    """Return what the publication is called, in its own language; empty where it cannot be read."""
    fields = read_publication_fields(workspace).fields
    return _text(fields, "title", languages_in(fields)[0])


def title_in(path: Path, language: str) -> str:
    """Return the title that a file gives; empty where it cannot be read."""
    try:
        fields = read_fields(load(path, LARGEST), path.name).fields
    except OSError:
        return ""
    return _text(fields, "title", language)


def cover_source(folder: Path) -> Path | None:
    """Return the file from which the cover of an issue is shown.

    It is the PDF of the last filing, else what was built or drafted of it, else one of its pictures.
    """
    filings = [path for path in (folder / "filed").glob("*/*.pdf") if path.parent.name.isdecimal()]
    pages = [path for path in filings if not path.stem.endswith(("-press", "-archive", "-booklet"))]
    if pages:
        return max(pages, key=lambda path: (int(path.parent.name), -len(path.name)))
    out = folder.parents[1] / "out" / folder.name
    drawn = (out / f"bulletin-{folder.name}{kind}-cover.png" for kind in ("", "-draft"))
    if built := next((path for path in drawn if path.is_file()), None):
        return built
    pictures = sorted((folder / "images").glob("*")) if (folder / "images").is_dir() else []
    return next((path for path in pictures if path.suffix.lower() in {".jpg", ".jpeg", ".png"}), None)


def cover_of(folder: Path) -> bytes | None:
    """Return the cover of an issue as a picture, a PNG or JPEG; None where there is none.

    What was drawn once is kept in the cache.
    """
    source = cover_source(folder)
    if source is None:
        return None
    root = folder.parents[1]
    try:
        data = load_owned(root, source.relative_to(root).as_posix(), _LARGEST_PDF)
        key = hashlib.sha256(_DRAWN.encode() + hashlib.sha256(data).digest()).hexdigest()
        cache = Cache(default_folder())
        if (drawn := cache.get(key)) is None:
            drawn = _drawn(data, source.name)
            cache.put(key, drawn)
    except (OSError, ValueError, BulletinError):
        return None
    return drawn


def _drawn(data: bytes, name: str) -> bytes:
    return cover_picture(data, _PPI) if name.endswith(".pdf") else shown_picture(data, name, 400).data


def _text(fields: Mapping | None, name: str, language: str) -> str:
    node = fields.get(name) if fields is not None else None
    if isinstance(node, Mapping):
        others = (value.text or "" for _, value in node.fields if isinstance(value, Scalar))
        return node.text(language) or next(others, "")
    return (node.text or "") if isinstance(node, Scalar) else ""
