"""Three-way merge of a text imported again: the last import, the new one, and the edited file.

Lines are compared. Where both sides changed the same lines, the edited ones stay and the imported ones are
added as a comment, which no page prints.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from merge3 import Merge3

from pipeline.files.owned_files import load_owned
from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RECORD: Final = ".imported.json"
"""In the issue's folder: the files as the last import wrote them."""

_COMMENT: Final = "<!-- "
_FORMAT: Final = 1
_LARGEST: Final = 50_000_000
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*\.md|issue\.yaml")
"""A file name as an import gives it; a record with any other is ignored."""


@dataclass(slots=True)
class Record:
    """The files as earlier imports wrote them.

    Args:
        texts: By the names of the files imported together, then by file name.
        titles: The files each title was given, in order, likewise.
    """

    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    titles: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def data(self) -> bytes:
        """Return the record as JSON."""
        data_read = {"format": _FORMAT, "texts": self.texts, "titles": self.titles}
        return (json.dumps(data_read, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_record(folder: Path) -> Record:
    """Return the record of earlier imports into an issue; one that cannot be read counts as empty."""
    try:
        data_read = json.loads(load_owned(folder, RECORD, _LARGEST))
        record = Record(dict(data_read["texts"]), dict(data_read["titles"]))
        texts = [pair for files in record.texts.values() for pair in files.items()]
        names = [name for files in record.titles.values() for held in files.values() for name in list(held)]
        whole = all(isinstance(text, str) and _NAME.fullmatch(name) for name, text in texts)
        whole = whole and all(_NAME.fullmatch(name) for name in names)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Record()
    return record if whole else Record()


class Merged(NamedTuple):
    """A merged file.

    Args:
        text: The text to write.
        findings: Places where both sides changed the same lines (W511).
    """

    text: str
    findings: tuple[Finding, ...]


def merge(base: str, ours: str, imported: str, *, path: str, name: str) -> Merged:
    """Merge a newly imported file with the edited one.

    Args:
        base: The file as the last import wrote it.
        ours: The edited file.
        imported: The file as this import would write it.
        path: The file, for findings.
        name: The name of the imported file.

    Returns:
        The merged file.
    """
    if imported == base:
        return Merged(ours, ())
    if ours == base:
        return Merged(imported, ())
    lines: list[str] = []
    findings: list[Finding] = []
    groups = Merge3(base.split("\n"), ours.split("\n"), imported.split("\n")).merge_groups()
    for group in groups:
        if group[0] != "conflict":
            lines += group[1]
            continue
        kept, other = group[2], group[3]
        comment = _comment(other, name, in_fields=_in_fields(lines, path))
        place = Place(path, len(lines) + 1, 1, 1)
        findings.append(found("W511", place, name=name))
        lines += [*kept, *comment]
    return Merged("\n".join(lines), tuple(findings))


def _in_fields(lines: Sequence[str], path: str) -> bool:
    """Return whether the next line is one of YAML: in `issue.yaml`, or between the dashes of an article."""
    return not path.endswith(".md") or sum(line.rstrip() == "---" for line in lines) < 2  # noqa: PLR2004


def _comment(imported: Sequence[str], name: str, *, in_fields: bool) -> list[str]:
    lines = [line for line in imported if line.strip()]
    if in_fields:
        return [f"# {name}: {line.strip()}" for line in lines if line.strip() != "---"]
    words = "\n".join(line.replace("-->", "-- >") for line in lines)
    return ["", f"{_COMMENT}{name}:\n{words}\n-->", ""] if words else []
