"""What became of an arrival: all of it placed as it was meant, or listed; never silently other."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from pipeline.files.text.source import Source
from pipeline.findings.finding import BulletinError
from pipeline.importing.model.inlines import text_of
from pipeline.models.text import ListBlock, Paragraph
from pipeline.reading.markdown.manuscript import read_manuscript
from tests.importing.by_rule.libreoffice import label_before
from tests.importing.helpers import codes, findings_text, import_file, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pipeline.models.text import Block
    from tests.importing.by_rule.letters import LetterByRule
    from tests.importing.by_rule.mails import MailByRule
    from tests.importing.by_rule.word_parts import PartFile

_DOUBTS = frozenset({"W520", "W521", "W522"})


def fault_of_mail(tmp_path: Path, mail: MailByRule) -> str:
    """Import a mail and return what is wrong, or an empty text."""
    try:
        imported = import_file(tmp_path, written(tmp_path, "mail.eml", mail.data))
    except BulletinError as error:
        return f"{mail.name}: refused: {error.findings}"
    drafts = " ".join(path.read_text("utf-8") for path in sorted(imported.folder.glob("*.md")))
    asked = _DOUBTS & set(codes(imported))
    if "\ufffd" in drafts and "W522" not in asked:
        return f"{mail.name}: letters lost without a word: {drafts}"
    if _plain(mail.text) in _plain(drafts):
        return ""
    if asked and findings_text(imported):
        return ""
    return f"{mail.name}: {drafts[-90:]!r}, and nothing is asked"


def _plain(text: str) -> str:
    return " ".join(text.replace("\\", "").replace('"', "").split())


def fault_of_word_file(tmp_path: Path, file: PartFile) -> str:
    """Import a Word file and return what is wrong, or an empty text."""
    try:
        imported = import_file(tmp_path, written(tmp_path, "file.docx", file.data))
    except BulletinError as error:
        return f"{file.name}: refused: {error.findings}"
    draft = "\n".join(path.read_text("utf-8") for path in sorted(imported.folder.glob("*.md")))
    listed = findings_text(imported)
    missing = [words for words in file.placed if words not in draft]
    silent = [words for words in file.listed if words not in listed]
    published = [words for words in file.listed if words in draft]
    # What is in the draft is not also told to be missing.
    doubled = [] if file.listed else [code for code in codes(imported) if code in _LOSSES]
    faults = {"missing": missing, "silent": silent, "published": published, "told as missing": doubled}
    said = "; ".join(f"{kind}: {words}" for kind, words in faults.items() if words)
    return f"{file.name}: {said} in {draft[-160:]!r}; listed: {listed[-200:]!r}" if said else ""


_LOSSES = frozenset({"W500", "W507", "W510", "W525", "W526", "W527", "W528"})


def labels_in_draft(draft: str, words: Sequence[str]) -> list[str]:
    """Return what stands before words in a draft, as its reader numbers it; for a bullet an empty text."""
    text = "\n".join(_lines(read_manuscript(Source("draft", draft)).body))
    return [label_before(each, text) for each in words]


def same_label(one: str, other: str) -> bool:
    """Return whether two labels are the same; a plain number is one whatever sign follows it."""
    bare = [label.rstrip(".)") if label.rstrip(".)").isdecimal() else label for label in (one, other)]
    return bare[0] == bare[1]


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield text_of(block.children)
        elif isinstance(block, ListBlock):
            for number, item in zip_longest(block.printed_numbers, block.items):
                first, *others = [*_lines(item), ""]
                yield f"{'-' if number is None else f'{number}.'} {first}"
                yield from others


def fault_of_letter(tmp_path: Path, letter: LetterByRule) -> str:
    """Import a letter and return what is wrong, or an empty text: placed, listed, nothing twice or lost."""
    try:
        imported = import_file(tmp_path, written(tmp_path, "mail.eml", letter.data))
    except BulletinError as error:
        return f"{letter.name}: refused: {error.findings}"
    drafts = "\n".join(path.read_text("utf-8") for path in sorted(imported.folder.glob("*.md")))
    told = " ".join(findings_text(imported).split())
    for words in letter.placed:
        if _plain(words) not in _plain(drafts):
            return f"{letter.name}: not placed: {words!r} in {drafts!r}; told: {told!r}"
    for words in letter.listed:
        if words not in told:
            return f"{letter.name}: not listed: {words!r} in {told!r}"
        if _plain(words) in _plain(drafts.partition("---\n")[2].partition("---\n")[2]):
            return f"{letter.name}: placed as text: {words!r} in {drafts!r}"
    missing = imported.report.words_total - imported.report.words_placed
    return f"{letter.name}: {missing} words lost without a word" if missing and not told else ""
