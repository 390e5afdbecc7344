"""Who asks has the bulletin no more, has it again, or is forgotten: in the studio as by the command."""

from __future__ import annotations

import json
import threading

import pytest

from pipeline.delivery.ledger.mail_folder import LEDGER, MailFolder
from pipeline.desk.mail.standings import silenced
from tests.studio.publishing.conftest import MAIL, RELEASE, Officer, codes
from tests.studio.publishing.test_sending import ASKED
from tests.support.mails import ACTIVE

PEOPLE = "/mail/people"


def ask(officer: Officer, address: str) -> str:
    """Find somebody, and return what is shown then."""
    assert officer.send(f"{PEOPLE}/find", {"address": address}).status == 200
    return officer.see(PEOPLE)


def send_all(officer: Officer) -> list[str]:
    """Send the issue to whom it goes, and return who they were."""
    officer.end_of(officer.send(f"{MAIL}/trial", {"to": "me@example.org"}))
    ((asked, _),) = ASKED.findall(officer.see(RELEASE))
    officer.end_of(officer.send(f"{MAIL}/send", json.loads(asked)))
    return officer.members()


def in_files_of_the_mail(officer: Officer, address: str) -> list[str]:
    """Return the files of the mail folder, the office's lists aside, in which an address stands."""
    files = [path for path in (officer.workspace.root / "mail").rglob("*") if path.is_file()]
    return [path.name for path in files if path.suffix != ".csv" and address.encode() in path.read_bytes()]


def test_who_asks_is_found_however_the_address_is_written_and_has_nothing_more(officer: Officer) -> None:
    assert "Получава бюлетина." in ask(officer, "Иван Петров <IVAN@example.bg>;")
    assert "mail/members.csv, ред 4" in officer.see(PEOPLE)
    told = officer.send(f"{PEOPLE}/unsubscribe", {"address": "ivan@example.bg", "anyway": False})
    assert told.status == 200
    assert "Не получава бюлетина: отписан" in officer.see(PEOPLE)
    assert send_all(officer) == [each for each in ACTIVE if each != "ivan@example.bg"]


def test_who_asks_for_it_has_the_bulletin_again(officer: Officer) -> None:
    officer.send(f"{PEOPLE}/unsubscribe", {"address": "ivan@example.bg"})
    assert silenced(MailFolder(officer.workspace)).people == (("ivan@example.bg", "unsubscribed"),)
    assert "ivan@example.bg" in officer.see(PEOPLE).partition("Кой не получава бюлетина")[2]
    officer.send(f"{PEOPLE}/readmit", {"address": "ivan@example.bg"})
    assert silenced(MailFolder(officer.workspace)).people == ()
    assert send_all(officer) == list(ACTIVE)


def test_somebody_is_unsubscribed_while_the_issue_is_being_sent_and_has_no_letter(officer: Officer) -> None:
    officer.end_of(officer.send(f"{MAIL}/trial", {"to": "me@example.org"}))
    reached, gate = threading.Event(), threading.Event()

    def slow(step: str, to: str) -> None:
        if (step, to) == ("dot", ACTIVE[0]):
            reached.set()
            gate.wait(20)

    officer.server.at = slow
    begun = officer.send(f"{MAIL}/send", {"count": 4})
    assert reached.wait(20)
    shown = ask(officer, ACTIVE[2])
    assert "чакат изпращане: 1" in shown
    assert officer.send(f"{PEOPLE}/unsubscribe", {"address": ACTIVE[2]}).status == 200
    gate.set()
    officer.end_of(begun)
    assert officer.members() == [each for each in ACTIVE if each != ACTIVE[2]]


def test_of_an_address_that_nobody_bears_near_ones_are_offered_and_nothing_is_noted(officer: Officer) -> None:
    shown = ask(officer, "ivan@exmaple.bg")
    assert "Никой с този адрес не е известен" in shown
    assert '"address": "ivan@example.bg"' in shown
    folder = MailFolder(officer.workspace)
    assert codes(officer.send(f"{PEOPLE}/unsubscribe", {"address": "ivan@exmaple.bg"})) == ["E386"]
    assert silenced(folder) == ((), 0, 0)
    # Whoever is no member may ask as well.
    assert officer.send(f"{PEOPLE}/unsubscribe", {"address": "eva@example.com", "anyway": True}).status == 200
    assert silenced(folder).unnamed == 1
    assert "чиито адреси не стоят нито в писма, нито в списъци: 1" in officer.see(PEOPLE)


@pytest.mark.parametrize("written", ["", "иван", "ivan@", "a@b@c.bg", "<script>", "x" * 5000])
def test_what_is_no_address_is_refused_at_its_field(officer: Officer, written: str) -> None:
    assert codes(officer.send(f"{PEOPLE}/find", {"address": written})) == ["E383"]
    for action in ("unsubscribe", "readmit"):
        assert codes(officer.send(f"{PEOPLE}/{action}", {"address": written})) == ["E383"]


def test_nobody_is_forgotten_but_the_one_whose_address_is_typed_once_more(officer: Officer) -> None:
    send_all(officer)
    for again in ("", "ivan", "maria@example.bg"):
        refused = officer.send(f"{PEOPLE}/forget", {"address": "ivan@example.bg", "again": again})
        assert codes(refused) == ["E639"]
    assert in_files_of_the_mail(officer, "ivan@example.bg")
    assert silenced(MailFolder(officer.workspace)) == ((), 0, 0)


def test_who_is_forgotten_stands_in_no_file_of_the_mail_and_is_not_written_to(officer: Officer) -> None:
    send_all(officer)
    shown = ask(officer, "ivan@example.bg")
    # What will be done is said before: letters, copies of the ledger, and what is left to the office.
    assert "дневника на писмата (писма: 1) и от всичките му копия (копия: 1)" in shown
    assert "mail/members.csv, ред 4" in shown
    given = {"address": "ivan@example.bg", "again": " Ivan@Example.bg "}
    assert officer.send(f"{PEOPLE}/forget", given).status == 200
    assert in_files_of_the_mail(officer, "ivan@example.bg") == []
    done = officer.see(PEOPLE)
    assert "забравен в писма: 1, в резервни копия: 1" in done
    assert "mail/members.csv, ред 4; изтрийте реда" in done
    assert "Забравени: 1" in done
    assert "ivan@example.bg" not in done
    # Who is forgotten stays so, though the list names the address still.
    officer.send(f"{PEOPLE}/readmit", {"address": "ivan@example.bg"})
    assert silenced(MailFolder(officer.workspace)).forgotten == 1


def test_an_erasure_that_a_damaged_copy_stopped_is_finished_once_it_is_gone(officer: Officer) -> None:
    send_all(officer)
    folder = MailFolder(officer.workspace)
    with folder.ledger() as ledger:
        backup = folder.back_up(ledger)
    whole = (backup / LEDGER).read_bytes()
    (backup / LEDGER).write_bytes(b"no ledger")
    given = {"address": "ivan@example.bg", "again": "ivan@example.bg"}
    assert codes(officer.send(f"{PEOPLE}/forget", given)) == ["E397"]
    (backup / LEDGER).write_bytes(whole)
    assert in_files_of_the_mail(officer, "ivan@example.bg")
    officer.see(PEOPLE)
    assert in_files_of_the_mail(officer, "ivan@example.bg") == []


def test_before_the_mail_is_set_up_nothing_is_made_by_looking(officer: Officer) -> None:
    folder = officer.workspace.root / "mail"
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    assert 'href="/mail"' in officer.see(PEOPLE)
    assert not folder.exists()
