"""Faces for what a style's faces lack: the workspace's own and emoji, only where an issue needs them."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from pipeline.archive.restoring import restore
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.desk.production.checked_issue import CheckedIssue, check_issue
from pipeline.files.workspace import find_workspace, shipped_folder
from pipeline.models.editions import EDITIONS
from pipeline.page.fallback_faces import EMOJI_FILE
from pipeline.typography.fonts import coverage
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from collections.abc import Iterable

DATE: Final = "issues/2023-12-20"
GEORGIAN: Final = "საქართველო"
ARABIC: Final = "سلام"
EMOJI: Final = (
    "😀",
    "👨\u200d👩\u200d👧\u200d👦",
    "👍🏽",
    "❤\ufe0f",
    "☎",
    "🇧🇬",
    "1\ufe0f\u20e3",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "🏳\ufe0f\u200d🌈",
    "👩🏽\u200d🚀",
    "⚠\ufe0f",
)


def made_font(
    path: Path, letters: Iterable[str], *, family: str = "Made", weight: int = 400, rights: int = 0
) -> Path:
    """Write a font whose letters are boxes."""
    signs = sorted(set(letters) | {" "})
    names = [".notdef", *(f"u{ord(sign):04X}" for sign in signs)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(sign): f"u{ord(sign):04X}" for sign in signs})
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in ((50, 600), (450, 600), (450, 0)):
        pen.lineTo(corner)
    pen.closePath()
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": f"{family}-{weight}"})
    builder.setupOS2(
        sTypoAscender=800, usWinAscent=800, usWinDescent=200, usWeightClass=weight, fsType=rights
    )
    builder.setupPost()
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "workspace"))


def written(root: Path, text: str) -> None:
    path = root / DATE / "tower.md"
    path.write_text(path.read_text("utf-8").replace("Първият абзац", f"Първият {text} абзац"), "utf-8")


def checked(root: Path) -> CheckedIssue:
    workspace = find_workspace(root)
    return check_issue(workspace.choose_issue(), workspace)


def codes(root: Path) -> list[str]:
    return [finding.code for finding in checked(root).findings]


def built(root: Path, *editions: str, fresh: bool = True) -> dict[str, bytes]:
    workspace = find_workspace(root)
    chosen = tuple(EDITIONS[name] for name in editions)
    request = BuildRequest(
        workspace.choose_issue(), workspace, root / "out", editions=chosen, fresh=fresh, mail=True
    )
    return {path.name: path.read_bytes() for path in build(request, lambda *_: None).paths}


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document)


def test_a_text_in_a_script_without_a_face_is_one_finding(root: Path) -> None:
    written(root, f"{GEORGIAN} და {GEORGIAN}\n\nОще {GEORGIAN}, после")
    (finding,) = checked(root).findings
    values = dict(finding.values)
    assert finding.code == "E99"
    assert values["what"] == "Georgian script"
    assert values["count"] == "32"
    assert values["found"].startswith(GEORGIAN)
    assert finding.place is not None
    assert (finding.place.line, finding.place.column) == (4, 9)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("هذا نص عربي، طويل", "Arabic script"),
        ("这是中文，用于测试。", "Chinese script"),
        ("これは日本語です。漢字", "Japanese script"),
        ("한국어 텍스트", "Korean script"),
        ("हिन्दी पाठ", "Devanagari"),
        ("𐎠𐎡𐎢", "a rare script"),
    ],
)
def test_each_script_is_named_once_a_file(root: Path, text: str, name: str) -> None:
    written(root, f"{text}\n\n{text}")
    assert [dict(finding.values).get("what") for finding in checked(root).findings] == [name]


def test_two_scripts_are_two_findings(root: Path) -> None:
    written(root, f"{GEORGIAN} {ARABIC}")
    assert codes(root) == ["E99", "E99"]


@pytest.mark.parametrize(
    ("letters", "folder"), [(GEORGIAN, "georgian"), (ARABIC, "с име на кирилица"), ("漢字", "")]
)
def test_a_font_in_the_workspace_serves_its_letters(root: Path, letters: str, folder: str) -> None:
    written(root, f"{letters} и **{letters}**")
    assert set(codes(root)) == {"E99"}
    made_font(root / "fonts" / folder / "My Font.ttf", letters)
    assert codes(root) == []
    made = built(root, "screen")
    pdf = next(data for name, data in made.items() if name.endswith(".pdf"))
    assert sorted(set(letters)) == sorted(set(letters) & set(text_of(pdf)))


def test_bold_letters_take_the_bold_face_of_the_family(root: Path) -> None:
    written(root, GEORGIAN)
    made_font(root / "fonts/made/Bold.ttf", GEORGIAN, weight=700)
    made_font(root / "fonts/made/Regular.ttf", GEORGIAN)
    made_font(root / "fonts/other/Regular.ttf", GEORGIAN, family="Other")
    style = checked(root).style
    assert style is not None
    assert [(each.face.family, each.face.weight) for each in style.fallbacks] == [
        ("Added A", 700),
        ("Added A", 400),
    ]


@pytest.mark.parametrize(
    ("rights", "content", "problem"),
    [
        (2, None, "its licence does not let it be embedded"),
        (0, b"no font", "it is not a font that can be read"),
    ],
)
def test_a_font_that_cannot_be_used_is_named(
    root: Path, rights: int, content: bytes | None, problem: str
) -> None:
    written(root, GEORGIAN)
    path = made_font(root / "fonts/made.ttf", GEORGIAN, rights=rights)
    if content is not None:
        path.write_bytes(content)
    unusable, lacking = sorted(checked(root).findings, key=lambda finding: finding.code, reverse=True)
    assert (unusable.code, lacking.code) == ("W171", "E99")
    assert dict(unusable.values) == {"name": "made.ttf", "problem": problem}


def test_a_font_that_is_not_needed_changes_nothing(root: Path) -> None:
    before = built(root, "archive")
    made_font(root / "fonts/made.ttf", GEORGIAN + "абв")
    after = built(root, "archive")
    (name,) = (name for name in before if name.endswith("-archive.pdf"))
    assert before[name] == after[name]
    assert EMOJI_FILE.encode() not in before[name]


def test_emoji_are_set_and_read_back(root: Path) -> None:
    written(root, " ".join(EMOJI) + " **🎉** и [🎯](https://example.org/цел)")
    assert codes(root) == []
    made = built(root, "screen", "press", "archive")
    for name in (f"bulletin-2023-12-20{end}.pdf" for end in ("", "-press", "-archive")):
        text = text_of(made[name])
        for sequence in (*EMOJI, "🎉", "🎯"):
            assert sequence.replace("\ufe0f", "") in text, sequence
    mail = made["bulletin-2023-12-20-mail.html"].decode()
    assert mail.count("👨\u200d👩\u200d👧\u200d👦") == mail.count("❤\ufe0f")


def test_signs_and_letters_that_offices_write_are_set_and_read_back(root: Path) -> None:
    """Moves of chess, keys of music, older spelling, accents, formulae and frames, in every edition."""
    signs = (
        "♔♟ F♯ B♭ ★☆ ☐☒ ①❷ ∈∀∇⊥ ⇒⇔ ♪♫ ☦✓✗ ►●○ ⚭ ⟨x⟩ ┌█ вѫтрѣ ἀρχῇ ʃə ℵ₀ x⁻¹ SO₄²⁻ зам̀ък Ș".split()  # noqa: SIM905 - easier to read
    )
    written(root, " ".join(signs) + " **вѫтрѣ ★** и *♯*")
    assert codes(root) == []
    made = built(root, "screen", "press", "archive")
    for name in (f"bulletin-2023-12-20{end}.pdf" for end in ("", "-press", "-archive")):
        text = unicodedata.normalize("NFC", text_of(made[name]))
        assert [sign for sign in signs if unicodedata.normalize("NFC", sign) not in text] == []


def test_emoji_in_titles_and_figures_are_set(root: Path) -> None:
    path = root / DATE / "project.md"
    path.write_text(path.read_text("utf-8").replace("title: ", "title: 🚀 👩🏽\u200d🚀 ", 1), "utf-8")
    assert codes(root) == []
    made = built(root, "screen")
    assert "👩🏽\u200d🚀" in text_of(made["bulletin-2023-12-20.pdf"])


def test_an_archive_edition_brings_its_further_faces_along(root: Path, tmp_path: Path) -> None:
    written(root, f"{GEORGIAN} 😀")
    made_font(root / "fonts/georgian/Made.ttf", GEORGIAN)
    (root / "fonts/georgian/OFL.txt").write_text("free", "utf-8")
    name = "bulletin-2023-12-20-archive.pdf"
    built(root, "archive")
    restored = tmp_path / "restored"
    restore((root / "out/2023-12-20" / name).read_bytes(), name, restored)
    assert (restored / "fonts/georgian/Made.ttf").is_file()
    assert (restored / "fonts/georgian/OFL.txt").is_file()
    assert (restored / "fonts" / EMOJI_FILE).is_file()
    again = built(restored, "archive")
    assert again[name] == (root / "out/2023-12-20" / name).read_bytes()


def test_the_spaces_between_emoji_are_a_quarter_wide() -> None:
    """Two emoji have their space set in their own face, where it was as wide as they are."""
    path = shipped_folder("fonts") / EMOJI_FILE
    with TTFont(path) as face:
        assert face["hmtx"]["space"][0] * 4 == face["head"].unitsPerEm
    assert {0x1F600, 0x200D, 0xFE0F, 0x20E3} <= coverage(path)
