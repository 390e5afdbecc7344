"""How well returned messages are sorted: `python -m tests.bench.returned_mail [FOLDER] [--labels FILE]`.

Prints, for reports that count towards the withdrawal of an address, how many of those counted are right
(precision) and how many of those to be counted are (recall), over the letters of
`tests.support.returned_letters` or over the messages of a folder (.eml, .msg, .txt; each RFC 5322). The
labels of a folder are the lines of a file, `name<TAB>cause`, or else the beginnings of the file names, as in
`recipient-gone-3.eml`; `no` and other words stand for what must not count. Messages without a label are left
out. The exit status is 1 if precision or recall is below its aim.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.delivery.returns.reports import ReturnType, read_returned
from pipeline.delivery.returns.status_codes import Cause
from tests.support.returned_letters.corpus import returned_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PRECISION: Final = 0.95
RECALL: Final = 0.85
"""Aims."""

COUNTS: Final = {"recipient-gone", "domain-gone", "mailbox-disabled", "mailbox-full"}
"""Causes of a failure that count towards a withdrawal."""

_LABELS: Final = [*Cause, *ReturnType, "no"]


class Sorted(NamedTuple):
    """Message, what it is and what it was taken for.

    Args:
        name: Name of the file or letter.
        label: Cause of a failure, else the type of the message or `no`.
        found: Cause found, or type, where it was not taken for a failure.
        words: The server's words.
    """

    name: str
    label: str
    found: str
    words: str


def sort_messages(labelled: Iterable[tuple[str, bytes, str, str]]) -> Iterator[Sorted]:
    """Sort messages.

    Args:
        labelled: Name, content and label of each, and the address it concerns, empty where unknown.
    """
    for name, data, label, address in labelled:
        try:
            returned = read_returned(data, address)
        except ValueError as error:
            yield Sorted(name, label, "unreadable", str(error))
            continue
        is_failure = returned.type is ReturnType.FAILED
        found = returned.verdict.cause if is_failure else returned.type
        yield Sorted(name, label, str(found), returned.verdict.words)


def letters() -> Iterator[tuple[str, bytes, str, str]]:
    """Yield the letters of our own."""
    for letter in returned_letters():
        yield letter.name, letter.data, letter.cause or letter.type, letter.address


def messages_of(folder: Path, labels: dict[str, str] | None) -> Iterator[tuple[str, bytes, str, str]]:
    """Yield the messages of a folder that have a label.

    Args:
        folder: The folder, and those within it.
        labels: Labels by file name; None where the names begin with them.
    """
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in {".eml", ".msg", ".txt"}:
            continue
        beginnings = [str(label) for label in _LABELS if path.name.startswith(label)]
        label = labels.get(path.name, "") if labels is not None else max(beginnings, key=len, default="")
        if label:
            data = path.read_bytes()
            # A message copied from a mailbox begins with the line that parts messages there (mbox).
            yield path.name, data.partition(b"\n")[2] if data.startswith(b"From ") else data, label, ""


def shares(found: list[Sorted]) -> tuple[float, float]:
    """Return precision and recall of what counts towards a withdrawal."""
    counted = [each for each in found if each.found in COUNTS]
    to_count = [each for each in found if each.label in COUNTS]
    right = sum(each.label in COUNTS for each in counted)
    return right / max(1, len(counted)), right / max(1, len(to_count))


def main(arguments: list[str] | None = None) -> int:
    """Sort the messages, and print what differs and the shares."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.returned_mail", description=__doc__)
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="messages; our own when left out"
    )
    parser.add_argument("--labels", type=Path, metavar="FILE", help="lines of: name, tabulator, cause")
    asked = parser.parse_args(arguments)
    labels = None
    if asked.labels:
        lines = asked.labels.read_text("utf-8").splitlines()
        labels = {name: label.strip() for name, _, label in (line.partition("\t") for line in lines)}
    found = list(sort_messages(messages_of(asked.folder, labels) if asked.folder else letters()))
    for each in found:
        is_wrong = (each.found in COUNTS) != (each.label in COUNTS)
        if is_wrong or (each.label in COUNTS and each.found != each.label):
            mark = "WRONG" if is_wrong else "other"
            sys.stdout.write(f"{mark}  {each.name}: {each.label}, found {each.found}: {each.words}\n")
    precision, recall = shares(found)
    to_count = sum(each.label in COUNTS for each in found)
    gone = [each.label for each in found if each.found == Cause.RECIPIENT_GONE]
    sys.stdout.write(
        f"{len(found)} messages, {to_count} that count: precision {precision:.3f} (aim {PRECISION}), "
        f"recall {recall:.3f} (aim {RECALL}); of {len(gone)} recipients found gone, "
        f"{gone.count(Cause.RECIPIENT_GONE)} are\n"
    )
    return 0 if precision >= PRECISION and recall >= RECALL else 1


if __name__ == "__main__":
    sys.exit(main())
