"""What must never change: the published versions of the styles, and what files of format 1 mean.

`described` describes an issue independently of the present names of the model: where the model changes, it is
adapted here, and its output stays the same.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

from pipeline.files.workspace import Workspace
from pipeline.findings.place import Place
from pipeline.models.text import Run
from pipeline.reading.issue_reader import Reading, read_issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.models.issue import Issue

FROZEN: Final = Path(__file__).parent
STYLES: Final = FROZEN.parents[1] / "styles"
KEPT_HASHES: Final = FROZEN / "styles.json"
ISSUES: Final = {
    "format-1": "2023-12-20",
    "format-1-least": "2024-01-31",
    "format-1-mail": "2024-02-29",
    "format-1-identity": "2024-03-31",
    "format-1-makeup": "2024-03-31",
    "format-1-fitting": "2024-01-31",
    "format-1-consent": "2026-05-31",
    "format-1-press": "2024-04-30",
    "format-1-inks": "2024-04-30",
}
"""Workspaces of file format 1, and the issue in each: one with every field there was at first, one with as
few as may be, one with the fields of the mail, one with those of the look, one with those of the make-up,
one with those of fitting, one with the consent for the cover, one with those for the print shop. A later
field gets a further workspace here."""

LANGUAGES: Final = (
    ("format-1", "bg"),
    ("format-1", "en"),
    ("format-1-least", "bg"),
    ("format-1-mail", "bg"),
    ("format-1-identity", "bg"),
    ("format-1-makeup", "bg"),
    ("format-1-fitting", "bg"),
    ("format-1-consent", "bg"),
    ("format-1-press", "bg"),
    ("format-1-inks", "bg"),
)
"""The languages each is read in; what it means in one is described in `<workspace>.<language>.txt`."""


def kept_hashes() -> dict[str, dict[str, str]]:
    """Return the SHA-256 of every file of each version that was published, by version and path within."""
    kept: dict[str, dict[str, str]] = json.loads(KEPT_HASHES.read_text("utf-8"))
    return kept


def hashes_now(version: str) -> dict[str, str]:
    """Return the SHA-256 of every present file of a version, by path within it."""
    folder = STYLES / version
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def kept_reading(name: str, language: str) -> Reading:
    """Read the issue of a kept workspace in a language."""
    workspace = Workspace(FROZEN / name)
    return read_issue(workspace.issues / ISSUES[name], workspace, language)


def description_file(name: str, language: str) -> Path:
    """Return the file that describes the meaning of a kept issue."""
    return FROZEN / f"{name}.{language}.txt"


def published_versions() -> list[str]:
    """Return the versions of all styles, as `knowledge-city/1`."""
    return sorted(path.parent.relative_to(STYLES).as_posix() for path in STYLES.glob("*/*/style.toml"))


def described(issue: Issue) -> str:
    """Return all values of an issue, one a line.

    Absent values have no line, so a field that is added later, and may be left out, changes nothing.
    """
    return "".join(f"{line}\n" for line in _lines("issue", issue))


def _lines(name: str, value: Any) -> Iterator[str]:
    if value is None or value == ():
        return
    if isinstance(value, tuple):
        for number, item in enumerate(_joined(value), 1):
            yield from _lines(f"{name} {number}", item)
    elif isinstance(value, BaseModel) or dataclasses.is_dataclass(value):
        yield f"{name}: {type(value).__name__}"
        for field, held in _fields(value):
            yield from (f"  {line}" for line in _lines(field, held))
    elif isinstance(value, Decimal):
        yield f'{name}: "{value:f}"'
    else:
        yield f"{name}: {json.dumps(str(value), ensure_ascii=False)}"


def _fields(node: Any) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a node without its place, which may become more exact."""
    names = (
        type(node).model_fields if isinstance(node, BaseModel) else [f.name for f in dataclasses.fields(node)]
    )
    for name in names:
        held = getattr(node, name)
        if not isinstance(held, Place) and not name.endswith("places"):
            yield name, held


def _joined(items: tuple[Any, ...]) -> Iterator[Any]:
    """Yield the items, adjacent runs joined: their borders are no part of the meaning."""
    text = ""
    for item in items:
        if isinstance(item, Run):
            text += item.text
            continue
        if text:
            yield text
            text = ""
        yield item
    if text:
        yield text
