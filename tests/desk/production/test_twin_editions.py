"""Editions with the same pages are laid out once, and each has the file that it would have had alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pytest

from pipeline.desk.production import edition_pages
from pipeline.desk.production.edition_pages import TwinPrinter
from pipeline.models.editions import ARCHIVE, PRESS, SCREEN
from pipeline.page.engine.press import print_editions, print_pdf
from tests.page.engine.memory.pages import ASSETS, STYLE, page_of

if TYPE_CHECKING:
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
