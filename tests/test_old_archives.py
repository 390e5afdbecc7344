"""An archive PDF of an earlier version of the program restores, and builds to the same pages.

`frozen/format-1-archive.pdf` was made by version 0.4, before the program's modules had the folders they have
now. It carries the templates that were in force, so it also holds the names that templates may use.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from PIL import ImageChops

from pipeline.archive.restoring import restore
from pipeline.pdf.raster import page_pictures
from tests.conftest import run_bulletin
from tests.golden import KEPT, MOST_VISIBLE, extracted, text_engine, visible_difference

ARCHIVE: Final = Path(__file__).parent / "frozen" / "format-1-archive.pdf"
NAME: Final = "bulletin-2023-12-20-archive.pdf"
PPI: Final = 60


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive PDF made again from the one of before."""
    root = tmp_path_factory.mktemp("old") / "restored"
    restore(ARCHIVE.read_bytes(), NAME, root)
    # The templates it carries are the ones in force.
    assert (root / "styles/knowledge-city/1/templates/card.html.j2").is_file()
    done = run_bulletin("build", "--edition", "archive", "--fresh", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "out" / "2023-12-20" / NAME


def test_every_page_has_the_words_it_had(rebuilt: Path) -> None:
    then, now = extracted(ARCHIVE), extracted(rebuilt)
    if json.loads((KEPT / "engine.json").read_text("utf-8")) == text_engine():
        assert now == then
    assert "".join(now.split()) == "".join(then.split())


def test_every_page_looks_as_it_did(rebuilt: Path) -> None:
    then, now = (page_pictures(path.read_bytes(), PPI) for path in (ARCHIVE, rebuilt))
    assert len(then) == len(now)
    if json.loads((KEPT / "engine.json").read_text("utf-8")) != text_engine():
        return  # other line ends move every letter; the words are held above
    for before, after in zip(then, now, strict=True):
        share, _ = visible_difference(before, after)
        assert share <= MOST_VISIBLE
        left, _, right, _ = ImageChops.difference(before, after).getbbox() or (0, 0, 0, 0)
        # The bar of a share of nothing is not drawn any more; viewers showed it as a hairline.
        assert right - left <= 1
