"""A house's own face, taken from its folder below `fonts/` once it is known to be fit for the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.names import path_fault
from pipeline.files.owned_files import RefusedNameError, owned_file
from pipeline.findings.finding import Finding, found
from pipeline.findings.place import Place
from pipeline.findings.translatable import N_
from pipeline.page.identity.faces import Face
from pipeline.typography.alphabets import letters_of, wanted_forms
from pipeline.typography.font_files import FontFile, language_forms, read_font
from pipeline.typography.fonts import coverage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_ENDINGS: Final = (".ttf", ".otf")
_UNREADABLE: Final = N_("it is not a font that can be read")
_TWICE: Final = N_("another file has the same weight and slope")


class HouseFace(NamedTuple):
    """A family, as a house has it.

    Args:
        family: What the sheets call it.
        faces: Its files; none where it cannot be used.
        findings: What is wrong with it (E447, E448), and what a reader will miss (W440, W441).
    """

    family: str
    faces: tuple[Face, ...]
    findings: tuple[Finding, ...]


def house_face(folder: str, fonts: Sequence[Path], language: str, place: Place) -> HouseFace:
    """Return a house's own face.

    Args:
        folder: Its folder below the folders of faces.
        fonts: These, the workspace's own first.
        language: The language of the issue, whose letters it must have.
        place: Where the publication names it.
    """
    holder = next((root / folder for root in fonts if (root / folder).is_dir()), None)
    files = sorted(path for path in holder.iterdir() if path.suffix.lower() in _ENDINGS) if holder else []
    if holder is None or not files:
        return HouseFace("", (), (found("E447", place, found=folder),))
    family = f"House {''.join(sign for sign in folder.title() if sign.isalpha() and sign.isascii())}"
    faces: dict[tuple[int, bool], Face] = {}
    findings: list[Finding] = []
    for path in files:
        file = f"{folder}/{path.name}"
        problem = path_fault(f"fonts/{file}")
        font = _read(file, holder.parent) if not problem else None
        problem = problem or (_UNREADABLE if font is None else font.problem)
        if font is not None and not problem and (font.weight, font.italic) in faces:
            problem = _TWICE
        if font is None or problem:
            findings.append(found("E448", Place(f"fonts/{file}"), name=file, problem=problem))
            continue
        faces[font.weight, font.italic] = Face.model_construct(
            family=family, weight=font.weight, italic=font.italic, file=file
        )
        findings += _what_readers_miss(font, language, place)
    if faces and not any(not italic for _, italic in faces):
        findings.append(found("E447", place, found=folder))
    return HouseFace(family, tuple(faces.values()), tuple(findings))


def _read(file: str, root: Path) -> FontFile | None:
    try:
        path = owned_file(root, file)
        return read_font(file, path, coverage(path))
    except (RefusedNameError, ValueError, OSError):
        return None


def _what_readers_miss(font: FontFile, language: str, place: Place) -> Iterator[Finding]:
    lacking = "".join(letter for letter in letters_of(language) if ord(letter) not in font.characters)
    if lacking:
        yield found("E449", place, name=font.file, letters=" ".join(lacking), language=language)
        return
    wanted = wanted_forms(language)
    if wanted and not wanted & language_forms(font.path):
        yield found("W441", place, name=font.file, language=language)
