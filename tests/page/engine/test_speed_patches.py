"""Patches for speed have no side effects: the same bytes, the collector restored, no placeholders left."""

from __future__ import annotations

import contextlib
import gc
import io
import random
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import pikepdf
import pytest

from pipeline.models.editions import PRESS, SCREEN
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.garbage import collected_rarely, collector_paused
from pipeline.page.engine.loading import load_engine
from pipeline.page.engine.paragraphs import long_words
from pipeline.page.engine.paragraphs.long_words import head_of
from pipeline.page.engine.press import print_pdf
from pipeline.page.engine.svg import svg_drawings
from pipeline.page.style import PROFILE, load_style
from tests.support.paths import PACKAGE, REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from pipeline.models.editions import Edition

STYLE: Final = load_style("knowledge-city", 1, [REPOSITORY / "styles"], [REPOSITORY / "fonts"])
COATED: Final = PACKAGE / "page/pictures/profiles/ISOcoated_v2_300_bas.icc"
PLAIN: Final = (
    '<path d="M1 1h30v20z" fill="#B4430F" stroke="#1D1D1B"/>',
    '<g transform="rotate(9)"><circle cx="9" cy="9" r="5" fill-opacity=".5"/></g>',
    '<rect width="9" height="9" fill="none" stroke="#0F4C64" stroke-opacity=".25"/>',
    '<title>име</title><desc>описание</desc><line x2="9" y2="9" stroke="red"/>',
    "",
)
"""Drawings of shapes alone."""

NOT_KEPT: Final = {
    "text": '<text x="5" y="9" fill="#000">дума</text>',
    "opacity of a group": '<g opacity=".5"><rect width="9" height="9"/></g>',
    "gradient": '<linearGradient id="a"><stop stop-color="red"/></linearGradient>'
    '<rect width="9" height="9" fill="url(#a)"/>',
    "clip": '<clipPath id="a"><rect width="3" height="3"/></clipPath>'
    '<rect width="9" height="9" clip-path="url(#a)"/>',
    "style sheet": "<style>rect { fill: red }</style><rect width='9' height='9'/>",
    "record in the log": '<rect width="9" height="9" fill="color(--unknown 1 0 0)"/>',
}


def svg(inner: str) -> str:
    size = 'viewBox="0 0 40 30" width="40mm" height="30mm"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inner}</svg>'


def printed(*drawings: str, edition: Edition = SCREEN) -> tuple[bytes, list[str]]:
    """Return the PDF of a page with drawings, some among coloured text, and the findings."""
    figures = "".join(
        f'<p style="color: #0F4C64; opacity: 1">дума {svg(inner)} дума</p>' for inner in drawings
    )
    page = (
        f'<html lang="bg"><head><title>Проба</title><style>{STYLE.properties(edition)}'
        f"body {{ font: 10pt/14pt var(--text) }}</style></head><body><h1>Проба</h1>{figures}</body></html>"
    )
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in STYLE.faces.items()}
    assets[PROFILE] = Asset(COATED.read_bytes(), "application/vnd.iccprofile")
    pressed = print_pdf(page, edition, assets, identifier=b"0" * 16, rhythm=STYLE.plan.page)
    return undated(pressed.pdf), [str(finding) for finding in pressed.findings]


def undated(pdf: bytes) -> bytes:
    """Return a PDF without the metadata that the engine dates and numbers at random in a press file."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        del file.Root.Metadata
        if "/Info" in file.trailer:
            del file.trailer.Info
        file.save(target, deterministic_id=True)
    return target.getvalue()


@pytest.fixture
def kept() -> Iterator[dict[Hashable, Any]]:
    """The drawings kept, none at first."""
    load_engine()
    svg_drawings._cache.clear()
    yield svg_drawings._cache
    svg_drawings._cache.clear()


@pytest.mark.parametrize("edition", [SCREEN, PRESS], ids=lambda edition: edition.name)
def test_a_kept_drawing_gives_the_bytes_of_one_drawn_anew(
    kept: dict[Hashable, Any], edition: Edition
) -> None:
    drawings = [*PLAIN, *NOT_KEPT.values(), *PLAIN[::-1]]
    first = printed(*drawings, edition=edition)
    assert kept
    again = printed(*drawings, edition=edition)
    kept.clear()
    assert first == again == printed(*drawings, edition=edition)


def test_a_kept_drawing_enters_another_document_as_if_drawn_there(kept: dict[Hashable, Any]) -> None:
    alone = printed(*PLAIN[1:])
    kept.clear()
    printed(*PLAIN[::-1], PLAIN[0])
    known = len(kept)
    assert printed(*PLAIN[1:]) == alone
    assert len(kept) >= known


@pytest.mark.parametrize("inner", NOT_KEPT.values(), ids=NOT_KEPT)
def test_what_is_more_than_shapes_is_drawn_every_time(kept: dict[Hashable, Any], inner: str) -> None:
    first = printed(inner)
    assert not kept
    assert printed(inner) == first


def test_no_more_drawings_are_kept_than_a_publication_has(
    kept: dict[Hashable, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(svg_drawings, "LARGEST_CACHE", 3)
    printed(*(f'<rect width="{width}" height="9"/>' for width in range(1, 9)))
    assert len(kept) == 3


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_left_as_it_was_also_after_an_error(was_on: bool) -> None:  # noqa: FBT001
    before = gc.isenabled()
    (gc.enable if was_on else gc.disable)()
    try:
        states = []
        with contextlib.suppress(KeyError), collector_paused():
            states.append(gc.isenabled())
            raise KeyError
        assert states == [False]
        assert gc.isenabled() == was_on
    finally:
        (gc.enable if before else gc.disable)()


@pytest.mark.parametrize(("before", "during"), [(700, 200_000), (300_000, 300_000), (0, 0)])
def test_during_a_build_garbage_is_searched_for_rarely_and_afterwards_as_before(
    before: int, during: int
) -> None:
    own = gc.get_threshold()
    gc.set_threshold(before, 9, 8)
    try:
        found = []
        with contextlib.suppress(KeyError), collected_rarely():
            found.append(gc.get_threshold())
            raise KeyError
        assert found == [(during, 9, 8)]
        assert gc.get_threshold() == (before, 9, 8)
    finally:
        gc.set_threshold(*own)


def test_the_engine_starts_without_a_compiler_and_without_what_it_does_not_use() -> None:
    program = (
        "import subprocess, sys\n"
        "def refused(*_, **__): raise AssertionError('a program was started')\n"
        "subprocess.Popen = refused\n"
        "from pipeline.page.engine.loading import load_engine, warm_up\n"
        "warm_up()\n"
        "assert 'pycparser' not in sys.modules and 'cffi' not in sys.modules\n"
        "assert 'fontTools.subset' not in sys.modules\n"
        "from weasyprint.pdf import fonts\n"
        "fonts.subset.Options()\n"
        "assert sys.modules['fontTools.subset'].__file__\n"
        "import cffi; cffi.FFI().cdef('int puts(char *);')\n"
        "assert load_engine() is sys.modules['weasyprint']\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


WORD: Final = "".join(random.Random(3).choices("абвгдежзиклмно", k=400))


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts that the engine lays out for its lines, as they are laid out."""
    load_engine()
    from weasyprint.text import line_break  # noqa: PLC0415 - slow to load

    plain, texts = line_break.create_layout, []

    def create_layout(text: str, *rest: Any) -> Any:
        texts.append(text)
        return plain(text, *rest)

    monkeypatch.setattr(line_break, "create_layout", create_layout)
    return texts


def printed_text(inner: str) -> bytes:
    page = (
        f'<html lang="bg"><head><title>Проба</title><style>{STYLE.properties(SCREEN)}'
        "body { font: 10pt/14pt var(--text); width: 60mm; hyphens: auto }</style></head>"
        f"<body><h1>Проба</h1>{inner}</body></html>"
    )
    assets = {f"fonts/{name}": Asset(path.read_bytes(), "font/ttf") for name, path in STYLE.faces.items()}
    return print_pdf(page, SCREEN, assets, identifier=b"0" * 16, rhythm=STYLE.plan.page).pdf


@pytest.mark.parametrize(
    "inner", [f"<p>Дума {WORD} и дума.</p>", f"<table><tr><td>{WORD[:240]}<td>дума</table>"]
)
def test_a_long_word_is_divided_as_before_in_a_part_of_the_trials(
    inner: str, laid_out: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = printed_text(inner)
    trials = sum(map(len, laid_out))
    laid_out.clear()
    monkeypatch.setattr(long_words, "head_of", lambda text, *_: text)
    assert printed_text(inner) == pages
    assert trials < sum(map(len, laid_out)) / 2


def test_words_of_a_language_are_laid_out_whole() -> None:
    words = "непротивоконституционствувателствувайте " * 9
    assert head_of(words, 300, 10) == words
    assert head_of("а" * 50, 0, 10) == "а" * 50
    assert head_of("а" * 400, 300, 10) == "а" * 180
    assert head_of("а" * 400, 300, 0) == "а" * 60
