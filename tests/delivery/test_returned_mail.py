"""Returned messages through the use case: heeded at once, held back, or only reported."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.mail_folder import MailFolder
from pipeline.delivery.ledger.records import NewDelivery
from pipeline.delivery.ledger.states import Event
from pipeline.delivery.returns.reports import ReturnType
from pipeline.desk.mail.records import unsubscribe
from pipeline.desk.mail.returned_mail import process_returned_files
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import errors

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.delivery.returns.bounces import ProcessedReturn
    from pipeline.desk.mail.returned_mail import ReturnsResult

FILING = "2023-12-20/1"


@pytest.fixture
def folder(tmp_path: Path) -> MailFolder:
    (tmp_path / "issues").mkdir()
    (tmp_path / "returned").mkdir()
    opened = MailFolder(Workspace(tmp_path))
    names = opened.identifiers()
    members = [f"member{number}@org{number}.bg" for number in range(20)]
    deliveries = [
        NewDelivery(
            recipient=names.recipient(address),
            token=names.token(address),
            message_id=names.message_id(FILING, Purpose.ISSUE, address, "example.org"),
            address=address,
            name="Член",
            language="bg",
        )
        for address in members
    ]
    with opened.ledger() as ledger:
        mailing = ledger.begin(FILING, Purpose.ISSUE, date="x", digests="x", deliveries=deliveries)
        for delivery in ledger.deliveries(mailing.id):
            ledger.settle_and_begin(None, delivery)
            ledger.begin_end_of_data(delivery, 0)
            ledger.record(delivery, Event.ACCEPTED)
    return opened


def message_id(folder: MailFolder, number: int) -> str:
    address = f"member{number}@org{number}.bg"
    return folder.identifiers().message_id(FILING, Purpose.ISSUE, address, "example.org")


def write(folder: MailFolder, name: str, message: EmailMessage | str) -> None:
    (folder.path.parent / "returned" / name).write_bytes(
        message.encode() if isinstance(message, str) else bytes(message)
    )


def report(folder: MailFolder, number: int, diagnostic: str, quoted: str | None = None) -> str:
    address = f"member{number}@org{number}.bg"
    return (
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nTo: office@example.org\nSubject: Undelivered\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n'
        "--B\nContent-Type: text/plain\n\nI am sorry.\n\n--B\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; {address}\nAction: failed\n"
        f"Status: 5.0.0\nDiagnostic-Code: smtp; {diagnostic}\n\n--B\nContent-Type: text/rfc822-headers\n\n"
        f"Message-ID: {quoted or message_id(folder, number)}\nSubject: 5.1.1 user unknown\n--B--\n"
    )


def letter(sender: str, subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "office@example.org", subject
    message.set_content(text)
    return message


def complaint(folder: MailFolder, number: int, kind: str, quoted: str | None = None) -> str:
    return (
        "From: staff@fbl.example.net\nTo: office@example.org\nSubject: FW\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="B"\n\n'
        "--B\nContent-Type: text/plain\n\nA report.\n\n--B\nContent-Type: message/feedback-report\n\n"
        f"Feedback-Type: {kind}\nUser-Agent: x/1\nVersion: 1\n\n--B\nContent-Type: message/rfc822\n\n"
        f"Message-ID: {quoted or message_id(folder, number)}\nSubject: x\n\ntext\n--B--\n"
    )


def read(folder: MailFolder, confirm: int | None = None) -> tuple[ReturnsResult, list[ProcessedReturn]]:
    processed: list[ProcessedReturn] = []
    result = process_returned_files(
        folder, [folder.path.parent / "returned"], confirm=confirm, on_processed=processed.append
    )
    return result, processed


def suppressed(folder: MailFolder) -> dict[str, str]:
    with folder.ledger() as ledger:
        by_recipient = ledger.suppressed()
        addresses = {each.recipient: each.address or "" for each in ledger.deliveries()}
    return {addresses[recipient]: reason for recipient, reason in by_recipient.items()}


def test_an_address_that_is_gone_is_withdrawn_and_may_come_back(folder: MailFolder) -> None:
    write(folder, "1.eml", report(folder, 1, "550 5.1.1 user unknown"))
    result, _ = read(folder)
    assert suppressed(folder) == {"member1@org1.bg": "bounced"}
    assert [(each.address, each.words) for each in result.withdrawn] == [
        ("member1@org1.bg", "550 5.1.1 user unknown")
    ]
    unsubscribe(folder, "member1@org1.bg", undo=True)
    assert read(folder)[0].withdrawn == ()
    assert suppressed(folder) == {}


@pytest.mark.parametrize("diagnostic", ["552 5.1.1 quota exceeded", "550 5.1.1 rejected, DMARC policy"])
def test_words_that_say_otherwise_go_before_the_code(folder: MailFolder, diagnostic: str) -> None:
    write(folder, "1.eml", report(folder, 1, diagnostic))
    assert read(folder)[0].withdrawn == ()
    assert suppressed(folder) == {}


def test_a_report_on_a_message_that_is_not_ours_withdraws_nobody(folder: MailFolder) -> None:
    write(folder, "1.eml", report(folder, 1, "550 5.1.1 user unknown", quoted=f"<{'0' * 32}@example.org>"))
    _, (processed,) = read(folder)
    assert (processed.delivery, suppressed(folder)) == (None, {})


def test_a_complaint_of_our_message_is_a_wish_to_leave_and_any_other_is_reported(folder: MailFolder) -> None:
    write(folder, "1.eml", complaint(folder, 1, "abuse"))
    write(folder, "2.eml", complaint(folder, 2, "not-spam"))
    write(folder, "3.eml", complaint(folder, 3, "abuse", quoted="<abc@example.org>"))
    result, processed = read(folder)
    assert suppressed(folder) == {"member1@org1.bg": "complained"}
    assert [each.returned.type for each in processed if each.returned] == [
        ReturnType.COMPLAINT,
        ReturnType.NOTICE,
        ReturnType.COMPLAINT,
    ]
    assert [finding.code for finding in result.findings] == ["W385"]


@pytest.mark.parametrize(
    ("subject", "text", "asks"),
    [
        ("отписване", "Моля, отпишете ме от бюлетина.", True),
        ("Re: Бюлетин, брой 2", "Не искам повече да получавам това.\n\nПоздрави", True),
        ("Молба", "Премахнете адреса ми, моля.", True),
        ("Re: Newsletter", "Please remove me from your list", True),
        (
            "Re: Бюлетин",
            "Браво за броя!\n\nНа 5.1.2024 г. Офисът написа:\n> Отписване: https://example.org/u",
            False,
        ),
        ("Re: Бюлетин", "Имате грешка на стр. 4.\n\nОт: Офис\nОтпишете се тук", False),
        ("FW: unsubscribe", "За ваше сведение.", False),
        ("Въпрос", "Кога е следващата среща?", False),
    ],
)
def test_a_wish_in_words_is_offered_and_the_address_held_back(
    folder: MailFolder, subject: str, text: str, *, asks: bool
) -> None:
    write(folder, "1.eml", letter("Член <member5@org5.bg>", subject, text))
    result, (processed,) = read(folder)
    assert processed.delivery is not None
    assert processed.delivery.address == "member5@org5.bg"
    assert suppressed(folder) == ({"member5@org5.bg": "asked"} if asks else {})
    assert [finding.code for finding in result.findings] == (["W384"] if asks else [])
    unsubscribe(folder, "member5@org5.bg")
    assert suppressed(folder) == {"member5@org5.bg": "unsubscribed"}


def test_a_wish_of_somebody_else_is_nobody_of_ours(folder: MailFolder) -> None:
    forwarded = letter("friend@example.com", "Re: Бюлетин", "Не ми пращайте това.")
    forwarded["In-Reply-To"] = message_id(folder, 5)
    write(folder, "1.eml", forwarded)
    _, (processed,) = read(folder)
    assert (processed.delivery, suppressed(folder)) == (None, {})


def test_many_withdrawals_at_once_wait_for_the_office(folder: MailFolder) -> None:
    for number in range(5):
        write(folder, f"{number}.eml", report(folder, number, f"550 5.1.1 no such user {number}"))
    write(folder, "9.eml", complaint(folder, 9, "abuse"))
    for confirm in (None, 4):
        result, _ = read(folder, confirm)
        assert [finding.code for finding in errors(result.findings)] == ["E384"]
        assert result.withdrawn == ()
        assert suppressed(folder) == {"member9@org9.bg": "complained"}
    result, _ = read(folder, 5)
    assert len(result.withdrawn) == 5
    assert len(suppressed(folder)) == 6
    assert not errors(result.findings)


def test_what_speaks_of_the_sender_is_the_offices_own_matter(folder: MailFolder) -> None:
    for number in range(6):
        write(folder, f"{number}.eml", report(folder, number, "550 5.7.1 blocked using zen.spamhaus.org"))
    write(folder, "7.eml", report(folder, 7, "552 5.3.4 message too large"))
    write(folder, "8.eml", report(folder, 8, "connect to mx.org8.bg: Connection timed out"))
    result, _ = read(folder)
    assert [(finding.code, dict(finding.values)["count"]) for finding in result.findings] == [
        ("W381", "6"),
        ("W382", "1"),
        ("W383", "1"),
    ]
    assert suppressed(folder) == {}


def test_of_several_recipients_the_members_own_counts(folder: MailFolder) -> None:
    two = report(folder, 1, "552 5.2.2 mailbox full").replace(
        "--B\nContent-Type: text/rfc822-headers",
        "Final-Recipient: rfc822; other@example.bg\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown\n\n--B\nContent-Type: text/rfc822-headers",
    )
    write(folder, "1.eml", two)
    _, (processed,) = read(folder)
    assert processed.returned is not None
    assert processed.returned.verdict.cause == "mailbox-full"
    assert suppressed(folder) == {}
