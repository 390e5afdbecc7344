"""Messages: encoded once, complete for each member, with nothing of one member in another's."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import html
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.delivery.messages.content import Attachment, Mailbox, is_no_reply
from pipeline.delivery.messages.template_message import LARGE_PDF, LARGEST, TemplateMessage, content_digest
from pipeline.findings.finding import DeliveryError
from pipeline.models.editions import UNSUBSCRIBE
from tests.support.message_contents import CONTENT, MESSAGE_ID, TO, TOKEN, content

if TYPE_CHECKING:
    from email.message import EmailMessage


def parsed(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


def rendered(**other: object) -> bytes:
    return TemplateMessage(content(**other)).render(TO, MESSAGE_ID, TOKEN)


def leaves(data: bytes) -> dict[str, EmailMessage]:
    return {part.get_content_type(): part for part in parsed(data).walk() if not part.is_multipart()}


def payload(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    return data


def test_every_part_reads_back_unchanged() -> None:
    parts = leaves(rendered())
    own = f"https://bulletin.example.bg/unsubscribe/{TOKEN}"
    assert payload(parts["text/plain"]).decode() == CONTENT.text.replace(UNSUBSCRIBE, own).replace(
        "\n", "\r\n"
    )
    assert payload(parts["text/html"]).decode() == CONTENT.html.replace(UNSUBSCRIBE, own).replace(
        "\n", "\r\n"
    )
    assert CONTENT.attachment is not None
    assert payload(parts["application/pdf"]) == CONTENT.attachment.data
    assert payload(parts["image/png"]) == CONTENT.logos[0].data


def test_a_message_conforms_to_the_standards() -> None:
    message = parsed(rendered())
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
    assert message["Date"].datetime == CONTENT.date
    assert message["List-Id"] == "<bulletin.example.bg>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"<https://bulletin.example.bg/unsubscribe/{TOKEN}>" in message["List-Unsubscribe"]
    assert f"<mailto:office@example.bg?subject=unsubscribe%20{TOKEN}>" in message["List-Unsubscribe"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "bg"


def test_lines_are_not_longer_than_servers_must_accept() -> None:
    for data in (rendered(), rendered(subject="ж" * 500, sender=Mailbox("щ" * 300, "a@example.bg"))):
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert max(map(len, data.split(b"\r\n"))) <= 200
        body = data.partition(b"\r\n\r\n")[2]
        assert max(map(len, body.split(b"\r\n"))) <= 76


def test_without_a_page_members_unsubscribe_by_mail() -> None:
    message = parsed(rendered(one_click=""))
    assert message["List-Unsubscribe"] == f"<mailto:office@example.bg?subject=unsubscribe%20{TOKEN}>"
    assert message["List-Unsubscribe-Post"] is None
    text = payload(leaves(rendered(one_click=""))["text/html"]).decode()
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
def test_missing_content_leaves_no_empty_part(left_out: dict[str, object], tree: list[str]) -> None:
    message = parsed(rendered(**left_out))
    assert [part.get_content_type() for part in message.walk()] == tree
    assert not message.defects


def test_messages_differ_only_in_the_recipients_data() -> None:
    template = TemplateMessage(CONTENT)
    one = template.render(TO, MESSAGE_ID, TOKEN).split(b"\r\n")
    other = template.render(Mailbox("Иван Петров", "ivan@example.bg"), "<0022@example.bg>", "cd" * 16).split(
        b"\r\n"
    )
    differing = [line for line, against in zip(one, other, strict=True) if line != against]
    headers = [line.partition(b":")[0] for line in differing if b": " in line]
    assert headers == [b"To", b"Message-ID", b"List-Unsubscribe"]
    # List-Unsubscribe, and one or two lines of base64 in each of the two texts.
    assert 3 <= len(differing) - len(headers) <= 5
    assert TemplateMessage(CONTENT).render(TO, MESSAGE_ID, TOKEN) == template.render(TO, MESSAGE_ID, TOKEN)


def test_the_digest_of_a_content_is_the_same_whenever_it_is_sent() -> None:
    later = dt.datetime(2024, 1, 2, tzinfo=dt.UTC)
    assert content_digest(content(date=later, boundary="other")) == content_digest(CONTENT)
    for other in ({"subject": "x"}, {"text": CONTENT.text + "."}, {"sender": Mailbox("", "a@example.bg")}):
        assert content_digest(content(**other)) != content_digest(CONTENT)


@given(st.integers(0, 200), st.integers(0, 200), st.text("0123456789abcdef", min_size=32, max_size=32))
def test_a_token_is_encoded_at_any_position(before: int, after: int, token: str) -> None:
    text = "ж" * before + "a" * (before % 3) + UNSUBSCRIBE + "я" * after
    message = TemplateMessage(content(html=text, text=text, logos=())).render(TO, MESSAGE_ID, token)
    for kind in ("text/plain", "text/html"):
        read = payload(leaves(message)[kind]).decode()
        assert read == text.replace(UNSUBSCRIBE, f"https://bulletin.example.bg/unsubscribe/{token}") + "\r\n"


@pytest.mark.parametrize("text", ["no place", f"{UNSUBSCRIBE} and {UNSUBSCRIBE}"])
@pytest.mark.parametrize("part", ["html", "text"])
def test_a_text_without_exactly_one_unsubscribe_link_is_refused(part: str, text: str) -> None:
    with pytest.raises(DeliveryError) as raised:
        rendered(**{part: text})
    assert raised.value.findings[0].code == "E344"


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
def test_a_no_reply_sender_is_refused(address: str) -> None:
    assert is_no_reply(address)
    for field in ("sender", "reply_to"):
        with pytest.raises(DeliveryError) as raised:
            rendered(**{field: Mailbox("", address)})
        assert raised.value.findings[0].code == "E342"


@pytest.mark.parametrize(
    "address", ["office@x.bg", "nora@x.bg", "nevena@x.bg", "reply@x.bg", "nikola.reply@x.bg"]
)
def test_addresses_that_somebody_reads_are_accepted(address: str) -> None:
    assert not is_no_reply(address)


def test_a_message_too_large_is_reported_before_sending() -> None:
    small = content()
    assert TemplateMessage(small).size_findings() == []
    large = content(attachment=Attachment("a.pdf", bytes(LARGE_PDF + 1)))
    assert [finding.code for finding in TemplateMessage(large).size_findings()] == ["W340"]
    assert [finding.code for finding in TemplateMessage(large).size_findings(5_000_000)] == ["E341"]
    just_small = content(attachment=Attachment("a.pdf", bytes(LARGE_PDF)))
    assert TemplateMessage(just_small).size_findings() == []
    huge = content(attachment=Attachment("a.pdf", bytes(LARGEST * 3 // 4)))
    assert [finding.code for finding in TemplateMessage(huge).size_findings()] == ["E341"]


def test_the_date_has_its_time_zone() -> None:
    at = dt.datetime(2024, 7, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=3)))
    assert b"\r\nDate: Mon, 01 Jul 2024 09:30:00 +0300\r\n" in rendered(date=at)
