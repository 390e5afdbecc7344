"""Nothing of the shipped issues changes unseen: neither their HTML, nor their text, nor their look.

`make golden` keeps them as they are now. Where the system's text engine is another than the one they
were kept with, lines may break elsewhere: then the words and the number of pages are compared.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from pipeline.files.program.versions import versions
from tests.golden import (
    ISSUES,
    KEPT,
    MOST_VISIBLE,
    composed,
    extracted,
    hashes,
    sheet,
    text_engine,
    visible_difference,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("name", ISSUES)


def _same_engine() -> bool:
    kept: dict[str, str] = json.loads((KEPT / "engine.json").read_text("utf-8"))
    return kept == text_engine()


def test_the_html_is_the_one_that_was_found_good(name: str) -> None:
    assert composed(name).splitlines() == (KEPT / f"{name}.html").read_text("utf-8").splitlines()


def test_the_text_of_every_page_is_the_one_that_was_found_good(shipped: Path, name: str) -> None:
    now = extracted(shipped / name / f"bulletin-{name}.pdf")
    kept = (KEPT / f"{name}.txt").read_text("utf-8")
    if _same_engine():
        assert now.split("\f") == kept.split("\f")
    else:
        letters = [[sign for sign in text if sign.isalpha()] for text in (now, kept)]
        assert abs(len(letters[0]) - len(letters[1])) < 200  # running heads of a page more or less
        assert abs(now.count("\f") - kept.count("\f")) <= 1


def test_every_page_looks_as_it_was_found_good(shipped: Path, name: str, tmp_path: Path) -> None:
    now = sheet(shipped / name / f"bulletin-{name}.pdf")
    with Image.open(KEPT / f"{name}.png") as picture:
        kept = picture.convert("RGB")
    if not _same_engine():
        # Other line ends move every letter; the ink of a page stays about what it was.
        assert abs(now.height - kept.height) <= 1
        levels = [
            sum(level * count for level, count in enumerate(p.convert("L").histogram()))
            / (p.width * p.height)
            for p in (now, kept)
        ]
        assert abs(levels[0] - levels[1]) < 8
        return
    assert now.size == kept.size
    share, marked = visible_difference(kept, now)
    if share > MOST_VISIBLE:
        marked.save(tmp_path / "difference.png")
    assert share <= MOST_VISIBLE, f"look at {tmp_path / 'difference.png'}"


def test_every_byte_is_the_one_that_was_found_good(shipped: Path, name: str) -> None:
    kept = json.loads((KEPT / "bytes.json").read_text("utf-8"))
    now = hashes(shipped, name)
    assert now.keys() == kept["files"][name].keys()
    # With other libraries or another text engine the bytes are others; words and looks are held above.
    if kept["versions"] == versions():
        assert now == kept["files"][name]


def test_a_moved_letter_is_seen(shipped: Path, name: str) -> None:
    now = sheet(shipped / name / f"bulletin-{name}.pdf")
    spoilt = now.copy()
    spoilt.paste(now.crop((0, 0, now.width // 2, now.height)), (3, 0))
    share, _ = visible_difference(now, spoilt)
    assert share > MOST_VISIBLE
