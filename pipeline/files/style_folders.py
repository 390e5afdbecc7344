"""The folders of styles: `<name>/<version>/` with a file `style.toml`, below each folder of styles."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def style_folder(name: str, version: int, folders: Iterable[Path]) -> Path | None:
    """Return the folder of a version of a style, the first found, or None where there is none."""
    candidates = (folder / name / str(version) for folder in folders)
    return next((path for path in candidates if (path / "style.toml").is_file()), None)


def style_names(folders: Iterable[Path]) -> list[str]:
    """Return name and version of every style, as `knowledge-city 1`, sorted."""
    files = (path for folder in folders for path in folder.glob("*/*/style.toml"))
    return sorted({f"{path.parent.parent.name} {path.parent.name}" for path in files})
