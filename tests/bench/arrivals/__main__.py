"""Tries the import on arrivals made by rule: `python -m tests.bench.arrivals`.

Mails of every charset, declaration and part; Word files with lists, hidden and struck words, fields, signs,
cut pictures, and words in every part. Each is placed as it was meant, or asked about. Where LibreOffice is
installed, it is asked for the numbers of the lists.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tests.importing.by_rule.judging import fault_of_mail, fault_of_word_file, labels_in_draft, same_label
from tests.importing.by_rule.libreoffice import is_installed, printed_labels
from tests.importing.by_rule.mails import mails
from tests.importing.by_rule.word_lists import list_files
from tests.importing.by_rule.word_parts import part_files
from tests.importing.helpers import article, import_file, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.importing.by_rule.word_lists import ListFile

Arrival = TypeVar("Arrival")


def main() -> int:
    """Try all arrivals, print what is wrong with each, and return how many are wrong."""
    wrong = _tried("mails", mails(), fault_of_mail)
    wrong += _tried("Word files", part_files(), fault_of_word_file)
    files = list(list_files())
    wanted = printed_labels(files) if is_installed() else {}

    def fault_of_lists(folder: Path, file: ListFile) -> str:
        draft = article(import_file(folder, written(folder, file.name, file.data)))
        ours = labels_in_draft(draft, file.words)
        if "missing" in ours:
            return f"{file.name}: words are missing"
        pairs = zip(file.words, ours, wanted.get(file.name, ours), strict=True)
        return "; ".join(
            f"{words}: {one}, not {other}" for words, one, other in pairs if not same_label(one, other)
        )

    against = "against LibreOffice" if wanted else "LibreOffice is not installed: numbers not compared"
    return wrong + _tried(f"Word files with lists ({against})", files, fault_of_lists)


def _tried(what: str, arrivals: Iterable[Arrival], fault_of: Callable[[Path, Arrival], str]) -> int:
    count = wrong = 0
    for arrival in arrivals:
        count += 1
        with tempfile.TemporaryDirectory() as folder:
            if fault := fault_of(Path(folder), arrival):
                wrong += 1
                sys.stdout.write(f"{fault}\n")
    sys.stdout.write(f"{what}: {count}, wrong: {wrong}\n")
    return wrong


if __name__ == "__main__":
    sys.exit(min(main(), 1))
