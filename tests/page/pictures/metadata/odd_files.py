"""Odd but sound pictures by rule: metadata where it is seldom looked for, each with a name.

Each shows what `making.shown` shows and tells what nothing published may.
"""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from PIL import Image

from tests.page.pictures.metadata import making
from tests.page.pictures.metadata.making import SECRETS, chunk, encoded, exif, segment, shown, thumbnail, xmp

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = SECRETS[1].encode()


def odd_files() -> dict[str, bytes]:
    """Return every odd file by its name."""
    return {**dict(_jpegs()), **dict(_pngs()), **dict(_webps()), **dict(_tiffs()), **dict(_drawings())}


def _with(bare: bytes, *segments: bytes) -> bytes:
    return bare[:2] + b"".join(segments) + bare[2:]


def _jpegs() -> Iterator[tuple[str, bytes]]:
    bare = encoded(shown(), "JPEG", quality=90)
    many = encoded(shown(), "JPEG", quality=90, progressive=True)
    block = segment(0xE1, b"Exif\0\0" + exif())
    frame = bare.index(b"\xff\xc0")
    yield "exif behind the frame.jpg", bare[: frame + 19] + block + bare[frame + 19 :]
    scan = many.index(b"\xff\xda", many.index(b"\xff\xda") + 2)
    yield "exif and comment between scans.jpg", many[:scan] + block + segment(0xFE, SECRET) + many[scan:]
    yield "exif twice.jpg", _with(bare, block, segment(0xE1, b"Exif\0\0" + exif(">")))
    yield (
        "xmp twice.jpg",
        _with(bare, *(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp()) for _ in "ab")),
    )
    for number in (1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15):
        yield f"odd segment {number}.jpg", _with(bare, segment(0xE0 + number, b"Meta\0" + SECRET))
    parts = making.photoshop()
    halves = (parts[: len(parts) // 2], parts[len(parts) // 2 :])
    yield (
        "photoshop in halves.jpg",
        _with(bare, *(segment(0xED, b"Photoshop 3.0\0" + each) for each in halves)),
    )
    yield "adobe cm.jpg", _with(bare, segment(0xED, b"Adobe_CM\0" + SECRET))
    yield "long adobe marker.jpg", _with(bare, segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01" + SECRET))
    film = struct.pack(">I", 24) + b"ftypmp42" + bytes(12) + SECRET
    yield "moving picture behind.jpg", bare + film
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("place.txt", SECRET)
    yield "zip behind.jpg", bare + held.getvalue()
    yield "no end, and more.jpg", _with(bare[:-2], segment(0xFE, SECRET)) + b"\xff\xd9" + SECRET
    filled = bare[:2] + b"\xff\xff" + segment(0xFE, SECRET) + b"\xff\xff" + bare[2:]
    yield "filling bytes.jpg", filled
    stuffed = bare.index(b"\xff\x00", bare.index(b"\xff\xda"))
    yield "filling before a stuffed byte.jpg", _with(bare[:stuffed] + b"\xff" + bare[stuffed:], block)
    restarts = encoded(shown(), "JPEG", quality=90, restart_marker_blocks=2)
    yield "restarts.jpg", _with(restarts, block)
    yield (
        "grey with jfif thumbnail.jpg",
        _with(
            encoded(shown("L"), "JPEG")[:2] + encoded(shown("L"), "JPEG")[20:],
            segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x02\x02" + SECRET[:12]),
            segment(0xFE, SECRET),
        ),
    )
    odd = making.ExifBlock("<")
    small = thumbnail()
    odd.directory([odd.text(0x010F, SECRETS[0]), odd.long(0x014A, 300), odd.short(0x0112, 6)], 8)
    yield "directories in a loop.jpg", _with(bare, segment(0xE1, b"Exif\0\0" + bytes(odd.data) + small))
    cut = exif()[:-40]
    yield "exif cut short.jpg", _with(bare, segment(0xE1, b"Exif\0\0" + cut))
    yield "exif of another kind.jpg", _with(bare, segment(0xE1, b"Exif\0\xff" + exif()))
    yield (
        "xmp in utf-16.jpg",
        _with(bare, segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp().decode().encode("utf-16"))),
    )
    yield (
        "xmp with entities.jpg",
        _with(
            bare,
            segment(
                0xE1, b"http://ns.adobe.com/xap/1.0/\0<!DOCTYPE x [<!ENTITY a '" + SECRET + b"'>]><x>&a;</x>"
            ),
        ),
    )


def _pngs() -> Iterator[tuple[str, bytes]]:
    bare = encoded(shown(), "PNG")
    end = bare.index(b"IEND") - 4

    def late(*chunks: bytes) -> bytes:
        return bare[:end] + b"".join(chunks) + bare[end:]

    packed = zlib.compress(xmp())
    yield "exif behind the pixels.png", late(chunk(b"eXIf", exif()))
    yield "exif with its name.png", late(chunk(b"eXIf", b"Exif\0\0" + exif(">")))
    yield "xmp packed.png", late(chunk(b"iTXt", b"XML:com.adobe.xmp\0\x01\0\0\0" + packed))
    yield "xmp as plain text.png", late(chunk(b"tEXt", b"XML:com.adobe.xmp\0" + xmp()))
    raw = b"\niptc\n  9\n" + making.iptc().hex().encode()
    yield "raw iptc.png", late(chunk(b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(raw)))
    for kind in (b"caBX", b"iDOT", b"meTa", b"dSIG", b"gIFx", b"sPLT", b"vpAg"):
        yield f"odd chunk {kind.decode()}.png", late(chunk(kind, SECRET))
    yield "text without a mark.png", late(chunk(b"tEXt", SECRET))
    yield "broken packed text.png", late(chunk(b"zTXt", b"Comment\0\0" + SECRET))
    yield "another picture behind.png", bare + encoded(making.plain(seed=3), "PNG") + SECRET
    yield (
        "palette.png",
        _with_chunk(encoded(shown().quantize(16), "PNG"), chunk(b"tEXt", b"Software\0" + SECRET)),
    )


def _with_chunk(bare: bytes, added: bytes) -> bytes:
    return bare[:33] + added + bare[33:]


def _webps() -> Iterator[tuple[str, bytes]]:
    bare = encoded(shown(), "WEBP", lossless=True)

    def grown(*added: bytes) -> bytes:
        inner = bare[8:] + b"".join(added)
        return b"RIFF" + struct.pack("<I", len(inner)) + inner

    def part(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    yield "exif in the simple form.webp", grown(part(b"EXIF", exif()))
    yield "xmp of another spelling.webp", grown(part(b"XMP\0", xmp()))
    yield "odd length.webp", grown(part(b"note", SECRET + b"!"))
    frames = [shown(), making.plain(seed=3)]
    yield (
        "moving.webp",
        encoded(
            frames[0],
            "WEBP",
            save_all=True,
            append_images=frames[1:],
            exif=b"Exif\0\0" + exif(),
            lossless=True,
        ),
    )


def _tiffs() -> Iterator[tuple[str, bytes]]:
    for mode, compression in (
        ("1", "group4"),
        ("L", "packbits"),
        ("RGB", "tiff_lzw"),
        ("CMYK", "tiff_deflate"),
    ):
        yield f"{mode} {compression}.tif", making.tiff("<", compression, mode)
    yield (
        "two pages.tif",
        encoded(
            shown(),
            "TIFF",
            save_all=True,
            append_images=[making.plain(90, 90, seed=3)],
            description=SECRETS[9],
        ),
    )
    yield "behind the end.tif", encoded(shown(), "TIFF") + SECRET
    sixteen = Image.new("I;16", (64, 48), 4000)
    yield "sixteen bits.tif", encoded(sixteen, "TIFF", software=SECRETS[6])


def _drawings() -> Iterator[tuple[str, bytes]]:
    photo = base64.b64encode(making.jpeg()).decode()
    broken = "&#10;".join(photo[at : at + 76] for at in range(0, len(photo), 76))
    for name, address in {
        "named": f"data:image/jpeg;name={SECRETS[1]}.jpg;base64,{photo}",
        "capitals": f"data:image/JPEG;charset=utf-8;base64,{photo}",
        "broken lines": f"data:image/jpeg;base64,{broken}",
    }.items():
        yield f"photograph {name}.svg", _svg(f'<image width="9" height="9" href="{address}"/>')
    yield (
        "foreign default.svg",
        _svg(f'<private xmlns="urn:x" path="{SECRETS[6]}"><v>{SECRETS[2]}</v></private>'),
    )
    yield "comment in a text.svg", _svg(f"<text>Мо<!-- {SECRETS[2]} -->ст</text>")
    yield "metadata twice.svg", _svg(f"<metadata>{SECRETS[9]}</metadata>" * 2)
    yield "instructions.svg", _svg(f'<?xpacket {SECRETS[6]}?><rect width="5" height="5"/>')
    yield (
        "prefix of its own.svg",
        (
            f'<s:svg xmlns:s="http://www.w3.org/2000/svg" xmlns:q="urn:q" viewBox="0 0 9 9"'
            f' q:n="{SECRETS[2]}">'
            f'<s:rect width="9" height="9" q:path="{SECRETS[6]}"/><s:metadata>{SECRETS[9]}</s:metadata>'
            "</s:svg>"
        ).encode(),
    )
    yield (
        "cdata.svg",
        _svg(f"<metadata><![CDATA[<a>{SECRETS[9]}]]></metadata><style><![CDATA[rect{{fill:red}}]]></style>"),
    )


def _svg(inner: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{inner}</svg>'.encode()
