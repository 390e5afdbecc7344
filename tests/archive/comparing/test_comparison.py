"""Two PDFs of one issue are identical, look the same, or their differences are reported with their places."""

from __future__ import annotations

import io
import shutil
import weakref
from typing import TYPE_CHECKING

import pikepdf
import pytest
from PIL import Image

from pipeline.archive.comparing import comparison as comparing
from pipeline.archive.comparing.comparison import Comparison, HiddenChange, PageChange, Verdict, compare
from pipeline.archive.comparing.word_changes import WordChange
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import Spot
from pipeline.models.editions import SCREEN
from pipeline.pdf.raster import each_page
from tests.conftest import REPOSITORY
from tests.support.paths import GOOD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PIL.Image import Image as Picture

MILLIMETRE = 72 / 25.4


def pressed(root: Path) -> bytes:
    """Return the screen edition of the issue of a workspace."""
    workspace = Workspace(root)
    order = BuildRequest(workspace.choose_issue(), workspace, root / "out", editions=(SCREEN,), fresh=True)
    return build(order).paths[0].read_bytes()


def put(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("plain") / "w"
    shutil.copytree(GOOD, root)
    article = root / "issues/2023-12-20/tower.md"
    put(article, "на статията.", "на [статията](https://example.org/a).")
    return root


@pytest.fixture(scope="module")
def before(plain: Path) -> bytes:
    return pressed(plain)


@pytest.fixture
def root(plain: Path, tmp_path: Path) -> Path:
    """A workspace in which a test changes one thing."""
    shutil.copytree(plain, tmp_path / "w", ignore=shutil.ignore_patterns("out"))
    return tmp_path / "w"


def redone(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """Return a PDF after a change of its objects."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def blank(pages: int, black: tuple[float, float, float, float] | None = None, bleed: float = 0) -> bytes:
    """Return a PDF of 100 × 100 mm, on its last page a black area.

    Args:
        pages: Number of pages.
        black: Left, top, width and height in millimetres from the upper left of the trim.
        bleed: Millimetres that each page is larger than its trim, on every side.
    """
    with pikepdf.new() as pdf:
        side = (100 + 2 * bleed) * MILLIMETRE
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=(side, side))
            edges = [bleed * MILLIMETRE] * 2 + [side - bleed * MILLIMETRE] * 2
            page.trimbox = pikepdf.Array([round(edge, 4) for edge in edges])
        if black:
            left, top, width, height = black
            numbers = (left + bleed, 100 + bleed - top - height, width, height)
            area = " ".join(f"{number * MILLIMETRE:.4f}" for number in numbers)
            pdf.pages[-1].Contents = pdf.make_stream(f"{area} re f".encode())
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def test_the_same_bytes_are_identical_without_drawing(before: bytes) -> None:
    assert compare(before, before) == Comparison(Verdict.IDENTICAL)
    assert compare(b"no pdf", b"no pdf").verdict is Verdict.IDENTICAL


def test_other_bytes_with_the_same_pages_and_texts_are_the_same_picture(before: bytes) -> None:
    other = redone(before, lambda _: None)
    assert other != before
    assert compare(before, other) == Comparison(Verdict.SAME_PICTURE)


def test_one_word_is_found_with_its_page_and_its_place(before: bytes, root: Path) -> None:
    put(root / "issues/2023-12-20/tower.md", "Първият", "Вторият")
    found = compare(before, pressed(root))
    assert found.verdict is Verdict.DIFFERS
    assert found.words == (WordChange(2, "Първият", "Вторият"),)
    assert not found.hidden
    (page,) = found.pages
    (spot,) = page.spots
    assert page.number == 2
    # One line of the text's column.
    assert 60 < spot.left < spot.right < 195
    assert 2 < spot.bottom - spot.top < 6


def test_one_rule_of_the_style_changes_the_look_and_no_word(before: bytes, root: Path) -> None:
    shutil.copytree(REPOSITORY / "styles", root / "styles")
    sheet = root / "styles/knowledge-city/1/text.css"
    sheet.write_text(sheet.read_text("utf-8") + "\nh3 { color: var(--rust) }\n", "utf-8")
    found = compare(before, pressed(root))
    assert [page.number for page in found.pages] == [2, 3]
    assert all(page.spots for page in found.pages)
    assert not found.words
    assert not found.hidden


def test_a_changed_picture_is_found_with_its_place(before: bytes, root: Path) -> None:
    path = root / "issues/2023-12-20/images/tower.png"
    with Image.open(path) as picture:
        other = Image.eval(picture.convert("RGB"), lambda value: 255 - value)
    other.save(path)
    found = compare(before, pressed(root))
    assert {page.number for page in found.pages} == {1, 2}
    assert max(spot.right - spot.left for page in found.pages for spot in page.spots) > 100
    assert not found.words


def test_the_address_is_found_on_every_page_that_prints_it(before: bytes, root: Path) -> None:
    put(root / "issues/publication.yaml", "bg: София", "bg: Пловдив")
    found = compare(before, pressed(root))
    assert found.words
    assert {(change.before, change.after) for change in found.words} == {("София", "Пловдив")}
    assert {change.page for change in found.words} == {page.number for page in found.pages}


def test_an_alternative_text_is_found_though_no_page_shows_it(before: bytes, root: Path) -> None:
    put(root / "issues/2023-12-20/tower.md", "Висока кула", "Ниска кула")
    found = compare(before, pressed(root))
    assert found.verdict is Verdict.DIFFERS
    assert (found.pages, found.words) == ((), ())
    assert set(found.hidden) == {
        HiddenChange("alternatives", "Висока кула над покривите", "Ниска кула над покривите")
    }


def test_a_changed_link_target_is_found_though_no_page_shows_it(before: bytes, root: Path) -> None:
    put(root / "issues/2023-12-20/tower.md", "example.org/a", "example.org/b")
    found = compare(before, pressed(root))
    assert (found.pages, found.words) == ((), ())
    assert found.hidden == (HiddenChange("links", "https://example.org/a", "https://example.org/b"),)


def test_title_language_and_bookmarks_are_distinguished(before: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Lang = pikepdf.String("ru")
        pdf.docinfo["/Title"] = "Друго"
        pdf.Root.Outlines.First.Title = pikepdf.String("Друга отметка")

    found = compare(before, redone(before, change))
    assert found.verdict is Verdict.DIFFERS
    assert [change.part for change in found.hidden] == ["title", "language", "bookmarks"]
    assert [change.after for change in found.hidden] == ["Друго", "ru", "Друга отметка"]


@pytest.mark.parametrize("bleed", [0, 5])
def test_places_are_in_millimetres_from_the_upper_left_of_the_trim(bleed: float) -> None:
    found = compare(blank(2, bleed=bleed), blank(2, (20, 30, 10, 5), bleed))
    (page,) = found.pages
    assert page.number == 2
    (spot,) = page.spots
    assert spot == pytest.approx(Spot(20, 30, 30, 35), abs=0.3)


def test_changes_outside_the_trim_are_ignored() -> None:
    assert compare(blank(1, bleed=5), blank(1, (-4, 20, 3, 3), 5)).verdict is Verdict.SAME_PICTURE


def test_near_changes_are_one_place_and_distant_ones_two() -> None:
    near = redone(blank(1), lambda pdf: _black(pdf, (20, 20, 5, 5), (27, 20, 5, 5)))
    apart = redone(blank(1), lambda pdf: _black(pdf, (20, 20, 5, 5), (60, 70, 5, 5)))
    (close,) = compare(blank(1), near).pages
    assert [spot == pytest.approx(Spot(20, 20, 32, 25), abs=0.3) for spot in close.spots] == [True]
    (far,) = compare(blank(1), apart).pages
    assert [round(spot.left) for spot in far.spots] == [20, 60]


def _black(pdf: pikepdf.Pdf, *areas: tuple[int, int, int, int]) -> None:
    marks = [
        f"{left * MILLIMETRE:.4f} {(100 - top - height) * MILLIMETRE:.4f} "
        f"{width * MILLIMETRE:.4f} {height * MILLIMETRE:.4f} re f"
        for left, top, width, height in areas
    ]
    pdf.pages[0].Contents = pdf.make_stream(" ".join(marks).encode())


def test_pages_added_and_missing_are_named() -> None:
    assert compare(blank(1), blank(3)).pages == (PageChange(2, (), "after"), PageChange(3, (), "after"))
    assert compare(blank(2), blank(1)).pages == (PageChange(2, (), "before"),)


def test_a_page_of_another_size_differs(before: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for box in ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox"):
            if box in pdf.pages[0]:
                pdf.pages[0][box] = pikepdf.Array([0, 0, 500, 700])

    assert compare(before, redone(before, change)).pages[0].number == 1


def test_only_one_page_is_in_memory_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[weakref.ref[Picture]] = []
    held = []

    def watched(pdf: bytes, ppi: int, *, trimmed: bool) -> Iterator[Picture]:
        for picture in each_page(pdf, ppi, trimmed=trimmed):
            drawn.append(weakref.ref(picture))
            held.append(sum(each() is not None for each in drawn))
            yield picture

    monkeypatch.setattr(comparing, "each_page", watched)
    compare(blank(30), blank(30, (20, 20, 5, 5)), ppi=20)
    assert len(held) == 60
    assert max(held) <= 6


@pytest.mark.parametrize("spoil", [b"", b"%PDF-1.7\n", b"no pdf at all"])
def test_an_unreadable_file_is_reported_as_such(before: bytes, spoil: bytes) -> None:
    for pair in ((before, spoil), (spoil, before)):
        with pytest.raises(ValueError, match=r"\w"):
            compare(*pair)


@pytest.mark.parametrize("odd", [7, None, True])
def test_an_object_of_the_wrong_type_raises_no_exception(before: bytes, odd: object) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].Annots = pikepdf.Array([odd])

    with pytest.raises(ValueError, match=r"\w"):
        compare(before, redone(before, change))


def test_an_encrypted_file_is_reported_as_such(before: bytes) -> None:
    with pikepdf.open(io.BytesIO(before)) as pdf:
        target = io.BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
    with pytest.raises(ValueError, match=r"\w"):
        compare(before, target.getvalue())
