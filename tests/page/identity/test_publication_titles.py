"""The title of a publication has room on every cover, beside the name of the publisher: it is set smaller."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.page.makeup.test_long_words import MADE_UP
from tests.specimens.photographs import photograph
from tests.support.paths import GOOD
from tests.support.whole_issues.workspaces import built, errors_in, workspace

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    "Вестник на общностите в планината за наука култура образование спорт и устойчиво развитие на малките "
    "селища край реката и морето през всички сезони на годината и за всички приятели на книгата"
)
ISSUE = "cover: {{picture: {name}, alternative: Мост, credit: Автор}}\n"


def cover_of(kind: str) -> tuple[str, dict[str, bytes]]:
    """Return the lines of an issue with a cover of a kind, and its picture."""
    if kind == "type":
        return "", {}
    if kind == "art":
        drawing = GOOD / "issues" / "2023-12-20" / "images" / "tower.png"
        return ISSUE.format(name="c.png"), {"c.png": drawing.read_bytes()}
    height = {"photo": 1100, "full": 2000}[kind]
    return ISSUE.format(name="c.jpg"), {"c.jpg": photograph("hills", 1, 1600, height)}


@pytest.mark.parametrize("length", [70, 90, 105, 190])
@pytest.mark.parametrize("kind", ["photo", "full", "art", "type"])
def test_a_long_title_of_a_publication_lies_over_nothing(tmp_path: Path, kind: str, length: int) -> None:
    issue, files = cover_of(kind)
    publisher = "Клъстер" if length == 90 else WORDS[:140].strip()
    publication = MADE_UP.replace("title: Бюлетин", f"title: {WORDS[:length].strip()}")
    publication = publication.replace("  name: Клъстер\n", f"  name: {publisher}\n")
    article = {"a.md": "---\ntitle: Увод\n---\nТекст.\n"}
    made = workspace(tmp_path / "w", article, files, issue=issue, publication=publication)
    assert errors_in(built(made, tmp_path / "out", "screen").findings) == []
