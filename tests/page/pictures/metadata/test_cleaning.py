"""What picture files tell besides their picture goes; the picture, its turn and colours, its author stay."""

from __future__ import annotations

import io
import struct
import warnings
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from pipeline.page.pictures.metadata.cleaning import cleaned
from pipeline.page.pictures.metadata.held import Held, UncleanableError
from pipeline.page.pictures.metadata.origin import origin_of
from pipeline.page.pictures.same_picture import is_same_picture
from tests.page.pictures.metadata import making
from tests.page.pictures.metadata.odd_files import odd_files
from tests.page.pictures.metadata.telling import told

RASTERS = making.every_raster()
ODD = odd_files()


def shown(data: bytes) -> tuple[object, ...]:
    """Return what a viewer shows: pixels, upright and as stored, and the profile."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture = Image.open(io.BytesIO(data))
        profile = picture.info.get("icc_profile")
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        return picture.mode, picture.size, picture.tobytes(), upright.size, upright.tobytes(), profile


@pytest.mark.parametrize("name", RASTERS)
def test_the_reader_of_the_tests_sees_what_is_there(name: str) -> None:
    seen = told(RASTERS[name])
    assert {"coordinates", "place", "camera"} <= seen
    assert f"“{making.SECRETS[8]}”" in seen


@pytest.mark.parametrize("name", RASTERS)
def test_nothing_of_place_camera_owner_and_thumbnail_is_left(name: str) -> None:
    part = cleaned(RASTERS[name], name)
    assert told(part.data) == set()
    assert part.held >= {Held.PLACE, Held.DEVICE}


@pytest.mark.parametrize("name", RASTERS)
def test_the_picture_is_shown_as_before(name: str) -> None:
    part = cleaned(RASTERS[name], name)
    assert shown(part.data) == shown(RASTERS[name])
    assert is_same_picture(RASTERS[name], part.data, name)


@pytest.mark.parametrize("name", RASTERS)
def test_creator_credit_and_copyright_stay(name: str) -> None:
    data = cleaned(RASTERS[name], name).data
    assert making.CREATOR.encode() in data
    assert making.RIGHTS.encode() in data
    assert making.CREDIT.encode() in data


@pytest.mark.parametrize("name", RASTERS)
def test_cleaning_twice_changes_nothing(name: str) -> None:
    once = cleaned(RASTERS[name], name).data
    assert cleaned(once, name) == (once, frozenset())


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_tells_nothing_either_and_shows_the_same(name: str) -> None:
    before = ODD[name]
    assert told(before) != set()
    part = cleaned(before, name)
    assert told(part.data) == set()
    assert is_same_picture(before, part.data, name)
    assert cleaned(part.data, name) == (part.data, frozenset())
    if not name.endswith(".svg"):
        assert shown(part.data) == shown(before)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_file_without_metadata_stays_as_it_is(form: str, mode: str) -> None:
    data = making.encoded(making.plain(mode=mode), form)
    assert cleaned(data, "x").data == data


def test_an_orientation_that_only_xmp_or_a_raw_profile_states_is_kept() -> None:
    bare = making.encoded(making.plain(), "JPEG")
    packet = b"http://ns.adobe.com/xap/1.0/\0" + making.xmp(orientation=6)
    data = bare[:2] + making.segment(0xE1, packet) + bare[2:]
    assert shown(cleaned(data, "a.jpg").data) == shown(data)
    raw = b"\nexif\n  10\n" + (b"Exif\0\0" + making.exif(">", 8)).hex().encode()
    plain = making.encoded(making.plain(), "PNG")
    data = plain[:33] + making.chunk(b"tEXt", b"Raw profile type exif\0" + raw) + plain[33:]
    part = cleaned(data, "a.png")
    assert told(part.data) == set()
    assert shown(part.data) == shown(data)


def test_a_drawing_loses_the_notes_of_its_editor_and_nothing_that_is_drawn() -> None:
    before = making.svg()
    assert told(before) >= {f"“{making.SECRETS[6]}”", "coordinates", "sodipodi:docname"}
    part = cleaned(before, "x.svg")
    assert told(part.data) == set()
    assert is_same_picture(before, part.data, "x.svg")
    root = ET.fromstring(part.data)
    assert [node.tag.rpartition("}")[2] for node in root] == ["metadata", "title", "rect", "image", "text"]
    assert making.CREATOR in "".join(root.itertext())
    assert root[2].attrib == {"id": "a>b", "width": "60", "height": "40", "fill": "#ddd"}
    assert cleaned(part.data, "x.svg") == (part.data, frozenset())


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1251"])
def test_a_drawing_in_another_encoding_reads_as_before(encoding: str) -> None:
    text = making.svg().decode().replace("UTF-8", encoding).replace("©", "(c)")
    before = text.encode(encoding)
    part = cleaned(before, "x.svg")
    assert told(part.data) == set()
    assert is_same_picture(before, part.data, "x.svg")


def test_creator_and_day_are_read_before_they_go() -> None:
    for name, data in RASTERS.items():
        origin = origin_of(data)
        assert origin.creator == making.CREATOR, name
        assert origin.taken == ("" if name.endswith(".tif") else "2026-05-09"), name


@pytest.mark.parametrize("data", [
    b"\xff\xd8\xff\xe1\xff\xff" + b"Exif\0\0" + b"x" * 40, b"\x89PNG\r\n\x1a\n" + b"\0\0\0\x09IHDRxx",
    b"RIFF\x40\0\0\0WEBPVP8 \xff\xff\0\0", b"II+\0\x08\0\0\0" + bytes(30), b"II*\0\xff\0\0\0",
])  # fmt: skip
def test_a_file_that_is_not_built_as_its_format_says_is_refused_and_never_carried_in_part(
    data: bytes,
) -> None:
    with pytest.raises(UncleanableError):
        cleaned(data, "x")


def test_coded_data_that_stands_outside_of_its_scan_is_not_carried() -> None:
    picture = RASTERS["intel-progressive.jpg"]
    stray = picture[:2] + b"\xff\x00\x00\x06wxyz" + picture[2:]
    part = cleaned(stray, "x.jpg")
    assert b"wxyz" not in part.data
    assert cleaned(part.data, "x.jpg").data == part.data == cleaned(picture, "x.jpg").data


@given(st.sampled_from(sorted(RASTERS)), st.data())
def test_a_damaged_file_is_refused_or_cleaned_but_nothing_else_is_raised(
    name: str, draw: st.DataObject
) -> None:
    data = bytearray(RASTERS[name])
    for _ in range(draw.draw(st.integers(1, 6))):
        data[draw.draw(st.integers(4, len(data) - 1))] = draw.draw(st.integers(0, 255))
    cut = bytes(data[: draw.draw(st.integers(4, len(data)))])
    try:
        part = cleaned(cut, name)
    except UncleanableError:
        return
    assert cleaned(part.data, name).data == part.data


@given(st.sampled_from("<>"), st.integers(1, 8), st.binary(max_size=300), st.booleans())
def test_whatever_a_maker_writes_into_exif_goes(order: str, turned: int, note: bytes, behind: bool) -> None:  # noqa: FBT001 - a case of its own
    block = making.exif(order, turned)
    block = (
        block + note
        if behind
        else block.replace(making.SECRETS[3].encode() * 9, (note * 200)[:144].ljust(144))
    )
    bare = making.encoded(making.plain(), "JPEG")
    data = bare[:2] + making.segment(0xE1, b"Exif\0\0" + block) + bare[2:]
    part = cleaned(data, "x.jpg")
    assert told(part.data) == set()
    assert shown(part.data) == shown(data)


def test_a_telephones_two_exif_segments_and_filling_bytes_are_read_as_one() -> None:
    block = b"Exif\0\0" + making.exif()
    half = len(block) // 2
    bare = making.encoded(making.plain(), "JPEG")
    filled = b"\xff\xff\xff" + making.segment(0xE1, block[:half])[1:]
    data = bare[:2] + filled + making.segment(0xE1, b"Exif\0\0" + block[half:]) + bare[2:]
    part = cleaned(data, "x.jpg")
    assert told(part.data) == set()
    assert shown(part.data)[3] == (48, 64)


def test_the_second_view_of_a_camera_with_two_lenses_goes() -> None:
    views = [making.plain(seed=seed) for seed in (3, 5)]
    data = making.encoded(views[0], "MPO", save_all=True, append_images=views[1:])
    part = cleaned(data, "x.jpg")
    assert told(data) >= {"MPF\0", "a picture in the picture"}
    assert told(part.data) == set()
    assert Held.SECOND in part.held
    assert shown(part.data)[2] == shown(data)[2]


def test_animation_frames_of_a_png_are_further_pictures() -> None:
    frames = [making.plain(seed=seed) for seed in (3, 5, 9)]
    data = making.encoded(frames[0], "PNG", save_all=True, append_images=frames[1:])
    part = cleaned(data, "x.png")
    assert Held.SECOND in part.held
    assert shown(part.data)[2] == frames[0].tobytes()
    assert b"fdAT" not in part.data
    assert struct.unpack_from(">I", part.data, 8)[0] == 13
