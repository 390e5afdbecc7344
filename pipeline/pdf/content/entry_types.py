"""Whether the entries of a PDF are of the types that the standard gives them (ISO 32000-2).

Asked where a rule has failed on a file: an entry of the wrong type is the file's fault and is named; where
all are as they should be, the fault is the rule's. What each entry is, is told here once more, from the
standard and not from the code that reads it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf as pike

_MOST_OBJECTS: Final = 200_000
_DEEPEST: Final = 40
_LARGEST: Final = 10**9
"""Of any number: no position, width or count on a sheet of paper is as large (ISO 32000-1, annex C)."""

_TYPES: Final = {
    # the file (7.7)
    "Pages": "dictionary",
    "Kids": "array",
    "Names": "dictionary array",
    "Nums": "array",
    "Limits": "array",
    "Parent": "dictionary integer",
    "MarkInfo": "dictionary",
    "ViewerPreferences": "dictionary",
    "Outlines": "dictionary",
    "Metadata": "stream",
    "StructTreeRoot": "dictionary",
    "RoleMap": "dictionary",
    "ClassMap": "dictionary",
    "ParentTree": "dictionary",
    "IDTree": "dictionary",
    "OutputIntents": "array",
    "DestOutputProfile": "stream",
    "AcroForm": "dictionary",
    "Fields": "array",
    "EmbeddedFiles": "dictionary",
    "Dests": "dictionary",
    "Lang": "string",
    "Trapped": "name",
    "Title": "string",
    # pages and what they paint (7.7.3, 8, 14.8)
    "MediaBox": "numbers",
    "CropBox": "numbers",
    "TrimBox": "numbers",
    "BleedBox": "numbers",
    "ArtBox": "numbers",
    "BBox": "numbers array name",
    "Rect": "numbers",
    "Rotate": "integer",
    "UserUnit": "number",
    "Resources": "dictionary",
    "Contents": "stream array string",
    "Annots": "array",
    "Group": "dictionary",
    "ExtGState": "dictionary",
    "ColorSpace": "dictionary name array",
    "Pattern": "dictionary",
    "XObject": "dictionary",
    "Properties": "dictionary",
    "CharProcs": "dictionary",
    "Matrix": "numbers",
    "FontMatrix": "numbers",
    "XStep": "number",
    "YStep": "number",
    "PatternType": "integer",
    "PaintType": "integer",
    "ShadingType": "integer",
    "FunctionType": "integer",
    "C0": "numbers",
    "C1": "numbers",
    "Domain": "numbers",
    "Range": "numbers",
    "Size": "integer numbers name",
    "BitsPerSample": "integer",
    "BitsPerComponent": "integer",
    "Width": "integer number",
    "Height": "integer number name",
    "ImageMask": "boolean",
    "Interpolate": "boolean",
    "SMaskInData": "integer",
    "Filter": "name array",
    "DecodeParms": "dictionary array",
    "ca": "number",
    "CA": "number string",
    "LW": "number",
    "OPM": "integer",
    "OP": "boolean",
    "op": "boolean",
    # fonts, chapter 9
    "Font": "dictionary array",
    "Encoding": "name dictionary stream",
    "BaseEncoding": "name",
    "Differences": "array",
    "Widths": "array",
    "FirstChar": "integer",
    "LastChar": "integer",
    "DescendantFonts": "array",
    "FontDescriptor": "dictionary",
    "CIDSystemInfo": "dictionary array",
    "Ordering": "string",
    "Registry": "string",
    "DW": "number",
    "ToUnicode": "stream name",
    "BaseFont": "name",
    "FontFile": "stream",
    "FontFile2": "stream",
    "FontFile3": "stream",
    # what is read aloud (14.7)
    "Pg": "dictionary",
    "Alt": "string",
    "ActualText": "string",
    "RowSpan": "integer",
    "ColSpan": "integer",
    "MCID": "integer",
    # actions, attached files and the like (12, 7.11)
    "Subtype": "name",
    "Type": "name",
    "Next": "dictionary array",
    "First": "dictionary integer",
    "AA": "dictionary",
    "EF": "dictionary",
    "UF": "string",
    "AF": "array dictionary",
    "AFRelationship": "name",
}
"""Of each entry the types it may have, by its name; `numbers` is an array of numbers."""

_BOXES: Final = frozenset({"MediaBox", "CropBox", "TrimBox", "BleedBox", "ArtBox", "Rect"})
_SIX: Final = frozenset({"Matrix", "FontMatrix"})
_NULL: Final = "null"


def wrong_entry(pdf: pike.Pdf) -> str:
    """Return the first entry of a file that has another type than it may have, as `/Encoding of object 12`.

    Args:
        pdf: The file, open.

    Returns:
        Nothing where none of the entries is wrong that are looked at.
    """
    try:
        return next(_wrong_entries(pdf), "")
    except (pikepdf.PikepdfError, RecursionError) as fault:
        return str(fault)[:120] or type(fault).__name__


def _wrong_entries(pdf: pike.Pdf) -> Iterator[str]:
    yield from _wrong_in_pages(pdf)
    for number, thing in enumerate(pdf.objects):
        if number > _MOST_OBJECTS:
            return
        yield from (f"{name} of object {thing.objgen[0]}" for name in _wrong_within(thing, 0))


def _wrong_in_pages(pdf: pike.Pdf) -> Iterator[str]:
    """Yield what is wrong with the roots of the file, which nothing else refers to by a name of its own."""
    root: Any = pdf.trailer.get("/Root")
    if _type_of(root) != "dictionary":
        yield "/Root"
        return
    for node, kind in ((root, "Catalog"), *((page.obj, "Page") for page in pdf.pages)):
        if node.get("/Type") != f"/{kind}":
            yield f"/Type of a {kind}"
    for name in ("/OutputIntents", "/Annots"):
        for holder in (root, *(page.obj for page in pdf.pages)):
            entries = holder.get(name)
            if _type_of(entries) == "array" and any(_type_of(each) != "dictionary" for each in entries):
                yield f"{name}: not all are dictionaries"


def _wrong_within(thing: Any, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        yield "an object that holds itself"
        return
    kind = _type_of(thing)
    if kind in {"dictionary", "stream"}:
        for name, value in thing.items():
            if not _fits(name[1:], value):
                yield name
            if not _is_indirect(value):
                yield from _wrong_within(value, depth + 1)
    elif kind == "array":
        for value in thing:
            if not _is_indirect(value):
                yield from _wrong_within(value, depth + 1)
    elif kind in {"integer", "number"} and abs(thing) > _LARGEST:
        yield f"a number as large as {str(thing)[:20]}"


def _fits(name: str, value: Any) -> bool:
    allowed = _TYPES.get(name)
    if allowed is None:
        return True
    kind = _type_of(value)
    if kind == _NULL or kind in allowed.split():
        return True
    if kind == "integer" and "number" in allowed.split():
        return True
    if kind != "array" or "numbers" not in allowed.split():
        return False
    wanted = 4 if name in _BOXES else 6 if name in _SIX else 0
    return (not wanted or len(value) == wanted) and all(
        _type_of(each) in {"integer", "number"} and abs(each) <= _LARGEST for each in value
    )


def _is_indirect(value: Any) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


def _type_of(value: Any) -> str:
    for known, name in _PYTHON.items():
        if isinstance(value, known):
            return name
    return "other"


_PYTHON: Final[dict[Any, str]] = {
    type(None): _NULL,
    bool: "boolean",
    int: "integer",
    pikepdf.Stream: "stream",
    pikepdf.Dictionary: "dictionary",
    pikepdf.Array: "array",
    pikepdf.Name: "name",
    pikepdf.String: "string",
    Decimal: "number",
}
