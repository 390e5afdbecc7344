"""The pictures of a page: where they are, whether they are figures, and what is said of the others."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Final

from pipeline.findings.finding import Finding, found
from pipeline.findings.wording.excerpts import shortened
from pipeline.page.pictures.examination import examine

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST_SIGN: Final = 48
"""Pixels; what is no higher or no wider than this is a sign in a line or a rule, and no figure."""

_PIXELS: Final = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*")
_STYLED: Final = re.compile(r"(?<![\w-])(width|height)\s*:\s*(\d{1,5})(?:\.\d+)?\s*px", re.IGNORECASE)
_GIF_SIZE: Final = struct.Struct("<6sHH")
"""Where a GIF has its width and height (GIF 89a, 18)."""

_SHORT: Final = 100


class Absence(Enum):
    """Where a picture is that did not come with its page."""

    ELSEWHERE = "elsewhere"
    """At an address of the web."""

    OUTSIDE = "outside"
    """Beside the page, but outside of the folders that were handed over."""

    MISSING = "missing"
    """Nowhere: there is no such file."""


Finder = Callable[[str], bytes | Absence]
"""Finds a picture beside a page by its address."""


def absence_finding(name: str, source: str, absence: Absence) -> Finding:
    """Return the finding of a picture that did not come with its page (W505, W540, W542).

    Args:
        name: The page's file.
        source: The address of the picture, as written.
        absence: Where it is.
    """
    code = {Absence.ELSEWHERE: "W505", Absence.OUTSIDE: "W540", Absence.MISSING: "W542"}[absence]
    return found(code, None, name=name, found=shortened(source, _SHORT))


def sign_finding(name: str, image: Element, data: bytes | None) -> Finding | None:
    """Return the finding of a picture that is a sign, a rule or an invisible counter (W541), or None.

    Args:
        name: The page's file.
        image: Its `img` element. The size stated in it counts.
        data: The picture, of which the size counts where none is stated; None where it does not count.
    """
    size = _stated(image) or _own(data or b"<")
    if not size or min(size) > LARGEST_SIGN:
        return None
    source = image.get("src", "").strip()
    said = " ".join((image.get("alt") or source).split())
    measure = "×".join(str(each) for each in size)
    # `picture` is not shown; by it the inventory knows that the picture is reported.
    return found("W541", None, name=name, found=shortened(said, _SHORT), size=measure, picture=source)


def _stated(image: Element) -> list[int]:
    sizes = {name.lower(): int(value) for name, value in _STYLED.findall(image.get("style", ""))}
    for name in ("width", "height"):
        if name not in sizes and (match := _PIXELS.fullmatch(image.get(name, ""))):
            sizes[name] = int(match[1])
    return [sizes[name] for name in ("width", "height") if name in sizes]


def _own(data: bytes) -> list[int]:
    if data.lstrip()[:1] == b"<":
        # A drawing has no pixels of its own.
        return []
    if data.startswith(b"GIF8") and len(data) > _GIF_SIZE.size:
        # Such a picture is converted later, and is mostly a sign.
        return list(_GIF_SIZE.unpack_from(data)[1:])
    examined = examine(data, "x", None)
    return [] if isinstance(examined, Finding) else [round(examined.width), round(examined.height)]
