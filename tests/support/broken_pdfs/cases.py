"""The registry of broken PDFs, and helpers for the functions that break them."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.support.broken_pdfs.sound import sound

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.models.editions import Edition

MILLIMETRE: Final = 72 / 25.4
"""In points."""


class Broken(NamedTuple):
    """A way to break a PDF.

    Args:
        code: The only finding of preflight.
        edition: The edition of the valid PDF.
        spoil: Breaks it.
    """

    code: str
    edition: Edition
    spoil: Callable[[pikepdf.Pdf], None]


CASES: Final[list[Broken]] = []


def breaks(code: str, edition: Edition) -> Callable[[Callable[[pikepdf.Pdf], None]], Callable[..., None]]:
    """Register a function as a case."""

    def entered(spoil: Callable[[pikepdf.Pdf], None]) -> Callable[..., None]:
        CASES.append(Broken(code, edition, spoil))
        return spoil

    return entered


def broken(case: Broken) -> bytes:
    """Return the file of a case."""
    with pikepdf.open(io.BytesIO(sound(case.edition))) as pdf:
        case.spoil(pdf)
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def draw(pdf: pikepdf.Pdf, content: str, page: int = 0) -> None:
    """Add operators to the content of a page, in a graphics state of their own."""
    pdf.pages[page].contents_add(f"\nq {content} Q\n".encode())


def replace_metadata(pdf: pikepdf.Pdf, pattern: bytes, instead: bytes) -> None:
    """Replace what matches in the metadata."""
    metadata = pdf.Root.Metadata.read_bytes()
    changed = re.sub(pattern, instead, metadata, flags=re.DOTALL)
    assert changed != metadata
    pdf.Root.Metadata.write(changed)


def font_name(pdf: pikepdf.Pdf) -> str:
    """Return the name of the first font of the first page."""
    return str(next(iter(pdf.pages[0].resources.Font.keys())))


def letter_code(pdf: pikepdf.Pdf) -> str:
    """Return the code of a letter, in hexadecimal, that the first font of the first page shows."""
    said = pdf.pages[0].resources.Font[font_name(pdf)].ToUnicode.read_bytes()
    found = re.search(rb"beginbfchar\s*<(\w+)>", said)
    assert found is not None
    return found[1].decode()


def elements(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    """Return the structure elements of a type, in reading order."""
    found = []

    def walk(kids: Any) -> None:
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                if f"/{role}" == kid.S:
                    found.append(kid)
                walk(kid.get("/K", []))

    walk(pdf.Root.StructTreeRoot.K)
    return found


def add_picture(pdf: pikepdf.Pdf, name: str, space: object, size: int = 600) -> None:
    """Draw a grey picture of so many pixels a side, 100 points wide."""
    bands = 1 if space == Name.DeviceGray or isinstance(space, Array) else 3
    stream = pdf.make_stream(
        b"\x80" * (size * size * bands),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size,
        Height=size,
        ColorSpace=space,
        BitsPerComponent=8,
    )
    pdf.pages[0].add_resource(stream, Name.XObject, Name(name))
    draw(pdf, f"100 0 0 100 200 300 cm {name} Do")


def add_graphics_state(pdf: pikepdf.Pdf, name: str, **entries: Any) -> None:
    """Add graphics state parameters (ISO 32000-2, 8.4.5) to the first page."""
    pdf.pages[0].add_resource(Dictionary(Type=Name.ExtGState, **entries), Name.ExtGState, Name(name))
