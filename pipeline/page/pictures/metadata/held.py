"""What a picture file holds besides its picture, by kinds, and the names it has in XMP and EXIF."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple


class Held(StrEnum):
    """A kind of metadata that goes. All but the last are told to the officer."""

    PLACE = "place"
    DEVICE = "device"
    PEOPLE = "people"
    THUMBNAIL = "thumbnail"
    SECOND = "second picture"
    HISTORY = "history"
    WORDS = "words"
    OTHER = "other"


class Part(NamedTuple):
    """A part of a picture file as it may be carried.

    Args:
        data: The part with what stays, empty where nothing does.
        held: What was taken out; where it is empty, the part is as it was.
    """

    data: bytes
    held: frozenset[Held]


class UncleanableError(Exception):
    """The file is not built as its format prescribes, so what it holds cannot be taken out of it."""


_BEGINNINGS: Final = {
    "gps": Held.PLACE,
    "location": Held.PLACE,
    "thumbnail": Held.THUMBNAIL,
    "person": Held.PEOPLE,
    "region": Held.PEOPLE,
    "face": Held.PEOPLE,
}
_NAMES: Final = {
    Held.PLACE: "city state country countrycode provincestate sublocation worldregion countryname",
    Held.DEVICE: (
        "make model serialnumber bodyserialnumber lensserialnumber internalserialnumber lensmodel lensmake "
        "lens lensid imageuniqueid makernote uniquecameramodel cameraserialnumber cameralabel hostcomputer"
    ),
    Held.PEOPLE: (
        "ownername cameraownername registrant namedperson creatorcontactinfo captionwriter descriptionwriter "
        "authorsposition personality"
    ),
    Held.HISTORY: (
        "history derivedfrom documentancestors ingredients originaldocumentid documentid instanceid pantry "
        "versionid manageto managefrom versions creatortool software docname absref export-filename"
    ),
    Held.WORDS: (
        "description title headline subject instructions keywords usercomment hierarchicalsubject label "
        "imagedescription event source transmissionreference category supplementalcategories comment "
        "nickname xpcomment xptitle xpsubject xpkeywords xpauthor"
    ),
}
_BY_NAME: Final = {name: kind for kind, names in _NAMES.items() for name in names.split()}


def kind_of(name: str) -> Held:
    """Return the kind of a property of XMP, RDF or PNG, by its name without its namespace."""
    plain = name.lower().replace(" ", "")
    if plain in _BY_NAME:
        return _BY_NAME[plain]
    return next((kind for start, kind in _BEGINNINGS.items() if start in plain), Held.OTHER)
