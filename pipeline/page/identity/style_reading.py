"""The files of a style, with those of the styles that it builds on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.files.style_folders import style_folder, style_names
from pipeline.findings.finding import Finding, PressError, found
from pipeline.findings.place import Place
from pipeline.page.identity.style_file import base_of, built_on, style_of, style_values
from pipeline.page.identity.style_texts import style_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pipeline.page.identity.style_file import StyleSheet

STYLE_FILE: Final = "style.toml"

_DEEPEST: Final = 4
"""How many styles may build on one another; nobody keeps the overview of more."""


class StyleFiles(NamedTuple):
    """A style as its files have it.

    Args:
        plan: The content of style.toml, with all it has of the style it builds on.
        place: The style's own style.toml.
        files: style.toml and all sheets, its own and those it builds on, by path in a workspace.
        sheets: The text of each sheet by file name: of pages, of the letter and of the site.
        templates: The templates of the style and of those it builds on, by name.
    """

    plan: StyleSheet
    place: Place
    files: Mapping[str, Path]
    sheets: dict[str, str]
    templates: dict[str, str]


class _Level(NamedTuple):
    """A style in a row of those that build on one another.

    Args:
        folder: Its folder.
        path: The same in a workspace.
        text: The text of style.toml.
        values: What it says by itself.
    """

    folder: Path
    path: str
    text: str
    values: dict[str, Any]

    @property
    def named(self) -> tuple[str, int]:
        """Name and version as the folders are named."""
        name, version = self.path.split("/")[1:]
        return name, int(version)

    @property
    def place(self) -> Place:
        return Place(f"{self.path}/{STYLE_FILE}")


def read_style(name: str, version: int, styles: Sequence[Path]) -> StyleFiles:
    """Read a style and those it builds on.

    Args:
        name: The style's name.
        version: Its version.
        styles: Folders of styles; the first that has one is taken.

    Raises:
        PressError: The style or one it builds on does not exist (E36), is not the one that its folder says
            (E454), or is invalid (E71, E444, E445).
    """
    levels = _levels(name, version, styles)
    values: dict[str, Any] = {}
    plan: StyleSheet | None = None
    for level in reversed(levels):
        values = built_on(values, level.values)
        read = style_of(values, level.text, level.place)
        if isinstance(read, list):
            raise PressError(read)
        if (read.name, read.version) != level.named:
            own = f"{read.name} {read.version}"[:80]
            wanted = "{} {}".format(*level.named)
            raise PressError([found("E454", level.place, found=own, wanted=wanted)])
        plan = read
    assert plan is not None  # noqa: S101 - there is at least the style itself
    files = {f"{level.path}/{STYLE_FILE}": level.folder / STYLE_FILE for level in reversed(levels)}
    sheets: dict[str, str] = {}
    for sheet in dict.fromkeys((*plan.stylesheets, *plan.letter, *plan.site)):
        level = next((each for each in levels if (each.folder / sheet).is_file()), levels[0])
        sheets[sheet] = _text(level, sheet)
        if "</" in sheets[sheet]:
            raise PressError([found("E71", level.place, problem=f"{sheet}: </")])
        files[f"{level.path}/{sheet}"] = level.folder / sheet
    return StyleFiles(plan, levels[0].place, files, sheets, _templates(levels))


def _levels(name: str, version: int, styles: Sequence[Path]) -> list[_Level]:
    """Return a style and those it builds on, each before its base."""
    levels: list[_Level] = []
    named_at: Place | None = None
    while True:
        folder = style_folder(name, version, styles)
        if folder is None:
            choices = ", ".join(style_names(styles))
            raise PressError([found("E36", named_at, found=f"{name} {version}", choices=choices)])
        path = f"styles/{name}/{version}"
        named_at = Place(f"{path}/{STYLE_FILE}")
        text = _text(_Level(folder, path, "", {}), STYLE_FILE)
        values = style_values(text, named_at)
        if isinstance(values, Finding):
            raise PressError([values])
        levels.append(_Level(folder, path, text, values))
        base = base_of(values, named_at)
        if base is None:
            return levels
        if isinstance(base, Finding):
            raise PressError([base])
        if len(levels) == _DEEPEST or any(
            each.folder.match(f"{base.name}/{base.version}") for each in levels
        ):
            raise PressError([found("E71", named_at, problem=f"builds_on = {base.name} {base.version}")])
        name, version = base.name, base.version


def _text(level: _Level, name: str) -> str:
    return style_text(level.folder, name, level.place)


def _templates(levels: Sequence[_Level]) -> dict[str, str]:
    templates: dict[str, str] = {}
    for level in reversed(levels):
        for path in sorted((level.folder / "templates").rglob("*.j2")):
            relative = path.relative_to(level.folder).as_posix()
            templates[relative.removeprefix("templates/")] = _text(level, relative)
    return dict(sorted(templates.items()))
