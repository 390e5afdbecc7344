"""The samples of `bulletin new`: a warning in check and build, an error for filing and sending."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.archive.filing import file_issue
from pipeline.desk.intake.checking import check
from pipeline.desk.intake.starting import new
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.desk.production.samples import STARTERS, sample_in, samples_in_message
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import Finding, IssueError, errors
from pipeline.models.editions import SCREEN
from tests.support.new_workspaces import fill_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DATE = dt.date(2024, 1, 31)
FOLDER = f"issues/{DATE}"


def samples_told(findings: Iterable[Finding], code: str = "W172") -> list[tuple[str, str]]:
    return [
        (finding.place.path.rpartition("/")[2], dict(finding.values)["found"])
        for finding in findings
        if finding.code == code and finding.place
    ]


def begun(root: Path, language: str) -> Workspace:
    new(root, DATE, language)
    return Workspace(root)


def filled_in(root: Path, keep: tuple[str, str] = ("", "")) -> Workspace:
    """Return a new workspace whose samples are replaced, but for one value of one file, or with a body."""
    workspace = begun(root, "bg")
    body = {"body": keep[1]} if keep[0] == "body" else {}
    fill_in(root / FOLDER, keep=keep, **body)
    return workspace


@pytest.mark.parametrize("language", ["bg", "en"])
def test_a_new_workspace_is_checked_with_a_warning_for_each_sample(tmp_path: Path, language: str) -> None:
    workspace = begun(tmp_path, language)
    findings = check(tmp_path / FOLDER, workspace)
    assert not errors(findings)
    told = samples_told(findings)
    assert {name for name, _ in told} == {"publication.yaml", "issue.yaml", "first-article.md"}
    said = {
        value
        for name in ("publication.yaml", "issue.yaml", "article.md")
        for value in re.findall(
            r"^(?:title|  name|  address|  site|  email|    name): ([^$\n]+)$",
            (STARTERS / language / name).read_text("utf-8"),
            re.MULTILINE,
        )
    }
    assert said <= {text for _, text in told}
    assert len(said) == 8


def test_the_builds_of_a_new_workspace_have_the_same_warnings(tmp_path: Path) -> None:
    workspace = begun(tmp_path, "bg")
    request = BuildRequest(tmp_path / FOLDER, workspace, tmp_path / "out", editions=(SCREEN,))
    assert samples_told(build(request).findings) == samples_told(check(tmp_path / FOLDER, workspace))


@pytest.mark.parametrize(
    "kept",
    [
        ("publication.yaml", "Име на издателя"),
        ("publication.yaml", "Пощенски код, град, улица и номер"),
        ("publication.yaml", "office@organisation.example.org"),
        ("publication.yaml", "https://organisation.example.org/"),
        ("publication.yaml", "Име и фамилия"),
        ("issue.yaml", "Заглавие на броя"),
        ("first-article.md", "Заглавие на статията"),
    ],
)
def test_a_single_sample_keeps_an_issue_from_being_filed(tmp_path: Path, kept: tuple[str, str]) -> None:
    workspace = filled_in(tmp_path, kept)
    assert samples_told(check(tmp_path / FOLDER, workspace)) == [kept]
    with pytest.raises(IssueError) as raised:
        file_issue(tmp_path / FOLDER, workspace, DATE)
    assert samples_told(raised.value.findings, "E178") == [kept]
    assert not (tmp_path / FOLDER / "filed").exists()


@pytest.mark.parametrize(
    "body",
    [
        "Тук започва текстът. А после идва нашето.",
        "Мостът е отворен.\n\n## Подзаглавие\n\nНаш текст.",
        "Препратката се пише\nтака: [връзка](https://example.net/).",
    ],
)
def test_a_part_of_the_sample_article_is_found(tmp_path: Path, body: str) -> None:
    workspace = filled_in(tmp_path, ("body", body))
    assert len(samples_told(check(tmp_path / FOLDER, workspace))) == 1


def test_a_value_left_as_an_ellipsis_is_a_sample(tmp_path: Path) -> None:
    workspace = filled_in(tmp_path)
    path = tmp_path / FOLDER / "issue.yaml"
    path.write_text(path.read_text("utf-8").replace("# greeting: …", "greeting: …"), "utf-8")
    assert samples_told(check(tmp_path / FOLDER, workspace)) == [("issue.yaml", "…")]


def test_what_was_filled_in_has_no_finding(tmp_path: Path) -> None:
    workspace = filled_in(tmp_path)
    assert check(tmp_path / FOLDER, workspace) == ()


@pytest.mark.parametrize("text", ["Новини", "News", "Редакция", "Проекти в изпълнение", "думи…", "", "name"])
def test_what_an_issue_may_well_say_is_no_sample(text: str) -> None:
    assert sample_in(text) == ""


def test_a_message_with_a_sample_or_from_the_sample_server_is_named() -> None:
    text = "Вести\n\nТук започва\n  текстът. Още.\n\nName of the\npublisher"
    assert samples_in_message("mail.example.net", text) == ["Name of the publisher", "Тук започва текстът."]
    assert samples_in_message("smtp.example.org", "Вести") == ["smtp.example.org"]
    assert samples_in_message("mail.example.net", "Новини\nПодзаглавие") == []
