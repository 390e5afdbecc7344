"""The characters of a face, compared with a font library."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont

from pipeline.typography.character_map import characters_of
from tests.support.paths import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

FACES = sorted((REPOSITORY / "fonts").rglob("*.ttf"))
SIGNS = {
    "NotoEmoji-Regular": "😀",
    "NotoSansMath-Regular": "∀",
    "NotoSansSymbols-Regular": "☦",
    "NotoSansSymbolsTwo-Regular": "★",
}


def face_with(characters: dict[int, str]) -> bytes:
    """Return a face of empty glyphs."""
    names = [".notdef", *dict.fromkeys(characters.values())]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(characters)
    target = io.BytesIO()
    builder.save(target)
    return target.getvalue()


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_every_shipped_face_is_read_as_a_font_library_reads_it(path: Path) -> None:
    with TTFont(path) as face:
        wanted = set(face.getBestCmap())
    assert characters_of(io.BytesIO(path.read_bytes())) == wanted
    assert ord(SIGNS.get(path.stem, "Ж")) in wanted


@pytest.mark.parametrize(
    "characters",
    [
        {0x41: "A"},
        {0x41: "B", 0x42: "A", 0x43: "C", 0x45: "A"},  # glyphs out of order: the list of format 4
        {0x41: "A", 0x1F600: "smile", 0x1F601: "smile2"},  # beyond the first plane: format 12
        {code: f"g{code}" for code in range(0x400, 0x460, 3)},
    ],
)
def test_made_faces(characters: dict[int, str]) -> None:
    assert characters_of(io.BytesIO(face_with(characters))) == characters.keys()


@pytest.mark.parametrize("data", [b"", b"not a font", b"\x00\x01\x00\x00\x00\x01" + b"\x00" * 40])
def test_what_is_no_face_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        characters_of(io.BytesIO(data))
