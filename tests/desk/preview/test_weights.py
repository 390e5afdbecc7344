"""Which weight the program gives an article is told before a page is laid out, as the pages then have it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

import pytest

from pipeline.desk.preview.answering import Answering
from pipeline.desk.preview.requests import WeightsRequest
from pipeline.files.workspace import Workspace
from tests.specimens.bulletins import BULLETINS, laid_out
from tests.support.paths import SHIPPED_ISSUES

if TYPE_CHECKING:
    from pathlib import Path

SCHOOL: Final = BULLETINS["school"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return laid_out(SCHOOL, None, tmp_path_factory.mktemp("weights"))


def weights(root: Path, issue: str) -> object:
    answering = Answering(Workspace(root))
    try:
        return answering.answer(WeightsRequest(issue))
    finally:
        answering.close()


def test_each_article_has_the_weight_that_its_length_and_pictures_ask_for(folder: Path) -> None:
    told = weights(folder.parents[1], SCHOOL.date)
    assert isinstance(told, dict)
    assert told["yard.md"] == "lead"
    assert told["chess.md"] == told["frogs.md"] == "short"
    assert set(told) == {path.name for path in folder.glob("*.md")}


def test_a_weight_that_the_author_chose_changes_nothing_of_what_the_program_would_choose(
    folder: Path, tmp_path: Path
) -> None:
    root = tmp_path / "copy"
    shutil.copytree(folder.parents[1], root)
    article = root / "issues" / SCHOOL.date / "chess.md"
    before = weights(root, SCHOOL.date)
    article.write_text(article.read_text("utf-8").replace("---\n", "---\nweight: feature\n", 1), "utf-8")
    assert weights(root, SCHOOL.date) == before


def test_a_style_without_weights_has_none(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED_ISSUES, tmp_path / "issues")
    assert weights(tmp_path, "2023-12-20") == {}
