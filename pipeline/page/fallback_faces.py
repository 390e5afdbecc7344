"""Faces for what the faces of a style lack: fonts of a workspace, and the program's for emoji and signs.

They are used by an issue only where its text has a character that its style's faces lack. So an issue without
such a character is the same whether they are there or not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.workspace import shipped_folder
from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.findings.translatable import N_
from pipeline.page.identity.faces import Face
from pipeline.page.style import EMOJI_FAMILY, FallbackFace
from pipeline.typography.font_files import FontFile, read_font
from pipeline.typography.fonts import coverage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

EMOJI_FILE: Final = "noto-emoji/NotoEmoji-Regular.ttf"
"""The program's face of emoji, below a folder of faces."""

SHIPPED: Final = {
    EMOJI_FILE: EMOJI_FAMILY,
    "noto-serif/NotoSerif-Regular.ttf": "Further letters",
    "noto-symbols/NotoSansSymbolsTwo-Regular.ttf": "Further signs",
    "noto-symbols/NotoSansSymbols-Regular.ttf": "Further marks",
    "noto-math/NotoSansMath-Regular.ttf": "Further operators",
    "source-code/SourceCodePro-Regular.ttf": "Further lines",
}
"""The program's faces for what a style may lack, with the families they are set as, in the order of trying:
emoji;
letters of older spellings and of phonetics; signs; operators; lines and blocks."""

_ENDINGS: Final = (".ttf", ".otf")
_UNREADABLE: Final = N_("it is not a font that can be read")


class FallbackFaces(NamedTuple):
    """The faces chosen for an issue.

    Args:
        faces: In the order in which they are tried.
        findings: Files in the workspace's fonts/ that might have served but cannot be used (W171).
    """

    faces: tuple[FallbackFace, ...]
    findings: tuple[Finding, ...]


def fallback_faces(lacking: set[str], in_style: set[str], folders: Sequence[Path]) -> FallbackFaces:
    """Choose faces for the characters that a style's faces lack.

    Args:
        lacking: These characters.
        in_style: The files of the style's faces, by path below a folder of faces.
        folders: The folders of faces, the workspace's own first.

    Returns:
        The workspace's own faces that have any of them, each with all faces of its family, then those of the
        program that have any of what is left.
    """
    left = set(map(ord, lacking))
    chosen: list[FallbackFace] = []
    findings: list[Finding] = []
    if not left:
        return FallbackFaces((), ())
    for fonts in _families(folders, in_style, left, findings).values():
        usable = [font for font in fonts if not font.problem]
        findings += [_unusable(font.file, font.problem) for font in fonts if font.problem]
        if not any(font.characters & left for font in usable):
            continue
        # A name of our own: theirs may be an alias of the engine's, as one with "Sans" in it.
        family = f"Added {chr(ord('A') + len({each.face.family for each in chosen}) % 26)}"
        for font in usable:
            face = Face.model_construct(family=family, weight=font.weight, italic=font.italic, file=font.file)
            chosen.append(FallbackFace(face, font.path))
            left -= font.characters
    for file, family in SHIPPED.items():
        path = next((folder / file for folder in folders if (folder / file).is_file()), None)
        if path is not None and file not in in_style and coverage(path) & left:
            chosen.append(FallbackFace(Face(family=family, weight=400, file=file), path))
            left -= coverage(path)
    return FallbackFaces(tuple(chosen), tuple(findings))


def _families(
    folders: Sequence[Path], in_style: set[str], lacking: set[int], findings: list[Finding]
) -> dict[str, list[FontFile]]:
    """Return the workspace's own fonts that have any of some characters, by family, in the order of files."""
    families: dict[str, list[FontFile]] = {}
    for folder in folders:
        if folder.resolve() == shipped_folder("fonts").resolve():
            continue
        for path in sorted(folder.rglob("*")):
            file = path.relative_to(folder).as_posix()
            if path.suffix.lower() not in _ENDINGS or file in in_style or file in SHIPPED:
                continue
            try:
                characters = coverage(path)
                if characters & lacking:
                    font = read_font(file, path, characters)
                    families.setdefault(font.family, []).append(font)
            except (ValueError, OSError):
                findings.append(_unusable(file, _UNREADABLE))
    return families


def _unusable(file: str, problem: str) -> Finding:
    return found("W171", Place(f"fonts/{file}"), name=file, problem=problem)
