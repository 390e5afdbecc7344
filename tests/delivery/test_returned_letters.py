"""The returned letters of `tests.support.returned_letters`: sorted without a wrong withdrawal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.delivery.ledger.strikes import Strike
from pipeline.delivery.returns.reports import ReturnType, read_returned
from pipeline.delivery.returns.withdrawal import is_to_be_withdrawn
from tests.bench.returned_mail.__main__ import COUNTS, PRECISION, RECALL, letters, main, shares, sort_messages
from tests.support.returned_letters.corpus import (
    ASKED,
    FIRST,
    NEVER,
    SECOND,
    THIRD,
    returned_letter,
    returned_letters,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.delivery.returns.reports import ReturnedMessage

LETTERS: Final = {letter.name: letter for letter in returned_letters()}

TOLERATED: Final = {
    "postfix/relay": "sender",
    "exchange/unable-to-relay": "sender",
    "gmail/attachment": "sender",
    "qq/content": "sender",
}
"""Letters of which another cause may be found: neither is held against the address."""

NOW: Final = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
QUOTING: Final = [ReturnType.FAILED, ReturnType.DELAYED, ReturnType.DELIVERED, ReturnType.COMPLAINT]


def level(returned: ReturnedMessage, address: str) -> str:
    """Return at which issue an address is withdrawn whose messages all come back with such a letter."""
    match returned.type:
        case ReturnType.COMPLAINT | ReturnType.UNSUBSCRIBE:
            return FIRST
        case ReturnType.WISH:
            return ASKED
        case ReturnType.FAILED:
            verdict = returned.verdict
            is_weak = verdict.is_weak or verdict.recipient not in {"", address}
            for days, name in (((0,), FIRST), ((20, 0), SECOND), ((40, 20, 0), THIRD)):
                sent = [(f"issue-{day}/1", (NOW - dt.timedelta(days=day)).isoformat()) for day in days]
                strikes = [Strike(filing, verdict.cause, is_weak, "no") for filing, _ in sent]
                if is_to_be_withdrawn(strikes, sent, NOW):
                    return name
    return NEVER


def test_there_are_many_letters_of_many_servers() -> None:
    families = {name.partition("/")[0] for name in LETTERS}
    assert (len(LETTERS) >= 140, len(families) >= 30) == (True, True)


@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_means_what_it_meant(name: str) -> None:
    letter = LETTERS[name]
    returned = read_returned(letter.data, letter.address)
    cause = str(returned.verdict.cause) if returned.type is ReturnType.FAILED else ""
    assert returned.type == letter.type
    if letter.cause == "other":
        assert cause not in COUNTS
    else:
        assert cause == TOLERATED.get(name, letter.cause)
    assert level(returned, letter.address) == letter.level
    if returned.type in QUOTING and letter.message_id:
        assert letter.message_id in returned.message_ids


@pytest.mark.parametrize("name", TOLERATED)
def test_what_is_tolerated_withdraws_nobody(name: str) -> None:
    assert LETTERS[name].level == NEVER


def test_precision_and_recall_reach_their_aims() -> None:
    precision, recall = shares(list(sort_messages(letters())))
    assert precision == 1
    assert recall >= RECALL
    assert precision >= PRECISION


def test_a_folder_is_sorted_by_labels_and_by_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, letter in (
        ("recipient-gone-1.eml", "postfix/nobody"),
        ("no-1.txt", "postfix/blocklist"),
        ("mailbox-full-1.msg", "postfix/spam"),
        ("without.eml", "postfix/nobody"),
    ):
        (tmp_path / name).write_bytes(b"From x Mon Feb  5 10:13:00 2024\n" + LETTERS[letter].data)
    assert main([str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "WRONG  mailbox-full-1.msg: mailbox-full, found sender" in printed
    assert "3 messages, 2 that count: precision 1.000 (aim 0.95), recall 0.500" in printed
    (tmp_path / "labels").write_text("without.eml\trecipient-gone\nno-1.txt\tno\n", "utf-8")
    assert main([str(tmp_path), "--labels", str(tmp_path / "labels")]) == 0
    assert "2 messages, 1 that count" in capsys.readouterr().out


SAYINGS: Final = [
    "550 5.1.1 User unknown",
    "552 5.2.2 mailbox full",
    "Status: 5.1.1",
    "Action: failed",
    "Срещата е на 5.1.24, зала 5.1.1",
    "няма такъв потребител",
    "Пощенската кутия е пълна",
    "blocked using spamhaus",
    "Feedback-Type: abuse",
    "Моля, отпишете ме",
    "This is a warning message only",
]
REPORTS: Final = sorted(
    name for name, letter in LETTERS.items() if letter.type in QUOTING and letter.message_id
)


@given(
    name=st.sampled_from(REPORTS),
    lines=st.lists(
        st.one_of(
            st.sampled_from(SAYINGS),
            st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])),
            st.from_regex(r"[245]\d\d [245]\.\d{1,2}\.\d{1,3} \w+", fullmatch=True),
        ),
        max_size=8,
    ),
    subject=st.sampled_from(["Бюлетин, брой 5.1.1", *SAYINGS]),
)
def test_what_our_bulletin_says_never_changes_the_verdict(name: str, lines: list[str], subject: str) -> None:
    quoting = returned_letter(name, "\n".join(lines), subject)
    quoted = read_returned(quoting.data, quoting.address)
    plain = read_returned(LETTERS[name].data, quoting.address)
    assert (quoted.type, quoted.verdict) == (plain.type, plain.verdict)
