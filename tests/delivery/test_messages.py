"""Messages: encoded once, whole for each member, and nothing of one member in another's."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import html
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.delivery.messages.message import (
    LARGE_PDF,
    LARGEST,
    Attachment,
    Mailbox,
    Mould,
    digest,
    is_unread,
    judged,
)
from pipeline.findings.finding import DeliveryError
from pipeline.models.editions import UNSUBSCRIBE
from tests.support.letters import LETTER, MESSAGE_ID, TO, TOKEN, letter

if TYPE_CHECKING:
    from email.message import EmailMessage


def parsed(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


def cast(**other: object) -> bytes:
    return Mould(letter(**other)).cast(TO, MESSAGE_ID, TOKEN)


def leaves(data: bytes) -> dict[str, EmailMessage]:
    return {part.get_content_type(): part for part in parsed(data).walk() if not part.is_multipart()}


def payload(part: EmailMessage) -> bytes:
    told = part.get_payload(decode=True)
    assert isinstance(told, bytes)
    return told


def test_every_part_is_read_back_as_it_was_put_in() -> None:
    parts = leaves(cast())
    own = f"https://bulletin.example.bg/unsubscribe/{TOKEN}"
    assert payload(parts["text/plain"]).decode() == LETTER.text.replace(UNSUBSCRIBE, own).replace(
        "\n", "\r\n"
    )
    assert payload(parts["text/html"]).decode() == LETTER.html.replace(UNSUBSCRIBE, own).replace("\n", "\r\n")
    assert LETTER.attachment is not None
    assert payload(parts["application/pdf"]) == LETTER.attachment.data
    assert payload(parts["image/png"]) == LETTER.logos[0].data


def test_a_message_is_made_as_the_standards_say() -> None:
    message = parsed(cast())
    assert not message.defects
    tree = [part.get_content_type() for part in message.walk()]
    assert tree == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
        "application/pdf",
    ]
    assert message["Message-ID"] == MESSAGE_ID
    assert message["Date"].datetime == LETTER.date
    assert message["List-Id"] == "<bulletin.example.bg>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"<https://bulletin.example.bg/unsubscribe/{TOKEN}>" in message["List-Unsubscribe"]
    assert f"<mailto:office@example.bg?subject=unsubscribe%20{TOKEN}>" in message["List-Unsubscribe"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "bg"


def test_lines_are_as_long_as_a_server_must_take() -> None:
    for data in (cast(), cast(subject="ж" * 500, sender=Mailbox("щ" * 300, "a@example.bg"))):
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert max(map(len, data.split(b"\r\n"))) <= 200
        body = data.partition(b"\r\n\r\n")[2]
        assert max(map(len, body.split(b"\r\n"))) <= 76


def test_without_a_page_members_unsubscribe_by_mail() -> None:
    message = parsed(cast(one_click=""))
    assert message["List-Unsubscribe"] == f"<mailto:office@example.bg?subject=unsubscribe%20{TOKEN}>"
    assert message["List-Unsubscribe-Post"] is None
    text = payload(leaves(cast(one_click=""))["text/html"]).decode()
    assert html.escape(f"mailto:office@example.bg?subject=unsubscribe%20{TOKEN}") in text


@pytest.mark.parametrize(
    ("left_out", "tree"),
    [
        (
            {"attachment": None},
            ["multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png"],
        ),
        (
            {"logos": ()},
            ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"],
        ),
        ({"logos": (), "attachment": None}, ["multipart/alternative", "text/plain", "text/html"]),
    ],
)
def test_what_is_not_there_leaves_no_empty_part(left_out: dict[str, object], tree: list[str]) -> None:
    message = parsed(cast(**left_out))
    assert [part.get_content_type() for part in message.walk()] == tree
    assert not message.defects


def test_two_members_differ_in_what_is_theirs_alone() -> None:
    mould = Mould(LETTER)
    one = mould.cast(TO, MESSAGE_ID, TOKEN).split(b"\r\n")
    other = mould.cast(Mailbox("Иван Петров", "ivan@example.bg"), "<0022@example.bg>", "cd" * 16).split(
        b"\r\n"
    )
    differing = [line for line, against in zip(one, other, strict=True) if line != against]
    headers = [line.partition(b":")[0] for line in differing if b": " in line]
    assert headers == [b"To", b"Message-ID", b"List-Unsubscribe"]
    # The second way out, and one or two lines of base64 in each of the two texts.
    assert 3 <= len(differing) - len(headers) <= 5
    assert Mould(LETTER).cast(TO, MESSAGE_ID, TOKEN) == mould.cast(TO, MESSAGE_ID, TOKEN)


def test_what_all_get_is_known_again_whenever_it_is_sent() -> None:
    later = dt.datetime(2024, 1, 2, tzinfo=dt.UTC)
    assert digest(letter(date=later, boundary="other")) == digest(LETTER)
    for other in ({"subject": "x"}, {"text": LETTER.text + "."}, {"sender": Mailbox("", "a@example.bg")}):
        assert digest(letter(**other)) != digest(LETTER)


@given(st.integers(0, 200), st.integers(0, 200), st.text("0123456789abcdef", min_size=32, max_size=32))
def test_a_token_lands_wherever_it_falls_in_the_encoding(before: int, after: int, token: str) -> None:
    text = "ж" * before + "a" * (before % 3) + UNSUBSCRIBE + "я" * after
    made = Mould(letter(html=text, text=text, logos=())).cast(TO, MESSAGE_ID, token)
    for kind in ("text/plain", "text/html"):
        told = payload(leaves(made)[kind]).decode()
        assert told == text.replace(UNSUBSCRIBE, f"https://bulletin.example.bg/unsubscribe/{token}") + "\r\n"


@pytest.mark.parametrize("text", ["no place", f"{UNSUBSCRIBE} and {UNSUBSCRIBE}"])
@pytest.mark.parametrize("part", ["html", "text"])
def test_a_text_without_its_one_way_out_is_refused(part: str, text: str) -> None:
    with pytest.raises(DeliveryError) as told:
        cast(**{part: text})
    assert told.value.findings[0].code == "E344"


@pytest.mark.parametrize(
    "address",
    [
        "noreply@x.bg",
        "no-reply@x.bg",
        "No.Reply+b@x.bg",
        "do_not_reply@x.bg",
        "donotreply@x.bg",
        "ne-otgovaryai@x.bg",
    ],
)
def test_nobody_is_written_to_from_where_nobody_reads(address: str) -> None:
    assert is_unread(address)
    for field in ("sender", "reply_to"):
        with pytest.raises(DeliveryError) as told:
            cast(**{field: Mailbox("", address)})
        assert told.value.findings[0].code == "E342"


@pytest.mark.parametrize(
    "address", ["office@x.bg", "nora@x.bg", "nevena@x.bg", "reply@x.bg", "nikola.reply@x.bg"]
)
def test_addresses_that_are_read_are_taken(address: str) -> None:
    assert not is_unread(address)


def test_what_no_mailbox_takes_is_said_before() -> None:
    small = letter()
    assert judged(Mould(small), small, None) == []
    large = letter(attachment=Attachment("a.pdf", bytes(LARGE_PDF + 1)))
    assert [finding.code for finding in judged(Mould(large), large, None)] == ["W340"]
    assert [finding.code for finding in judged(Mould(large), large, 5_000_000)] == ["E341"]
    huge = letter(attachment=Attachment("a.pdf", bytes(LARGEST * 3 // 4)))
    assert [finding.code for finding in judged(Mould(huge), huge, None)] == ["E341"]


def test_the_moment_is_written_with_its_zone() -> None:
    at = dt.datetime(2024, 7, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    assert b"\r\nDate: Mon, 01 Jul 2024 09:30:00 +0300\r\n" in cast(date=at)
