"""Returned messages: type and member are recognised, and unreachable members get nothing more."""

from __future__ import annotations

import contextlib
import mailbox
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.delivery.ledger.identifiers import Purpose
from pipeline.delivery.ledger.ledger import Ledger
from pipeline.delivery.ledger.records import NewDelivery
from pipeline.delivery.returns.bounces import process_returned
from pipeline.delivery.returns.reports import ReturnedMessage, ReturnType, read_returned

if TYPE_CHECKING:
    from collections.abc import Iterator

RETURNS = Path(__file__).parent / "returns"
TOKEN = "0123456789abcdef0123456789abcdef"
MESSAGE_ID = "<fedcba9876543210fedcba9876543210@example.org>"

F, D, OK = ReturnType.FAILED, ReturnType.DELAYED, ReturnType.DELIVERED
A, W, L = ReturnType.AUTOMATIC, ReturnType.UNSUBSCRIBE, ReturnType.LETTER
EXPECTED = {
    "01-postfix-nobody-there": (F, "5.1.1"),
    "02-postfix-delayed": (D, "4.4.1"),
    "03-postfix-delivered": (OK, "2.1.5"),
    "04-exchange-nobody-there": (F, "5.1.10"),
    "05-gmail-full": (F, "5.2.2"),
    "06-spam-refused": (F, "5.7.1"),
    "07-sendmail-domain-gone": (F, "5.1.2"),
    "08-verp-without-original": (F, "5.2.1"),
    "09-exim-plain": (F, "5.1.1"),
    "10-qmail": (F, "5.1.1"),
    "11-bulgarian-plain": (F, "5.1.1"),
    "12-two-recipients-and-a-status-as-text": (F, "5.1.1"),
    "21-holiday-rfc3834": (A, ""),
    "22-holiday-exchange": (A, ""),
    "23-holiday-bulgarian": (A, ""),
    "24-holiday-vacation": (A, ""),
    "25-holiday-subject": (A, ""),
    "31-wish": (W, ""),
    "32-letter": (L, ""),
}
GONE = {"01", "04", "09", "10", "11", "12"}
"""After one of these their member is to have nothing more; 04 and 07 speak of the domain, 08 of a mailbox."""

OF_NOBODY = {"22", "24", "25"}
"""These do not say what they answer."""


def read(name: str) -> ReturnedMessage:
    return read_returned((RETURNS / f"{name}.eml").read_bytes())


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "ledger.sqlite")
    delivery = NewDelivery(
        recipient="recipient",
        token=TOKEN,
        message_id=MESSAGE_ID,
        address="ivan@example.bg",
        name="Иван",
        language="bg",
    )
    opened.begin("2023-12-20/1", Purpose.ISSUE, date="x", digests="x", deliveries=[delivery])
    yield opened
    opened.close()


def test_every_sample_message_has_an_expected_result() -> None:
    assert {path.stem for path in RETURNS.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_message_is_recognised_with_its_member(name: str) -> None:
    returned = read(name)
    assert (returned.type, returned.status) == EXPECTED[name]
    assert (returned.token == TOKEN or MESSAGE_ID in returned.message_ids) == (name[:2] not in OF_NOBODY)


@pytest.mark.parametrize("name", EXPECTED)
def test_only_missing_recipients_and_unsubscribe_requests_are_suppressed(ledger: Ledger, name: str) -> None:
    (processed,) = process_returned([RETURNS / f"{name}.eml"], ledger, str)
    assert (processed.candidate is not None) == (name[:2] in GONE)
    assert (processed.delivery is not None) == (name[:2] not in OF_NOBODY)
    assert ledger.suppressed() == ({"recipient": "unsubscribed"} if EXPECTED[name][0] is W else {})


def test_a_mailbox_and_a_folder_give_the_same_messages(ledger: Ledger, tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box")
    for name in EXPECTED:
        box.add((RETURNS / f"{name}.eml").read_bytes())
    box.flush()
    box.close()
    of_folder = [each.returned and each.returned.type for each in process_returned([RETURNS], ledger, str)]
    of_box = [
        each.returned and each.returned.type for each in process_returned([tmp_path / "box"], ledger, str)
    ]
    assert of_box == of_folder == [kind for kind, _ in EXPECTED.values()]


def test_a_message_read_before_is_recognised(ledger: Ledger) -> None:
    path = RETURNS / "01-postfix-nobody-there.eml"
    assert [each.is_new for each in process_returned([path, path], ledger, str)] == [True, False]
    assert ledger.returned() == {TOKEN: ("failed", "5.1.1")}


NESTED = (
    b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (at, at) for at in range(5000)),
    b"Content-Type: message/rfc822\n\n" * 5000,
)
"""Letters within letters, of which a reader knows no end."""


@pytest.mark.parametrize(
    "data", [b"", b"\0\1\2", b"just a line\n", *NESTED], ids=["none", "bytes", "line", "parts", "letters"]
)
def test_a_file_that_is_no_message_is_named_and_stops_nothing(
    ledger: Ledger, tmp_path: Path, data: bytes
) -> None:
    folder = tmp_path / "returned"
    folder.mkdir()
    (folder / "a.eml").write_bytes(data)
    (folder / "b.eml").write_bytes((RETURNS / "31-wish.eml").read_bytes())
    none, wish = process_returned([folder], ledger, str)
    assert none.returned is None
    assert none.fault is not None
    assert (none.fault.code, none.name) == ("E380", "a.eml")
    assert wish.suppressed == "unsubscribed"
    (missing,) = process_returned([folder / "none.eml"], ledger, str)
    assert missing.fault is not None


@given(st.binary(max_size=2000), st.sampled_from(sorted(EXPECTED)), st.integers(0, 3000))
def test_damaged_messages_never_stop_the_reader(noise: bytes, name: str, at: int) -> None:
    data = (RETURNS / f"{name}.eml").read_bytes()
    for spoilt in (data[:at], data[:at] + noise + data[at:], b"Subject: " + noise):
        with contextlib.suppress(ValueError):
            assert isinstance(read_returned(spoilt), ReturnedMessage)


def test_a_member_is_known_by_the_text_of_the_message_returned() -> None:
    data = (RETURNS / "08-verp-without-original.eml").read_bytes()
    data = data.replace(b"back+" + TOKEN.encode() + b"@", b"back@")
    assert read_returned(data).token == ""
    original = f"Content-Type: text/plain\n\nmailto:office@example.org?subject=unsubscribe%20{TOKEN}\n"
    headers = b"Content-Type: text/rfc822-headers\n\nSubject: removed\n"
    assert headers in data
    returned = read_returned(data.replace(headers, b"Content-Type: message/rfc822\n\n" + original.encode()))
    assert (returned.type, returned.token) == (ReturnType.FAILED, TOKEN)
