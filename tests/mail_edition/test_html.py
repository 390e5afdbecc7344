"""The mail edition: complete in one message, nothing fetched, no tracking, the same content every time."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from pipeline.archive.filing_record import stem
from pipeline.cli.main import main
from pipeline.desk.production.build_request import BuildRequest
from pipeline.desk.production.building import build
from pipeline.desk.production.checked_issue import check_issue
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import errors
from pipeline.mail_edition.contents import PREHEADER
from pipeline.mail_edition.plain_text import MEASURE
from pipeline.models.editions import LARGEST_MAIL, SCREEN, UNSUBSCRIBE, is_of_mail
from tests.conftest import REPOSITORY, run_bulletin
from tests.golden import ISSUES, KEPT
from tests.support.mails import CORRECTION, MENDED, ONLINE, body_of, sound, with_sender

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.mail_edition.html import MailBody


class Tags(HTMLParser):
    """Every tag with its attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, dict(attrs)))


@pytest.fixture(scope="module", params=ISSUES)
def body(request: pytest.FixtureRequest) -> MailBody:
    return body_of(REPOSITORY, request.param)


def test_it_is_small_enough_not_to_be_cut_off(body: MailBody) -> None:
    assert len(body.html.encode()) <= LARGEST_MAIL
    assert not body.findings


def test_nothing_is_fetched_and_nothing_tracks_readers(body: MailBody) -> None:
    tags = Tags(body.html).all
    assert {"script", "form", "iframe", "link", "object", "video", "base"}.isdisjoint(tag for tag, _ in tags)
    sources = [attributes["src"] or "" for _, attributes in tags if "src" in attributes]
    assert all(source.startswith("cid:") for source in sources)
    assert {source.removeprefix("cid:") for source in sources} == {logo.name for logo in body.logos.values()}
    assert not re.search(r"url\(|@import|@font-face|background=", body.html)
    assert not any(name.startswith("on") for _, attributes in tags for name in attributes)
    kinds = {(attributes.get("href") or "").partition(":")[0] for tag, attributes in tags if tag == "a"}
    assert kinds <= {"https", "mailto"}


def test_each_part_has_one_unsubscribe_link(body: MailBody) -> None:
    assert body.html.count(UNSUBSCRIBE) == 1
    assert body.text.count(UNSUBSCRIBE) == 1


def test_the_preheader_fills_the_line_of_an_inbox(body: MailBody) -> None:
    least, most = PREHEADER
    assert least <= len(body.contents.preheader) <= most


def test_layout_tables_are_marked_as_presentation(body: MailBody) -> None:
    tables = [attributes for tag, attributes in Tags(body.html).all if tag == "table"]
    assert [attributes.get("role") for attributes in tables].count(None) == bool(body.contents.budgets)


def test_pictures_have_alternative_text_and_size(body: MailBody) -> None:
    pictures = [attributes for tag, attributes in Tags(body.html).all if tag == "img"]
    assert pictures
    assert all(picture["alt"] and picture["width"] for picture in pictures)


def test_the_text_is_written_for_reading(body: MailBody) -> None:
    assert all(len(line) <= MEASURE or line.strip().startswith("http") for line in body.text.splitlines())
    assert not re.search(r"[\u00a0\u200b\u00ad\t]|<\w|&\w+;", body.text)
    assert "\n\n\n" not in body.text


@pytest.mark.parametrize("name", ISSUES)
def test_the_text_is_the_one_that_was_found_good(name: str) -> None:
    assert body_of(REPOSITORY, name).text == (KEPT / f"{name}.mail.txt").read_text("utf-8")


def test_a_correction_comes_before_everything(tmp_path: Path) -> None:
    body = body_of(sound(tmp_path, sender=with_sender(), issue=CORRECTION), "2023-12-20")
    assert body.text.startswith("Поправка\n========\n\n" + MENDED)
    assert body.contents.subject.startswith("Поправка: ")
    assert body.contents.preheader.startswith(MENDED)
    shown = body.html.partition("<body")[2]
    assert shown.index("Поправка") < shown.index("<h1")


def test_without_a_site_there_are_no_links_to_it(tmp_path: Path) -> None:
    body = body_of(sound(tmp_path, sender=with_sender()), "2023-12-20")
    assert "Целият брой е приложен към писмото: PDF, 9 страници, 1,2 MB." in body.text
    assert not body.contents.online


@pytest.mark.parametrize("kept", ["attached", "link"])
def test_with_a_site_every_article_links_to_its_page(tmp_path: Path, kept: str) -> None:
    root = sound(tmp_path, sender=with_sender(f"online: {ONLINE}", f"pdf: {kept}"))
    body = body_of(root, "2023-12-20")
    assert f'href="{ONLINE}/2023-12-20/{stem("2023-12-20", None, "bg")}.pdf"' in body.html
    links = [entry.link for part in body.contents.parts for entry in part.entries]
    assert links == [f"{ONLINE}/2023-12-20/#article-{name}" for name in ("tower", "project")]
    assert all(link in body.html and link in body.text for link in links)
    assert ("приложен" in body.text) == (kept == "attached")


def test_linking_the_pdf_needs_a_site(tmp_path: Path) -> None:
    workspace = Workspace(sound(tmp_path, sender=with_sender("pdf: link")))
    findings = errors(check_issue(workspace.issues / "2023-12-20", workspace).findings)
    assert [(finding.code, finding.place and finding.place.line) for finding in findings] == [("E320", 22)]


EVENT = """---
kind: event
title: Среща
start: 2024-01-15 10:00
place: София
url: https://example.org/events/2024
registration: https://example.org/forms/15?seats=3
---
"""


def test_web_addresses_of_an_event_are_in_every_part_and_the_mail_passes(tmp_path: Path) -> None:
    root = sound(tmp_path)
    folder = root / "issues" / "2023-12-20"
    (folder / "event.md").write_text(EVENT, "utf-8")
    plan = folder / "issue.yaml"
    plan.write_text(plan.read_text("utf-8").replace("project.md", "project.md, event.md"), "utf-8")
    assert main(["build", "2023-12-20", "--workspace", str(root)]) == 0
    body = body_of(root, "2023-12-20")
    for address in ("https://example.org/events/2024", "https://example.org/forms/15?seats=3"):
        assert f": {address}\n" in body.text
        assert f'href="{address}"' in body.html


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2024-06-30", "2024-07-06"),
        ("2024-12-31 22:00", "2025-01-01 02:30"),
        ("2024-05-04 10:00", "2024-05-05 16:30"),
    ],
)
def test_an_event_of_several_days_is_the_same_in_the_calendar_and_in_the_mail(
    tmp_path: Path, start: str, end: str
) -> None:
    root = sound(tmp_path)
    publication = root / "issues" / "publication.yaml"
    style = "style: {name: bulletin, version: 1}"
    publication.write_text(re.sub("(?m)^style:.*$", style, publication.read_text("utf-8")), "utf-8")
    folder = root / "issues" / "2023-12-20"
    event = f"---\nkind: event\ntitle: Лагер\nstart: {start}\nend: {end}\nplace: Рила\n---\n"
    (folder / "camp.md").write_text(event, "utf-8")
    plan = folder / "issue.yaml"
    plan.write_text(plan.read_text("utf-8").replace("project.md", "project.md, camp.md"), "utf-8")
    assert main(["build", "2023-12-20", "--edition", "mail", "--workspace", str(root)]) == 0


@pytest.mark.parametrize("length", [60, 100, 230, 400])
def test_a_beginning_is_not_cut_before_a_long_address(tmp_path: Path, length: int) -> None:
    """It leads nowhere in half, and a word or two before it say nothing: the title stands alone."""
    root = sound(tmp_path)
    address = f"https://example.org/{'b2' * (length // 2)}.pdf"
    article = f"---\ntitle: Наредба\n---\nВижте {address} и приложенията към нея, за които писахме.\n"
    folder = root / "issues" / "2023-12-20"
    (folder / "law.md").write_text(article, "utf-8")
    plan = folder / "issue.yaml"
    plan.write_text(plan.read_text("utf-8").replace("project.md", "project.md, law.md"), "utf-8")
    assert main(["build", "2023-12-20", "--edition", "mail", "--workspace", str(root)]) == 0
    assert ("Вижте …" in body_of(root, "2023-12-20").text) is False


def test_an_issue_too_long_for_a_message_keeps_all_titles(tmp_path: Path) -> None:
    root = sound(tmp_path)
    folder = root / "issues" / "2023-12-20"
    names = [f"a{at}.md" for at in range(80)]
    for name in names:
        standfirst = "Дълго въведение към статията. " * 15
        text = f"---\ntitle: Статия номер {name[1:-3]}\nstandfirst: {standfirst}\n---\nТекст.\n"
        (folder / name).write_text(text, "utf-8")
    plan = folder / "issue.yaml"
    text = plan.read_text("utf-8").replace("project.md", ", ".join(["project.md", *names]))
    plan.write_text(text, "utf-8")
    body = body_of(root, "2023-12-20")
    assert len(body.html.encode()) <= LARGEST_MAIL
    titles = [f"Статия номер {at}" for at in range(80)]
    assert all(title in body.html and title in body.text for title in titles)
    assert "Дълго въведение" not in body.html
    for name in names:
        path = folder / name
        path.write_text(path.read_text("utf-8").replace("Статия", "Статия " + "с много дълго заглавие " * 20))
    assert [finding.code for finding in body_of(root, "2023-12-20").findings] == ["W320"]


def test_it_is_built_and_stored_with_the_other_editions(tmp_path: Path) -> None:
    root = sound(tmp_path)
    project = root / "issues/2023-12-20/project.md"
    project.write_text(project.read_text("utf-8").replace("funder: eu", "funder: norway"), "utf-8")
    workspace = Workspace(root)
    order = BuildRequest(workspace.issues / "2023-12-20", workspace, root / "out", editions=(), mail=True)
    built = build(order)
    names = [path.name for path in built.paths]
    assert names == [
        "bulletin-2023-12-20-mail.html",
        "bulletin-2023-12-20-mail.txt",
        "bulletin-2023-12-20-mail-norway.png",
        "bulletin-2023-12-20-report.json",
    ]
    assert all(is_of_mail(name) for name in names[:-1])
    first = [path.read_bytes() for path in built.paths[:-1]]
    assert build(order).from_cache
    again = build(replace(order, editions=(SCREEN,), fresh=True))
    assert [path.read_bytes() for path in again.paths if is_of_mail(path.name)] == first
    report = json.loads(again.paths[-1].read_text("utf-8"))
    assert list(report["editions"]) == ["screen", "mail"]


def test_the_command_takes_its_name(tmp_path: Path) -> None:
    root = sound(tmp_path)
    ran = run_bulletin("build", "--edition", "mail", "--draft", cwd=root)
    assert ran.returncode == 0, ran.stderr
    text = (root / "out/2023-12-20/bulletin-2023-12-20-draft-mail.txt").read_text("utf-8")
    assert "Проект · Брой" in text or "Чернова · Брой" in text
    ran = run_bulletin("--language", "en", "build", "--edition", "post", cwd=root)
    assert ran.returncode == 2
    assert "screen, press, archive, mail" in ran.stderr
    assert run_bulletin("preflight", "x.pdf", "--edition", "mail", cwd=root).returncode == 2
