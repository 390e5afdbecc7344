"""A style: tokens, faces, measures and sheets, read from `styles/<name>/<version>/`."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from pipeline.findings.finding import Finding, PressError, errors, found
from pipeline.findings.place import Place
from pipeline.findings.suggestions import nearest
from pipeline.page.identity.drawings import in_roles
from pipeline.page.identity.house import House, HouseLook, unchanged_look
from pipeline.page.identity.style_file import sheet_findings
from pipeline.page.identity.style_reading import read_style
from pipeline.page.identity.style_texts import face_path
from pipeline.page.pictures.svg_inks import as_css
from pipeline.page.sheets.own_files import OwnSheets, own_files
from pipeline.typography.text_width import text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pipeline.models.editions import Edition
    from pipeline.models.values.colours import Inks
    from pipeline.page.identity.faces import Face
    from pipeline.page.identity.roles import Inking
    from pipeline.page.identity.style_file import StyleSheet

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


class FallbackFace(NamedTuple):
    """A face for characters that the faces of a style lack, and its file."""

    face: Face
    path: Path


class LetterRules(NamedTuple):
    """What a style adds to the letter's sheet.

    Args:
        written: Rules that are written into the elements.
        conditional: Those for some screens or for dark mode, which stay in the head.
    """

    written: str = ""
    conditional: str = ""


class Style(NamedTuple):
    """A style ready for composition.

    Args:
        plan: The content of style.toml; in format 2, with the tokens, families and faces of the house.
        files: style.toml and all sheets, its own and those it builds on, by path in a workspace.
        sheets: The text of each sheet, in cascade order, by file name.
        faces: The file of each face, by its path under fonts/.
        templates: The style's own templates, by name; they take precedence over the package's.
        dark: The colours of dark mode by role; none in format 1.
        fallbacks: Faces for what an issue has and the style's faces lack; none but where an issue needs them.
        findings: Warnings about what the house asks of the style, and what is wrong with sheets of its own.
        letter_sheet: What the style adds to the sheet of the letter.
        site_sheet: Likewise of the site.
        inking: Returns the inks of any colour on the house's paper; None in format 1.
    """

    plan: StyleSheet
    files: Mapping[str, Path]
    sheets: dict[str, str]
    faces: dict[str, Path]
    templates: dict[str, str]
    dark: Mapping[str, str] = MappingProxyType({})
    fallbacks: tuple[FallbackFace, ...] = ()
    findings: tuple[Finding, ...] = ()
    letter_sheet: str = ""
    site_sheet: str = ""
    inking: Inking | None = None

    @property
    def font_files(self) -> dict[str, Path]:
        """The file of every face in use, by its path under fonts/."""
        return self.faces | {each.face.file: each.path for each in self.fallbacks}

    @property
    def text_faces(self) -> list[Path]:
        """The files of the faces that must have every character of a text: all but that of code."""
        code = self.plan.families.get("code")
        return [self.faces[face.file] for face in self.plan.faces if face.family != code]

    def colour(self, token: str, edition: Edition) -> str:
        """Return a token's colour as a CSS value: in inks, or as `#RRGGBB` for a screen.

        Raises:
            PressError: The style has no such token (E444).
        """
        chosen = self.plan.tokens.get(token)
        if chosen is None:
            known = self.plan.tokens
            raise PressError(
                [
                    found(
                        "E444",
                        Place(f"styles/{self.plan.name}/{self.plan.version}"),
                        found=token,
                        choices=", ".join(known),
                        guess=nearest(token, known),
                    )
                ]
            )
        return as_css(chosen.cmyk) if edition.in_ink else chosen.srgb

    def letter_rules(self) -> LetterRules:
        """Return what the style adds to the letter's sheet, its roles as colours: mail knows no variables."""
        if not self.letter_sheet:
            return LetterRules()
        import tinycss2  # noqa: PLC0415 - few styles have a sheet for the letter

        colours = {name: token.srgb for name, token in self.plan.tokens.items()} | dict(self.dark)
        sheet = in_roles(self.letter_sheet.encode(), colours).decode()
        rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
        written = [rule for rule in rules if rule.type == "qualified-rule"]
        conditional = [rule for rule in rules if rule.type == "at-rule" and rule.lower_at_keyword == "media"]
        return LetterRules(*(tinycss2.serialize(each) for each in (written, conditional)))

    @property
    def inks(self) -> dict[str, Inks]:
        """The inks of each colour, by `#RRGGBB`; of tokens of one colour, those of the first."""
        return {token.srgb: token.cmyk for token in reversed(self.plan.tokens.values())}

    def drawing(self, data: bytes, *, in_ink: bool) -> bytes:
        """Return an SVG with the roles that it names in the style's colours: in inks, or for a screen."""
        tokens = self.plan.tokens.items()
        return in_roles(data, {name: as_css(each.cmyk) if in_ink else each.srgb for name, each in tokens})

    def properties(self, edition: Edition) -> str:
        """Return the first sheet of the cascade, which declares tokens, faces and the sheet of paper."""
        tokens = "".join(f"--{name}:{self.colour(name, edition)};" for name in self.plan.tokens)
        others = "".join(
            f',"{family}"' for family in dict.fromkeys(each.face.family for each in self.fallbacks)
        )
        second = f',"{self.plan.families["text"]}"'
        families = "".join(
            # What the face of code lacks is taken from that of the text.
            f'--{role}:"{family}"{second if role == "code" else ""}{others};'
            for role, family in self.plan.families.items()
        )
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


def load_style(
    name: str, version: int, styles: Sequence[Path], fonts: Sequence[Path], house: House | None = None
) -> Style:
    """Read a style, and give it the look of a house.

    Args:
        name: The style's name.
        version: Its version.
        styles: Folders of styles; the first that has it is taken.
        fonts: Folders of faces, likewise for each face.
        house: What the publication asks of its style; a style of format 1 knows nothing of it.

    Raises:
        PressError: The style does not exist (E36), or is invalid (E71, E444, E445), has another name than its
            folder (E454) or files that are not its own (E455), or cannot have the look
            that is asked of it.
    """
    read = read_style(name, version, styles)
    plan, sheets = read.plan, read.sheets
    look = _look(plan, house or House(), fonts)
    paths = {path.rpartition("/")[2]: path for path in read.files}
    findings = (*sheet_findings(sheets, plan, paths), *look.findings)
    if errors(findings):
        raise PressError(findings)
    held = _held({paths[name]: text for name, text in sheets.items()}, read.files, look.plan, fonts, house)
    whole = look.plan.model_copy(update={"faces": (*look.plan.faces, *held.faces)})
    faces = {face.file: face_path(face.file, fonts, read.place) for face in whole.faces}
    return Style(
        plan=whole,
        files=read.files,
        sheets={sheet: sheets[sheet] for sheet in plan.stylesheets},
        faces=faces,
        templates=read.templates,
        letter_sheet="\n".join(sheets[sheet] for sheet in plan.letter),
        site_sheet="\n".join(sheets[sheet] for sheet in plan.site),
        dark=look.dark,
        findings=(*findings, *held.findings),
        inking=look.inking,
    )


def _held(
    sheets: Mapping[str, str],
    files: Mapping[str, Path],
    plan: StyleSheet,
    fonts: Sequence[Path],
    house: House | None,
) -> OwnSheets:
    own = frozenset(own_files(files)) & sheets.keys()
    if not own:
        return OwnSheets()
    from pipeline.page.sheets.own_sheets import held_sheets  # noqa: PLC0415 - few houses have sheets

    return held_sheets(sheets, own, plan, fonts, (house or House()).language)


def _look(plan: StyleSheet, house: House, fonts: Sequence[Path]) -> HouseLook:
    if not plan.takes_identity:
        return unchanged_look(plan, house)
    from pipeline.page.identity.house_look import house_look  # noqa: PLC0415 - format 1 has no use for it

    return house_look(plan, house, fonts)


@dataclass(frozen=True)
class FaceMeasure:
    """Measures texts in the upright faces of a family.

    Args:
        faces: Their files, with the weight of each.
        others: The faces of characters that they do not have.
    """

    faces: tuple[tuple[int, Path], ...]
    others: tuple[Path, ...]

    def __call__(self, text: str, size: float, weight: int) -> float:
        """Return the width of a text in points, in the face that comes nearest to a weight (CSS: 1–1000)."""
        _, path = min(self.faces, key=lambda face: abs(face[0] - weight))
        return text_width(text, path, size, *self.others)


def head_measure(style: Style) -> FaceMeasure:
    """Return what measures a text in the style's upright face for heads; that of the same faces is equal."""
    family = style.plan.families["head"]
    upright = [face for face in style.plan.faces if face.family == family and not face.italic]
    faces = tuple((face.weight, style.faces[face.file]) for face in upright)
    return FaceMeasure(faces, tuple(each.path for each in style.fallbacks))
