"""Two bulletins in style `bulletin` change neither their text, nor their tags, nor their look unseen.

`make golden` keeps them as they are now. With another text engine lines may break elsewhere: then the letters
are compared.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.golden import KEPT, MOST_VISIBLE, extracted, sheet, text_engine, visible_difference
from tests.golden.made_up import FOLDER, MADE_UP, built, tags

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module", params=MADE_UP)
def bulletin(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    name: str = request.param
    return name, built(name, tmp_path_factory.mktemp(name) / "w")


def _same_engine() -> bool:
    kept: dict[str, str] = json.loads((KEPT / "engine.json").read_text("utf-8"))
    return kept == text_engine()


def test_the_text_of_every_page_is_the_one_that_was_found_good(bulletin: tuple[str, Path]) -> None:
    name, pdf = bulletin
    now, kept = extracted(pdf), (FOLDER / f"{name}.txt").read_text("utf-8")
    if _same_engine():
        assert now.split("\f") == kept.split("\f")
    else:
        letters = [sorted(sign for sign in text if sign.isalpha()) for text in (now, kept)]
        assert abs(len(letters[0]) - len(letters[1])) < 200  # running heads of a page more or less


def test_the_tags_are_those_that_were_found_good(bulletin: tuple[str, Path]) -> None:
    name, pdf = bulletin
    if not _same_engine():
        pytest.skip("other line ends make other tags")
    assert tags(pdf) == (FOLDER / f"{name}.tags.txt").read_text("utf-8")


def test_every_page_looks_as_it_was_found_good(bulletin: tuple[str, Path], tmp_path: Path) -> None:
    name, pdf = bulletin
    now = sheet(pdf)
    with Image.open(FOLDER / f"{name}.png") as picture:
        kept = picture.convert("RGB")
    if not _same_engine():
        assert abs(now.width - kept.width) <= now.height
        return
    assert now.size == kept.size
    share, marked = visible_difference(kept, now)
    if share > MOST_VISIBLE:
        marked.save(tmp_path / "difference.png")
    assert share <= MOST_VISIBLE, f"look at {tmp_path / 'difference.png'}"
