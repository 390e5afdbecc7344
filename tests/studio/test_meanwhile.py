"""What somebody else changes while a form is open stays, and what was saved is told as saved."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from pipeline.desk.editing import account
from pipeline.desk.writing.articles import open_article
from pipeline.desk.writing.results import Conflict
from pipeline.desk.writing.settings import open_settings, save_settings
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import IssueError, found
from pipeline.studio.gate.sessions import Session
from pipeline.studio.serving.app import studio_app
from pipeline.studio.views.issue import articles
from pipeline.studio.views.state import StudioState

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.yaml_edit import Field
    from pipeline.files.yaml_text import Value
    from tests.studio.running import Answer, Studio

ISSUE = "issues/2023-12-20"


@pytest.fixture(autouse=True)
def _as_it_was(root: Path) -> Any:
    before = {path: path.read_bytes() for path in (root / "issues").rglob("*") if path.is_file()}
    yield
    for path in (root / "issues").rglob("*"):
        if path.is_file() and path not in before:
            path.unlink()
    for path, data in before.items():
        path.write_bytes(data)


def sent(running: Studio, address: str, data: dict[str, Any], method: str = "POST") -> Answer:
    headers = {**running.own, "Content-Type": "application/json"}
    return running.ask(method, address, headers, json.dumps(data).encode())


def texts_shown(running: Studio) -> dict[str, str]:
    """Return of which versions the texts in another language are shown."""
    view = running.ask("GET", f"/{ISSUE}/texts/en", running.own).text
    return dict(re.findall(r'type="hidden" name="(base|plan)" value="([^"]*)"', view))


def moved(running: Studio, section: str, position: int) -> None:
    """Move a section, as a drag in the contents does."""
    base = re.search(r'data-base="([^"]*)"', running.ask("GET", f"/{ISSUE}", running.own).text)
    assert base is not None
    change = {"change": "move-section", "base": base[1], "section": section, "position": position}
    assert sent(running, f"/{ISSUE}/plan", change).status == 200


def base_of(running: Studio, address: str) -> str:
    found_there = re.search(r'name="base" value="([^"]*)"', running.ask("GET", address, running.own).text)
    assert found_there is not None
    return found_there[1]


TEAM = {
    "team.count": "2",
    "team.0.role.bg": "Редакция",
    "team.0.role.en": "Editorial office",
    "team.0.name.bg": "Мария Иванова",
    "team.0.name.en": "the office of Cluster Sofia Knowledge City",
    "team.1.role.bg": "Корекции",
    "team.1.role.en": "Proofs",
    "team.1.name.bg": "Петър",
    "team.1.name.en": "Peter",
}
"""The form of a publication with two in its team, one name changed."""

PROOFS = "  - role: {{bg: Корекции, en: Proofs}}\n    name: {{bg: {0}, en: Peter}}\n"


@pytest.mark.parametrize("outside", ["taken out", "added behind", "added in front"])
def test_a_row_is_changed_though_somebody_else_changed_their_number(
    running: Studio, root: Path, outside: str
) -> None:
    path = root / "issues/publication.yaml"
    more, other = PROOFS.format("Петър"), PROOFS.format("Павел")
    begun = path.read_text("utf-8").replace("press:\n  paper: coated\n", f"{more}press:\n  paper: coated\n")
    path.write_text(begun, "utf-8")
    base = base_of(running, "/publication")
    old, new = {
        "taken out": (more, ""),
        "added behind": (more, more + other),
        "added in front": ("team:\n", f"team:\n{other}"),
    }[outside]
    path.write_text(begun.replace(old, new), "utf-8")
    answer = sent(running, "/publication", {"base": base, **TEAM})
    assert answer.status == 200, answer
    own = begun.replace("офисът на Клъстер София град на знанието", "Мария Иванова")
    assert path.read_text("utf-8") == own.replace(old, new)


def test_a_row_is_changed_though_somebody_else_took_out_the_one_before(running: Studio, root: Path) -> None:
    path = root / "issues/publication.yaml"
    shipped = path.read_text("utf-8")
    one, other = PROOFS.format("Павел"), PROOFS.format("Петър")
    begun = shipped.replace("press:\n  paper: coated\n", f"{one}{other}press:\n  paper: coated\n")
    path.write_text(begun, "utf-8")
    base = base_of(running, "/publication")
    path.write_text(begun.replace(one, ""), "utf-8")
    form = {
        **TEAM,
        "team.count": "3",
        "team.0.name.bg": "офисът на Клъстер София град на знанието",
        "team.1.name.bg": "Павел",
        **{f"team.2.{name[7:]}": text for name, text in TEAM.items() if name.startswith("team.1.")},
        "team.2.name.bg": "Петя",
    }
    answer = sent(running, "/publication", {"base": base, **form})
    assert answer.status == 200, answer
    assert path.read_text("utf-8") == begun.replace(one, "").replace("Петър", "Петя")


def test_a_name_that_both_changed_is_a_conflict(root: Path) -> None:
    workspace, path = Workspace(root), root / "issues/publication.yaml"
    opened = open_settings(workspace, "publication")
    begun = path.read_text("utf-8")
    theirs = begun.replace("Editorial office", "Editors").replace("team:\n", f"team:\n{PROOFS.format('П')}")
    path.write_text(theirs, "utf-8")
    changes: dict[Field, Value] = {("team", 0, "role", "en"): "Newsroom"}
    assert isinstance(save_settings(workspace, "publication", opened.version, changes, "test"), Conflict)
    assert path.read_text("utf-8") == theirs


def test_what_was_saved_is_told_as_saved_though_it_cannot_be_read_again(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, path = Workspace(root), root / f"{ISSUE}/degrebe.md"
    opened = open_article(workspace, path.parent.name, path.name)

    def no_more(*_: object) -> None:
        raise IssueError([found("E602", None, name="degrebe.md")])

    monkeypatch.setattr(articles, "open_article", no_more)
    text = path.read_text("utf-8") + "\nОще нещо.\n"
    body = json.dumps({"base": opened.version, "text": text}).encode()
    answers: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    async def send(message: Any) -> None:
        answers.append(message)

    app: Any = studio_app(StudioState(root, dt.date(2026, 3, 1), tmp_path / "faults.log"))
    scope = {
        "type": "http",
        "method": "PUT",
        "path": f"/api/{ISSUE}/articles/degrebe.md",
        "query_string": b"",
    }
    headers = [(b"content-type", b"application/json")]
    asyncio.run(app({**scope, "headers": headers, "state": {"session": Session("bg")}}, receive, send))
    assert path.read_text("utf-8") == text
    assert answers[0]["status"] == 200
    saved = json.loads(answers[1]["body"])
    assert (saved["state"], saved["kind"]) == ("saved", opened.kind)
    assert "Още нещо." in json.dumps(saved["document"], ensure_ascii=False)
    assert len(saved["places"]) == len(opened.document.content) + 1


def test_an_import_keeps_its_number_when_older_ones_are_forgotten(running: Studio, root: Path) -> None:
    folder = root / ISSUE
    items = [{"code": "W503", "values": {"name": "a.docx", "words": "Дума"}, "path": "", "whole": ""}]
    numbers = []
    for number in range(60):
        told = {
            "issue": folder.name,
            "files": [f"{number}.docx"],
            "items": items,
            "words": [1, 1],
            "counts": {},
        }
        numbers.append(account.enter(folder, told))
    try:
        assert numbers == list(range(60))
        kept = account.accounts(folder)
        assert list(kept) == numbers[-50:]
        assert all(each["files"] == [f"{number}.docx"] for number, each in kept.items())
        account.settle(folder, 40, 0, "dropped")
        states = {number: each["items"][0]["state"] for number, each in account.accounts(folder).items()}
        assert [number for number, state in states.items() if state == "dropped"] == [40]
        with pytest.raises(IssueError):
            account.settle(folder, 3, 0, "dropped")
        assert running.ask("GET", f"/{ISSUE}/account/3", running.own).status == 404
        assert f"/{ISSUE}/account/59" in running.ask("GET", f"/{ISSUE}", running.own).text
    finally:
        (folder / account.ACCOUNT).unlink()


def test_imports_of_before_have_the_numbers_of_their_places(root: Path) -> None:
    folder = root / ISSUE
    imports = [{"files": [name], "items": [], "words": [1, 1], "counts": {}} for name in ("a.docx", "b.docx")]
    (folder / account.ACCOUNT).write_text(json.dumps({"format": 1, "imports": imports}), "utf-8")
    try:
        assert [(number, each["files"]) for number, each in account.accounts(folder).items()] == [
            (0, ["a.docx"]),
            (1, ["b.docx"]),
        ]
    finally:
        (folder / account.ACCOUNT).unlink()


def test_an_issue_is_given_another_date_and_pages_of_before_go_on_saving(running: Studio, root: Path) -> None:
    shown = running.ask("GET", f"/{ISSUE}", running.own).text
    base = shown.partition('data-base="')[2].partition('"')[0]
    form = {"change": "masthead", "base": base, "title": "Клъстерът", "number": "3"}
    assert '"E630"' in sent(running, f"/{ISSUE}/plan", {**form, "date": "31.02.2024"}).text
    taken = sent(running, f"/{ISSUE}/plan", {**form, "date": "2023-06-30"})
    assert [(each["code"], each["field"]) for each in json.loads(taken.text)["findings"]] == [
        ("E638", "date")
    ]
    opened = json.loads(running.ask("GET", f"/api/{ISSUE}/articles/degrebe.md", running.own).text)
    try:
        moved = sent(running, f"/{ISSUE}/plan", {**form, "date": "2025-02-28"})
        assert json.loads(moved.text) == {"go": "/issues/2025-02-28?moved=2023-12-20"}
        text = (root / "issues/2025-02-28/issue.yaml").read_text("utf-8")
        assert "date: 2025-02-28" in text
        assert "title: Клъстерът" in text
        page = running.ask("GET", "/issues/2025-02-28?moved=2023-12-20", running.own).text
        assert "28 февруари 2025" in page.replace("\u00a0", " ").partition('role="status"')[2]
        change = {"base": opened["version"], "facts": {"author": "Мария"}}
        assert sent(running, f"/api/{ISSUE}/articles/degrebe.md", change, "PUT").status == 200
        assert "author: Мария" in (root / "issues/2025-02-28/degrebe.md").read_text("utf-8")
        # What is dropped on one of these pages joins the issue, too, and begins no other.
        part = b'--b\r\nContent-Disposition: form-data; name="'
        body = b'%bissue"\r\n\r\n2023-12-20\r\n%bfiles"; filename="a.txt"\r\n\r\n' % (part, part)
        headers = {**running.own, "Content-Type": "multipart/form-data; boundary=b"}
        begun = running.ask("POST", "/import", headers, body + "Думи от писмо.\r\n--b--\r\n".encode())
        told = running.ask("GET", f"/api/jobs/{json.loads(begun.text)['job']}", running.own).text
        assert '"go": "/issues/2025-02-28/account/' in told
        assert not (root / "issues/2023-12-20").exists()
    finally:
        back = sent(running, "/issues/2025-02-28/date", {"date": "20.12.2023"})
    assert json.loads(back.text) == {"go": f"/{ISSUE}?moved=2025-02-28"}
    assert (root / "issues/2023-12-20/degrebe.md").is_file()


def translated(root: Path) -> list[Any]:
    """Return the titles of the sections in the other language."""
    return [
        each["title"] for each in YAML().load((root / ISSUE / "issue.en.yaml").read_text("utf-8"))["sections"]
    ]


@pytest.mark.parametrize("is_begun", [False, True])
def test_a_translated_title_stays_with_its_section_where_sections_were_moved_meanwhile(
    running: Studio, root: Path, *, is_begun: bool
) -> None:
    if is_begun:
        sent(running, f"/{ISSUE}/texts/en", {"sections.1.title": "Starting"})
    shown = texts_shown(running)
    moved(running, "0", 3)
    typed = {
        "title": "Projects",
        "greeting": "Hello",
        "sections.0.title": "Under way",
        "sections.3.lead": "Fairs",
    }
    assert sent(running, f"/{ISSUE}/texts/en", {**shown, **typed}).status == 200
    second = "Starting" if is_begun else "Стартиращи нови проекти"
    assert translated(root) == [second, "Клъстерни инициативи", "Участие в изложения", "Under way"]
    written = YAML().load((root / ISSUE / "issue.en.yaml").read_text("utf-8"))
    assert [each.get("lead") for each in written["sections"]] == [None, None, "Fairs", None]
    assert (written["title"], written["greeting"]) == ("Projects", "Hello")


def test_two_tabs_that_begin_a_translation_have_both_what_they_wrote(running: Studio, root: Path) -> None:
    first = second = texts_shown(running)
    assert sent(running, f"/{ISSUE}/texts/en", {**first, "sections.0.title": "Under way"}).status == 200
    assert sent(running, f"/{ISSUE}/texts/en", {**second, "sections.3.title": "Fairs"}).status == 200
    assert translated(root) == ["Under way", "Стартиращи нови проекти", "Клъстерни инициативи", "Fairs"]


def test_a_translated_title_is_refused_where_its_section_is_gone_or_another_by_now(
    running: Studio, root: Path
) -> None:
    sent(running, f"/{ISSUE}/texts/en", {"sections.0.title": "Under way"})
    shown = texts_shown(running)
    plan = root / ISSUE / "issue.yaml"
    plan.write_text(
        plan.read_text("utf-8").replace("Участие в изложения", "Изложби").replace("smart-", ""), "utf-8"
    )
    written = (root / ISSUE / "issue.en.yaml").read_bytes()
    assert sent(running, f"/{ISSUE}/texts/en", {**shown, "sections.3.title": "Fairs"}).status == 422
    # Another program put the sections into another order in the one file alone.
    other = YAML()
    fields = other.load(plan.read_text("utf-8"))
    fields["sections"].reverse()
    with plan.open("w", encoding="utf-8") as file:
        other.dump(fields, file)
    assert sent(running, f"/{ISSUE}/texts/en", {**shown, "sections.0.title": "Running"}).status == 422
    assert (root / ISSUE / "issue.en.yaml").read_bytes() == written
