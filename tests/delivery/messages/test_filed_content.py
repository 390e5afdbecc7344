"""Content of messages: what was filed, from the sender of today."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from pipeline.archive.shelf import Shelf
from pipeline.archive.storing import store_filing
from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.messages.filed_content import FiledContent, filed_content
from pipeline.desk.archive.snapshot import take_snapshot
from pipeline.findings.finding import DeliveryError
from pipeline.models.editions import UNSUBSCRIBE
from tests.support.deliveries import IDENTIFIERS
from tests.support.mails import PDF, filed_workspace
from tests.support.shelves import archive

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace

DATE = dt.datetime(2023, 12, 21, 10, tzinfo=dt.UTC)
NAMES = {"bg": "bulletin-2023-12-20.pdf", "en": "bulletin-2023-12-20.en.pdf"}


def contents(workspace: Workspace, purpose: Purpose = Purpose.ISSUE) -> dict[str, FiledContent]:
    shelf = Shelf(workspace)
    return filed_content(
        shelf.filings[-1],
        shelf,
        one_click="",
        identifiers=IDENTIFIERS,
        purpose=purpose,
        date=DATE,
    )


def publication(workspace: Workspace, old: str, new: str) -> None:
    path = workspace.issues / "publication.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_texts_title_and_pdf_are_those_filed(tmp_path: Path) -> None:
    found = contents(filed_workspace(tmp_path))
    assert list(found) == ["bg", "en"]
    for language, filed in found.items():
        assert filed.content.language == language
        assert filed.content.attachment is not None
        assert (filed.content.attachment.name, filed.content.attachment.data) == (NAMES[language], PDF)
        assert f"<title>{filed.content.subject}</title>" in filed.content.html
    assert found["bg"].content.subject == "Вести · Брой 2: Проекти и инициативи"
    assert found["bg"].digest != found["en"].digest


def test_the_subject_is_the_title_of_the_page_and_of_no_drawing(tmp_path: Path) -> None:
    workspace = filed_workspace(tmp_path)
    snapshot = take_snapshot(workspace.issues / "2023-12-20", workspace)
    page = f"<html><body>Текст {UNSUBSCRIBE}</body></html>"
    titled = page.replace("<body>", "<title> Брой 2 &amp; още </title><body><svg><title>Лого</title></svg>")
    files = {f"{name[:-4]}-mail.txt": UNSUBSCRIBE.encode() for name in NAMES.values()} | dict.fromkeys(
        NAMES.values(), PDF
    )
    for name, html in zip(NAMES.values(), (titled, page), strict=True):
        files[f"{name[:-4]}-mail.html"] = html.encode()
    filing = store_filing(snapshot.filing_content(files, {}), Shelf(workspace), DATE.date())
    found = contents(workspace)
    assert found["bg"].content.subject == "Брой 2 & още"
    assert found["en"].content.subject == filing.title
    assert not found["bg"].content.logos


def test_every_embedded_logo_is_attached_once_and_nothing_else(tmp_path: Path) -> None:
    content = contents(filed_workspace(tmp_path))["bg"].content
    names = [logo.name for logo in content.logos]
    assert names
    assert len(names) == len(set(names)) == len([name for name in names if f'"cid:{name}"' in content.html])
    assert {logo.media_type for logo in content.logos} <= {"image/png", "image/jpeg"}


def test_members_answer_to_the_reply_address_or_the_sender_of_today(tmp_path: Path) -> None:
    workspace = filed_workspace(tmp_path)
    assert contents(workspace)["bg"].content.reply_to.address == "office@example.org"
    publication(workspace, "  reply_to: office@example.org\n", "")
    publication(workspace, "email: news@example.org", "email: bulletin@example.org")
    content = contents(workspace)["bg"].content
    assert (content.sender.address, content.reply_to.address) == ("bulletin@example.org",) * 2


def test_a_reminder_says_so_and_is_the_same_content(tmp_path: Path) -> None:
    workspace = filed_workspace(tmp_path)
    issue, reminder = (contents(workspace, purpose)["en"] for purpose in (Purpose.ISSUE, Purpose.REMINDER))
    assert reminder.content.subject != issue.content.subject
    assert reminder.content.subject.endswith(issue.content.subject)
    assert reminder.digest == issue.digest
    assert reminder.content.boundary != issue.content.boundary


def test_a_message_links_to_the_pdf_where_the_filed_publication_says_so(tmp_path: Path) -> None:
    online = "online: https://bulletin.example.bg/archive"
    workspace = filed_workspace(tmp_path, sender=("pdf: link", online))
    assert contents(workspace)["bg"].content.attachment is None


def test_what_was_filed_without_a_mail_edition_cannot_be_sent(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError) as raised:
        contents(archive(tmp_path))
    assert [finding.code for finding in raised.value.findings] == ["E365"]


def test_without_a_sender_nothing_is_sent(tmp_path: Path) -> None:
    workspace = filed_workspace(tmp_path)
    text = (workspace.issues / "publication.yaml").read_text("utf-8")
    (workspace.issues / "publication.yaml").write_text(text[: text.index("sender:")], "utf-8")
    with pytest.raises(DeliveryError) as raised:
        contents(workspace)
    assert [finding.code for finding in raised.value.findings] == ["E354"]
