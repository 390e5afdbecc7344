"""Causes of a difference: the sources, fonts, files of the program and versions that have changed."""

from __future__ import annotations

import itertools
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.comparing.alignment import align
from pipeline.archive.comparing.changed_fields import changed_field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TEXTS: Final = (".yaml", ".md", ".toml", ".css", ".j2", ".txt", ".json")
_PICTURES: Final = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".svg")
_LONGEST: Final = 160
"""Characters of a line that is shown."""

_BEFORE_IT: Final = 4
"""Words shown of a long line before the first that differs."""


class CauseType(StrEnum):
    """The type of what changed."""

    PUBLICATION = "publication"
    TEXT = "text"
    PICTURE = "picture"
    STYLE = "style"
    TEMPLATE = "template"
    FONT = "font"
    PROFILE = "profile"
    PROGRAM = "program"
    ENGINE = "engine"


class Cause(NamedTuple):
    """One thing that changed.

    Args:
        type: What changed.
        name: A file, by its path in a workspace or in the package; or what has the version.
        line: Number of the first changed line of a text file as it is now, from 1; else 0.
        before: That line or version then, of a long line the part around the difference; empty if there was
            none.
        after: That line or version now, likewise.
        more: How many further lines of the file differ.
        field: Path of the one changed field, as `publisher.address.bg`; empty if several changed, or if the
            change is in no field.
    """

    type: CauseType
    name: str
    line: int = 0
    before: str = ""
    after: str = ""
    more: int = 0
    field: str = ""


class Origin(NamedTuple):
    """Everything a file was built from.

    Args:
        sources: Files by path in a workspace.
        program: SHA-256 of the program's files, by path in the package.
        versions: Versions of the libraries and of the system's text engine.
    """

    sources: Mapping[str, bytes]
    program: Mapping[str, str]
    versions: Mapping[str, str]


def causes(before: Origin, after: Origin) -> tuple[Cause, ...]:
    """Return everything that changed between two origins of one issue, the author's own things first.

    Args:
        before: As it was filed.
        after: As it is now.
    """
    found = [
        *_of_sources(before.sources, after.sources),
        *(
            Cause(
                CauseType.ENGINE,
                name,
                before=before.versions.get(name, ""),
                after=after.versions.get(name, ""),
            )
            for name in _differing(before.versions, after.versions)
        ),
        *(Cause(CauseType.PROGRAM, name) for name in _differing(before.program, after.program)),
    ]
    order = list(CauseType)
    return tuple(sorted(found, key=lambda cause: (order.index(cause.type), cause.name)))


def _of_sources(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[Cause]:
    for name in _differing(before, after):
        cause_type = cause_type_of(name)
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            then, now = ("" if data is None else name.rpartition("/")[2] for data in (old, new))
            yield Cause(cause_type, name, before=then, after=now)
        elif cause_type is CauseType.PICTURE or not name.lower().endswith(_TEXTS):
            yield Cause(cause_type, name)
        else:
            yield _line_changed(cause_type, name, old, new)


def cause_type_of(path: str) -> CauseType:
    """Return the type of a source by its path in a workspace."""
    root, _, rest = path.partition("/")
    if root == "fonts":
        return CauseType.FONT
    if root == "styles":
        return CauseType.TEMPLATE if "/templates/" in path else CauseType.STYLE
    if path.lower().endswith(_PICTURES):
        return CauseType.PICTURE
    if path.lower().endswith(".icc"):
        return CauseType.PROFILE
    return CauseType.TEXT if "/" in rest else CauseType.PUBLICATION


def _line_changed(cause_type: CauseType, name: str, old: bytes, new: bytes) -> Cause:
    """Return the first line that differs, and how many lines do in all."""
    then, now = (_lines(data) for data in (old, new))
    places = [stretch for stretch in align(then, now) if not stretch.is_equal]
    if not places:
        # Only the ends of the lines differ, or bytes that are no text.
        return Cause(cause_type, name, line=1)
    first = places[0]
    changed = sum(max(each.end - each.begin, each.now_end - each.now_begin) for each in places)
    was = then[first.begin] if first.begin < first.end else ""
    is_now = now[first.now_begin] if first.now_begin < first.now_end else ""
    # Lines removed at the end came after what is now the last line.
    line = min(first.now_begin + 1, max(1, len(now)))
    field = changed_field(name, old, new)
    shown_before, shown_after = _shown(was, is_now)
    return Cause(
        cause_type, name, line=line, before=shown_before, after=shown_after, more=changed - 1, field=field
    )


def _lines(data: bytes) -> list[str]:
    """Split a text into lines as editors count them."""
    lines = re.split("\r\n|\r|\n", data.decode("utf-8-sig", errors="replace"))
    return lines if lines[-1] else lines[:-1]


def _shown(was: str, is_now: str) -> tuple[str, str]:
    """Return two lines as shown: whole, or of long ones the part around the first difference."""
    old, new = was.split(), is_now.split()
    if old == new:
        # Only spaces differ.
        return _cut([was], 0), _cut([is_now], 0)
    if max(len(" ".join(old)), len(" ".join(new))) <= _LONGEST:
        return " ".join(old), " ".join(new)
    alike = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    begin = max(0, alike - _BEFORE_IT) if was and is_now else 0
    return _cut(old[begin:], begin), _cut(new[begin:], begin)


def _cut(words: list[str], left_out: int) -> str:
    text = " ".join(words)
    if left_out:
        text = f"… {text}"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 2].rstrip() + " …"


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    return [name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]
