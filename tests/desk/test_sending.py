"""Sending: what was filed reaches everybody it was promised to, once; nothing begins before all is well."""

from __future__ import annotations

import email
import email.policy
import sqlite3
import stat
import subprocess
import sys
import urllib.request
from threading import Thread
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import dkim
import pytest

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.ledger.mail_folder import KEY, LEDGER, MailRoom
from pipeline.delivery.ledger.states import State
from pipeline.delivery.members.selection import (
    HAD_EARLIER,
    NARROWED,
    NEVER_HAD,
    PAUSED,
    SENT_BEFORE,
    SUPPRESSED,
)
from pipeline.delivery.returns.unsubscribe_server import UnsubscribeServer
from pipeline.delivery.sending.dispatch import Ending
from pipeline.desk.mail.outgoing import Post, open_post
from pipeline.desk.mail.plans import Plan, Wish, plan
from pipeline.desk.mail.preparation import examine, preview, send_test
from pipeline.desk.mail.records import accounts, forget, settle_unknown, statuses, unknown, unsubscribe
from pipeline.desk.mail.sending import Said, Sent, resume, send
from pipeline.files.workspace import Workspace
from pipeline.findings.finding import DeliveryError
from tests.support.mail_servers import Authority, Script, mail_server
from tests.support.mails import ACTIVE, MENDED, PDF, correct, filed_workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.archive.filing_record import Filing

pytestmark = pytest.mark.usefixtures("trusted")

ISSUE = Wish()


def post_at(tmp_path: Path, server: Script, **wishes: Any) -> Post:
    return open_post(filed_workspace(tmp_path, server.port, **wishes))


def newest(post: Post) -> Filing:
    return open_post(post.workspace).shelf.filings_of("2023-12-20")[-1]


def looked_at(post: Post) -> None:
    send_test(post, newest(post), "office@example.org")


def sent(post: Post, wish: Wish = ISSUE, confirmed: int | None = None, said: Said | None = None) -> Sent:
    count = len(planned(post, wish).selection.members) if confirmed is None else confirmed
    return send(post, newest(post), wish, count, said or Said())


def planned(post: Post, wish: Wish = ISSUE) -> Plan:
    return plan(post, newest(post), wish)


def codes(call: Callable[[], object]) -> list[str]:
    with pytest.raises(DeliveryError) as told:
        call()
    return [finding.code for finding in told.value.findings if finding.code.startswith("E")]


def to_members(server: Script) -> list[str]:
    return [to for _, to, _ in server.messages if to != "office@example.org"]


def message_to(server: Script, address: str) -> Any:
    (data,) = [data for _, to, data in server.messages if to == address]
    return email.message_from_bytes(data, policy=email.policy.default)


# ---- the road


def test_everybody_has_it_once_and_in_their_language(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    looked_at(post)
    told = sent(post)
    assert (told.delivered.ending, told.counted[State.SENT], told.finding) == (Ending.DONE, 4, None)
    assert to_members(server) == list(ACTIVE)
    john, maria = message_to(server, "john@example.org"), message_to(server, "maria@example.bg")
    assert (john["Content-Language"], maria["Content-Language"]) == ("en", "bg")
    # Who reads a language the issue does not have, or says none, has it in its own.
    assert message_to(server, "petya@example.bg")["Content-Language"] == "bg"
    assert maria["To"].addresses[0].display_name == "Мария Иванова"
    assert maria["Subject"] == "Вести · Брой 2: Проекти и инициативи"
    (pdf,) = [part for part in maria.walk() if part.get_content_type() == "application/pdf"]
    assert (pdf.get_filename(), pdf.get_payload(decode=True)) == ("bulletin-2023-12-20.pdf", PDF)
    assert codes(lambda: sent(post, confirmed=0)) == ["E364"]
    assert planned(post).selection.left_out == {PAUSED: 1, SENT_BEFORE: 4}


def test_what_was_filed_goes_out_whatever_the_files_say_now(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    article = post.workspace.issues / "2023-12-20" / "project.md"
    article.write_text(article.read_text("utf-8").replace("Мостове", "Тунели"), "utf-8")
    looked_at(post)
    (text,) = [
        part.get_content()
        for part in message_to_office(server, "bg").walk()
        if part.get_content_type() == "text/plain"
    ]
    assert "Мостове" in text
    assert "Тунели" not in text


def message_to_office(server: Script, language: str) -> Any:
    parsed = (email.message_from_bytes(data, policy=email.policy.default) for _, _, data in server.messages)
    return next(message for message in parsed if message["Content-Language"] == language)


def test_nothing_goes_out_that_nobody_looked_at(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    assert not planned(post).is_tested
    assert codes(lambda: sent(post)) == ["E360"]
    looked_at(post)
    assert planned(post).is_tested
    publication = post.workspace.issues / "publication.yaml"
    publication.write_text(publication.read_text("utf-8").replace("name: Клъстер\n", "name: Друг\n"), "utf-8")
    changed = open_post(post.workspace)
    assert not planned(changed).is_tested
    assert codes(lambda: sent(changed)) == ["E360"]
    assert statuses(post.room, None) == []


def test_only_the_very_number_that_was_said_is_sent(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    looked_at(post)
    assert codes(lambda: sent(post, confirmed=5)) == ["E361"]
    assert to_members(server) == []
    assert sent(post, confirmed=4).counted[State.SENT] == 4


def test_a_sending_is_narrowed_by_group_and_by_lists(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    only, excepted = tmp_path / "only.csv", tmp_path / "except.csv"
    only.write_text("Email\nMaria@example.bg\nstranger@example.bg\nivan@example.bg\n", "utf-8")
    excepted.write_text("Email\nivan@example.bg\n", "utf-8")

    def chosen(**wishes: Any) -> list[str]:
        return [member.address for member in planned(post, Wish(**wishes)).selection.members]

    assert chosen(groups=("съвет",)) == ["maria@example.bg", "ivan@example.bg"]
    assert chosen(groups=("съвет", "партньори")) == [
        "maria@example.bg",
        "john@example.org",
        "ivan@example.bg",
    ]
    assert chosen(only=only) == ["maria@example.bg", "ivan@example.bg"]
    assert chosen(only=only, excepted=excepted) == ["maria@example.bg"]
    assert chosen(groups=("партньори",), excepted=excepted) == ["john@example.org"]
    assert planned(post, Wish(only=only)).selection.left_out == {NARROWED: 3}
    assert codes(lambda: chosen(groups=("савет",))) == ["E367"]
    looked_at(post)
    assert sent(post, Wish(groups=("съвет",))).counted[State.SENT] == 2
    assert sent(post).counted[State.SENT] == 2
    assert to_members(server) == [
        "maria@example.bg",
        "ivan@example.bg",
        "john@example.org",
        "petya@example.bg",
    ]


def test_a_correction_goes_to_those_who_had_what_it_mends(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    assert codes(lambda: planned(post, Wish(Purpose.CORRECTION))) == ["E363"]
    looked_at(post)
    sent(post, Wish(groups=("съвет",)))
    correct(post.workspace)
    post = open_post(post.workspace)
    looked_at(post)
    mending, others = planned(post, Wish(Purpose.CORRECTION)), planned(post)
    assert [member.address for member in mending.selection.members] == ["maria@example.bg", "ivan@example.bg"]
    assert mending.selection.left_out == {PAUSED: 1, NEVER_HAD: 2}
    assert [member.address for member in others.selection.members] == ["john@example.org", "petya@example.bg"]
    assert others.selection.left_out == {PAUSED: 1, HAD_EARLIER: 2}
    server.messages.clear()
    sent(post, Wish(Purpose.CORRECTION))
    message = message_to(server, "maria@example.bg")
    assert message["Subject"].startswith("Поправка: ")
    text = message.get_body(("plain",)).get_content()
    assert text.replace("\r\n", "\n").startswith(f"Поправка\n========\n\n{MENDED}")


def test_a_reminder_says_so_and_goes_once_too(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    looked_at(post)
    sent(post)
    server.messages.clear()
    sent(post, Wish(Purpose.REMINDER))
    assert message_to(server, "maria@example.bg")["Subject"].startswith("Напомняне: Вести")
    assert codes(lambda: sent(post, Wish(Purpose.REMINDER), confirmed=4)) == ["E364"]


def test_a_sender_with_a_domain_of_bulgarian_letters_is_written_as_servers_read_it(
    tmp_path: Path, server: Script
) -> None:
    post = post_at(tmp_path, server)
    path = post.workspace.issues / "publication.yaml"
    told = path.read_text("utf-8").replace("news@example.org", "news@пример.бг")
    path.write_text(told, "utf-8")
    post = open_post(post.workspace)
    looked_at(post)
    assert server.messages[0][0] == "news@xn--e1afmkfd.xn--90ae"
    assert message_to_office(server, "bg")["From"].addresses[0].domain == "xn--e1afmkfd.xn--90ae"


def test_reports_come_back_to_an_address_for_each_member(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server, settings="bounces: back+@example.org\n")
    looked_at(post)
    sent(post)
    paths = {to: sender for sender, to, _ in server.messages if to != "office@example.org"}
    assert paths == {to: f"back+{post.seals.token(to)}@example.org" for to in ACTIVE}


# ---- nothing begins before all is well


def test_the_server_is_spoken_to_before_anything_is_promised(
    tmp_path: Path, certificates: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    def attempt(script: Script) -> list[str]:
        path = post.workspace.root / "mail" / "mail.yaml"
        told = path.read_text("utf-8").splitlines()
        told[1] = f"server: {{host: localhost, port: {script.port}, user: bulletin@example.bg}}"
        path.write_text("\n".join(told) + "\n", "utf-8")
        changed = open_post(post.workspace)
        return codes(lambda: sent(changed, confirmed=4))

    with mail_server(certificates.localhost) as good:
        post = post_at(tmp_path, good)
        looked_at(post)
        monkeypatch.setenv("BULLETIN_MAIL_PASSWORD", "wrong")
        assert attempt(good) == ["E377"]
        monkeypatch.delenv("BULLETIN_MAIL_PASSWORD")
    with mail_server(certificates.self_signed) as bad:
        assert attempt(bad) == ["E375"]
    with mail_server(None) as bare:
        assert attempt(bare) == ["E376"]
    with mail_server(certificates.localhost, size=5000) as small:
        assert attempt(small) == ["E341"]
    assert attempt(Script(port=1)) == ["E374"]
    path = post.workspace.root / "mail" / "mail.yaml"
    path.write_text("format: 1\nserver: {host: no-such-host.invalid}\nmembers: members.csv\n", "utf-8")
    nowhere = open_post(post.workspace)
    assert codes(lambda: sent(nowhere, confirmed=4)) == ["E373"]
    assert statuses(post.room, None) == []
    assert post.room.backups() == []


def test_a_test_that_the_server_refuses_counts_for_nothing(tmp_path: Path, certificates: Authority) -> None:
    with mail_server(
        certificates.localhost, Script(lambda step, _: "550 no" if step == "dot" else None)
    ) as bad:
        post = post_at(tmp_path, bad)
        assert codes(lambda: looked_at(post)) == ["E378"]
        assert not planned(post).is_tested


def test_two_senders_cannot_run(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    looked_at(post)
    with post.room.alone():
        assert codes(lambda: sent(post)) == ["E359"]
        assert codes(lambda: resume(post)) == ["E359"]


def test_a_list_with_errors_sends_nothing(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    path = post.room.folder / "members.csv"
    path.write_text(path.read_text("utf-8") + "broken;;;;\n", "utf-8")
    assert codes(lambda: planned(post)) == ["E311"]


# ---- cut short, and gone on


def test_a_run_the_officer_ends_goes_on_where_it_was(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    looked_at(post)
    done: list[int] = []
    told = sent(post, said=Said(lambda _step, at, _all: done.append(at), lambda: len(done) == 2))
    assert (told.delivered.ending, told.counted[State.SENT], told.counted[State.QUEUED]) == (
        Ending.INTERRUPTED,
        2,
        2,
    )
    assert codes(lambda: sent(post, confirmed=2)) == ["E362"]
    assert resume(post).counted[State.SENT] == 4
    assert sorted(to_members(server)) == sorted(ACTIVE)
    assert resume(post).delivered.ending is Ending.DONE


def test_what_was_confirmed_is_what_goes_on(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    assert codes(lambda: resume(post)) == ["E368"]
    looked_at(post)
    sent(post, said=Said(is_over=lambda: True))
    publication = post.workspace.issues / "publication.yaml"
    before = publication.read_text("utf-8")
    publication.write_text(before.replace("name: Клъстер\n", "name: Друг\n"), "utf-8")
    assert codes(lambda: resume(open_post(post.workspace))) == ["E366"]
    publication.write_text(before, "utf-8")
    resume(open_post(post.workspace))
    assert to_members(server) == list(ACTIVE)


def test_a_message_is_the_same_whenever_it_goes_out(tmp_path: Path, certificates: Authority) -> None:
    script = Script(lambda step, to: "450 4.2.1 later" if step == "dot" and to.startswith("ivan") else None)
    held: list[bytes] = []
    with mail_server(certificates.localhost, script) as server:
        post = post_at(tmp_path, server)
        looked_at(post)
        assert sent(post, said=Said(is_over=lambda: len(server.messages) == 4)).counted[State.DEFERRED] in {
            0,
            1,
        }
        run = statuses(post.room, None)[0].run
        script.at = lambda step, to: None if step else to
        with sqlite3.connect(post.room.folder / LEDGER) as base:
            base.execute("UPDATE promises SET due = 0")
        resume(post)
        held = [data for _, to, data in server.messages if to == "ivan@example.bg"]
    assert len(held) == 1
    message = email.message_from_bytes(held[0])
    assert message["Date"] == run.date
    assert message["Message-ID"] == post.seals.message_id(
        "2023-12-20/1", Purpose.ISSUE, "ivan@example.bg", "example.org"
    )


def test_five_equal_refusals_stop_it_and_can_be_tried_again(tmp_path: Path, certificates: Authority) -> None:
    script = Script(lambda step, _: "554 5.7.1 blocked" if step == "dot" else None)
    with mail_server(certificates.localhost, script) as server:
        post = post_at(tmp_path, server)
        more = "".join(f"m{at}@example.bg;;;;\n" for at in range(6))
        path = post.room.folder / "members.csv"
        path.write_text(path.read_text("utf-8") + more, "utf-8")
        script.at = lambda _step, _to: None
        looked_at(post)
        script.at = lambda step, _: "554 5.7.1 blocked" if step == "dot" else None
        told = sent(post)
        assert told.delivered.ending is Ending.REFUSED
        assert told.finding is not None
        assert told.finding.code == "E379"
        assert (told.counted[State.FAILED], told.counted[State.QUEUED]) == (5, 5)
        script.at = lambda _step, _to: None
        assert resume(post).counted[State.SENT] == 5
        assert resume(post, failed=True).counted[State.SENT] == 10
        assert set(server.taken.values()) == {1, 2}  # the office had two letters, in two languages


def test_the_one_case_nobody_can_know_is_named_and_settled(tmp_path: Path, certificates: Authority) -> None:
    lost = iter(["drop"])
    script = Script(lambda step, to: next(lost, None) if step == "dot" and to.startswith("ivan") else None)
    with mail_server(certificates.localhost, script) as server:
        post = post_at(tmp_path, server)
        looked_at(post)
        assert sent(post).counted[State.UNKNOWN] == 1
        assert [promise.address for promise in unknown(post.room)] == ["ivan@example.bg"]
        assert codes(lambda: settle_unknown(post.room, ["maria@example.bg"], State.SENT)) == ["E369"]
        assert resume(post).counted[State.UNKNOWN] == 1
        assert settle_unknown(post.room, ["Ivan@example.bg"], State.QUEUED) == 1
        assert resume(post).counted[State.SENT] == 4
        assert server.taken["ivan@example.bg"] == 2
    assert unknown(post.room) == []


# ---- who is to have nothing


def test_who_unsubscribes_while_it_goes_out_has_nothing(tmp_path: Path, certificates: Authority) -> None:
    script = Script()
    with mail_server(certificates.localhost, script) as server:
        post = post_at(tmp_path, server, settings="unsubscribe: https://example.org/u\n")
        looked_at(post)
        page = UnsubscribeServer(post.room, {"bg": "Вести", "en": "News"}, port=0)
        Thread(target=page.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{page.server_address[1]}/u/{post.seals.token('ivan@example.bg')}"

        def leave(step: str, to: str) -> None:
            if step == "dot" and to.startswith("john"):
                with urllib.request.urlopen(address, data=b"List-Unsubscribe=One-Click") as answer:
                    assert answer.status == 200

        script.at = leave
        told = sent(post)
        page.shutdown()
        page.server_close()
    assert (told.counted[State.SENT], told.counted[State.WITHDRAWN]) == (3, 1)
    assert "ivan@example.bg" not in to_members(server)
    assert planned(post).selection.left_out == {PAUSED: 1, SUPPRESSED: 1, SENT_BEFORE: 3}


def test_after_forgetting_nothing_we_wrote_holds_the_address(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    looked_at(post)
    sent(post, Wish(groups=("съвет",)))
    sent(post)
    folder = post.workspace.root / "out" / "mail"
    folder.mkdir(parents=True)
    for name, data in preview(post, newest(post)).items():
        (folder / name).write_bytes(data)
    assert len(post.room.backups()) == 2
    assert holding(post, "ivan@example.bg", "Иван Петров") >= {LEDGER, "members.csv"}
    told = forget(post.room, " IVAN@example.bg ")
    assert (told.promises, told.backups, told.lists) == (1, 2, (("members.csv", 4),))
    assert holding(post, "ivan@example.bg", "Иван Петров") == {"members.csv"}
    assert planned(post).selection.left_out == {PAUSED: 1, SUPPRESSED: 1, SENT_BEFORE: 3}
    assert [each.promise.state for each in accounts(post.room, "2023-12-20")] == [State.SENT] * 4
    assert not unsubscribe(post.room, "ivan@example.bg", undo=True)


def holding(post: Post, *words: str) -> set[str]:
    return {
        path.name
        for path in post.workspace.root.rglob("*")
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words)
    }


def test_who_unsubscribed_may_come_back(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    assert unsubscribe(post.room, "Ivan@example.bg")
    assert planned(post).selection.left_out == {PAUSED: 1, SUPPRESSED: 1}
    assert unsubscribe(post.room, "ivan@example.bg", undo=True)
    assert planned(post).selection.left_out == {PAUSED: 1}
    assert codes(lambda: unsubscribe(post.room, "ivan")) == ["E383"]


# ---- the room


def test_nothing_of_the_room_is_for_others(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    looked_at(post)
    sent(post)
    assert (post.room.folder / ".gitignore").read_text("utf-8").splitlines()[-1] == "*"
    for path in (post.room.folder / KEY, post.room.folder / LEDGER, *post.room.backups()[0].iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    filed = b"".join(path.read_bytes() for path in post.workspace.issues.rglob("*") if path.is_file())
    assert not any(address.encode() in filed for address in ACTIVE)


def test_ledger_and_key_are_backed_up_together_before_each_sending(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    looked_at(post)
    sent(post, Wish(groups=("съвет",)))
    sent(post)
    copies = post.room.backups()
    held = [Ledger(copy / LEDGER) for copy in copies]
    assert [len(ledger.promises()) for ledger in held] == [0, 2]
    assert {(copy / KEY).read_bytes() for copy in copies} == {(post.room.folder / KEY).read_bytes()}
    for ledger in held:
        ledger.close()


def test_a_preview_is_the_letter_and_names_no_member(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    files = preview(post, newest(post))
    names = {
        f"letter.{language}.{kind}"
        for language in ("bg", "en")
        for kind in ("eml", "light.html", "dark.html")
    }
    assert set(files) == names
    message = email.message_from_bytes(files["letter.bg.eml"], policy=email.policy.default)
    assert message["To"] == "office@example.org"
    assert b"data:image/png;base64" in files["letter.bg.light.html"]
    assert b"cid:" not in files["letter.bg.dark.html"]
    assert not any(address.encode() in data for data in files.values() for address in ACTIVE)


def test_looking_at_the_mail_sends_nothing(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    told = examine(post, None)
    assert (told.largest, told.findings) == (33_554_432, ())
    assert told.members is not None
    assert len(told.members.active) == 4
    assert told.size is not None
    assert server.messages == []


# ---- what is missing or wrong


def changed(post: Post, name: str, text: str) -> Workspace:
    (post.workspace.root / name).write_text(text, "utf-8")
    return post.workspace


def test_every_setting_that_is_wrong_is_named(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    good = (post.room.folder / "mail.yaml").read_text("utf-8")
    head = "format: 1\nserver: {host: localhost}\n"
    for text, code in (
        ("format: 1\n", "E13"),
        (head + "throttel: {}\n", "E12"),
        (head + "unsubscribe: http://example.org/u\n", "E358"),
        (head + "unsubscribe: https://example.org/u?x=1\n", "E358"),
        (good.replace("localhost", "local host"), "E15"),
    ):
        workspace = changed(post, "mail/mail.yaml", text)
        assert code in codes(lambda: open_post(workspace)), text  # noqa: B023 - called at once
    without_list = open_post(changed(post, "mail/mail.yaml", head))
    assert codes(lambda: planned(without_list)) == ["E356"]
    assert [finding.code for finding in examine(without_list, None, speak=False).findings] == ["E356"]
    (post.room.folder / "mail.yaml").unlink()
    assert codes(lambda: open_post(post.workspace)) == ["E350"]


def test_a_secret_that_others_may_read_is_not_used(
    tmp_path: Path, server: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = post_at(tmp_path, server)
    password = post.room.folder / "password"
    password.chmod(0o640)
    assert codes(lambda: looked_at(post)) == ["E352"]
    password.chmod(0o600)
    password.write_bytes("слънце".encode("cp1251"))
    assert codes(lambda: looked_at(post)) == ["E02"]
    password.unlink()
    assert codes(lambda: looked_at(post)) == ["E351"]
    monkeypatch.setenv("BULLETIN_MAIL_PASSWORD", "слънце-42")
    looked_at(post)
    (post.room.folder / KEY).chmod(0o644)
    assert codes(lambda: open_post(post.workspace)) == ["E352"]


def test_a_key_that_is_lost_is_not_made_anew(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    looked_at(post)
    (post.room.folder / KEY).unlink()
    assert codes(lambda: open_post(post.workspace)) == ["E353"]


def test_a_publication_must_name_a_sender(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    path = post.workspace.issues / "publication.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("  reply_to: office@example.org\n", ""), "utf-8")
    assert [finding.code for finding in examine(open_post(post.workspace), None).findings] == ["W350"]
    path.write_text(text.partition("sender:")[0], "utf-8")
    assert codes(lambda: open_post(post.workspace)) == ["E354"]


def test_an_issue_filed_without_a_mail_edition_is_named(tmp_path: Path, server: Script) -> None:
    post = post_at(tmp_path, server)
    filing = newest(post)
    object.__setattr__(filing, "files", {"bulletin-2023-12-20.pdf": filing.files["bulletin-2023-12-20.pdf"]})
    assert codes(lambda: plan(post, filing, ISSUE)) == ["E365"]


def test_a_signature_needs_its_key(tmp_path: Path, server: Script) -> None:
    told = "signature: {domain: example.org, selector: bulletin, key: dkim.pem}\n"
    post = post_at(tmp_path, server, settings=told)
    assert codes(lambda: looked_at(post)) == ["E357"]


def test_what_goes_out_is_signed_where_the_provider_does_not(tmp_path: Path, server: Script) -> None:
    told = "signature: {domain: example.org, selector: bulletin, key: dkim.pem}\n"
    post = post_at(tmp_path, server, settings=told)
    key = post.room.folder / "dkim.pem"
    subprocess.run(["openssl", "genrsa", "-out", str(key), "2048"], check=True, capture_output=True)
    key.chmod(0o600)
    public = subprocess.run(
        ["openssl", "rsa", "-in", str(key), "-pubout"],
        check=True,
        capture_output=True,
    ).stdout
    record = b"v=DKIM1; k=rsa; p=" + b"".join(public.splitlines()[1:-1])
    looked_at(post)
    sent(post)
    assert len(server.messages) == 6
    assert all(dkim.verify(data, dnsfunc=lambda *_, **__: record) for _, _, data in server.messages)


def test_a_password_may_lie_in_the_keyring_of_the_system(
    tmp_path: Path, server: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = post_at(tmp_path, server)
    (post.room.folder / "password").unlink()
    held = {("bulletin", "bulletin@example.bg@localhost"): "слънце-42"}
    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=lambda *names: held.get(names)))
    looked_at(post)

    def broken(*_: str) -> str:
        raise RuntimeError

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=broken))
    assert codes(lambda: looked_at(post)) == ["E351"]


def test_a_room_of_another_workspace_knows_nobody(tmp_path: Path, server: Script) -> None:
    one = post_at(tmp_path, server)
    other = MailRoom(Workspace(tmp_path / "other"))
    assert one.seals.token("ivan@example.bg") != other.seals().token("ivan@example.bg")
