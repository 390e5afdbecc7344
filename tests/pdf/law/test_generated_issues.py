"""Promise of the generator of issues: what it writes is sound in every language, and the same each time."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.production.checked_issue import check_issue
from pipeline.files.workspace import find_workspace
from tests.support.generated.issues import generated_workspace
from tests.support.generated.texts import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pages", [1, 9])
def test_a_generated_issue_has_no_error(tmp_path: Path, language: str, pages: int) -> None:
    folder = generated_workspace(tmp_path, random.Random(pages), language=language, pages=pages)
    assert check_issue(folder, find_workspace(tmp_path)).valid().issue.language == language


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    folders = [generated_workspace(tmp_path / name, random.Random(7), pages=2) for name in ("one", "other")]
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in folders
    )
    assert first == second
