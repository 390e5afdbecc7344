"""Letters that came back are brought in and heeded in the studio as by the command; too many wait."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.mail_folder import MailFolder
from pipeline.delivery.ledger.records import NewDelivery
from pipeline.desk.mail.standings import silenced
from tests.delivery.test_returns import NESTED
from tests.studio.publishing.conftest import Officer, codes
from tests.studio.running import studio
from tests.support.mails import ACTIVE

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.files.workspace import Workspace

RETURNED = "/mail/returned"
FILING = "2023-12-20/1"
MARIA, JOHN, IVAN, PETYA = ACTIVE


def sent_to(workspace: Workspace, *addresses: str) -> MailFolder:
    """Return the mail folder once an issue is queued for members."""
    folder = MailFolder(workspace)
    names = folder.identifiers()
    deliveries = [
        NewDelivery(names.recipient(each), names.token(each), quoted(folder, each), each, "", "bg")
        for each in addresses
    ]
    with folder.ledger() as ledger:
        ledger.begin(FILING, Purpose.ISSUE, date="x", digests="x", deliveries=deliveries)
    return folder


def quoted(folder: MailFolder, address: str) -> str:
    return folder.identifiers().message_id(FILING, Purpose.ISSUE, address, "example.org")


def report(folder: MailFolder, address: str, words: str = "550 5.1.1 no such user") -> bytes:
    """Return the report of a server that there is no such address."""
    return (
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nTo: office@example.org\nSubject: Undelivered\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n'
        "--B\nContent-Type: text/plain\n\nI am sorry.\n\n--B\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; {address}\nAction: failed\n"
        f"Status: 5.1.1\nDiagnostic-Code: smtp; {words}\n\n--B\nContent-Type: text/rfc822-headers\n\n"
        f"Message-ID: {quoted(folder, address)}\n--B--\n"
    ).encode()


def wish(address: str) -> bytes:
    """Return what a member writes who asks to leave."""
    return (
        f"From: {address}\nTo: office@example.org\nSubject: unsubscribe me\n"
        "Content-Type: text/plain; charset=utf-8\n\nPlease unsubscribe me.\n"
    ).encode()


def bring(officer: Officer, **letters: bytes) -> dict[str, Any]:
    """Bring letters in together, and return what is told at the end."""
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="files"; filename="{name}.eml"\r\n\r\n'.encode()
        + data
        + b"\r\n"
        for name, data in letters.items()
    ]
    headers = {**officer.running.own, "Content-Type": "multipart/form-data; boundary=b"}
    answer = officer.running.ask("POST", RETURNED, headers, b"".join(parts) + b"--b--\r\n")
    assert answer.status == 200, answer
    return officer.end_of(answer)


def arrived(officer: Officer) -> list[Path]:
    """Return the files that lie where files arrive."""
    return [path for folder in officer.running.state.rglob("*.arrivals") for path in folder.rglob("*.eml")]


def test_who_is_gone_has_nothing_more_and_who_asks_waits_for_the_officer(officer: Officer) -> None:
    folder = sent_to(officer.workspace, *ACTIVE)
    told = bring(officer, gone=report(folder, MARIA), wish=wish(IVAN), other=b"%PDF-1.7\n\0\1")
    assert told["announce"] == "писма: 2; заради съобщения на сървъри повече не се пише на: 1"
    assert dict(silenced(folder).people) == {MARIA: "bounced", IVAN: "asked"}
    shown = officer.see(RETURNED)
    # One that is no letter is named, and hinders none of the others.
    assert "other.eml не е нито писмо, нито пощенска кутия: няма глава" in shown
    assert "bulletin mail" not in shown
    assert "Молят с думи да бъдат отписани" in shown
    assert officer.send("/mail/people/unsubscribe", {"address": IVAN}).status == 200
    assert "Молят с думи да бъдат отписани" not in officer.see(RETURNED)
    assert dict(silenced(folder).people) == {MARIA: "bounced", IVAN: "unsubscribed"}
    assert arrived(officer) == []


def test_letters_that_are_brought_in_again_are_not_counted_twice(officer: Officer) -> None:
    full = "552 5.2.2 mailbox full"
    folder = sent_to(officer.workspace, *ACTIVE)
    for _ in range(3):
        bring(officer, full=report(folder, MARIA, full))
    assert silenced(folder).people == ()
    assert "вече прочетено" in officer.see(RETURNED)


def test_where_too_many_would_be_withdrawn_the_officer_is_asked_and_types_how_many(officer: Officer) -> None:
    folder = sent_to(officer.workspace, *ACTIVE)
    letters = {f"l{at}": report(folder, each) for at, each in enumerate((MARIA, IVAN, PETYA))}
    told = bring(officer, **letters)
    assert told["announce"] == "Писма: 3. Има нещо за решаване."
    shown = officer.see(RETURNED)
    assert all(each in shown.partition("За решаване")[2] for each in (MARIA, IVAN, PETYA))
    assert silenced(folder).people == ()
    for typed in ("", "2", "4", "три", "30"):
        refused = officer.send(f"{RETURNED}/confirm", {"count": typed})
        assert codes(refused) == ["E393"]
        assert json.loads(refused.text)["findings"][0]["field"] == "count"
    assert silenced(folder).people == ()
    officer.end_of(officer.send(f"{RETURNED}/confirm", {"count": "3"}))
    assert dict(silenced(folder).people) == dict.fromkeys((MARIA, IVAN, PETYA), "bounced")
    assert "За решаване" not in officer.see(RETURNED)
    # Once it is done, nothing is kept of the letters, and it is not done again.
    assert arrived(officer) == []
    assert codes(officer.send(f"{RETURNED}/confirm", {"count": "3"})) == ["E640"]


def test_what_was_asked_may_be_left_and_the_letters_are_deleted(officer: Officer) -> None:
    folder = sent_to(officer.workspace, *ACTIVE)
    bring(officer, **{f"l{at}": report(folder, each) for at, each in enumerate((MARIA, IVAN, PETYA))})
    assert len(arrived(officer)) == 3
    assert officer.send(f"{RETURNED}/leave").status == 200
    assert arrived(officer) == []
    assert silenced(folder).people == ()
    assert "За решаване" not in officer.see(RETURNED)


def test_letters_that_wait_are_deleted_when_the_studio_ends(officer: Officer, tmp_path: Path) -> None:
    folder = sent_to(officer.workspace, *ACTIVE)
    with studio(officer.workspace.root, tmp_path) as running:
        running.enter()
        own = Officer(running, officer.workspace, officer.server)
        bring(own, **{f"l{at}": report(folder, each) for at, each in enumerate((MARIA, IVAN, PETYA))})
        assert len(arrived(own)) == 3
    assert arrived(own) == []


def test_somebody_who_is_forgotten_is_not_named_by_letters_either(officer: Officer) -> None:
    folder = sent_to(officer.workspace, *ACTIVE)
    bring(officer, **{f"l{at}": report(folder, each) for at, each in enumerate((MARIA, IVAN, PETYA))})
    assert IVAN in officer.see(RETURNED)
    assert officer.send("/mail/people/forget", {"address": IVAN, "again": IVAN}).status == 200
    assert IVAN not in officer.see(RETURNED)
    assert arrived(officer) == []


@pytest.mark.parametrize("data", [*NESTED, b"", b"\0" * 5000, b"From " * 5000, b"\xff\xfe" * 99])
def test_a_hostile_file_is_named_and_the_others_are_heeded(officer: Officer, data: bytes) -> None:
    folder = sent_to(officer.workspace, *ACTIVE)
    told = bring(officer, a=data, gone=report(folder, MARIA))
    assert "announce" in told, told
    assert dict(silenced(folder).people) == {MARIA: "bounced"}
    assert "a.eml" in officer.see(RETURNED)


def test_what_is_too_much_or_nothing_is_refused_in_words(officer: Officer) -> None:
    head = {**officer.running.own, "Content-Type": "multipart/form-data; boundary=b"}
    part = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.eml"\r\n\r\nx\r\n'
    assert codes(officer.running.ask("POST", RETURNED, head, part * 101 + b"--b--\r\n")) == ["E626"]
    assert codes(officer.running.ask("POST", RETURNED, head, b"--b--\r\n")) == ["E629"]
    # A mailbox is larger than any form.
    told = bring(officer, box=wish("nobody@example.com") + b"x" * 6_000_000)
    assert "announce" in told, told
    large = officer.running.ask("POST", RETURNED, {**head, "Content-Length": "200000000"}, b"")
    assert large.status == 413
    assert arrived(officer) == []
