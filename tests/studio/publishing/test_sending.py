"""From the studio an issue goes to the officer first, then to every member, to each once."""

from __future__ import annotations

import json
import re
import shutil
import threading
from typing import TYPE_CHECKING

import pytest

from pipeline.delivery.sending.dispatcher import Ending
from pipeline.findings.finding import DeliveryError
from pipeline.studio.views.publishing.mailing import ENDINGS
from pipeline.studio.views.state import Sending
from tests.studio.processes import PATIENCE
from tests.studio.publishing.conftest import MAIL, RELEASE, Officer, codes
from tests.support.mails import ACTIVE, correct

if TYPE_CHECKING:
    from pathlib import Path

ASKED = re.compile(r'data-json=\'(\{"correction": (?:true|false), "count": \d+, "listed": "\w+"\})\'([^>]*)>')


def test_nothing_goes_to_members_before_the_officer_had_it_and_then_to_each_once(officer: Officer) -> None:
    ((_, rest),) = ASKED.findall(officer.see(RELEASE))
    assert "disabled" in rest
    sender = "От Клъстер &lt;news@example.org&gt;; отговорите идват на office@example.org"
    assert sender in officer.see(RELEASE)
    assert officer.end_of(officer.send(f"{MAIL}/send", {"count": 4}))["findings"][0]["code"] == "E360"
    assert officer.members() == []
    assert codes(officer.send(f"{MAIL}/trial", {"to": "аз"})) == ["E383"]
    told = officer.end_of(officer.send(f"{MAIL}/trial", {"to": "me@example.org"}))
    assert told["announce"] == "Пробата тръгна към me@example.org"
    ((asked, rest),) = ASKED.findall(officer.see(RELEASE))
    assert "disabled" not in rest
    assert "пропуснати: 1 (на пауза или отписани в списъка)" in officer.see(RELEASE)
    assert officer.end_of(officer.send(f"{MAIL}/send", {"count": 3}))["findings"][0]["code"] == "E361"
    told = officer.end_of(officer.send(f"{MAIL}/send", json.loads(asked)))
    assert told["announce"] == "Изпратено; приети от сървъра: 4"
    assert officer.members() == list(ACTIVE)
    shown = officer.see(RELEASE)
    assert ASKED.findall(shown) == []
    assert "<dt>приети от сървъра</dt><dd>4</dd>" in shown


def test_a_correction_goes_to_those_who_had_the_faulty_edition(officer: Officer) -> None:
    officer.end_of(officer.send(f"{MAIL}/trial", {"to": "me@example.org"}))
    officer.end_of(officer.send(f"{MAIL}/send", {"count": 4}))
    members = officer.workspace.root / "mail" / "members.csv"
    members.write_text(members.read_text("utf-8") + "nova@example.bg;Нова Членка;bg;;\n", "utf-8")
    correct(officer.workspace)
    officer.end_of(officer.send(f"{MAIL}/trial", {"to": "me@example.org"}))
    (first, _), (second, _) = ASKED.findall(officer.see(RELEASE))
    shown = [(each["correction"], each["count"]) for each in map(json.loads, (first, second))]
    assert shown == [(True, 4), (False, 1)]
    officer.server.messages.clear()
    officer.end_of(officer.send(f"{MAIL}/send", json.loads(second)))
    assert officer.members() == ["nova@example.bg"]


def test_as_many_others_than_were_shown_are_not_taken_for_them(officer: Officer) -> None:
    officer.end_of(officer.send(f"{MAIL}/trial", {"to": "me@example.org"}))
    ((asked, _),) = ASKED.findall(officer.see(RELEASE))
    members = officer.workspace.root / "mail" / "members.csv"
    members.write_text(members.read_text("utf-8").replace("john@example.org", "other@example.org"), "utf-8")
    told = officer.end_of(officer.send(f"{MAIL}/send", json.loads(asked)))
    assert [each["code"] for each in told["findings"]] == ["E399"]
    # The page shows then whom it goes to now.
    assert told["refresh"] is True
    assert officer.members() == []
    ((asked, _),) = ASKED.findall(officer.see(RELEASE))
    officer.end_of(officer.send(f"{MAIL}/send", json.loads(asked)))
    assert "other@example.org" in officer.members()


def test_what_is_stopped_or_refused_goes_on_and_nobody_has_it_twice(officer: Officer) -> None:
    officer.end_of(officer.send(f"{MAIL}/trial", {"to": "me@example.org"}))
    officer.server.at = lambda step, to: "550 5.1.1 nobody" if (step, to) == ("rcpt", ACTIVE[1]) else None
    assert officer.end_of(officer.send(f"{MAIL}/send", {"count": 4}))["announce"].endswith("3")
    shown = officer.see(RELEASE)
    assert "550 5.1.1 nobody" in shown
    assert "Нов опит до отказаните" in shown
    officer.server.at = lambda *_: None
    officer.end_of(officer.send(f"{MAIL}/resume", {"failed": True}))
    assert sorted(officer.members()) == sorted(ACTIVE)
    assert codes(officer.send(f"{MAIL}/cancel", {"count": 1})) == ["E394"]


def test_of_whom_nobody_knows_the_officer_says_whether_they_have_it(officer: Officer, tmp_path: Path) -> None:
    officer.end_of(officer.send(f"{MAIL}/trial", {"to": "me@example.org"}))
    officer.server.at = lambda step, to: "drop" if (step, to) == ("dot", ACTIVE[0]) else None
    officer.end_of(officer.send(f"{MAIL}/send", {"count": 4}))
    assert "За тези никой не знае" in officer.see(RELEASE)
    again = '"has": false'
    assert officer.see(RELEASE).count(again) == 1
    filed = officer.workspace.issues
    shutil.copytree(filed, tmp_path / "issues")
    correct(officer.workspace)
    # The faulty edition does not go out behind the corrected one.
    assert officer.see(RELEASE).count(again) == 0
    shutil.rmtree(filed)
    shutil.copytree(tmp_path / "issues", filed)
    assert officer.send(f"{MAIL}/settle", {"address": ACTIVE[0], "has": True}).status == 200
    shown = officer.see(RELEASE)
    assert "За тези никой не знае" not in shown
    assert "<dd>4</dd>" in shown


def test_a_sending_stops_behind_the_letter_on_its_way_and_a_second_joins_the_first(officer: Officer) -> None:
    officer.end_of(officer.send(f"{MAIL}/trial", {"to": "me@example.org"}))
    reached, gate = threading.Event(), threading.Event()

    def slow(step: str, to: str) -> None:
        if (step, to) == ("dot", ACTIVE[0]):
            reached.set()
            gate.wait(PATIENCE)

    officer.server.at = slow
    begun = officer.send(f"{MAIL}/send", {"count": 4})
    assert reached.wait(PATIENCE)
    again = officer.send(f"{MAIL}/send", {"count": 4})
    assert json.loads(again.text) == json.loads(begun.text)
    assert json.loads(begun.text)["job"] in officer.see(RELEASE)
    officer.send(f"{MAIL}/stop")
    gate.set()
    assert officer.end_of(begun)["announce"].endswith("досега: 1")
    assert officer.members() == [ACTIVE[0]]
    assert 'mail/resume"' in officer.see(RELEASE)
    officer.end_of(officer.send(f"{MAIL}/resume"))
    assert officer.members() == list(ACTIVE)


def test_every_ending_has_its_words() -> None:
    assert set(ENDINGS) == {str(each) for each in Ending}


def test_one_sending_is_in_hand_and_the_next_begins_when_it_has_ended() -> None:
    sending = Sending()
    stops: list[threading.Event] = []

    def begun(name: str) -> str:
        def start(stop: threading.Event) -> str:
            stops.append(stop)
            return name

        return sending.begin("2023-12-20", {"confirmed": 4}, start)

    assert (begun("first"), begun("second")) == ("first", "first")
    # Who asks for something else is not told that it is sent.
    for issue, asked in (("2024-01-20", {"confirmed": 4}), ("2023-12-20", {"to": "me@example.org"})):
        with pytest.raises(DeliveryError) as refused:
            sending.begin(issue, asked, lambda _: "third")
        assert [each.code for each in refused.value.findings] == ["E359"]
    sending.stop()
    assert [stop.is_set() for stop in stops] == [True]
    sending.ended()
    assert begun("second") == "second"
    assert not stops[1].is_set()
