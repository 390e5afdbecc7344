"""Font files: the family they name, their weight, and whether a page may use them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.findings.translatable import N_

if TYPE_CHECKING:
    from pathlib import Path

_NO_EMBEDDING: Final = 0x2
"""The bit of `fsType` in OS/2 by which a face may not be embedded (OpenType 1.9)."""

_VARIABLE: Final = N_("it is a variable font")
_FORBIDDEN: Final = N_("its licence does not let it be embedded")


class FontFile(NamedTuple):
    """A font file.

    Args:
        file: Its path below the folder of faces.
        path: The file.
        characters: The code points it has.
        family: As it names itself.
        weight: From 100 to 900.
        italic: Whether it is one.
        problem: Why it cannot be used, or nothing.
    """

    file: str
    path: Path
    characters: frozenset[int]
    family: str
    weight: int
    italic: bool
    problem: str


def read_font(file: str, path: Path, characters: frozenset[int]) -> FontFile:
    """Read a font's names and properties (OpenType 1.9, "name", "OS/2").

    Args:
        file: Its path below the folder of faces.
        path: The file.
        characters: The code points it has.

    Raises:
        ValueError: It cannot be read.
    """
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - slow to load, and few issues come here

    try:
        with TTFont(path, lazy=True) as tables:
            names, properties = tables["name"], tables["OS/2"]
            family = names.getDebugName(16) or names.getDebugName(1) or file
            problem = (
                _VARIABLE if "fvar" in tables else _FORBIDDEN if properties.fsType & _NO_EMBEDDING else ""
            )
            weight, italic = min(max(properties.usWeightClass, 100), 900), bool(properties.fsSelection & 1)
    except (TTLibError, KeyError, AttributeError, AssertionError) as error:
        raise ValueError(file) from error
    return FontFile(file, path, characters, family, weight=weight, italic=italic, problem=problem)


@functools.cache
def language_forms(path: Path) -> frozenset[str]:
    """Return the languages for which a font has Cyrillic letterforms of their own (OpenType 1.9, `locl`).

    Args:
        path: A font that can be read.

    Returns:
        Tags of language systems, as `BGR`; and `bg` where its own forms are the Bulgarian ones, as forms for
        Russian, and none for Bulgarian, show.
    """
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - as above

    with TTFont(path, lazy=True) as tables:
        if "GSUB" not in tables:
            return frozenset()
        substitution = tables["GSUB"].table
        features = substitution.FeatureList.FeatureRecord
        forms = {
            system.LangSysTag.strip()
            for script in substitution.ScriptList.ScriptRecord
            if script.ScriptTag == "cyrl"
            for system in script.Script.LangSysRecord
            if any(features[index].FeatureTag == "locl" for index in system.LangSys.FeatureIndex)
        }
    return frozenset(forms | {"bg"} if "RUS" in forms and "BGR" not in forms else forms)
