"""SVG drawings, examined for scripts, references to other files, and exponential expansion."""

from __future__ import annotations

import base64
import functools
import re
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET
from xml.parsers import expat

from pipeline.findings.finding import Finding, found
from pipeline.findings.translatable import N_
from pipeline.page.pictures.picture_info import PictureInfo, first_line

if TYPE_CHECKING:
    from pipeline.findings.place import Place

LARGEST_DRAWING: Final = 2_000_000
"""The most bytes of an SVG."""

_DEEPEST: Final = 200
"""Levels of elements; programs that draw use some twenty."""

_MOST_ELEMENTS: Final = 50_000
"""Elements; a map of the world in fine detail has ten thousand."""

_TOO_MANY: Final = N_("it has more than 50,000 parts")
_TOO_DEEP: Final = N_("its parts lie more than 200 deep within one another")

SVG: Final = "{http://www.w3.org/2000/svg}"
XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_LINKS: Final = ("href", XLINK_HREF)
_ACTIVE: Final = frozenset(
    {"script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler", "set"}
)
_HTML: Final = "{http://www.w3.org/1999/xhtml}"
_TEXT_ELEMENTS: Final = frozenset(
    {"html", "body", "div", "p", "span", "br", "b", "i", "em", "strong", "sub", "sup", "ul", "ol", "li"}
)
"""Elements of XHTML that may stand in a drawing, as in its description: a browser runs or loads any other
wherever it stands, also where it shows nothing of it."""

_ADDRESSES: Final = re.compile(r"(?:https?|mailto|tel):|[^:]*(?:[/?#]|$)", re.IGNORECASE)
"""Where a link of a drawing may lead: to a page, a mail, a telephone, or within where it stands."""

_ESCAPED: Final = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
"""A character written in another way (CSS Syntax Module Level 3, 4.3.7)."""
_NUMBERS: Final = frozenset(
    {"x", "y", "width", "height", "r", "rx", "ry", "cx", "cy", "x1", "y1", "x2", "y2"}
    | {"d", "points", "transform", "viewBox", "stroke-width", "font-size"}
)
_NO_MEASURE: Final = r"(?i:nan|inf(?:inity)?|(?<![.\d])\d{10,}|\d\.?e\+?(?:[1-9]\d+|9)\d*)"
"""What no page has, as a pattern: NaN, and numbers of thousands of millions, which PDF cannot write."""

_OF_NO_MEASURE: Final = re.compile("[nN][aAfF]|[0-9.][eE]")
_AS_NOUGHTS: Final = bytes.maketrans(b"0123456789", b"0000000000")
_LONG_NUMBER: Final = b"0000000000"

_FAR: Final = re.compile(r"@import|image-set\(|url\(\s*['\"]?(?!#)", re.IGNORECASE)


def examine_svg(data: bytes, name: str, place: Place | None) -> PictureInfo | Finding:
    """Examine a drawing.

    Args:
        data: The file.
        name: As the issue names it.
        place: Where it is named.

    Returns:
        Its properties, or the finding that refuses it (E03, E55, E58, E60; that of a picture in it).
    """
    if len(data) > LARGEST_DRAWING:
        return found(
            "E03", place, size=f"{len(data) / 1e6:.1f} MB", limit=f"{LARGEST_DRAWING // 1_000_000} MB"
        )
    try:
        if _declares_a_type(data):
            return found("E60", place, name=name, what="<!DOCTYPE>")
        root = _bounded_root(data)
    except (ET.ParseError, ValueError, LookupError, RecursionError) as error:
        return found("E55", place, name=name, problem=first_line(error))
    if root.tag != f"{SVG}svg":
        return found("E58", place, name=name)
    if what := _unwanted(root):
        return found("E60", place, name=name, what=what)
    for inner in embedded_pictures(root):
        from pipeline.page.pictures.raster_files import examine_raster  # noqa: PLC0415 - Pillow loads only for pixels

        pixels = embedded_bytes(inner)
        info = (
            examine_raster(pixels, "", place)
            if pixels is not None
            else found("E60", place, name=name, what="data:")
        )
        if isinstance(info, Finding):
            # Users know the drawing by name, not the pictures in it.
            return replace(
                info, values=tuple((key, name if key == "name" else value) for key, value in info.values)
            )
    size = _size(root)
    if size is None:
        return found("E55", place, name=name, problem="viewBox")
    return PictureInfo("image/svg+xml", *size)


def _impossible_number(value: str) -> re.Match[str] | None:
    # Paths are long, and hardly any drawing has such numbers: what they have in them is found much sooner.
    with_letter = "e" in value or "n" in value or "E" in value or "N" in value
    is_long = len(value) >= len(_LONG_NUMBER)
    if (with_letter and _OF_NO_MEASURE.search(value)) or (
        is_long and _LONG_NUMBER in value.encode("ascii", "replace").translate(_AS_NOUGHTS)
    ):
        return re.search(_NO_MEASURE, value)
    return None


def _declares_a_type(data: bytes) -> bool:
    """Return whether a drawing declares a document type, and so perhaps entities, in whatever encoding.

    The declaration stands before the first element (XML 1.0, 2.8), so no more is parsed.
    """

    class EndedError(Exception):
        """Ends the parsing at the declaration or at the first element."""

    def declared(*_: object) -> None:
        raise EndedError("!DOCTYPE")

    def begun(*_: object) -> None:
        raise EndedError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begun
    try:
        parser.Parse(data, True)  # noqa: FBT003 - the only argument there is
    except EndedError as ended:
        return bool(ended.args)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return False


def _bounded_root(data: bytes) -> ET.Element:
    """Return the root of a drawing without a document type.

    Raises:
        ValueError: It is past a bound, or its encoding is not known; the message says so.
        ET.ParseError: It is not well-formed.
    """
    if _has_too_many_elements(data):
        raise ValueError(_TOO_MANY)
    root = ET.fromstring(data)  # noqa: S314 - entities were refused before
    if _is_too_deep(root):
        raise ValueError(_TOO_DEEP)
    return root


def _has_too_many_elements(data: bytes) -> bool:
    """Return whether a drawing is past the bound; it is parsed no further, and nothing is built of it."""
    # An element has at least one such sign: most drawings have fewer than may be elements.
    if data.count(b"<") <= _MOST_ELEMENTS:
        return False

    class PastError(Exception):
        """Ends the parsing."""

    count = 0

    def begun(*_: object) -> None:
        nonlocal count
        count += 1
        if count > _MOST_ELEMENTS:
            raise PastError

    parser = expat.ParserCreate()
    parser.StartElementHandler = begun
    try:
        parser.Parse(data, True)  # noqa: FBT003 - the only argument there is
    except PastError:
        return True
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
    return False


def _is_too_deep(root: ET.Element) -> bool:
    level = [root]
    for _ in range(_DEEPEST):
        level = [child for node in level for child in node]
        if not level:
            return False
    return True


def embedded_pictures(root: ET.Element) -> list[ET.Element]:
    """Return the elements of a drawing whose pictures are embedded in it, as `data:` URLs."""
    return [
        node
        for node in root.iter(f"{SVG}image")
        if (node.get("href") or node.get(XLINK_HREF) or "").startswith("data:")
    ]


def embedded_bytes(node: ET.Element) -> bytes | None:
    """Return the bytes of a picture embedded in a drawing, or None where they are not in Base64."""
    address = node.get("href") or node.get(XLINK_HREF) or ""
    head, _, body = address.partition(",")
    if not head.endswith(";base64"):
        return None
    try:
        return base64.b64decode("".join(body.split()), validate=True)
    except ValueError:
        return None


def _unwanted(root: ET.Element) -> str:
    """Return the element or attribute that makes a drawing active, dependent or endless; empty for none."""
    using = _holders_of_uses(root)
    named = {node.get("id"): node for node in root.iter() if node.get("id")} if using else {}
    for node in root.iter():
        tag = str(node.tag).removeprefix(SVG)
        if _is_active(tag):
            return f"<{tag.removeprefix(_HTML)}>"
        if tag == "style" and _is_far("".join(node.itertext())):
            return "<style>"
        for key, value in node.attrib.items():
            if what := _unwanted_value(tag, key, value):
                return what
        if tag == "use":
            target = named.get((node.get("href") or node.get(XLINK_HREF) or "").removeprefix("#"))
            # A `use` of a `use` can double the drawing with every step.
            if target is not None and id(target) in using:
                return "<use> → <use>"
    return ""


def _is_active(tag: str) -> bool:
    """Return whether an element of SVG or XHTML runs or loads something, by its name without SVG's prefix."""
    if tag[:1] != "{":
        return tag in _ACTIVE
    return tag.startswith(_HTML) and tag.removeprefix(_HTML) not in _TEXT_ELEMENTS


def _is_far(style: str) -> bool:
    """Return whether a style loads something from elsewhere, also where it is written with escapes."""
    if "\\" in style:
        style = _ESCAPED.sub(_unescaped, style)
    return _FAR.search(style) is not None


def _unescaped(match: re.Match[str]) -> str:
    if match[1] is None:
        return match[2]
    number = int(match[1], 16)
    return chr(number) if number <= sys.maxunicode else "\ufffd"


def _holders_of_uses(root: ET.Element) -> set[int]:
    """Return the identities of the elements that are or contain a `use`, each looked at once."""
    uses = list(root.iter(f"{SVG}use"))
    parents = {child: parent for parent in root.iter() for child in parent} if uses else {}
    holders: set[int] = set()
    for use in uses:
        node: ET.Element | None = use
        while node is not None and id(node) not in holders:
            holders.add(id(node))
            node = parents.get(node)
    return holders


def _unwanted_value(tag: str, key: str, value: str) -> str:
    """Return an attribute that runs a script or refers to another file; empty for any other."""
    plain = _without_namespace(key)
    if plain[:2].lower() == "on":
        return plain
    if plain == "href":
        return _unwanted_link(tag, value) if key in _LINKS else ""
    if plain in _NUMBERS and (far := _impossible_number(value)):
        return f'{plain}="{far[0][:40]}"'
    # Nearly all values are plain numbers, paths and colours, which need not be searched.
    if ("(" in value or "@" in value) and _is_far(value):
        return f"{plain}={value[:40]}"
    # An animation could put another address in the place of one that was looked at.
    if plain == "attributeName" and _without_namespace(value).rpartition(":")[2].strip() == "href":
        return f"{plain}={value[:40]}"
    return ""


@functools.lru_cache(maxsize=256)
def _without_namespace(key: str) -> str:
    """Return the name of an attribute; a drawing has thousands of a few names."""
    return key.rsplit("}", maxsplit=1)[-1]


def _unwanted_link(tag: str, target: str) -> str:
    if tag == "a":
        # As browsers read an address (URL Standard, 4.4): signs that nobody sees are left out.
        plain = re.sub("[\t\n\r]", "", target).strip("".join(map(chr, range(33))))
        return "" if _ADDRESSES.match(plain) else f"href={target[:40]}"
    if not target.startswith(("#", "data:image/")):
        return f"href={target[:40]}"
    return "<image>" if tag == "image" and "svg" in target[:24] else ""


def _size(root: ET.Element) -> tuple[float, float] | None:
    box = [float(part) for part in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", root.get("viewBox") or "")]
    if len(box) == 4 and 0 < box[2] < 1e6 and 0 < box[3] < 1e6:  # noqa: PLR2004 - SVG 2, 8.6
        return box[2], box[3]
    sides = [re.match(r"\s*(\d+(?:\.\d+)?)", root.get(side) or "") for side in ("width", "height")]
    if all(sides):
        width, height = (float(side[1]) for side in sides if side)
        if width > 0 and height > 0:
            return width, height
    return None
