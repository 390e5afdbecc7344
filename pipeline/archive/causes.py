"""Why a file made again is another: which source, face, part of the program or version is not what it was."""

from __future__ import annotations

import difflib
import itertools
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TEXTS: Final = (".yaml", ".md", ".toml", ".css", ".j2", ".txt", ".json")
_PICTURES: Final = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".svg")
_LONGEST: Final = 160
"""Characters of a line that is shown."""


class Kind(StrEnum):
    """What kind of thing changed."""

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
    """One thing that is not what it was.

    Args:
        kind: What kind of thing.
        name: A file, by its path in a workspace or in the package; or what has the version.
        line: In a text file where it begins to differ, from 1, as the file is now; else 0.
        before: That line or version then; empty where there was none.
        after: That line or version now; empty where there is none.
        more: How many further places of the file differ.
    """

    kind: Kind
    name: str
    line: int = 0
    before: str = ""
    after: str = ""
    more: int = 0


class Origin(NamedTuple):
    """What a file was made from.

    Args:
        sources: Files by path in a workspace.
        program: SHA-256 of the program's files, by path in the package.
        versions: Versions of the libraries and of the system's text engine.
    """

    sources: Mapping[str, bytes]
    program: Mapping[str, str]
    versions: Mapping[str, str]


def causes(before: Origin, after: Origin) -> tuple[Cause, ...]:
    """Name everything that changed between two origins of one issue, the author's own things first.

    Args:
        before: As it was filed.
        after: As it is now.
    """
    found = [
        *_of_sources(before.sources, after.sources),
        *(
            Cause(Kind.ENGINE, name, before=before.versions.get(name, ""), after=after.versions.get(name, ""))
            for name in _differing(before.versions, after.versions)
        ),
        *(Cause(Kind.PROGRAM, name) for name in _differing(before.program, after.program)),
    ]
    order = list(Kind)
    return tuple(sorted(found, key=lambda cause: (order.index(cause.kind), cause.name)))


def _of_sources(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[Cause]:
    for name in _differing(before, after):
        kind = kind_of(name)
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            then, now = ("" if data is None else name.rpartition("/")[2] for data in (old, new))
            yield Cause(kind, name, before=then, after=now)
        elif kind is Kind.PICTURE or not name.lower().endswith(_TEXTS):
            yield Cause(kind, name)
        else:
            yield _line_changed(kind, name, old, new)


def kind_of(path: str) -> Kind:
    """Tell what kind of thing a source is, by its path in a workspace."""
    root, _, rest = path.partition("/")
    if root == "fonts":
        return Kind.FONT
    if root == "styles":
        return Kind.TEMPLATE if "/templates/" in path else Kind.STYLE
    if path.lower().endswith(_PICTURES):
        return Kind.PICTURE
    if path.lower().endswith(".icc"):
        return Kind.PROFILE
    return Kind.TEXT if "/" in rest else Kind.PUBLICATION


def _line_changed(kind: Kind, name: str, old: bytes, new: bytes) -> Cause:
    """Name the first line that differs, and how many places do in all."""
    then, now = (data.decode("utf-8", errors="replace").splitlines() for data in (old, new))
    matcher = difflib.SequenceMatcher(None, then, now, autojunk=False)
    places = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    if not places:
        # Only the ends of the lines differ.
        return Cause(kind, name, line=1)
    _, a, b, c, d = places[0]
    changed = sum(max(each[2] - each[1], each[4] - each[3]) for each in places)
    pairs = itertools.zip_longest(then[a:b], now[c:d], fillvalue="")
    first, second = next(iter(pairs))
    return Cause(kind, name, c + 1, _shown(first), _shown(second), changed - 1)


def _shown(line: str) -> str:
    plain = " ".join(line.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    return [name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]
