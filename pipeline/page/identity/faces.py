"""The faces that are offered in pairs, and which of them suit which language."""

from typing import Final, NamedTuple

from pydantic import Field

from pipeline.models.values.base import Frozen

_PLAIN_NAME: Final = r"^[A-Za-z][A-Za-z -]*$"
"""A name that needs no escaping in a sheet's quotes, and is no alias of fontconfig."""


class Face(Frozen):
    """A font file, and its family, weight and style in the sheets."""

    family: str = Field(pattern=_PLAIN_NAME)
    weight: int = Field(ge=100, le=900)
    italic: bool = False
    file: str = Field(pattern=r"^[\w./-]+$")


class Pair(NamedTuple):
    """Faces that go together, by their folders below `fonts/`.

    Args:
        text: For running text.
        head: For heads.
        small: For captions, tables, notes and figures.
    """

    text: str
    head: str
    small: str


CODE: Final = "source-code"
"""The face of code, of one pitch."""

STANDARD: Final = "source-sofia"
"""The pair of a style that names no faces."""

PAIRS: Final = {
    "source-sofia": Pair("source-serif", "sofia-sans", "sofia-sans"),
    "sofia-vollkorn": Pair("sofia-sans", "vollkorn", "sofia-sans"),
    "vollkorn-commissioner": Pair("vollkorn", "commissioner", "commissioner"),
    "piazzolla-geologica": Pair("piazzolla", "geologica", "geologica"),
    "source-montserrat": Pair("source-serif", "montserrat", "montserrat"),
}
"""The pairs that are offered; each was looked at in Bulgarian, Ukrainian, Serbian and Russian."""

_WEIGHTS: Final = {
    "Regular": (400, False),
    "Italic": (400, True),
    "SemiBold": (600, False),
    "Bold": (700, False),
    "BoldItalic": (700, True),
}

_FAMILIES: Final = {
    "commissioner": ("Commissioner", "Commissioner", "Regular SemiBold Bold"),
    "geologica": ("Geologica", "Geologica", "Light Medium SemiBold"),
    "montserrat": ("Montserrat", "Montserrat", "Regular SemiBold Bold"),
    "piazzolla": ("Piazzolla", "Piazzolla", "Regular Italic SemiBold BoldItalic"),
    "sofia-sans": ("Sofia Sans", "SofiaSans", "Regular Italic SemiBold Bold BoldItalic"),
    "source-code": ("Source Code Pro", "SourceCodePro", "Regular"),
    "source-serif": ("Source Serif", "SourceSerif", "Regular Italic SemiBold BoldItalic"),
    "vollkorn": ("Vollkorn", "Vollkorn", "Regular Italic SemiBold Bold BoldItalic"),
}
"""By folder: the family in sheets, how its files begin, and the cuts they have."""

_DARK_FACE: Final = "geologica"
_LIGHTER: Final = {"Light": (400, False), "Medium": (600, False), "SemiBold": (700, False)}
"""A face whose weights are darker than those of the others by a step, and what each of its cuts serves as."""

_ONLY_BULGARIAN: Final = frozenset({"sofia-sans"})
"""Faces whose own Cyrillic forms are Bulgarian, and that know no others but Russian ones."""

_CYRILLIC_OF_OTHERS: Final = frozenset({"uk", "sr", "mk", "be", "kk", "ky", "mn", "tg"})
"""Languages in Cyrillic whose readers would take Bulgarian forms for mistakes."""

_INSTEAD: Final = Pair(text="source-serif", head="commissioner", small="commissioner")
"""The faces for these: Russian forms by default, Serbian and Macedonian ones for their languages."""


_SERIFS: Final = frozenset({"Piazzolla", "Source Serif", "Vollkorn"})


def is_serif(family: str) -> bool:
    """Return whether a family that is offered has serifs; one of a house's own counts as without."""
    return family in _SERIFS


def offered_faces(folder: str) -> tuple[Face, ...]:
    """Return the faces of a family that is offered; none where it is not.

    Args:
        folder: Its folder below `fonts/`.
    """
    if folder not in _FAMILIES:
        return ()
    family, stem, cuts = _FAMILIES[folder]
    faces = []
    for cut in cuts.split():
        weight, italic = _LIGHTER[cut] if folder == _DARK_FACE else _WEIGHTS[cut]
        faces.append(Face(family=family, weight=weight, italic=italic, file=f"{folder}/{stem}-{cut}.ttf"))
    return tuple(faces)


def suited(pair: Pair, language: str) -> Pair:
    """Return a pair for a language: a face with another language's forms gives way to one that has its own.

    Args:
        pair: The pair.
        language: The language of the issue, a BCP 47 tag.
    """
    if language.partition("-")[0] not in _CYRILLIC_OF_OTHERS or language.startswith("sr-Latn"):
        return pair
    return Pair(
        *(other if own in _ONLY_BULGARIAN else own for own, other in zip(pair, _INSTEAD, strict=True))
    )
