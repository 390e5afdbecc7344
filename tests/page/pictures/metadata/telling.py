"""A reader of what any file tells of a photograph's place, camera, owner and thumbnail, as exiftool would.

It shares no code with the program. It unpacks what can be packed – PDF streams and attachments, ZIP, mail,
Base64, compressed text – and looks in all of it for EXIF, XMP, IPTC and for pictures behind pictures.
"""

from __future__ import annotations

import base64
import contextlib
import email
import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

import pikepdf

from tests.page.pictures.metadata.making import GPS, SECRETS

if TYPE_CHECKING:
    from collections.abc import Iterator

_BASE64: Final = re.compile(rb"(?:[A-Za-z0-9+/]{60,76}\r?\n)+[A-Za-z0-9+/=]+|[A-Za-z0-9+/]{200,}={0,2}")
_TAGS: Final = {
    0x010E: "words",
    0x010F: "camera",
    0x0110: "camera",
    0x0131: "software",
    0x0201: "thumbnail",
    0x8825: "place",
    0x9003: "date",
    0x927C: "maker's note",
    0x9286: "words",
    0xA430: "owner",
    0xA431: "serial number",
    0xA435: "serial number",
}
_WORDS: Final = re.compile(
    rb"GPSLatitude|SerialNumber|mwg-rs:|xmpMM:|xmpGImg|photoshop:City|PersonInImage|sodipodi:docname"
    rb"|export-filename|MPF\0|JFXX|xmp/extension|8BIM\x04[\x09\x0c]"
)
_DEEPEST: Final = 4


def told(data: bytes, depth: int = 0) -> set[str]:
    """Return what a file tells, in words; nothing for one that may be published."""
    found = set()
    if data[:5] != b"%PDF-":
        found = {*_secrets(data), *_structures(data), *_behind(data)}
        found |= {match[0].decode("latin-1") for match in _WORDS.finditer(data)}
    for inner in _unpacked(data) if depth < _DEEPEST else ():
        found |= told(inner, depth + 1)
    return found


def _secrets(data: bytes) -> Iterator[str]:
    for secret in SECRETS:
        if any(secret.encode(form) in data for form in ("utf-8", "utf-16-le", "utf-16-be")):
            yield f"“{secret}”"
    if any(b"".join(struct.pack(order + "II", value, 1) for value in GPS) in data for order in "<>"):
        yield "coordinates"


def _structures(data: bytes) -> Iterator[str]:
    """Yield what the EXIF of any format has, found where that format keeps it."""
    for match in re.finditer(rb"Exif\0\0(II\*\0|MM\0\*)", data):
        yield from _exif(data[match.start() + 6 :])
    if data[:4] in {b"II*\0", b"MM\0*"}:
        yield from _exif(data)
    for start, mark, skipped in ((b"\x89PNG", b"eXIf", 4), (b"RIFF", b"EXIF", 8)):
        if data[:4] == start and (at := data.find(mark)) > 0:
            yield from _exif(data[at + skipped :].removeprefix(b"Exif\0\0"))


def _behind(data: bytes) -> Iterator[str]:
    """Yield what lies in or behind a JPEG besides its picture."""
    if data[:3] != b"\xff\xd8\xff":
        return
    if data.find(b"\xff\xd8\xff", 3) > 0:
        yield "a picture in the picture"
    if not data.rstrip(b"\0").endswith(b"\xff\xd9"):
        yield "data behind the picture"


def _exif(data: bytes) -> Iterator[str]:
    order = "<" if data[:2] == b"II" else ">"
    queue, seen = [struct.unpack_from(order + "I", data, 4)[0]], set()
    while queue:
        at = queue.pop()
        if at in seen or not 0 < at < len(data) - 2:
            continue
        seen.add(at)
        count = struct.unpack_from(order + "H", data, at)[0]
        for number in range(count):
            where = at + 2 + 12 * number
            if where + 12 > len(data):
                return
            tag, _, _, value = struct.unpack_from(order + "HHII", data, where)
            if tag in _TAGS:
                yield _TAGS[tag]
            if tag in {0x8769, 0x8825, 0xA005}:
                queue.append(value)
        end = at + 2 + 12 * count
        following = struct.unpack_from(order + "I", data, end)[0] if end + 4 <= len(data) else 0
        if 0 < following < len(data) - 2:
            yield "a second directory"
            queue.append(following)


def _unpacked(data: bytes) -> Iterator[bytes]:
    if data[:5] == b"%PDF-":
        yield from _of_pdf(data)
        return
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield from (package.read(name) for name in package.namelist())
    elif data[:4] == b"\x89PNG":
        yield from _of_png(data)
    elif re.match(rb"[\w-]+: ", data) and b"MIME-Version" in data:
        for part in email.message_from_bytes(data).walk():
            body = part.get_payload(decode=True)
            yield body if isinstance(body, bytes) else b""
    for match in re.finditer(rb"(?:[0-9a-fA-F]{2}){40,}", data):
        yield bytes.fromhex(match[0].decode())
    data = re.sub(rb"&#(?:10|13|x0?[AaDd]);", b"", data)
    for match in _BASE64.finditer(data):
        with contextlib.suppress(ValueError):
            yield base64.b64decode(re.sub(rb"\s", b"", match[0]) + b"==")


def _of_pdf(data: bytes) -> Iterator[bytes]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        # The file's own packet of XMP tells of the bulletin, and of no photograph.
        own = pdf.Root.get("/Metadata")
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream) and (own is None or each.objgen != own.objgen):
                yield each.read_raw_bytes()
                with contextlib.suppress(pikepdf.PdfError):
                    yield each.read_bytes()


def _of_png(data: bytes) -> Iterator[bytes]:
    for match in re.finditer(rb"zTXt|iTXt|iCCP", data):
        for start in range(match.end(), min(match.end() + 120, len(data))):
            with contextlib.suppress(zlib.error):
                yield zlib.decompressobj().decompress(data[start:])
                break
