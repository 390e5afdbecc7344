"""Changes that no test can notice: named in a file, each with the reason, and not counted."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tests.bench.mutation.changes import changes_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.bench.mutation.changes import Change

FILE: Final = Path(__file__).with_name("equivalents.toml")


class Equivalent(NamedTuple):
    """A change that alters nothing anybody could see.

    Args:
        module: The module, from the repository.
        key: The change's key: a hash of the function's name and of the lines before and after.
        before: The lines as they are, for the reader of the file.
        after: The lines changed, likewise.
        reason: Why nobody could see it.
    """

    module: str
    key: str
    before: str
    after: str
    reason: str


def equivalents(file: Path = FILE) -> list[Equivalent]:
    """Read the file.

    Raises:
        TypeError: An entry has other fields than those of `Equivalent`.
    """
    told = tomllib.loads(file.read_text("utf-8"))
    return [Equivalent(**entry) for entry in told.get("equivalent", [])]


def is_equivalent(module: str, change: Change, named: Iterable[Equivalent]) -> bool:
    """Return whether a change is one of those named."""
    return (module, change.key()) in {(each.module, each.key) for each in named}


def out_of_date(named: Iterable[Equivalent], root: Path) -> list[Equivalent]:
    """Return the entries that match no change of their module any more, or give no reason.

    Args:
        named: The entries.
        root: The repository.
    """
    keys: dict[str, set[str]] = {}
    old = []
    for each in named:
        path = root / each.module
        if each.module not in keys:
            keys[each.module] = {c.key() for c in changes_of(path.read_bytes())} if path.exists() else set()
        if each.key not in keys[each.module] or not each.reason.strip():
            old.append(each)
    return old


def entry(module: str, change: Change) -> str:
    """Return a change as it is to be entered in the file, with the reason left to write."""
    lines = [f"{name} = {_literal(text)}" for name, text in _fields(module, change)]
    return "\n".join(["[[equivalent]]", *lines, 'reason = ""', ""])


def _fields(module: str, change: Change) -> list[tuple[str, str]]:
    told = [("module", module), ("key", change.key()), ("before", change.before), ("after", change.after)]
    return [(name, " ".join(text.split())) for name, text in told]


def _literal(text: str) -> str:
    if "'" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
