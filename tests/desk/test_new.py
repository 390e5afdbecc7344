"""A new issue has no errors, carries over current articles, and overwrites nothing."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.desk.intake.checking import check
from pipeline.desk.intake.starting import new, next_number
from pipeline.desk.production.samples import STARTERS
from pipeline.files.workspace import Workspace
from pipeline.files.writing import atomic
from pipeline.findings.finding import IssueError, PressError, errors
from pipeline.reading.issue_reader import read_issue
from tests.support.new_workspaces import beside_samples
from tests.support.paths import SHIPPED_ISSUES as SHIPPED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FIRST = dt.date(2024, 1, 31)
SECOND = dt.date(2024, 6, 30)

PLAN = """\
format: 1
number: {number}
date: {date}
title: Брой
sections:
  - title: Раздел
    articles: [{articles}]
"""


def project(title: str, extra: str = "", body: str = "Текст.") -> str:
    return f"---\n# бележка на редактора\nkind: project\ntitle: {title}\n{extra}---\n{body}\n"


def workspace_with(
    root: Path, articles: Mapping[str, str], *, date: dt.date = FIRST, number: int = 1
) -> Workspace:
    """Return a workspace with a publication and one issue."""
    folder = root / "issues" / date.isoformat()
    folder.mkdir(parents=True)
    publication = (STARTERS / "bg" / "publication.yaml").read_text("utf-8")
    publication = publication.replace("$style", "knowledge-city").replace("$version", "1")
    (root / "issues" / "publication.yaml").write_text(publication.replace("[bg]", "[bg, en]"), "utf-8")
    plan = PLAN.format(number=number, date=date, articles=", ".join(articles))
    (folder / "issue.yaml").write_text(plan, "utf-8")
    for name, text in articles.items():
        (folder / name).write_text(text, "utf-8")
    return Workspace(root)


class TestWithoutAWorkspace:
    @pytest.mark.parametrize("language", ["bg", "en"])
    def test_a_publication_and_its_first_issue_are_begun_without_a_finding(
        self, tmp_path: Path, language: str
    ) -> None:
        started = new(tmp_path, FIRST, language)
        assert started.number == 1
        assert started.publication == tmp_path / "issues" / "publication.yaml"
        assert started.folder == tmp_path / "issues" / "2024-01-31"
        assert beside_samples(check(started.folder, Workspace(tmp_path))) == []
        issue = read_issue(started.folder, Workspace(tmp_path)).issue
        assert issue is not None
        assert issue.language == language

    def test_a_missing_folder_is_created(self, tmp_path: Path) -> None:
        assert new(tmp_path / "бюлетин" / "нов", FIRST, "bg").folder.is_dir()

    def test_another_folder_named_issues_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "issues").mkdir()
        with pytest.raises(IssueError) as raised:
            new(tmp_path, FIRST, "bg")
        assert [finding.code for finding in raised.value.findings] == ["E85"]
        assert not list((tmp_path / "issues").iterdir())


class TestTheNextIssue:
    def test_it_has_the_next_number_and_its_date(self, tmp_path: Path) -> None:
        workspace = workspace_with(tmp_path, {"a.md": "---\ntitle: А\n---\nТекст.\n"}, number=7)
        started = new(tmp_path, SECOND, "en")
        assert started.number == 8
        assert started.publication is None
        issue = read_issue(started.folder, workspace).issue
        assert issue is not None
        assert (issue.number, issue.date, issue.language) == (8, SECOND, "bg")

    def test_each_year_begins_with_one(self, tmp_path: Path) -> None:
        workspace = workspace_with(tmp_path, {"a.md": "---\ntitle: А\n---\nТекст.\n"}, number=7)
        assert next_number(workspace, 2024) == 8
        assert next_number(workspace, 2025) == 1

    def test_the_shipped_issue_has_a_next_one_without_errors(self, tmp_path: Path) -> None:
        shutil.copytree(SHIPPED, tmp_path / "issues")
        started = new(tmp_path, dt.date(2024, 3, 1), "bg")
        assert "xd-media-hub.md" not in started.carried, "it ended in January 2024"
        assert "go-green.md" in started.carried
        assert not errors(check(started.folder, Workspace(tmp_path)))

    def test_an_issue_of_that_date_is_not_touched(self, tmp_path: Path) -> None:
        workspace_with(tmp_path, {"a.md": "---\ntitle: А\n---\nТекст.\n"})
        before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        with pytest.raises(IssueError) as raised:
            new(tmp_path, FIRST, "bg")
        assert [finding.code for finding in raised.value.findings] == ["E86"]
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before

    def test_it_is_written_whole_or_not_at_all(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        workspace = workspace_with(tmp_path, {"a.md": project("А")})
        synced = atomic.write_synced

        def full(path: Path, data: bytes) -> None:
            if path.name == "issue.yaml":
                raise OSError(28, "No space left on device")
            synced(path, data)

        monkeypatch.setattr(atomic, "write_synced", full)
        with pytest.raises(PressError) as raised:
            new(tmp_path, SECOND, "bg")
        assert [finding.code for finding in raised.value.findings] == ["E83"]
        assert [path.name for path in sorted(workspace.issues.iterdir())] == [
            "2024-01-31",
            "publication.yaml",
        ]


class TestRunningProjects:
    def test_those_without_an_end_or_with_a_later_one_are_carried_over_as_they_are(
        self, tmp_path: Path
    ) -> None:
        articles = {
            "open.md": project("Открит"),
            "running.md": project("Текущ", "period: {end: 2024-06}\n"),
            "ended.md": project("Приключил", "period: {end: 2024-05-31}\n"),
            "news.md": "---\ntitle: Новина\n---\nТекст.\n",
        }
        workspace = workspace_with(tmp_path, articles)
        started = new(tmp_path, SECOND, "bg")
        assert started.carried == ("open.md", "running.md")
        assert (started.folder / "open.md").read_text("utf-8") == articles["open.md"]
        assert not (started.folder / "ended.md").exists()
        plan = (started.folder / "issue.yaml").read_text("utf-8")
        assert "Пренесени от броя от 2024-01-31" in plan
        assert beside_samples(check(started.folder, workspace)) == []

    def test_their_pictures_are_carried_over(self, tmp_path: Path) -> None:
        body = 'Текст.\n\n![Площад с дървета](images/площад.svg){credit="А. Б."}'
        workspace = workspace_with(tmp_path, {"a.md": project("А", body=body)})
        picture = workspace.issues / FIRST.isoformat() / "images" / "площад.svg"
        picture.parent.mkdir()
        picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"/>', "utf-8")
        started = new(tmp_path, SECOND, "bg")
        assert (started.folder / "images" / "площад.svg").read_bytes() == picture.read_bytes()
        assert beside_samples(check(started.folder, workspace)) == []

    def test_a_link_to_an_article_not_carried_over_becomes_its_text(self, tmp_path: Path) -> None:
        articles = {
            "a.md": project(
                "А",
                body='Виж [новината](news.md "кратка (вчера)"), `[x](news.md)`, [още][н] и '
                "[сайта](https://example.org/).\n\n[н]: news.md",
            ),
            "news.md": "---\ntitle: Новина\n---\nТекст.\n",
        }
        workspace = workspace_with(tmp_path, articles)
        started = new(tmp_path, SECOND, "bg")
        text = (started.folder / "a.md").read_text("utf-8")
        assert "Виж новината, `[x](news.md)`, още и [сайта](https://example.org/).\n" in text
        assert beside_samples(check(started.folder, workspace)) == []

    def test_translations_are_carried_over_if_all_exist(self, tmp_path: Path) -> None:
        workspace = workspace_with(tmp_path, {"a.md": project("А"), "b.md": project("Б")})
        folder = workspace.issues / FIRST.isoformat()
        (folder / "issue.en.yaml").write_text("format: 1\ntitle: Issue\nsections: [{title: Part}]\n", "utf-8")
        (folder / "a.en.md").write_text("---\ntitle: A\n---\nText.\n", "utf-8")
        assert not (new(tmp_path, SECOND, "bg").folder / "issue.en.yaml").exists()
        (folder / "b.en.md").write_text("---\ntitle: B\n---\nText.\n", "utf-8")
        shutil.rmtree(workspace.issues / SECOND.isoformat())
        started = new(tmp_path, SECOND, "bg")
        assert (started.folder / "issue.en.yaml").exists()
        assert beside_samples(check(started.folder, workspace)) == []

    def test_an_article_with_errors_is_not_carried_over(self, tmp_path: Path) -> None:
        articles = {"a.md": project("А", body="<b>HTML</b>"), "b.md": project("Б", "budget: много\n")}
        workspace = workspace_with(tmp_path, articles)
        started = new(tmp_path, SECOND, "bg")
        assert started.carried == ()
        assert beside_samples(check(started.folder, workspace)) == []

    def test_only_an_earlier_issue_is_read(self, tmp_path: Path) -> None:
        workspace_with(tmp_path, {"a.md": project("А")})
        assert new(tmp_path, dt.date(2023, 6, 1), "bg").carried == ()

    def test_a_carried_file_named_like_the_sample_is_kept(self, tmp_path: Path) -> None:
        workspace = workspace_with(tmp_path, {"first-article.md": project("Първи")})
        started = new(tmp_path, SECOND, "bg")
        assert "Първи" in (started.folder / "first-article.md").read_text("utf-8")
        assert beside_samples(check(started.folder, workspace)) == []

    @pytest.mark.parametrize("name", ["моят проект.md", "да.md", "2024-01.md", "a, b.md", "'x'.md"])
    def test_odd_file_names_are_listed_so_that_they_read_back(self, tmp_path: Path, name: str) -> None:
        workspace = workspace_with(tmp_path, {"a.md": project("А")})
        folder = workspace.issues / FIRST.isoformat()
        (folder / "a.md").rename(folder / name)
        plan = folder / "issue.yaml"
        quoted = "'" + name.replace("'", "''") + "'"
        plan.write_text(plan.read_text("utf-8").replace("a.md", quoted), "utf-8")
        started = new(tmp_path, SECOND, "bg")
        assert started.carried == (name,)
        assert beside_samples(check(started.folder, workspace)) == []
