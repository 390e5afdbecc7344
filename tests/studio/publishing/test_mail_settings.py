"""The officer sets up the mail in fields: server, password, list of members; nothing half-written stays."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.delivery.settings.passwords import VARIABLE
from tests.studio.publishing.conftest import RELEASE, Officer, codes
from tests.studio.running import studio
from tests.support.mail_servers import PASSWORD, USER
from tests.support.mails import MEMBERS

if TYPE_CHECKING:
    from pathlib import Path

CHANGED = MEMBERS.replace("john@example.org", "johnny@example.org")


def settled(officer: Officer) -> dict[str, Any]:
    """Return the fields of the settings as they are shown, with the version they were read at."""
    shown = officer.see("/mail")
    return {"base": shown.partition('name="base" value="')[2].partition('"')[0], "server.host": "localhost"}


def test_the_mail_is_set_up_from_nothing_in_fields_alone(officer: Officer) -> None:
    folder = officer.workspace.root / "mail"
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    assert 'href="/mail"' in officer.see(RELEASE)
    # Where the list of members will be brought in, is said from the beginning.
    assert "тук се внася списъкът на членовете" in officer.see("/mail")
    assert not folder.exists()
    assert codes(officer.send("/mail", {**settled(officer), "server.host": " "})) == ["E624"]
    wrong = json.loads(officer.send("/mail", {**settled(officer), "server.port": "smtp"}).text)["findings"]
    assert [each["field"] for each in wrong] == ["server.port"]
    assert not folder.exists()
    given = {"server.port": str(officer.server.port), "server.user": USER, "password": "wrong"}
    assert officer.send("/mail", {**settled(officer), **given}).status == 200
    assert "wrong" not in officer.see("/mail")
    assert "E377" in codes(officer.send("/mail/check"))
    assert officer.send("/mail", {**settled(officer), **given, "password": PASSWORD}).status == 200
    assert stat.S_IMODE((folder / "password").stat().st_mode) == 0o600
    assert "E356" in codes(officer.send("/mail/check"))
    assert officer.bring("/mail/members", "Членове.csv", MEMBERS.encode()).status == 200
    assert "активни членове: 4" in officer.see("/mail")
    assert officer.send("/mail/check").status == 200


def test_a_list_with_faults_is_refused_by_its_rows_and_the_one_before_stays(officer: Officer) -> None:
    folder = officer.workspace.root / "mail"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    two = MEMBERS.replace("john@example.org", "john").replace("ivan@example.bg", "иван@example.bg")
    refused = json.loads(officer.bring("/mail/members", "list.csv", two.encode()).text)["findings"]
    assert [each["where"] for each in refused] == ["ред 3", "ред 4"]
    assert codes(officer.bring("/mail/members", "list.pdf", b"%PDF-1.7")) == ["E302"]
    assert codes(officer.bring("/mail/members", "list.csv", b"%PDF-1.7")) == ["E302"]
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name in before} == before
    assert [path.name for path in folder.iterdir() if path.suffix == ".csv"] == ["members.csv"]
    # Brought twice, as by two quick clicks, it is taken once.
    for _ in range(2):
        assert officer.bring("/mail/members", "list.csv", CHANGED.encode()).status == 200
    assert sorted(path.name for path in folder.glob("*.csv")) == ["members-2.csv", "members.csv"]
    # The list of before may be the only one that the office has.
    assert (folder / "members.csv").read_bytes() == before["members.csv"]
    assert stat.S_IMODE((folder / "members-2.csv").stat().st_mode) == 0o600
    assert "members-2.csv" in officer.see("/mail")


def test_of_two_lists_none_is_taken_for_both(officer: Officer) -> None:
    shown = officer.see("/mail")
    head = '--b\r\nContent-Disposition: form-data; name="files"; filename="{name}.csv"\r\n\r\n{text}\r\n'
    parts = head.format(name="a", text="Email\none@example.bg") + head.format(name="b", text=MEMBERS)
    headers = {**officer.running.own, "Content-Type": "multipart/form-data; boundary=b"}
    answer = officer.running.ask("POST", "/mail/members", headers, f"{parts}--b--\r\n".encode())
    assert codes(answer) == ["E626"]
    assert officer.see("/mail") == shown


def test_settings_that_somebody_else_changed_meanwhile_are_not_written_over(officer: Officer) -> None:
    path = officer.workspace.root / "mail" / "mail.yaml"
    shown = settled(officer)
    path.write_text(path.read_text("utf-8") + "bounces: back@example.org\n", "utf-8")
    assert codes(officer.send("/mail", {**shown, "throttle.per_day": "10"})) == ["E632"]
    assert officer.send("/mail", {**settled(officer), "throttle.per_day": "10"}).status == 200
    text = path.read_text("utf-8")
    assert "bounces: back@example.org" in text
    assert "per_day" in text


@pytest.mark.parametrize("data", [b"format: 1\nserver: [", b"\xff\xfe", b"- 1\n"])
def test_settings_that_cannot_be_read_are_said_and_stay(officer: Officer, data: bytes) -> None:
    path = officer.workspace.root / "mail" / "mail.yaml"
    path.write_bytes(data)
    assert officer.running.ask("GET", "/mail", officer.running.own).status == 409
    officer.see(RELEASE)
    officer.send("/mail", {"server.host": "localhost", "base": "0"})
    assert path.read_bytes() == data


def test_a_folder_of_the_mail_that_is_a_link_is_said_when_its_view_is_opened(
    officer: Officer, tmp_path: Path
) -> None:
    folder = officer.workspace.root / "mail"
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    try:
        answer = officer.running.ask("GET", "/mail", officer.running.own)
        assert answer.status == 409
        assert "„mail“ е връзка, която води извън папката на бюлетина" in answer.text
        assert "сложете на мястото ѝ самата папка" in answer.text
    finally:
        folder.unlink()


def test_a_password_that_the_environment_outranks_is_said_beside_its_field(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert VARIABLE not in officer.see("/mail")
    monkeypatch.setenv(VARIABLE, "of the machine")
    with studio(officer.workspace.root, officer.running.state.with_name("other")) as other:
        other.enter()
        shown = other.ask("GET", "/mail", other.own).text
    assert f"({VARIABLE})" in shown
    assert "of the machine" not in shown
