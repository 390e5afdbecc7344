"""The files attached to an archive PDF: the issue, its style and templates in force, its fonts, the lock.

Only what is in use is attached, under the paths of a workspace, wherever it came from: a build of the
workspace restored from the file attaches the same files again, and so gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.page.composition.html import templates_in_force
from pipeline.page.pictures.metadata.cleaning import carried
from pipeline.pdf.finishing.attachments import AttachedFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.files.lock import Lock
    from pipeline.page.style import Style

LOCK: Final = "lock.json"
"""The file that says what all others are, with their SHA-256."""

FORMAT: Final = 1
_MEDIA_TYPES: Final = {
    ".yaml": "application/yaml",
    ".md": "text/markdown",
    ".toml": "application/toml",
    ".css": "text/css",
    ".j2": "text/plain",
    ".txt": "text/plain",
    ".json": "application/json",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".icc": "application/vnd.iccprofile",
}
_LICENCES: Final = ("OFL*", "LICEN*", "COPYING*")
_SOURCE: Final = "Source"
_SUPPLEMENT: Final = "Supplement"


def attached_files(
    files: Mapping[str, Path], style: Style, lock: Lock, *, issue: str, language: str, as_filed: bool = False
) -> list[AttachedFile]:
    """Return the files that an issue is built from, and the lock that lists them.

    Args:
        files: Every file that was read, by path in the workspace.
        style: Its style.
        lock: What else the bytes depend on: the program and the libraries.
        issue: The issue's date.
        language: The language it is built in.
        as_filed: Whether the files are those of a filing, which are carried as they are.
    """
    parts = source_files(files, style, as_filed=as_filed)
    record = {
        "format": FORMAT,
        "issue": issue,
        "language": language,
        **{part: _hashes(contents) for part, contents in parts.items()},
        "program": program_in_force(lock.program),
        "versions": dict(lock.versions),
    }
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    attached = [AttachedFile(LOCK, text.encode(), "application/json", "Data")]
    for part, contents in parts.items():
        relationship = _SOURCE if part == "inputs" else _SUPPLEMENT
        attached += [
            AttachedFile(name, data, media_type(name), relationship) for name, data in contents.items()
        ]
    return attached


def source_files(
    files: Mapping[str, Path], style: Style, *, as_filed: bool = False
) -> dict[str, dict[str, bytes]]:
    """Return the files of an issue, by part (inputs, style, templates, fonts) and path in a workspace.

    Pictures are carried without place, device, owner and thumbnails, whatever the files in hand hold. What is
    built reads them by the same door, so that the workspace restored from them gives the same bytes.

    Args:
        files: Every file that was read, by path in the workspace.
        style: Its style.
        as_filed: Whether the files are those of a filing, which are carried as they are.
    """
    return {
        "inputs": {name: path.read_bytes() if as_filed else carried(path) for name, path in files.items()},
        "style": dict(_style_files(style)),
        "templates": {
            f"{_folder_of(style)}/templates/{name}": data for name, data in templates_in_force(style).items()
        },
        "fonts": dict(_face_files(style)),
    }


def program_in_force(program: Mapping[str, str]) -> dict[str, str]:
    """Return the hashes of the program's files, but for its templates: they are sources, with the style's."""
    return {name: value for name, value in program.items() if not name.endswith(".j2")}


def media_type(name: str) -> str:
    """Return the media type of a file by its name."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    return _MEDIA_TYPES.get(ending, "application/octet-stream")


def _folder_of(style: Style) -> str:
    return f"styles/{style.plan.name}/{style.plan.version}"


def _style_files(style: Style) -> Iterator[tuple[str, bytes]]:
    for path, file in style.files.items():
        yield path, file.read_bytes()


def _face_files(style: Style) -> Iterator[tuple[str, bytes]]:
    """Yield the fonts in use, each with the licence in its folder."""
    for name, path in style.font_files.items():
        yield f"fonts/{name}", path.read_bytes()
        folder = name.rpartition("/")[0]
        for pattern in _LICENCES:
            for licence in sorted(filter(Path.is_file, path.parent.glob(pattern))):
                yield f"fonts/{folder}/{licence.name}".replace("//", "/"), licence.read_bytes()


def _hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
