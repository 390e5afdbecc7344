"""A text that comes again: what came before, what came now and what was made of it in between, in one.

Lines are compared three ways. Where both sides changed the same lines, the editor's stay and what came
is put beside them as a remark, which no page prints.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from merge3 import Merge3

from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RECORD: Final = ".imported.json"
"""In the issue's folder: the files as the last import wrote them."""

_CAME: Final = "<!-- "
_FORMAT: Final = 1
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*\.md|issue\.yaml")
"""A file name as an import gives it; any other in a record was not written by us."""


@dataclass(slots=True)
class Record:
    """What earlier imports wrote.

    Args:
        texts: By the names of what was imported together, then by file name.
        titles: The files each title was given, in order, likewise.
    """

    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    titles: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def data(self) -> bytes:
        """Return it as it is kept."""
        told = {"format": _FORMAT, "texts": self.texts, "titles": self.titles}
        return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_record(folder: Path) -> Record:
    """Return what earlier imports wrote into an issue; one that cannot be read is as good as none."""
    try:
        told = json.loads((folder / RECORD).read_text("utf-8"))
        record = Record(dict(told["texts"]), dict(told["titles"]))
        texts = [pair for files in record.texts.values() for pair in files.items()]
        names = [name for files in record.titles.values() for held in files.values() for name in list(held)]
        whole = all(isinstance(text, str) and _NAME.fullmatch(name) for name, text in texts)
        whole = whole and all(_NAME.fullmatch(name) for name in names)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Record()
    return record if whole else Record()


class Merged(NamedTuple):
    """A file of which both sides have something.

    Args:
        text: To be written.
        findings: Where both changed the same words (W511).
    """

    text: str
    findings: tuple[Finding, ...]


def merge(base: str, ours: str, came: str, *, path: str, name: str) -> Merged:
    """Merge what came with what was made of it.

    Args:
        base: The file as the last import wrote it.
        ours: As it is now.
        came: As this import would write it.
        path: The file, for findings.
        name: Of what was imported.

    Returns:
        The file: everything of ours, and what came anew.
    """
    if came == base:
        return Merged(ours, ())
    if ours == base:
        return Merged(came, ())
    lines: list[str] = []
    findings: list[Finding] = []
    groups = Merge3(base.split("\n"), ours.split("\n"), came.split("\n")).merge_groups()
    for group in groups:
        if group[0] != "conflict":
            lines += group[1]
            continue
        kept, other = group[2], group[3]
        remark = _remark(other, name, in_fields=_in_fields(lines, path))
        place = Place(path, len(lines) + 1, 1, 1)
        findings.append(found("W511", place, name=name))
        lines += [*kept, *remark]
    return Merged("\n".join(lines), tuple(findings))


def _in_fields(lines: Sequence[str], path: str) -> bool:
    """Return whether the next line is one of YAML: in `issue.yaml`, or between the dashes of an article."""
    return not path.endswith(".md") or sum(line.rstrip() == "---" for line in lines) < 2  # noqa: PLR2004


def _remark(came: Sequence[str], name: str, *, in_fields: bool) -> list[str]:
    said = [line for line in came if line.strip()]
    if in_fields:
        return [f"# {name}: {line.strip()}" for line in said if line.strip() != "---"]
    words = "\n".join(line.replace("-->", "-- >") for line in said)
    return ["", f"{_CAME}{name}:\n{words}\n-->", ""] if words else []
