"""An issue goes to a group of members alone, or once more as a reminder, to each once."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.studio.publishing.conftest import MAIL, RELEASE
from tests.support.mails import ACTIVE

if TYPE_CHECKING:
    from tests.studio.publishing.conftest import Officer

SOME = f"{MAIL}/some"
ASKED = re.compile(r"data-json='(\{\"count\":[^']*\})'([^>]*)>")
MARIA, JOHN, IVAN, PETYA = ACTIVE


def asked(officer: Officer, *, group: str = "", reminder: str = "") -> tuple[dict[str, object], bool]:
    """Return what the button sends that is shown, and whether it may be pressed."""
    shown = officer.see(f"{SOME}?group={quote(group)}&reminder={reminder}")
    ((data, rest),) = ASKED.findall(shown)
    return json.loads(data.replace("&#34;", '"')), "disabled" not in rest


def test_a_group_has_the_issue_first_and_the_others_after_it(officer: Officer) -> None:
    assert f'href="{SOME}"' in officer.see(RELEASE)
    shown = officer.see(SOME)
    assert "партньори: 2" in shown
    assert ASKED.findall(shown) == []
    _, may_go = asked(officer, group="партньори")
    assert not may_go
    officer.end_of(officer.send(f"{MAIL}/trial", {"to": "me@example.org"}))
    data, may_go = asked(officer, group="партньори")
    assert (data | {"listed": ""}, may_go) == (
        {"count": 2, "listed": "", "group": "партньори", "reminder": False},
        True,
    )
    wrong = officer.end_of(officer.send(f"{MAIL}/send", {**data, "count": 4}))
    assert [each["code"] for each in wrong["findings"]] == ["E361"]
    others = officer.end_of(officer.send(f"{MAIL}/send", {**data, "listed": "0" * 32}))
    assert [each["code"] for each in others["findings"]] == ["E399"]
    assert officer.members() == []
    officer.end_of(officer.send(f"{MAIL}/send", data))
    assert sorted(officer.members()) == sorted([JOHN, IVAN])
    officer.end_of(officer.send(f"{MAIL}/send", {"count": 2}))
    assert sorted(officer.members()) == sorted(ACTIVE)


def test_a_reminder_goes_to_each_once_more_and_says_what_it_is(officer: Officer) -> None:
    officer.end_of(officer.send(f"{MAIL}/trial", {"to": "me@example.org"}))
    officer.end_of(officer.send(f"{MAIL}/send", {"count": 4}))
    officer.server.messages.clear()
    data, may_go = asked(officer, group="съвет", reminder="yes")
    assert (data["count"], data["group"], data["reminder"], may_go) == (2, "съвет", True, True)
    officer.end_of(officer.send(f"{MAIL}/send", data))
    assert sorted(officer.members()) == sorted([MARIA, IVAN])
    # Who was reminded is not reminded again.
    data, _ = asked(officer, reminder="yes")
    assert data["count"] == 2


def test_a_group_that_is_not_in_the_list_is_said_with_those_that_are(officer: Officer) -> None:
    shown = officer.see(f"{SOME}?group={quote('парньори')}")
    assert "партньори" in shown
    assert "--" not in re.sub(r"<!--|-->", "", shown)
    assert ASKED.findall(shown) == []
