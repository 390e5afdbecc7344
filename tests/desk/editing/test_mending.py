"""One place is set right, and no other: as the whole would be, byte for byte beside it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.editing.mending import fix_place, places_to_fix
from pipeline.desk.intake.checking import check
from pipeline.desk.intake.fixing import fix
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import errors
from tests.support.mails import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.findings.place import Place

MENDED = {"W403", "W24", "W25"}
NAME = "issues/2023-12-20/tower.md"
TEXT = """---
title: Кулата
---
Казаха "едно" и после - друго.

Казаха "второ" на 16-17 ноември.
Цели:
- едно
- друго

Край - и толкова.
"""


@pytest.fixture(params=["\n", "\r\n"], ids=["unix", "windows"])
def workspace(tmp_path: Path, request: pytest.FixtureRequest) -> Workspace:
    shutil.copytree(GOOD, tmp_path / "w")
    (tmp_path / "w" / NAME).write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", request.param).encode())
    return Workspace(tmp_path / "w")


def test_a_place_is_mended_as_the_whole_would_be_and_the_rest_stays(workspace: Workspace) -> None:
    folder, path = workspace.issues / "2023-12-20", workspace.root / NAME
    before = path.read_bytes().splitlines(keepends=True)
    assert before[0].startswith(b"\xef\xbb\xbf")
    places = places_to_fix(folder, workspace)[NAME]
    assert {4, 6, 11} <= places
    assert fix_place(folder, workspace, NAME, 6, "t")
    after = path.read_bytes().splitlines(keepends=True)
    changed = [number for number, (old, new) in enumerate(zip(before, after, strict=True), 1) if old != new]
    assert changed == [6]
    assert "„второ“" in after[5].decode()
    assert not fix_place(folder, workspace, NAME, 6, "t")
    for line in sorted(places_to_fix(folder, workspace)[NAME]):
        fix_place(folder, workspace, NAME, line, "t")
    one_by_one = path.read_bytes()
    path.write_bytes(b"".join(before))
    fix(folder, workspace)
    assert path.read_bytes() == one_by_one


def test_a_finding_that_fixing_mends_is_gone_once_its_place_is_mended(workspace: Workspace) -> None:
    folder = workspace.issues / "2023-12-20"
    seen: list[Place | None] = []
    # One finding of typography stands for all: the next place is named once the first is mended.
    while found := [each for each in check(folder, workspace, spelling=False) if each.code in MENDED]:
        place = found[0].place
        assert place is not None
        assert place not in seen
        assert place.line in places_to_fix(folder, workspace)[place.path]
        fix_place(folder, workspace, place.path, place.line, "t")
        seen.append(place)
    assert len(seen) > 1


def test_in_an_issue_with_errors_the_articles_without_any_are_set(workspace: Workspace) -> None:
    """An event without a place stands in the way of no other article."""
    folder, path = workspace.issues / "2023-12-20", workspace.root / NAME
    other = next(each for each in folder.glob("*.md") if each.name != path.name)
    wrong = '---\nkind: event\ntitle: Среща\nstart: 20.01.2024\n---\nКазаха "едно" и после - друго.\n'
    other.write_text(wrong, "utf-8")
    plan = (folder / "issue.yaml").read_bytes()
    assert set(places_to_fix(folder, workspace)) == {NAME}
    assert [each.path for each in fix(folder, workspace)] == [NAME]
    assert "„едно“" in path.read_text("utf-8")
    assert (other.read_text("utf-8"), (folder / "issue.yaml").read_bytes()) == (wrong, plan)


def test_what_a_picture_lacks_does_not_stand_in_the_way_of_its_article(workspace: Workspace) -> None:
    path = workspace.root / NAME
    with path.open("ab") as file:
        file.write(b'\n![](images/tower.png){credit=""}\n')
    folder = workspace.issues / "2023-12-20"
    assert {each.code for each in errors(check(folder, workspace, spelling=False))} >= {"E51"}
    assert [each.path for each in fix(folder, workspace)] == [NAME]


def test_where_the_language_is_not_known_nothing_is_set(workspace: Workspace) -> None:
    publication = workspace.issues / "publication.yaml"
    publication.write_text(publication.read_text("utf-8").replace("title:", "titel:", 1), "utf-8")
    assert places_to_fix(workspace.issues / "2023-12-20", workspace) == {}
