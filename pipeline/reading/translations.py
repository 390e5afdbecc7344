"""The languages of an issue and the file names of its translations."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_TEXTS: Final = re.compile(r"issue\.([A-Za-z-]+)\.yaml")


def languages_of(folder: Path) -> list[str]:
    """Return the languages an issue is translated into: those of its `issue.<language>.yaml`."""
    matches = (_TEXTS.fullmatch(path.name) for path in folder.glob("issue.*.yaml"))
    return sorted(match[1] for match in matches if match)


def translated_name(name: str, language: str) -> str:
    """Return the file name of an article's translation: `xd-media-hub.en.md`."""
    return f"{name.removesuffix('.md')}.{language}.md"


def originals_in(folder: Path) -> dict[str, Path]:
    """Return the articles in a folder that are not another's translation, by composed name (NFC)."""
    paths = {unicodedata.normalize("NFC", path.name): path for path in sorted(folder.glob("*.md"))}
    languages = languages_of(folder)
    translations = {translated_name(name, tag) for name in paths for tag in languages}
    return {name: path for name, path in paths.items() if name not in translations}
