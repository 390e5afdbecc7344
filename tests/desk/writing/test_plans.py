"""A plan that is changed keeps its comments and what others changed, and its articles keep their words."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.writing.articles import open_article
from pipeline.desk.writing.disk.settled import PATIENCE
from pipeline.desk.writing.history.history import History
from pipeline.desk.writing.plan_changes import (
    AddArticle,
    AddSection,
    MoveArticle,
    MoveSection,
    PutBackArticle,
    RenameSection,
    SetField,
    SetLead,
    TakeOutArticle,
    TakeOutSection,
)
from pipeline.desk.writing.plans import open_plan, save_plan
from pipeline.desk.writing.results import Conflict, SavedPlan, SavedSettings
from pipeline.desk.writing.settings import open_settings, save_settings
from pipeline.findings.finding import IssueError
from pipeline.reading.issue_reader import read_issue
from tests.desk.writing.conftest import ISSUE

if TYPE_CHECKING:
    from pipeline.desk.writing.plan_changes import PlanChange
    from pipeline.desk.writing.results import Plan
    from pipeline.files.workspace import Workspace

COMMENTED = """\
# Броят
format: 1
number: 2   # на годината
date: 2023-12-20

title: 'Проекти'
sections:
  # Първият
  - title: Едно
    # важно
    lead: >-
      Дълго
      изречение.
    articles:
      # зелено
      - go-green.md # първо
      - degrebe.md
      # - old.md

  # Вторият
  - title: Две
    articles: [investech.md, smart-city-expo.md]
"""


def plan_text(workspace: Workspace) -> str:
    return (workspace.issues / ISSUE / "issue.yaml").read_bytes().decode()


def write_plan(workspace: Workspace, text: str) -> Plan:
    (workspace.issues / ISSUE / "issue.yaml").write_bytes(text.encode())
    return open_plan(workspace, ISSUE)


def save(workspace: Workspace, plan: Plan, *changes: PlanChange) -> SavedPlan:
    result = save_plan(workspace, ISSUE, plan.version, changes, "Мария")
    assert isinstance(result, SavedPlan)
    return result


def listed(plan: Plan) -> list[list[str]]:
    return [[article.name for article in section.articles] for section in plan.sections]


def codes(refused: pytest.ExceptionInfo[IssueError]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def test_a_plan_is_opened_with_the_titles_of_its_articles(workspace: Workspace) -> None:
    plan = open_plan(workspace, ISSUE)
    assert plan.masthead["title"] == "Проекти и инициативи"
    assert [section.name for section in plan.sections] == ["0", "1", "2", "3"]
    first = plan.sections[0].articles[0]
    assert (first.name, first.title, first.kind) == ("xd-media-hub.md", "XD Media Hub", "project")
    assert (plan.unlisted, plan.findings) == ((), ())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_moving_keeps_comments_and_every_other_line(workspace: Workspace, end: str) -> None:
    plan = write_plan(workspace, COMMENTED.replace("\n", end))
    saved = save(workspace, plan, MoveArticle("go-green.md", "0", 1))
    expected = COMMENTED.replace(
        "      # зелено\n      - go-green.md # първо\n      - degrebe.md\n",
        "      - degrebe.md\n      # зелено\n      - go-green.md # първо\n",
    )
    assert plan_text(workspace) == expected.replace("\n", end)
    saved = save(workspace, saved.plan, MoveSection("1", 0))
    assert listed(saved.plan) == [["investech.md", "smart-city-expo.md"], ["degrebe.md", "go-green.md"]]
    assert sorted(plan_text(workspace).splitlines()) == sorted(COMMENTED.splitlines())


def test_an_article_goes_to_another_section_and_back(workspace: Workspace) -> None:
    plan = open_plan(workspace, ISSUE)
    before = plan_text(workspace)
    saved = save(workspace, plan, MoveArticle("go-green.md", "3", 0))
    assert listed(saved.plan)[3] == ["go-green.md", "smart-city-expo.md"]
    save(workspace, saved.plan, MoveArticle("go-green.md", "0", 1))
    assert plan_text(workspace) == before


def test_many_changes_are_made_in_order_and_all_or_none(workspace: Workspace) -> None:
    plan = open_plan(workspace, ISSUE)
    saved = save(
        workspace,
        plan,
        AddSection("Нови: гости", 1, "guests"),
        MoveArticle("go-green.md", "guests", 0),
        RenameSection("1", "Старият втори"),
        SetLead("guests", "Кои са те"),
        SetLead("0", ""),
        SetField(("greeting",), None),
        SetField(("cover", "credit"), "Мария"),
    )
    assert [section.title for section in saved.plan.sections][:3] == [
        "Проекти в изпълнение",
        "Нови: гости",
        "Старият втори",
    ]
    assert [section.lead for section in saved.plan.sections][:2] == ["", "Кои са те"]
    assert saved.plan.masthead["cover"]["credit"] == "Мария"
    assert "greeting" not in saved.plan.masthead
    before = plan_text(workspace)
    for wrong in (MoveArticle("none.md", "0", 0), RenameSection("9", "x"), TakeOutSection("0")):
        with pytest.raises(IssueError) as refused:
            save_plan(workspace, ISSUE, saved.plan.version, [RenameSection("0", "Друго"), wrong], "Мария")
        assert codes(refused) in (["E606"], ["E607"])
        assert plan_text(workspace) == before


def test_a_new_article_has_a_file_named_after_its_title(workspace: Workspace) -> None:
    plan = open_plan(workspace, ISSUE)
    new = AddArticle("1", 0, "event", "Зелени умения: „начало“")
    saved = save(workspace, plan, new, new)
    assert saved.added == ("zeleni-umeniya-nachalo.md", "zeleni-umeniya-nachalo-2.md")
    assert listed(saved.plan)[1] == [saved.added[1], saved.added[0], "investech.md"]
    article = open_article(workspace, ISSUE, saved.added[0])
    assert (article.kind, article.head["title"]) == ("event", new.title)
    with pytest.raises(IssueError) as refused:
        save_plan(workspace, ISSUE, saved.plan.version, [AddArticle("1", 0, "poem", "x")], "Мария")
    assert codes(refused) == ["E606"]


def test_a_new_article_is_not_waited_for(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = open_plan(workspace, ISSUE)
    monkeypatch.setattr(PATIENCE, "quiet", 60)
    saved = save(workspace, plan, *(AddArticle("1", 0, "notice", f"Новина {number}") for number in range(3)))
    assert len(saved.added) == 3


def test_a_plan_that_is_refused_leaves_no_new_article(workspace: Workspace) -> None:
    plan = open_plan(workspace, ISSUE)
    before = sorted((workspace.issues / ISSUE).iterdir())
    with pytest.raises(IssueError):
        save_plan(workspace, ISSUE, plan.version, [AddArticle("9", 0, "event", "x")], "Мария")
    (workspace.issues / ISSUE / "issue.yaml").write_text(COMMENTED.replace("Едно", "Друго"), "utf-8")
    result = save_plan(workspace, ISSUE, plan.version, [AddArticle("2", 0, "event", "x")], "Мария")
    assert isinstance(result, Conflict)
    assert sorted((workspace.issues / ISSUE).iterdir()) == before


def test_an_article_that_is_taken_out_is_in_the_history_and_comes_back(workspace: Workspace) -> None:
    plan = open_plan(workspace, ISSUE)
    path = workspace.issues / ISSUE / "go-green.md"
    before = path.read_bytes()
    saved = save(workspace, plan, TakeOutArticle("go-green.md"))
    assert not path.exists()
    assert saved.plan.unlisted == ()
    [gone, *_] = History(workspace).versions(f"issues/{ISSUE}/go-green.md")
    assert (gone.event, History(workspace).data(gone.version)) == ("gone", before)
    back = save(workspace, saved.plan, PutBackArticle("go-green.md", "0", 1))
    assert path.read_bytes() == before
    assert listed(back.plan) == listed(plan)


def test_the_last_article_of_a_section_leaves_it_empty_and_the_section_can_go(workspace: Workspace) -> None:
    plan = open_plan(workspace, ISSUE)
    saved = save(workspace, plan, MoveArticle("investech.md", "0", 0))
    assert listed(saved.plan)[1] == []
    saved = save(workspace, saved.plan, TakeOutSection("1"))
    assert [section.title for section in saved.plan.sections][1] == "Клъстерни инициативи"
    assert read_issue(workspace.issues / ISSUE, workspace).sources


def test_two_people_change_a_plan_at_once(workspace: Workspace) -> None:
    plan = open_plan(workspace, ISSUE)
    save(workspace, plan, MoveArticle("degrebe.md", "0", 0), SetField(("greeting",), "Здравейте"))
    other = save(workspace, plan, RenameSection("2", "Инициативи"), AddArticle("3", 1, "event", "Нощ"))
    assert other.merged
    assert listed(other.plan)[0][0] == "degrebe.md"
    assert other.plan.sections[2].title == "Инициативи"
    assert listed(other.plan)[3] == ["smart-city-expo.md", "nosht.md"]


def test_two_people_add_an_article_at_the_same_place(workspace: Workspace) -> None:
    plan = open_plan(workspace, ISSUE)
    save(workspace, plan, AddArticle("3", 1, "event", "Ден"))
    other = save(workspace, plan, AddArticle("3", 1, "event", "Нощ"))
    assert sorted(listed(other.plan)[3]) == ["den.md", "nosht.md", "smart-city-expo.md"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MoveArticle("go-green.md", "1", 0), MoveArticle("go-green.md", "3", 0)),
        (RenameSection("0", "Така"), RenameSection("0", "Иначе")),
        (SetField(("title",), "Така"), SetField(("title",), "Иначе")),
        (MoveArticle("go-green.md", "0", 0), MoveArticle("go-green.md", "0", 3)),
        (MoveSection("0", 3), MoveSection("0", 1)),
    ],
)
def test_what_two_people_decide_differently_nobody_chooses(
    workspace: Workspace, one: PlanChange, other: PlanChange
) -> None:
    plan = open_plan(workspace, ISSUE)
    save(workspace, plan, one)
    before = plan_text(workspace)
    result = save_plan(workspace, ISSUE, plan.version, [other], "Иван")
    assert isinstance(result, Conflict)
    assert any(part.is_conflict for part in result.parts)
    assert plan_text(workspace) == before


def test_sections_move_in_the_other_languages_too(workspace: Workspace) -> None:
    texts = (
        "format: 1\ntitle: T\nsections:\n  # one\n  - title: A\n  - title: B\n  - title: C\n  - title: D\n"
    )
    path = workspace.issues / ISSUE / "issue.en.yaml"
    path.write_text(texts, "utf-8")
    plan = open_plan(workspace, ISSUE)
    save(workspace, plan, MoveSection("0", 2), AddSection("Нов", 0, "new"))
    assert re.findall(r"title: (.*)", path.read_text("utf-8")) == ["T", "Нов", "B", "C", "A", "D"]
    assert "  # one\n  - title: A\n" in path.read_text("utf-8")


def test_a_plan_that_is_no_yaml_is_told(workspace: Workspace) -> None:
    with pytest.raises(IssueError):
        write_plan(workspace, "title: [")


# settings


def test_settings_are_set_in_place(workspace: Workspace) -> None:
    path = workspace.issues / "publication.yaml"
    before = path.read_text("utf-8")
    settings = open_settings(workspace, "publication")
    assert settings.findings == ()
    assert settings.fields["publisher"]["name"]["bg"] == "Клъстер София град на знанието"
    result = save_settings(
        workspace, "publication", settings.version, {("title", "bg"): "Вестник", ("team",): None}, "Мария"
    )
    assert isinstance(result, SavedSettings)
    assert "team" not in result.settings.fields
    kept = [line for line in path.read_text("utf-8").splitlines() if line in before.splitlines()]
    assert len(kept) == len(before.splitlines()) - 8
    assert "  bg: Вестник" in path.read_text("utf-8")


def test_a_house_that_is_not_there_yet_is_begun(workspace: Workspace) -> None:
    settings = open_settings(workspace, "house")
    assert (settings.fields, settings.findings) == ({}, ())
    result = save_settings(workspace, "house", settings.version, {("words",): ["клъстер"]}, "Мария")
    assert isinstance(result, SavedSettings)
    assert (workspace.issues / "house.yaml").read_text("utf-8") == "format: 1\nwords:\n  - клъстер\n"
    assert result.settings.findings == ()


def test_two_people_change_settings_at_once(workspace: Workspace) -> None:
    settings = open_settings(workspace, "publication")
    save_settings(workspace, "publication", settings.version, {("title", "bg"): "Вестник"}, "Мария")
    other = save_settings(workspace, "publication", settings.version, {("title", "en"): "Paper"}, "Иван")
    assert isinstance(other, SavedSettings)
    assert other.merged
    assert other.settings.fields["title"] == {"bg": "Вестник", "en": "Paper"}
    third = save_settings(workspace, "publication", settings.version, {("title", "en"): "Post"}, "Ана")
    assert isinstance(third, Conflict)


def test_what_is_added_twice_in_a_moment_is_added_once(workspace: Workspace) -> None:
    plan = open_plan(workspace, ISSUE)
    for change in (AddArticle("0", 99, "notice", "Ново  съобщение"), AddSection("Покани", 99)):
        base = open_plan(workspace, ISSUE).version

        def added(_: int, base: str = base, change: PlanChange = change) -> object:
            return save_plan(workspace, ISSUE, base, [change], "t")

        with ThreadPoolExecutor() as pool:
            results = [*pool.map(added, range(3)), added(0)]
        names = [each.added for each in results if isinstance(each, SavedPlan)]
        assert len(names) == len(results)
        assert len(set(names)) == 1
    now = open_plan(workspace, ISSUE)
    assert [each.title for each in now.sections] == [*(each.title for each in plan.sections), "Покани"]
    before = [each.name for each in plan.sections[0].articles]
    assert [each.name for each in now.sections[0].articles] == [*before, "novo-saobshtenie.md"]
    assert len([*(workspace.issues / ISSUE).glob("novo-*.md")]) == 1
    # From the list as it is now another one may be added that is called so, too.
    save_plan(workspace, ISSUE, now.version, [AddArticle("0", 99, "notice", "Ново съобщение")], "t")
    assert len([*(workspace.issues / ISSUE).glob("novo-*.md")]) == 2


def test_what_was_added_and_taken_out_again_may_be_added_again(workspace: Workspace) -> None:
    base = open_plan(workspace, ISSUE).version
    change = AddArticle("0", 99, "notice", "Ново съобщение")
    first = save_plan(workspace, ISSUE, base, [change], "t")
    assert isinstance(first, SavedPlan)
    save_plan(workspace, ISSUE, first.plan.version, [TakeOutArticle(first.added[0])], "t")
    again = save_plan(workspace, ISSUE, base, [change], "t")
    assert isinstance(again, SavedPlan)
    assert again.added[0] in [each.name for each in again.plan.sections[0].articles]
