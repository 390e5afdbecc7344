"""An independent checker of press files, which reads their content streams as a print shop would.

It shares no code with `pipeline`; it returns faults as plain sentences, none for a correct file.
"""

from __future__ import annotations

import hashlib
import math
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

_MILLIMETRE = 72 / 25.4
_A4 = (210 * _MILLIMETRE, 297 * _MILLIMETRE)
_OTHER_COLOURS = {"rg", "RG", "g", "G", "sh"}
_BY_NAME = {"cs", "CS"}
_SHOWS_TEXT = {"Tj", "TJ", "'", '"'}


class Box(NamedTuple):
    """Left, bottom, right and top in points."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class _Ink:
    """The current colours of a content stream, as parts of four inks; None for other colour spaces."""

    fill: tuple[Decimal, ...] | None = None
    stroke: tuple[Decimal, ...] | None = None
    mode: int = 0


@dataclass
class Checked:
    """Result of checking a press file.

    Args:
        faults: Faults that a print shop would refuse, as sentences.
        text_inks: Every colour that text is set in, with the pages.
    """

    faults: list[str] = field(default_factory=list)
    text_inks: dict[tuple[float, ...] | None, set[int]] = field(default_factory=dict)


def checked(path: Path, profile: bytes, bleed: float = 3, sheet: float = 10) -> Checked:
    """Read a press file.

    Args:
        path: The file.
        profile: The ICC profile expected in its output intent.
        bleed: Bleed in millimetres.
        sheet: How far the sheet reaches beyond the trim, in millimetres.
    """
    found = Checked()
    with pikepdf.open(path) as pdf:
        found.faults += _intent_faults(pdf, profile)
        for number, page in enumerate(pdf.pages, 1):
            faults = _box_faults(page, bleed, sheet, is_right=number % 2 == 1)
            found.faults += [f"page {number}: {fault}" for fault in faults]
            if "/Annots" in page and len(page.Annots):
                found.faults.append(f"page {number}: annotations")
            for fault in _content_faults(page.obj, page.resources, found, number, 0, set()):
                found.faults.append(f"page {number}: {fault}")
    return found


def _intent_faults(pdf: pikepdf.Pdf, profile: bytes) -> Iterator[str]:
    intents = list(pdf.Root.get("/OutputIntents", []))
    if len(intents) != 1:
        yield f"{len(intents)} output intents"
        return
    intent = intents[0]
    if intent.S != "/GTS_PDFX":
        yield f"the output intent is {intent.S}"
    profile_stream = intent.DestOutputProfile
    if int(profile_stream.N) != 4:
        yield f"the profile has {profile_stream.N} inks"
    if hashlib.sha256(profile_stream.read_bytes()).digest() != hashlib.sha256(profile).digest():
        yield "the profile is another one"
    if not str(intent.get("/OutputConditionIdentifier", "")):
        yield "the printing condition is not named"
    if str(pdf.docinfo.get("/Trapped", "")) != "/False":
        yield "Info does not say whether the file is trapped"
    xmp = bytes(pdf.Root.Metadata.read_bytes())
    if b"PDF/X-4" not in xmp:
        yield "the metadata does not claim PDF/X-4"


def _box_faults(page: pikepdf.Page, bleed: float, sheet: float, *, is_right: bool) -> Iterator[str]:
    def box(name: str) -> Box:
        return Box(*(float(side) for side in page.obj[name]))

    def around(beyond: float) -> Box:
        room, reach = sheet * _MILLIMETRE, beyond * _MILLIMETRE
        return Box(room - reach, room - reach, room + _A4[0] + reach, room + _A4[1] + reach)

    for name, beyond in (("/MediaBox", sheet), ("/BleedBox", bleed), ("/TrimBox", 0.0)):
        if name not in page.obj:
            yield f"no {name}"
            continue
        is_, should = box(name), around(beyond)
        spine, trim = ("left" if is_right else "right"), around(0.0)
        if name == "/BleedBox" and abs(getattr(is_, spine) - getattr(trim, spine)) < 0.01:
            # What reaches the spine ends at the trim, for there the next page begins.
            should = should._replace(**{spine: getattr(trim, spine)})
        if any(abs(one - other) > 0.01 for one, other in zip(is_, should, strict=True)):
            yield f"{name} is {is_}, not {should}"
    if "/ArtBox" in page.obj:
        yield "an ArtBox beside the TrimBox"


def _content_faults(
    stream: Any, resources: Any, found: Checked, page: int, depth: int, seen: set[Any]
) -> Iterator[str]:
    if depth > 12:
        yield "forms within forms without end"
        return
    ink = _Ink()
    saved: list[_Ink] = []
    for instruction in pikepdf.parse_content_stream(stream):
        operands, name = list(instruction.operands), str(instruction.operator)
        ink = _after(ink, name, operands)
        if name == "q":
            saved.append(ink)
        elif name == "Q":
            ink = saved.pop()
        elif name in _OTHER_COLOURS:
            yield f"the operator {name}"
        elif name in _BY_NAME:
            yield from _space_faults(operands[0], resources)
        elif name in _SHOWS_TEXT and ink.mode != 3:
            shown = ink.stroke if ink.mode == 1 else ink.fill
            key = tuple(float(part) for part in shown) if shown is not None else None
            found.text_inks.setdefault(key, set()).add(page)
        elif name == "INLINE IMAGE":
            yield "a picture within the content"
        elif name == "Do":
            yield from _object_faults(resources.XObject[operands[0]], found, page, resources, depth, seen)


def _after(ink: _Ink, name: str, operands: Any) -> _Ink:
    """Return the colours after an operator."""
    if name in {"k", "K"}:
        parts = tuple(Decimal(part) for part in operands)
        return replace(ink, fill=parts) if name == "k" else replace(ink, stroke=parts)
    if name in {"sc", "scn"}:
        return replace(ink, fill=None)
    if name in {"SC", "SCN"}:
        return replace(ink, stroke=None)
    return replace(ink, mode=int(operands[0])) if name == "Tr" else ink


def _space_faults(space: Any, resources: Any) -> Iterator[str]:
    known = resources.get("/ColorSpace", {})
    meant = known.get(space, space) if isinstance(space, pikepdf.Name) else space
    if isinstance(meant, pikepdf.Array) and meant[0] in {"/Separation", "/DeviceN"}:
        meant = meant[2]
    if meant not in {pikepdf.Name.DeviceCMYK, pikepdf.Name.Pattern}:
        yield f"the colour space {meant!r}"


def _object_faults(
    thing: Any, found: Checked, page: int, resources: Any, depth: int, seen: set[Any]
) -> Iterator[str]:
    if thing.objgen in seen and thing.Subtype == "/Image":
        return
    seen.add(thing.objgen)
    if thing.Subtype == "/Form":
        inner = thing.get("/Resources", resources)
        yield from _content_faults(thing, inner, found, page, depth + 1, seen)
        return
    space = thing.get("/ColorSpace")
    if thing.get("/ImageMask", False):
        return
    if space not in {pikepdf.Name.DeviceCMYK, pikepdf.Name.DeviceGray}:
        yield f"a picture in {space!r}"
    if "/SMask" in thing:
        yield "a picture with transparency"


def heaviest_ink(path: Path, page: int, ppi: int, margin: float = 7.6) -> float:
    """Return the maximum ink coverage of a page in per cent, by Ghostscript's separations.

    Args:
        path: The file.
        page: From 1.
        ppi: Resolution in pixels per inch, without smoothing.
        margin: How much of the sheet is left out on each side, in millimetres: marks print on every plate.
    """
    with tempfile.TemporaryDirectory() as folder:
        plates = _separated(path, page, ppi, margin, Path(folder))
        sums = [0] * (plates[0].width * plates[0].height)
        for plate in plates:
            # A separation is white where there is no ink.
            sums = [total + 255 - value for total, value in zip(sums, plate.tobytes(), strict=True)]
    return max(sums) / 255 * 100


def _separated(path: Path, page: int, ppi: int, margin: float, folder: Path) -> list[Image.Image]:
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{ppi}"]
    command += ["-dSimulateOverprint=true", f"-dFirstPage={page}", f"-dLastPage={page}"]
    command += [f"-sOutputFile={folder}/page.tif", str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    off = math.ceil(margin / 25.4 * ppi)
    plates = []
    for name in ("Cyan", "Magenta", "Yellow", "Black"):
        (file,) = folder.glob(f"page*({name}).tif")
        with Image.open(file) as picture:
            plate = picture.convert("L")
        plates.append(plate.crop((off, off, plate.width - off, plate.height - off)))
    return plates


def ghostscript_is_there() -> bool:
    """Return whether Ghostscript is installed."""
    return shutil.which("gs") is not None
