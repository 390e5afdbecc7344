"""A path of a drawing that is known is not read again, and is drawn as if it were."""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any, Final

import pytest

from pipeline.page.engine.loading import load_engine
from pipeline.page.engine.svg import svg_drawings, svg_paths
from pipeline.page.figures.outlines import fitted
from pipeline.page.figures.outlines import path as outline
from pipeline.page.figures.rings import Box
from tests.page.engine.memory.pages import printed
from tests.support.paths import SHIPPED_ISSUES

if TYPE_CHECKING:
    from collections.abc import Callable

MARKER: Final = '<marker id="m" markerWidth="4" markerHeight="4"><path d="M0 0h2v2z"/></marker>'
PATHS: Final = {
    "straight steps": "M12.5 3l-4.1 7l0 2.5l30 -9ZM1 -1l2 2Z",
    "lines": "M1 1h30v20z",
    "small letters": "m1 1 5 5l3-2h2v9zm3 3h4v4z",
    "curves": "M1 1C2 3 4 5 6 7s3 2 5 1q2 4 5 5t6 1a4 3 20 0 1 5 5",
    "shares": "M10% 5%L90% 50%",
    "of the size of type": "M1ex 1ex L9ex 4ex",
    "numbers run together": "M.5.5 9-3e0.5.25",
    "cut short": "M1 1 L5",
    "nothing": "",
}


def drawing(paths: str, size: str = "40 30") -> str:
    """Return a drawing that is drawn each time, for it has words."""
    return (
        f'<svg viewBox="0 0 {size}" width="40mm" height="30mm">{MARKER}{paths}<text y="9">дума</text></svg>'
    )


def path(text: str, look: str = 'fill="#B4430F"') -> str:
    return f'<path d="{text}" {look}/>'


@pytest.fixture(autouse=True)
def _nothing_known() -> None:
    load_engine()
    svg_paths.memory.clear()
    svg_drawings._cache.clear()


def body_of(text: str) -> str:
    looks = ('stroke="#000"', 'fill="none" marker-mid="url(#m)" stroke="red"', 'font-size="3"', "")
    sizes = ("40 30", "80 20")
    return "".join(drawing("".join(path(text, look) for look in looks), size) for size in sizes) * 2


@pytest.mark.parametrize("text", PATHS.values(), ids=PATHS)
def test_a_known_path_gives_the_bytes_of_one_read_anew(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    body = body_of(text)
    with monkeypatch.context() as patch:
        patch.setattr(svg_paths.memory, "recall", lambda _, make: make())
        anew = printed(body)
    assert printed(body) == printed(body) == anew


def test_a_path_is_read_once_whatever_its_colours_and_document(monkeypatch: pytest.MonkeyPatch) -> None:
    # The package has a function of this name, too.
    module: Any = importlib.import_module("weasyprint.svg.path")
    points: list[object] = []
    plain = module.point

    def watched(*given: Any) -> Any:
        points.append(given)
        return plain(*given)

    monkeypatch.setattr(module, "point", watched)
    text = PATHS["curves"]
    printed(drawing(path(text)))
    count = len(points)
    assert count
    printed(drawing(path(text, 'fill="none" stroke="#0F4C64"') + path(text)))
    assert len(points) == count
    printed(drawing(path(text), "80 20"))
    assert len(points) == 2 * count


def test_a_path_that_is_cut_short_is_not_kept() -> None:
    printed(drawing(path(PATHS["cut short"])))
    assert not any(PATHS["cut short"] in key for key in svg_paths.memory._kept)  # type: ignore[operator]


def of_a_map() -> list[str]:
    return [outline(of_one) for of_one in fitted(["BG", "FR", "SE"], Box(0, 0, 400, 300)).values()]


def of_a_cover() -> list[str]:
    drawing_of_contours = SHIPPED_ISSUES / "2023-12-20" / "images" / "cover.svg"
    return [
        text for text in re.findall(' d="([^"]+)"', drawing_of_contours.read_text("utf-8")) if "C" in text
    ]


class TestPathsOfPlainSteps:
    """Those of maps and covers; what they add to a page is compared with what the engine adds by itself."""

    @pytest.mark.parametrize(
        "text",
        [
            PATHS["straight steps"],
            "M0 0l0 0Z",
            "M-5 -5.25l10 0l0 10.5l-10 0Z" * 3,
            "M100 100l0.1 -0.1l0.30 .5",
            "M1 2L3 4L-3 4Z",
            "M0 676.6C8 674.7 32 669.3 48 664.8C64 660.3 80 655.1 96 649.7",
            "M1 2C3 4 5 6 7 8l1 1L2 2ZM4 4C1 1 1 1 1 1M2 2l3 3M9 9L1 1Z",
            "M1 1C1 1 1 1 1 1Z",
            "M1 2C3 4 5 6",
            "M1 2C3 4 5 6 7 8 9 10 11 12 13 14Z",
            "M1 2C3 4 5 6 7",
            "M1 2c3 4 5 6 7 8Z",
            "M1 2m3 4l1 1Z",
            "l1 1M2 2l1 1",
            "M1 2Z",
            "M1 2ZM3 4l1 1Z",
            "M1 2l1e3 2Z",
            "M1 2l3 4",
            "M1 2l3px 4Z",
            "M1 2l3 4l5Z",
            "M1 2l3 4 5 6Z",
            " M1 2l3 4Z",
            "M1 2l3 4Z\n",
            "M\u0661 2l3 4Z",
        ],
    )
    @pytest.mark.parametrize("look", ['fill="#B4430F"', 'fill="none" marker-mid="url(#m)" stroke="red"'])
    def test_are_drawn_as_the_engine_draws_them(
        self, monkeypatch: pytest.MonkeyPatch, text: str, look: str
    ) -> None:
        body = drawing(path(text, look))
        with monkeypatch.context() as patch:
            patch.setattr(svg_paths, "drew_plain_path", lambda *_: False)
            by_the_engine = printed(body)
        svg_paths.memory.clear()
        assert printed(body) == by_the_engine

    @pytest.mark.parametrize("paths", [of_a_map, of_a_cover])
    def test_those_of_maps_and_covers_are_among_them(
        self, monkeypatch: pytest.MonkeyPatch, paths: Callable[[], list[str]]
    ) -> None:
        module: Any = importlib.import_module("weasyprint.svg.path")
        monkeypatch.setattr(module, "point", None)
        assert len(paths()) > 20
        printed(drawing("".join(map(path, paths()))))
