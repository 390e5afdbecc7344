"""A style: tokens, faces, measures and sheets, read from `styles/<name>/<version>/`."""

from __future__ import annotations

import tomllib
from pathlib import Path  # noqa: TC003 - pydantic reads the annotation
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from pydantic import Field, ValidationError

from pipeline.files.style_folders import style_folder, style_names
from pipeline.findings.finding import PressError, found
from pipeline.findings.place import Place
from pipeline.models.values.base import Frozen
from pipeline.page.pictures.svg_inks import as_css

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.models.editions import Edition

ORIGIN: Final = "https://issue.invalid/"
"""The virtual base address of all files of a page, so that no path of the machine enters the PDF (the domain
`.invalid` is reserved by RFC 2606)."""

PROFILE: Final = "profile.icc"
"""The path of the press file's profile below the origin."""

_PAPER: Final = (
    # Without its components the rule crashes the engine, without the rule it forgets the output intent.
    '@color-profile device-cmyk{{src:url("{profile}");components:cyan,magenta,yellow,black}}\n'
    "@page{{bleed:{bleed}mm}}\n"
    # Text without a colour of its own would be set in RGB black.
    "html{{color:device-cmyk(0% 0% 0% 100%)}}\n"
)

EMOJI_FAMILY: Final = "emoji"
"""Pango takes emoji from a family of this name before any other, so that a sequence is set in one face."""

_PLAIN_NAME: Final = r"^[A-Za-z][A-Za-z -]*$"
"""A name that needs no escaping in a sheet's quotes, and is no alias of fontconfig."""


class Token(Frozen):
    """A named colour.

    Args:
        srgb: `#RRGGBB`, for the screen.
        cmyk: Four parts in per cent, for paper.
    """

    srgb: str = Field(pattern=r"^#[0-9A-Fa-f]{6}$")
    cmyk: tuple[int, int, int, int]


class Face(Frozen):
    """A font file, and its family, weight and style in the sheets."""

    family: str = Field(pattern=_PLAIN_NAME)
    weight: int = Field(ge=100, le=900)
    italic: bool = False
    file: str = Field(pattern=r"^[\w./-]+$")


class FallbackFace(NamedTuple):
    """A face for characters that the faces of a style lack, and its file."""

    face: Face
    path: Path


class PageRhythm(Frozen):
    """Lines on a page, the leading and the distance of the first line's top, both in points."""

    lines: int = Field(ge=10, le=120)
    leading: float = Field(gt=5, lt=40)
    top: float = Field(ge=0, lt=400)


class StyleSheet(Frozen):
    """`style.toml`."""

    format: int = Field(ge=1, le=1)
    name: str
    version: int
    stylesheets: tuple[str, ...]
    families: dict[str, str]
    tokens: dict[str, Token]
    measures: dict[str, float]
    page: PageRhythm
    faces: tuple[Face, ...] = Field(min_length=1)


class Style(NamedTuple):
    """A style ready for composition.

    Args:
        plan: The content of style.toml.
        folder: The folder of the style.
        sheets: The text of each sheet, in cascade order, by file name.
        faces: The file of each face, by its path under fonts/.
        templates: The style's own templates, by name; they take precedence over the package's.
        fallbacks: Faces for what an issue has and the style's faces lack; none but where an issue needs them.
    """

    plan: StyleSheet
    folder: Path
    sheets: dict[str, str]
    faces: dict[str, Path]
    templates: dict[str, str]
    fallbacks: tuple[FallbackFace, ...] = ()

    @property
    def font_files(self) -> dict[str, Path]:
        """The file of every face in use, by its path under fonts/."""
        return self.faces | {each.face.file: each.path for each in self.fallbacks}

    def colour(self, token: str, edition: Edition) -> str:
        """Return a token's colour as a CSS value: in inks, or as `#RRGGBB` for a screen."""
        chosen = self.plan.tokens[token]
        return as_css(chosen.cmyk) if edition.in_ink else chosen.srgb

    def properties(self, edition: Edition) -> str:
        """Return the first sheet of the cascade, which declares tokens, faces and the sheet of paper."""
        tokens = "".join(f"--{name}:{self.colour(name, edition)};" for name in self.plan.tokens)
        others = "".join(
            f',"{family}"' for family in dict.fromkeys(each.face.family for each in self.fallbacks)
        )
        families = "".join(f'--{role}:"{family}"{others};' for role, family in self.plan.families.items())
        faces = "".join(
            f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};'
            f"font-style:{'italic' if face.italic else 'normal'};"
            f'src:url("{ORIGIN}fonts/{quote(face.file)}")}}\n'
            for face in (*self.plan.faces, *(each.face for each in self.fallbacks))
        )
        if EMOJI_FAMILY in others:
            faces += f'.emoji{{font-family:"{EMOJI_FAMILY}"}}\n'
        paper = _PAPER.format(bleed=edition.sheet, profile=f"{ORIGIN}{PROFILE}") if edition.in_ink else ""
        return f":root{{{tokens}{families}}}\n{faces}{paper}"


def load_style(name: str, version: int, styles: Sequence[Path], fonts: Sequence[Path]) -> Style:
    """Read a style.

    Args:
        name: The style's name.
        version: Its version.
        styles: Folders of styles; the first that has it is taken.
        fonts: Folders of faces, likewise for each face.

    Raises:
        PressError: The style does not exist (E36), or is invalid (E71).
    """
    folder = style_folder(name, version, styles)
    if folder is None:
        choices = ", ".join(style_names(styles))
        raise PressError([found("E36", None, found=f"{name} {version}", choices=choices)])
    place = Place(f"styles/{name}/{version}/style.toml")
    try:
        plan = StyleSheet.model_validate(tomllib.loads((folder / "style.toml").read_text("utf-8")))
        sheets = {sheet: (folder / sheet).read_text("utf-8") for sheet in plan.stylesheets}
    except (tomllib.TOMLDecodeError, ValidationError, OSError, UnicodeDecodeError) as error:
        problem = "; ".join(str(error).split("\n")[:3])
        raise PressError([found("E71", place, problem=problem)]) from error
    if odd := [name for name, text in sheets.items() if "</" in text]:
        raise PressError([found("E71", place, problem=f"{odd[0]}: </")])
    faces = {}
    for face in plan.faces:
        path = next((root / face.file for root in fonts if (root / face.file).is_file()), None)
        if path is None:
            raise PressError([found("E71", place, problem=f"fonts/{face.file}")])
        faces[face.file] = path
    templates = {
        path.relative_to(folder / "templates").as_posix(): path.read_text("utf-8")
        for path in sorted((folder / "templates").rglob("*.j2"))
    }
    return Style(plan=plan, folder=folder, sheets=sheets, faces=faces, templates=templates)
