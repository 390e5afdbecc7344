"""Faces that the sheets of a house name: taken from the folder called like them, or told as missing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.finding import Finding, found
from pipeline.page.identity.faces import Face, offered_faces
from pipeline.page.identity.house_faces import house_face
from pipeline.page.sheets.families import named_families

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pipeline.findings.place import Place
    from pipeline.page.identity.style_file import StyleSheet
    from pipeline.page.sheets.declarations import Declaration

_GENERIC: Final = frozenset(
    ("serif", "sans-serif", "sans", "monospace", "mono", "cursive", "fantasy", "system-ui", "math", "emoji")
)
"""Names that stand for any face of a machine; here there is none but those of the files."""

_OF_A_HOUSE: Final = "House"
"""What a face is to be called whose own name no sheet can have."""


class SheetFaces(NamedTuple):
    """Faces that sheets name besides those of their style.

    Args:
        faces: Their files.
        findings: Families that nobody has (E463), and what is wrong with those of the house.
    """

    faces: tuple[Face, ...]
    findings: tuple[Finding, ...]


def sheet_faces(
    declarations: Sequence[Declaration], plan: StyleSheet, fonts: Sequence[Path], language: str
) -> SheetFaces:
    """Return the faces that sheets name and a folder below `fonts/` has, and what is not there.

    The engine would set another face where it finds none of a list.

    Args:
        declarations: Those of the house's sheets.
        plan: The style, with the families of the house.
        fonts: Folders of faces, the workspace's own first.
        language: The language of the issue.
    """
    known = {_key(family) for family in (*plan.families.values(), *(face.family for face in plan.faces))}
    described = (each for each in declarations if each.is_face and each.name == "font-family")
    known |= {_key(str(part.value)) for each in described for part in each.value if part.type == "string"}
    faces: list[Face] = []
    findings: list[Finding] = []
    for declaration, families in named_families(declarations, plan.families):
        said = len(findings)
        for family in families:
            if _key(family) not in known and family == _usable(family):
                taken, wrong = _taken(family, fonts, language, declaration.place)
                findings += (each for each in wrong if each not in findings)
                faces += taken
                known |= {_key(face.family) for face in taken}
        is_there = any(_key(family) in known for family in families)
        if families and not is_there and len(findings) == said:
            findings.append(_missing(families[0], declaration.place, plan, faces))
    return SheetFaces(tuple(faces), tuple(findings))


def _taken(
    family: str, fonts: Sequence[Path], language: str, place: Place
) -> tuple[tuple[Face, ...], tuple[Finding, ...]]:
    folder = _folder(family)
    faces = offered_faces(folder)
    if faces or not any((root / folder).is_dir() for root in fonts):
        return faces, ()
    own = house_face(folder, fonts, language, place)
    return tuple(face.model_copy(update={"family": family}) for face in own.faces), own.findings


def _missing(family: str, place: Place, plan: StyleSheet, faces: Iterable[Face]) -> Finding:
    names = dict.fromkeys((*plan.families.values(), *(face.family for face in faces)))
    usable = _usable(family)
    return found(
        "E463",
        place,
        found=family[:80],
        choices=", ".join(names),
        folder=_folder(usable),
        name=usable,
    )


def _usable(family: str) -> str:
    """Return a family's name without what files of pages cannot have in one."""
    letters = " ".join(re.sub(r"[^A-Za-z -]", " ", family).split())[:40].strip(" -")
    return _OF_A_HOUSE if not letters or letters.lower() in _GENERIC else letters


def _folder(family: str) -> str:
    return "-".join(family.lower().split())


def _key(family: str) -> str:
    return "".join(family.lower().split())
