"""Editions with the same pages are laid out once, and each has the file that it would have had alone."""

from __future__ import annotations

import io
import random
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pikepdf
import pytest

from pipeline.desk.production import edition_pages
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.desk.production.edition_pages import TwinPrinter
from pipeline.files.workspace import Workspace
from pipeline.models.editions import ARCHIVE, PRESS, SCREEN
from pipeline.page.engine.fetching import Asset
from pipeline.page.engine.loading import load_engine
from pipeline.page.engine.press import print_editions, print_pdf
from pipeline.pdf.law.drawn import page_pixels
from pipeline.pdf.law.visibility import first_look, letter_by_letter
from tests.page.engine.memory.pages import ASSETS, STYLE, page_of
from tests.support.generated.issues import generated_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.models.editions import Edition

DRAWING: Final = (
    '<svg viewBox="0 0 9 9" width="9mm"><path d="M0 0h9v9z" fill="#B4430F"/><text y="9">дума</text></svg>'
)
PAGE: Final = page_of(f'<p lang="en">word <a href="#b">дума</a></p><h2 id="b">Глава</h2>{DRAWING}')
REST: Final = (ASSETS, b"0" * 16, STYLE.plan.page)


def test_pages_laid_out_once_give_the_file_of_each_edition() -> None:
    both = print_editions(PAGE, (SCREEN, ARCHIVE), *REST)
    alone = print_pdf(PAGE, ARCHIVE, *REST)
    assert both.pdf == print_pdf(PAGE, SCREEN, *REST).pdf != alone.pdf
    assert both._replace(pdf=both.others[ARCHIVE.standard], others={}) == alone


def test_pages_of_twins_are_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    pages = type(load_engine().HTML(string="<p>").render().pages[0])
    plain = pages.paint

    def watched(page: Any, *rest: Any, **options: Any) -> None:
        drawn.append(page)
        plain(page, *rest, **options)

    monkeypatch.setattr(pages, "paint", watched)
    both = print_editions(PAGE, (SCREEN, ARCHIVE), *REST)
    assert both.others
    assert len(drawn) == len(both.fills)


@pytest.mark.parametrize(
    ("standards", "is_written"),
    [
        (("pdf/a-3a", "pdf/a-2a"), True),
        (("pdf/a-2a", "pdf/a-2u"), False),
        (("pdf/a-2a", "pdf/a-4f"), False),
        (("pdf/a-3a", "pdf/x-4"), False),
    ],
)
def test_only_the_file_of_a_standard_with_the_same_objects_is_written_with_another(
    standards: tuple[str, str],
    is_written: bool,  # noqa: FBT001
) -> None:
    one, other = (ARCHIVE._replace(standard=standard) for standard in standards)
    both = print_editions(PAGE, (one, other), *REST)
    assert both.pdf == print_pdf(PAGE, one, *REST).pdf
    assert both.others == ({other.standard: print_pdf(PAGE, other, *REST).pdf} if is_written else {})


@pytest.mark.parametrize(
    ("head", "body"),
    [('<link rel="attachment" href="a.txt">', ""), ("", '<a rel="attachment" href="a.txt">а</a>')],
)
def test_pages_with_an_attached_file_are_printed_for_each_edition_by_itself(head: str, body: str) -> None:
    page = PAGE.replace("</head>", f"{head}</head>").replace("</body>", f"{body}</body>")
    rest = ({**ASSETS, "a.txt": Asset("бележка".encode(), "text/plain")}, *REST[1:])
    both = print_editions(page, (SCREEN, ARCHIVE), *rest)
    assert both.pdf
    assert not both.others
    with pikepdf.open(io.BytesIO(print_pdf(page, ARCHIVE, *rest).pdf)) as file:
        assert "/AF" in file.Root


@pytest.mark.parametrize(
    ("is_drawing", "editions", "layouts"),
    [
        (True, (SCREEN, PRESS, ARCHIVE), [("screen", "archive"), ("press",)]),
        (True, (ARCHIVE, SCREEN), [("archive", "screen")]),
        (True, (SCREEN,), [("screen",)]),
        (False, (SCREEN, ARCHIVE), [("screen",), ("archive",)]),
    ],
)
def test_only_editions_of_the_same_pages_are_printed_together(
    monkeypatch: pytest.MonkeyPatch,
    is_drawing: bool,  # noqa: FBT001
    editions: tuple[Edition, ...],
    layouts: list[tuple[str, ...]],
) -> None:
    printed: list[tuple[str, ...]] = []

    def watched(html: str, asked: Any, *rest: Any, **options: Any) -> Any:
        printed.append(tuple(edition.name for edition in asked))
        return print_editions(html, asked, *rest, **options)

    monkeypatch.setattr(edition_pages, "print_editions", watched)
    monkeypatch.setattr(edition_pages, "printed_widths", lambda *_: {"a": (9, None)})
    prepared: Any = SimpleNamespace(
        request=SimpleNamespace(editions=editions),
        valid=SimpleNamespace(pictures={"a": SimpleNamespace(is_drawing=is_drawing)}),
        printed={},
    )
    for edition in editions:
        if edition is not PRESS:  # It needs a profile; were it printed with another, it would be listed.
            made = TwinPrinter(prepared, edition)(PAGE, edition, *REST)
            assert made.pdf == print_pdf(PAGE, edition, *REST).pdf
    assert printed == [each for each in layouts if each != ("press",)]
    assert not prepared.printed


def test_pages_that_were_sound_are_not_looked_at_when_they_are_built_again_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In a file, for a copy of this process may be the one that looks.
    looks = tmp_path / "looks"
    plain = page_pixels.pixels_of

    def watched(drawn: Any, *rest: Any) -> Any:
        with looks.open("a") as file:
            file.write(".")
        return plain(drawn, *rest)

    for judge in (first_look, letter_by_letter):
        monkeypatch.setattr(judge, "pixels_of", watched)
    folder = generated_workspace(tmp_path, random.Random(5), pages=1)
    request = BuildRequest(folder, Workspace(tmp_path), tmp_path / "out", fresh=True)
    build(request)
    count = len(looks.read_text())
    assert count
    build(request)
    assert len(looks.read_text()) == count
