"""In the studio an article is called by its title, in every finding; nobody meets a path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from pipeline.files.workspace import Workspace
from pipeline.findings.finding import found
from pipeline.findings.place import Place
from pipeline.studio.views.wording.naming import Names

if TYPE_CHECKING:
    from pathlib import Path

ISSUE: Final = "2023-12-20"


@pytest.fixture
def workspace(root: Path) -> Workspace:
    return Workspace(root)


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("а в issues/2023-12-20/xd-media-hub.md:14 – „Нидерландия“", "а в „XD Media Hub“ – „Нидерландия“"),
        ("броят не изброява файла „xd-media-hub.md“", "броят не изброява файла „XD Media Hub“"),
        ("вижте issues/publication.yaml:3:1", "вижте „Издание“"),
        ("изберете в house.yaml", "изберете в „Правила за писане“"),
        ("снимката „images/hub.jpg“ е малка", "снимката „hub.jpg“ е малка"),
        ("файлът „чужд.md“ и https://example.org/a.md", "файлът „чужд.md“ и https://example.org/a.md"),
    ],
)
def test_a_file_in_a_sentence_is_called_as_an_officer_calls_it(
    workspace: Workspace, written: str, called: str
) -> None:
    assert Names(workspace, ISSUE, "bg").in_words(written) == called


def test_an_article_of_another_issue_is_called_with_its_date(workspace: Workspace) -> None:
    place = f"issues/{ISSUE}/xd-media-hub.md:14"
    query = found("W400", None, found="Иван Петров", other="Иван Петрав", where=place, key="…")
    told = Names(workspace, "2024-06-14", "en").told(query)
    assert "“XD Media Hub” in the issue of 20\u00a0December 2023" in told["message"]
    assert "issues/" not in told["message"]


@pytest.mark.parametrize(
    ("code", "name", "file", "said"),
    [
        ("E13", "place", "a.md", "полето „Място“ липсва: попълнете го"),
        ("E13", "title", "issue.yaml", "полето „Заглавие на броя“ липсва: попълнете го"),
        (
            "E16",
            "total",
            "a.md",
            "полето „Целият бюджет“ е празно: попълнете го или го махнете",
        ),
        ("E13", "colour", "a.md", "полето „colour“ липсва: попълнете го"),
    ],
)
def test_a_field_is_called_as_where_it_is_filled_in(
    workspace: Workspace, code: str, name: str, file: str, said: str
) -> None:
    told = Names(workspace, ISSUE, "bg").told(found(code, Place(f"issues/{ISSUE}/{file}", 3), name=name))
    assert f"{told['message']}: {told['remedy']}" == said


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("event", "полето „Последен ден за записване“ е празно"),
        ("notice", "полето „Последен ден“ е празно"),
        ("project", "полето „deadline“ е празно"),
    ],
)
def test_a_field_is_called_as_in_the_form_of_the_articles_kind(
    root: Path, tmp_path: Path, kind: str, said: str
) -> None:
    folder = tmp_path / "issues" / ISSUE
    folder.mkdir(parents=True)
    (tmp_path / "issues" / "publication.yaml").write_bytes(
        (root / "issues" / "publication.yaml").read_bytes()
    )
    (folder / "issue.yaml").write_text("sections:\n  - title: Раздел\n    articles: [a.md]\n", "utf-8")
    (folder / "a.md").write_text(f"---\nkind: {kind}\ntitle: Заглавие\n---\n", "utf-8")
    empty = found("E16", Place(f"issues/{ISSUE}/a.md", 3), name="deadline")
    assert Names(Workspace(tmp_path), ISSUE, "bg").told(empty)["message"] == said


def test_a_file_without_a_title_keeps_its_name(workspace: Workspace) -> None:
    assert Names(workspace, ISSUE, "bg").where(f"issues/{ISSUE}/images/a.jpg") == "a.jpg"
