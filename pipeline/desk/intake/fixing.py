"""Fix: typography is set in the files of an issue, and pictures lose what they tell besides."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.editor.markup_fixes import with_markup
from pipeline.editor.sentence_fixes import with_sentences
from pipeline.editor.typography_fixes import FixedFile, changed_lines, typography_fixes
from pipeline.files.text.source import plain_text
from pipeline.files.text.unseen_signs import named_unseen
from pipeline.files.workspace import PUBLICATION
from pipeline.files.writing.atomic import write_atomically
from pipeline.findings.finding import PressError, errors, found
from pipeline.findings.place import Place
from pipeline.findings.translatable import N_
from pipeline.page.pictures.private_pictures import PrivatePicture, private_pictures
from pipeline.page.pictures.same_picture import is_same_picture
from pipeline.reading.issue_reader import read_issue
from pipeline.reading.translations import languages_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.files.workspace import Workspace
    from pipeline.findings.finding import Finding
    from pipeline.models.issue import Issue
    from pipeline.reading.issue_reader import Reading

ASKED_LATER: Final = frozenset({"E45", "E49", "E51", "E52", "E53", "E57"})
"""Errors that leave every word and every picture in its place: what is still to be said of a picture, and
articles or sections that are empty so far. While one writes there is always one of them somewhere, and the
pages of the others must not stand still for it; a build is held to them."""

_OF_LANGUAGE: Final = frozenset({"E35", "E90"})
"""Errors for which nobody knows by the conventions of which language an issue is set."""

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"

_MOST_PASSES: Final = 3


def fix(folder: Path, workspace: Workspace) -> list[FixedFile]:
    """Correct the typography of an issue in its files.

    In an issue with errors, articles without any are corrected, and all other files left as they are.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.

    Returns:
        What was changed, by file and line.

    Raises:
        PressError: A file cannot be written (E83); no file is left half-written.
    """
    written: dict[str, str] = {}
    fixed: dict[str, str] = {}
    for _ in range(_MOST_PASSES):
        passed = dict(_fixed_once(folder, workspace))
        written = {path: each.before for path, each in passed.items()} | written
        fixed |= {path: each.after for path, each in passed.items()}
        # Where a line became an item or a heading, its text can only now be set as one.
        if not any(each.is_remade for each in passed.values()):
            break
    return [_shown(path, written[path], fixed[path]) for path in sorted(fixed)]


def fix_pictures(folder: Path, workspace: Workspace) -> list[PrivatePicture]:
    """Take place, device, names and further pictures out of the picture files of an issue, errors or none.

    Each file is decoded before and after, and replaced only where its picture is the same to the last pixel.

    Args:
        folder: The issue's folder.
        workspace: The workspace it lies in.

    Returns:
        The pictures that were cleaned, each as it is now.

    Raises:
        PressError: A file cannot be written (E83); each is the old or the new one.
    """
    files: dict[str, Path] = {}
    for language in (None, *languages_of(folder)):
        files |= read_issue(folder, workspace, language).files
    cleaned = []
    for private in private_pictures(files):
        path = files[private.path]
        if not is_same_picture(path.read_bytes(), private.data, path.name):
            problem = N_("without what it holds besides, the picture would not be the same")
            raise PressError([found("E83", Place(private.path), name=path.name, problem=problem)])
        write_atomically(path.resolve(), private.data)
        cleaned.append(private)
    return cleaned


class Fix(NamedTuple):
    """A file of an issue as it is, and as it would be once it is fixed."""

    before: str
    after: str
    is_remade: bool
    """Whether its markup was mended, too."""


def _fixed_once(folder: Path, workspace: Workspace) -> Iterator[tuple[str, Fix]]:
    """Fix and write the files of an issue once; yield those that were changed."""
    for path, each in proposed_fixes(folder, workspace):
        if _is_written(workspace.root / path, each):
            yield path, each


def proposed_fixes(folder: Path, workspace: Workspace) -> Iterator[tuple[str, Fix]]:
    """Yield the files of an issue that would be changed, as they would be.

    Of an issue with errors these are articles without any. What somebody saves while the issue is read and
    judged is not among them: it is looked at the next time.
    """
    seen: set[str] = set()
    for language in (None, *languages_of(folder)):
        reading = read_issue(folder, workspace, language)
        issue = reading.issue or _as_readable(reading)
        if issue is None:
            continue
        left = files_with_errors(reading.findings)
        typeset = typography_fixes(issue, reading.sources)
        for path, text in {**reading.sources, **{each.path: each.text for each in typeset}}.items():
            if path in seen or path in left or not path.startswith(f"{issue.folder}/"):
                continue
            if left and not path.endswith(".md"):
                continue
            after = with_markup(path, with_sentences(path, text)) if path.endswith(".md") else text
            before = _as_written(workspace.root / path)
            if after != before and plain_text(before) == reading.sources[path]:
                seen.add(path)
                yield path, Fix(before, after, is_remade=after != text)


def files_with_errors(findings: Iterable[Finding]) -> frozenset[str]:
    """Return the files that stay as they are for their errors; what a picture lacks is none of these.

    Args:
        findings: Of an issue.
    """
    wrong = (each for each in errors(findings) if each.code not in ASKED_LATER)
    return frozenset(each.place.path for each in wrong if each.place is not None)


def _as_readable(reading: Reading) -> Issue | None:
    """Return an issue with errors as far as it can be read; None where its language is not surely known."""
    publication = reading.readable.publication_places if reading.readable is not None else {}
    if reading.readable is None or not reading.readable.places or not publication:
        return None
    wrong = errors(reading.findings)
    is_of_language = any(each.code in _OF_LANGUAGE for each in wrong)
    is_of_publication = any(each.place and each.place.path == PUBLICATION for each in wrong)
    return None if is_of_language or is_of_publication else reading.readable


def _as_written(path: Path) -> str:
    """Return a file's text composed (NFC), with line feeds; empty where it cannot be read by now."""
    try:
        return composed_text(path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return ""


def composed_text(text: str) -> str:
    """Return a text composed (NFC), with line feeds and without a byte order mark."""
    text = text.removeprefix("\ufeff")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _shown(path: str, before: str, after: str) -> FixedFile:
    lines = changed_lines(before, after)
    shown = tuple((number, named_unseen(old), named_unseen(new)) for number, old, new in lines)
    return FixedFile(path, after, shown)


def _is_written(path: Path, fix: Fix) -> bool:
    """Write a fixed text with the line ends and mark of the file; return False where it is another by now."""
    before = path.read_bytes()
    if composed_text(before.decode("utf-8", "replace")) != fix.before:
        return False
    data = fix.after.encode()
    if b"\r\n" in before:
        data = data.replace(b"\n", b"\r\n")
    if before.startswith(_BYTE_ORDER_MARK):
        data = _BYTE_ORDER_MARK + data
    write_atomically(path, data)
    return True
