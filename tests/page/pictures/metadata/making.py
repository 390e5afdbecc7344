"""Makes pictures that tell more than they show: place, camera, owner, thumbnails, names, in every format."""

from __future__ import annotations

import base64
import functools
import io
import struct
import zlib
from typing import Final

from PIL import Image, ImageCms

GPS: Final = (42, 41, 51)
"""The degrees, minutes and seconds that no published file may hold."""

SECRETS: Final = (
    "Nikon-Z9-TEST", "SN-8821-0042", "Petar-Owner-Petrov", "Maker-Note-Bytes", "Face-Of-Maria", "Vratsa-Town",
    "C:\\Users\\Elena\\kids.psd", "uuid-of-history", "Behind-The-End", "A-Private-Caption", "WhoWroteIt",
)  # fmt: skip
CREATOR: Final = "Иван Колев"
CREDIT: Final = "Agency Credit"
RIGHTS: Final = "© 2026 Kolev"


@functools.cache
def profile() -> bytes:
    """Return a colour profile, which has the time it was made in it."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def shown(mode: str = "RGB", side: int = 1) -> Image.Image:
    """Return the picture that every file below shows, `side` times 64 × 48 pixels."""
    return plain(mode=mode).resize((64 * side, 48 * side))


def plain(width: int = 64, height: int = 48, mode: str = "RGB", seed: int = 7) -> Image.Image:
    """Return a picture without metadata, of many colours."""
    picture = Image.new("RGB", (width, height))
    values = [
        (128 + (x * seed) % 128, 128 + (y * 5) % 128, 128 + (x * y + seed) % 128)
        for y in range(height)
        for x in range(width)
    ]
    picture.putdata(values)
    return picture.convert(mode)


def encoded(picture: Image.Image, form: str, **options: object) -> bytes:
    """Return a picture as a file."""
    held = io.BytesIO()
    picture.save(held, form, **options)
    return held.getvalue()


def thumbnail() -> bytes:
    """Return a small JPEG."""
    return encoded(plain(16, 12, seed=11), "JPEG")


class ExifBlock:
    """Writes EXIF by hand, in either order of bytes.

    Args:
        order: `<` or `>`.
    """

    def __init__(self, order: str) -> None:
        self.order = order
        self.data = bytearray((b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8))

    def directory(self, fields: list[tuple[int, int, int, bytes]], following: int = 0) -> int:
        """Append a directory; return its offset."""
        at = len(self.data)
        self.data += struct.pack(self.order + "H", len(fields))
        behind = at + 2 + 12 * len(fields) + 4
        tail = b""
        for tag, kind, count, value in sorted(fields):
            self.data += struct.pack(self.order + "HHI", tag, kind, count)
            if len(value) <= 4:
                self.data += value.ljust(4, b"\0")
            else:
                self.data += struct.pack(self.order + "I", behind + len(tail))
                tail += value + b"\0" * (len(value) % 2)
        self.data += struct.pack(self.order + "I", following) + tail
        return at

    def text(self, tag: int, value: str) -> tuple[int, int, int, bytes]:
        data = value.encode() + b"\0"
        return tag, 2, len(data), data

    def long(self, tag: int, value: int) -> tuple[int, int, int, bytes]:
        return tag, 4, 1, struct.pack(self.order + "I", value)

    def short(self, tag: int, value: int) -> tuple[int, int, int, bytes]:
        return tag, 3, 1, struct.pack(self.order + "H", value) + b"\0\0"


def exif(order: str = "<", orientation: int = 6) -> bytes:
    """Return a block with place, camera, owner, maker's note, thumbnail, and what may stay."""
    block = ExifBlock(order)
    block.data += b"\0" * 0
    degrees = b"".join(struct.pack(order + "II", value, 1) for value in GPS)
    small = thumbnail()
    # The first directory stands where the header says; what it points at is written behind.
    probe = ExifBlock(order)
    first_size = 2 + 12 * 12 + 4 + 400
    block.data += b"\0" * first_size
    gps = block.directory(
        [
            (1, 2, 2, b"N\0\0\0"),
            (2, 5, 3, degrees),
            (3, 2, 2, b"E\0\0\0"),
            (4, 5, 3, degrees),
            block.text(29, "2026:01:02"),
        ]
    )
    interop = block.directory([block.text(1, "R03")])
    note = SECRETS[3].encode() * 9
    inner = block.directory(
        [
            (0x927C, 7, len(note), note),
            block.text(0xA430, SECRETS[2]),
            block.text(0xA431, SECRETS[1]),
            block.text(0x9003, "2026:05:09 10:20:30"),
            block.short(0xA001, 0xFFFF),
            block.long(0xA005, interop),
            (0x9286, 7, 8 + len(SECRETS[9]), b"ASCII\0\0\0" + SECRETS[9].encode()),
        ]
    )
    where = len(block.data)
    block.data += small
    following = block.directory(
        [block.short(0x0103, 6), block.long(0x0201, where), block.long(0x0202, len(small))]
    )
    probe.directory(
        [
            block.text(0x010E, SECRETS[9]),
            block.text(0x010F, SECRETS[0]),
            block.text(0x0110, SECRETS[0]),
            block.short(0x0112, orientation),
            block.text(0x0131, "Firmware 1.2"),
            block.text(0x0132, "2026:05:09 10:20:30"),
            block.text(0x013B, CREATOR),
            block.text(0x8298, RIGHTS),
            block.long(0x8769, inner),
            block.long(0x8825, gps),
        ],
        following,
    )
    head = bytes(probe.data)
    assert len(head) <= 8 + first_size
    block.data[: len(head)] = head
    return bytes(block.data)


def xmp(*, orientation: int = 0) -> bytes:
    """Return a packet with names of faces, history, place and a thumbnail, and what may stay."""
    small = base64.b64encode(thumbnail()).decode()
    turned = f"<tiff:Orientation>{orientation}</tiff:Orientation>" if orientation else ""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
 xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" xmlns:xmpGImg="http://ns.adobe.com/xap/1.0/g/img/"
 exif:GPSLatitude="42,41.85N" aux:SerialNumber="{SECRETS[1]}" photoshop:City="{SECRETS[5]}"
 xmpMM:InstanceID="{SECRETS[7]}" xmpNote:HasExtendedXMP="ABCDEF">
<dc:creator><rdf:Seq><rdf:li>{CREATOR}</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{RIGHTS}</rdf:li></rdf:Alt></dc:rights>
<photoshop:Credit>{CREDIT}</photoshop:Credit>{turned}
<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag><rdf:li><rdf:Description
 mwg-rs:Name="{SECRETS[4]}" mwg-rs:Type="Face"/></rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>
<xmp:Thumbnails><rdf:Alt><rdf:li rdf:parseType="Resource"><xmpGImg:image>{small}</xmpGImg:image></rdf:li>
</rdf:Alt></xmp:Thumbnails><xmpMM:History><rdf:Seq><rdf:li>{SECRETS[6]}</rdf:li></rdf:Seq></xmpMM:History>
</rdf:Description></rdf:RDF></x:xmpmeta>{" " * 2000}<?xpacket end="w"?>""".encode()


def iptc() -> bytes:
    """Return IPTC datasets with place and caption, and what may stay."""
    sets = [
        (1, 90, b"\x1b%G"),
        (2, 80, CREATOR.encode()),
        (2, 110, CREDIT.encode()),
        (2, 116, RIGHTS.encode()),
        (2, 90, SECRETS[5].encode()),
        (2, 120, SECRETS[9].encode()),
        (2, 122, SECRETS[10].encode()),
    ]
    return b"".join(
        struct.pack(">BBBH", 0x1C, record, number, len(value)) + value for record, number, value in sets
    )


def photoshop() -> bytes:
    """Return Photoshop's blocks: IPTC, a thumbnail, a path."""

    def block(number: int, body: bytes) -> bytes:
        return b"8BIM" + struct.pack(">HHI", number, 0, len(body)) + body + b"\0" * (len(body) % 2)

    small = thumbnail()
    head = struct.pack(">IIIIIIHH", 1, 16, 12, 48, 576, len(small), 24, 1)
    return block(0x0404, iptc()) + block(0x040C, head + small) + block(0x07D0, SECRETS[6].encode())


def segment(marker: int, body: bytes) -> bytes:
    """Return a segment of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg(
    order: str = "<", orientation: int = 6, *, progressive: bool = False, mode: str = "RGB", side: int = 1
) -> bytes:
    """Return a JPEG with EXIF, XMP and its extension, Photoshop, JFXX, MPF, comment, data behind."""
    bare = encoded(shown(mode, side), "JPEG", quality=88, progressive=progressive, icc_profile=profile())
    at = 4 + struct.unpack_from(">H", bare, 4)[0] if bare[2:4] == b"\xff\xe0" else 2
    small = plain(5, 4).tobytes()
    jfif = segment(0xE0, b"JFIF\0\x01\x02\x01\0\x48\0\x48\x05\x04" + small)
    extra = b"".join(
        [
            jfif if mode == "RGB" else b"",
            segment(0xE0, b"JFXX\0\x10" + thumbnail()),
            segment(0xE1, b"Exif\0\0" + exif(order, orientation)),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp()),
            segment(
                0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32 + bytes(8) + SECRETS[4].encode()
            ),
            segment(0xED, b"Photoshop 3.0\0" + photoshop()),
            segment(0xE2, b"MPF\0" + mpf()),
            segment(0xE5, SECRETS[3].encode()),
            segment(0xFE, SECRETS[9].encode()),
        ]
    )
    second = jpeg_of_second()
    return bare[:2] + extra + bare[at:] + second + SECRETS[8].encode()


def mpf() -> bytes:
    """Return the index of a file of one picture, as cameras write it that append others later (DC-007)."""
    block = ExifBlock("<")
    block.directory([(0xB000, 7, 4, b"0100"), block.long(0xB001, 1), (0xB002, 7, 16, bytes(16))])
    return bytes(block.data)


def jpeg_of_second() -> bytes:
    """Return the uncropped picture that some cameras append."""
    return encoded(plain(90, 90, seed=3), "JPEG")


def chunk(kind: bytes, body: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(order: str = "<", orientation: int = 6, mode: str = "RGB", side: int = 1) -> bytes:
    """Return a PNG with eXIf, iTXt (XMP), tEXt, zTXt, tIME, a private chunk, and data behind the end."""
    bare = encoded(shown(mode, side), "PNG", icc_profile=profile(), dpi=(300, 300))
    extra = b"".join(
        [
            chunk(b"eXIf", exif(order, orientation)),
            chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp()),
            chunk(b"tEXt", b"Author\0" + b"Kolev"),
            chunk(b"tEXt", b"Comment\0" + SECRETS[9].encode()),
            chunk(b"zTXt", b"Description\0\0" + zlib.compress(SECRETS[6].encode())),
            chunk(b"iTXt", b"Model\0\x01\0\0\0" + zlib.compress(SECRETS[0].encode())),
            chunk(b"prVt", SECRETS[3].encode()),
            chunk(b"tIME", bytes(7)),
        ]
    )
    return bare[:33] + extra + bare[33:] + SECRETS[8].encode()


def webp(
    order: str = "<", orientation: int = 6, *, lossless: bool = False, mode: str = "RGB", side: int = 1
) -> bytes:
    """Return a WebP with EXIF, XMP, an unknown chunk, and data behind the end."""
    bare = encoded(
        shown(mode, side), "WEBP", lossless=lossless, exif=b"Exif\0\0" + exif(order, orientation), xmp=xmp(),
        icc_profile=profile(),
    )  # fmt: skip
    odd = b"prVt" + struct.pack("<I", len(SECRETS[3])) + SECRETS[3].encode()
    whole = bare[12:] + odd
    return b"RIFF" + struct.pack("<I", len(whole) + 4) + b"WEBP" + whole + SECRETS[8].encode()


def tiff(order: str = "<", compression: str = "tiff_lzw", mode: str = "RGB", side: int = 1) -> bytes:
    """Return a TIFF with two pages, EXIF and GPS directories, XMP, IPTC, Photoshop, and data behind."""
    held = io.BytesIO()
    options = {} if compression == "none" else {"compression": compression}
    picture = shown(mode, side)
    picture.save(held, "TIFF", big_endian=order == ">", icc_profile=profile(), **options)
    data = bytearray(held.getvalue())
    order = "<" if data[:2] == b"II" else ">"
    at = struct.unpack_from(order + "I", data, 4)[0]
    count = struct.unpack_from(order + "H", data, at)[0]
    old = [data[at + 2 + 12 * n : at + 14 + 12 * n] for n in range(count)]

    def put(body: bytes) -> int:
        if len(data) % 2:
            data.extend(b"\0")
        where = len(data)
        data.extend(body)
        return where

    def field(tag: int, kind: int, size: int, body: bytes) -> bytes:
        return struct.pack(order + "HHII", tag, kind, size, put(body))

    degrees = b"".join(struct.pack(order + "II", value, 1) for value in GPS)
    gps = put(struct.pack(order + "H", 1) + struct.pack(order + "HHII", 2, 5, 3, put(degrees)) + bytes(4))
    serial = SECRETS[1].encode() + b"\0"
    inner = put(
        struct.pack(order + "H", 1)
        + struct.pack(order + "HHII", 0xA431, 2, len(serial), put(serial))
        + bytes(4)
    )
    packet, blocks, sets = xmp(), photoshop(), iptc()
    fields = [
        *old,
        field(271, 2, len(SECRETS[0]) + 1, SECRETS[0].encode() + b"\0"),
        field(270, 2, len(SECRETS[9]) + 1, SECRETS[9].encode() + b"\0"),
        field(315, 2, len(CREATOR.encode()) + 1, CREATOR.encode() + b"\0"),
        field(700, 1, len(packet), packet),
        field(33723, 7, len(sets), sets),
        field(34377, 1, len(blocks), blocks),
        struct.pack(order + "HHII", 34665, 4, 1, inner),
        struct.pack(order + "HHII", 34853, 4, 1, gps),
    ]
    fields.sort(key=lambda each: struct.unpack_from(order + "H", bytes(each))[0])
    body = struct.pack(order + "H", len(fields)) + b"".join(map(bytes, fields))
    second = put(
        struct.pack(order + "H", 1)
        + struct.pack(order + "HHII", 271, 2, 9, put(SECRETS[0].encode()))
        + bytes(4)
    )
    start = put(body + struct.pack(order + "I", second))
    struct.pack_into(order + "I", data, 4, start)
    return bytes(data) + SECRETS[8].encode()


def svg(side: int = 1) -> bytes:
    """Return a drawing as an editor saves it, with a photograph in it."""
    photo = base64.b64encode(jpeg(side=side)).decode()
    return f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Editor ({SECRETS[6]}) -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 60 40"
 xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" sodipodi:docname="{SECRETS[6]}"
 inkscape:export-filename='{SECRETS[6]}'>
<sodipodi:namedview id="base" inkscape:label="{SECRETS[2]}"><inkscape:grid id="g"/></sodipodi:namedview>
<metadata><rdf:RDF><rdf:Description><dc:creator>{CREATOR}</dc:creator><dc:title>{SECRETS[9]}</dc:title>
<dc:rights>{RIGHTS}</dc:rights></rdf:Description></rdf:RDF></metadata>
<title>Кула &gt; мост</title><rect id="a>b" width="60" height="40" fill="#ddd" inkscape:label="{SECRETS[4]}"/>
<image width="20" height="10" xlink:href="data:image/jpeg;base64,{photo}" sodipodi:absref="{SECRETS[6]}"/>
<text x="2" y="12">Мост</text></svg>""".encode()


def every_raster(side: int = 1) -> dict[str, bytes]:
    """Return a picture in each format, in both orders of bytes and several codings, by name."""
    made: dict[str, bytes] = {}
    for word, order in {"intel": "<", "motorola": ">"}.items():
        made |= {
            f"{word}.jpg": jpeg(order, side=side),
            f"{word}-progressive.jpg": jpeg(order, 8, progressive=True, side=side),
            f"{word}-grey.jpg": jpeg(order, 3, mode="L", side=side),
            f"{word}-cmyk.jpg": jpeg(order, 1, mode="CMYK", side=side),
            f"{word}.png": png(order, side=side),
            f"{word}-alpha.png": png(order, 5, mode="RGBA", side=side),
            f"{word}-grey.png": png(order, 2, mode="L", side=side),
            f"{word}.webp": webp(order, side=side),
            f"{word}-lossless.webp": webp(order, 7, lossless=True, side=side),
            f"{word}-alpha.webp": webp(order, 1, mode="RGBA", side=side),
            f"{word}-lzw.tif": tiff(order, side=side),
            f"{word}-plain.tif": tiff(order, "none", side=side),
            f"{word}-jpeg.tif": tiff(order, "jpeg", side=side),
            f"{word}-deflate.tif": tiff(order, "tiff_adobe_deflate", mode="CMYK", side=side),
            f"{word}-grey.tif": tiff(order, "none", mode="L", side=side),
        }
    return made
