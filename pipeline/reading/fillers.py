"""Reads the fillers of a house: pieces under issues/ that may fill the foot of a page."""

from __future__ import annotations

import dataclasses
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import found
from pipeline.findings.place import Place
from pipeline.models.issue import Article
from pipeline.models.kinds.article import PlainHead
from pipeline.models.text import Figure, Paragraph, Quote
from pipeline.reading.markdown.manuscript import read_manuscript
from pipeline.reading.markdown.nested_pictures import with_pictures_between
from pipeline.reading.translations import translated_name
from pipeline.reading.validation import places_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.models.issue import Places
    from pipeline.models.text import Block
    from pipeline.reading.issue_files import IssueFiles

_MOST_BLOCKS: Final = 6


def read_fillers(
    files: IssueFiles, names: Sequence[str], places: Places, language: str | None
) -> tuple[Article, ...]:
    """Read the fillers that publication.yaml lists; one with errors is left out.

    Args:
        files: Collects the findings.
        names: Their paths below issues/.
        places: Where each is named, as `fillers.0`.
        language: The language of the translations to read; None for the publication's own. A filler without
            a translation is not used in that language.
    """
    fillers = []
    for index, name in enumerate(names):
        named_at = places.get(f"fillers.{index}", Place("issues/publication.yaml"))
        written = name if language is None else translated_name(name, language)
        if language is not None and not (files.workspace.issues / written).is_file():
            files.findings.append(found("W08", named_at, name=name, language=language, wanted=written))
            continue
        filler = _read_filler(files, name, written, named_at)
        if filler is not None:
            fillers.append(filler)
    return tuple(fillers)


def _read_filler(files: IssueFiles, name: str, written: str, named_at: Place) -> Article | None:
    known = [path.relative_to(files.workspace.issues).as_posix() for path in _in_folder_of(files, name)]
    source = files.source(files.workspace.issues, written, named_at, known)
    if source is None:
        return None
    manuscript = read_manuscript(source)
    files.findings += manuscript.findings
    fields = None
    if manuscript.front is not None:
        fields, wrong, _ = manuscript.fields(source.path)
        files.findings += wrong
    head = files.filled(PlainHead, fields, None) if fields is not None else None
    place = Place(source.path, manuscript.front_line)
    text = with_pictures_between(manuscript.body)
    if not _is_plain(text) or manuscript.notes:
        files.findings.append(found("E165", place))
        return None
    folder = PurePosixPath(name).parent
    for block in text:
        if isinstance(block, Figure):
            shown = (folder / block.picture.source).as_posix()
            files.file(files.workspace.issues, shown, block.picture.place, ())
    if head is None:
        return None
    body = tuple(_from_issue(block, folder) for block in text)
    # The folder above that of the issue: no article of the issue has such a name.
    return Article(f"../{name}", head, body, (), place=place, places=places_of(fields) if fields else {})


def _in_folder_of(files: IssueFiles, name: str) -> list[Path]:
    folder = files.workspace.issues / PurePosixPath(name).parent
    return sorted(folder.glob("*.md")) if folder.is_dir() else []


def _is_plain(body: Sequence[Block]) -> bool:
    """Return whether a filler holds paragraphs and quotations, and a picture at most."""
    pictures = sum(isinstance(block, Figure) for block in body)
    plain = all(isinstance(block, (Paragraph, Quote, Figure)) for block in body)
    return bool(body) and plain and pictures <= 1 and len(body) <= _MOST_BLOCKS


def _from_issue(block: Block, folder: PurePosixPath) -> Block:
    """Return a block whose picture is named from the folder of the issue, as all pictures of pages are."""
    if not isinstance(block, Figure):
        return block
    source = f"../{(folder / block.picture.source).as_posix()}"
    return Figure(dataclasses.replace(block.picture, source=source))
