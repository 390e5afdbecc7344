"""What is chosen on a flatplan changes its own lines alone, and is taken back with what others wrote kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from pipeline.desk.editing.flatplan import (
    OWN,
    Chosen,
    Move,
    Width,
    flatplan_of,
    save_chosen,
)
from pipeline.desk.editing.undoing import Step, undo
from pipeline.findings.finding import IssueError
from tests.desk.writing.conftest import ISSUE

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace

GREEN: Final = "go-green.md"


@pytest.fixture
def folder(workspace: Workspace) -> Path:
    return workspace.issues / ISSUE


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def chosen(workspace: Workspace) -> Chosen:
    plan = flatplan_of(workspace, ISSUE)
    (picture,) = plan.sections[0].articles[1].pictures
    return Chosen(
        plan.version,
        (Move("degrebe.md", "1", 0), Move(GREEN, "0", 0)),
        ((GREEN, "short"), ("investech.md", "")),
        (Width(GREEN, 0, picture.source, "third"),),
        "smart-city-expo.md",
    )


def test_the_plan_is_shown_as_the_files_say_it(workspace: Workspace, folder: Path) -> None:
    plan = flatplan_of(workspace, ISSUE)
    assert [len(section.articles) for section in plan.sections] == [4, 1, 2, 1]
    assert plan.cover == OWN
    green = plan.sections[0].articles[1]
    assert (green.name, green.weight) == (GREEN, "")
    assert [each.measure for each in green.pictures] == ["text"]
    (folder / GREEN).unlink()
    assert flatplan_of(workspace, ISSUE).sections[0].articles[1].title == GREEN


def test_each_choice_changes_its_lines_alone(workspace: Workspace, folder: Path) -> None:
    before = contents(folder)
    made = save_chosen(workspace, ISSUE, chosen(workspace), "test")
    after = contents(folder)
    assert made.findings == ()
    # A weight that is as it was is no step.
    assert [step.path for step in made.steps] == [f"issues/{ISSUE}/{name}" for name in ("issue.yaml", GREEN)]
    assert {name for name in before if before[name] != after[name]} == {"issue.yaml", GREEN}
    article = [line for line in after[GREEN].decode().splitlines() if line not in before[GREEN].decode()]
    assert len(article) == 2
    assert article[0] == "weight: short"
    assert ".third" in article[1]
    plan = after["issue.yaml"].decode()
    assert "cover:\n  article: smart-city-expo.md\nsections:" in plan
    assert "articles:\n      - go-green.md\n      - xd-media-hub.md\n      - digiskill-retail.md\n" in plan
    assert "articles:\n      - degrebe.md\n      - investech.md\n" in plan


def test_steps_taken_back_leave_every_byte_as_it_was_and_again_as_it_became(
    workspace: Workspace, folder: Path
) -> None:
    before = contents(folder)
    made = save_chosen(workspace, ISSUE, chosen(workspace), "test")
    after = contents(folder)
    back = undo(workspace, made.steps, "test")
    assert contents(folder) == before
    undo(workspace, back, "test")
    assert contents(folder) == after


def test_what_somebody_wrote_since_stays_when_a_step_is_taken_back(
    workspace: Workspace, folder: Path
) -> None:
    made = save_chosen(workspace, ISSUE, chosen(workspace), "test")
    article, plan = folder / GREEN, folder / "issue.yaml"
    article.write_text(article.read_text("utf-8") + "\nДописано.\n", "utf-8")
    plan.write_text(plan.read_text("utf-8").replace("Проекти и инициативи", "Друго заглавие"), "utf-8")
    assert undo(workspace, made.steps, "test") == []
    assert "weight:" not in article.read_text("utf-8")
    assert article.read_text("utf-8").endswith("\nДописано.\n")
    assert "Друго заглавие" in plan.read_text("utf-8")
    assert "picture: images/cover.svg" in plan.read_text("utf-8")


def test_where_somebody_changed_the_same_line_nothing_is_chosen_silently(
    workspace: Workspace, folder: Path
) -> None:
    made = save_chosen(workspace, ISSUE, chosen(workspace), "test")
    article = folder / GREEN
    article.write_text(article.read_text("utf-8").replace("weight: short", "weight: lead"), "utf-8")
    kept = article.read_bytes()
    with pytest.raises(IssueError) as raised:
        undo(workspace, made.steps, "test")
    assert [finding.code for finding in raised.value.findings] == ["E632"]
    assert article.read_bytes() == kept


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (Chosen("", weights=((GREEN, "heavy"),)), "E631"),
        (Chosen("", widths=(Width(GREEN, 0, "images/other.svg", "third"),)), "E633"),
        (Chosen("", widths=(Width(GREEN, 7, "x", "third"),)), "E633"),
        (Chosen("", widths=(Width(GREEN, 0, "images/go-green.svg", "huge"),)), "E633"),
        (Chosen("", moves=(Move("no-such.md", "0", 0),)), "E606"),
        (Chosen("", weights=(("../publication.yaml", "lead"),)), "E608"),
    ],
)
def test_what_is_not_there_or_no_choice_is_refused_and_nothing_is_written(
    workspace: Workspace, folder: Path, wrong: Chosen, code: str
) -> None:
    before = contents(folder)
    version = flatplan_of(workspace, ISSUE).version
    refused = save_chosen(workspace, ISSUE, wrong._replace(base=version), "test")
    assert [finding.code for finding in refused.findings] == [code]
    assert contents(folder) == before


def test_a_step_that_this_program_did_not_make_is_refused(workspace: Workspace, folder: Path) -> None:
    before = contents(folder)
    (made,) = save_chosen(workspace, ISSUE, Chosen("", weights=((GREEN, "lead"),)), "test").steps
    now = contents(folder)
    other = made.path.replace(GREEN, "degrebe.md")
    for step in (made._replace(before="0" * 64), Step(other, made.before, made.after)):
        with pytest.raises(IssueError) as raised:
            undo(workspace, [step], "test")
        assert [finding.code for finding in raised.value.findings] == ["E604"]
        assert contents(folder) == now
    assert now != before
