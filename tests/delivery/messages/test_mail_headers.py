"""Header fields: Bulgarian text arrives unchanged, and no value can begin another field."""

from __future__ import annotations

import email
import email.policy
from email.header import decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.delivery.messages.content import Attachment, Mailbox
from pipeline.delivery.messages.headers import address_field, ascii_name, structured_field, text_field
from pipeline.delivery.messages.template_message import TemplateMessage
from pipeline.findings.finding import DeliveryError
from tests.bench.mail_headers import misread
from tests.support.message_contents import MESSAGE_ID, TO, TOKEN, content

STRINGS = 400
"""The folding of EmailMessage spoils 35 of so many; `tests.bench.mail_headers` reads 2,000."""


def test_two_parsers_read_back_every_string() -> None:
    assert misread(STRINGS) == []


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=120))
def test_any_text_of_one_line_is_read_back(text: str) -> None:
    line = text_field("Subject", text)
    read = email.message_from_bytes(line + b"\r\n")["Subject"]
    assert str(make_header(decode_header(read))) == text or text.isspace() or text != text.strip()
    assert all(len(part) <= 76 for part in line.split(b"\r\n"))
    assert line.count(b"\r\n") == 1 + line.count(b"\r\n ")


INJECTIONS = [
    "x\r\nBcc: all@example.bg",
    "x\nBcc: all@example.bg",
    "x\rBcc: all@example.bg",
    "x\r\n\r\n<html>",
    "x\0y",
    "x\x0by",
    "x\x85Bcc: y",
    "x\u2028Bcc: y",
    "x\u2029Bcc: y",
    "gro.elpmaxe@\u202eeciffo",
]
FIELDS = ["subject", "from name", "from address", "reply-to", "to name", "to address", "message-id", "file"]


def tried(field: str, value: str) -> bytes:
    message_content, to, message_id = content(), TO, MESSAGE_ID
    match field:
        case "subject":
            message_content = content(subject=value)
        case "from name":
            message_content = content(sender=Mailbox(value, "a@example.bg"))
        case "from address":
            message_content = content(sender=Mailbox("", f"{value}@example.bg"))
        case "reply-to":
            message_content = content(reply_to=Mailbox(value, "a@example.bg"))
        case "to name":
            to = Mailbox(value, "a@example.bg")
        case "to address":
            to = Mailbox("", f"{value}@example.bg")
        case "message-id":
            message_id = value
        case "file":
            message_content = content(attachment=Attachment(value, b"x"))
    return TemplateMessage(message_content).render(to, message_id, TOKEN)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", INJECTIONS, ids=[ascii(value) for value in INJECTIONS])
def test_no_value_begins_a_field_of_its_own(field: str, value: str) -> None:
    with pytest.raises(DeliveryError) as raised:
        tried(field, value)
    assert raised.value.findings[0].code == "E340"


@pytest.mark.parametrize("field", FIELDS)
def test_valid_values_are_accepted(field: str) -> None:
    assert tried(field, "innovation")


def test_structured_fields_are_not_encoded() -> None:
    long = "https://bulletin.example.bg/" + "a" * 200
    assert structured_field("List-Unsubscribe", f"<{long}>") == f"List-Unsubscribe: <{long}>\r\n".encode()
    with pytest.raises(DeliveryError):
        structured_field("List-Id", "списък")


@pytest.mark.parametrize(
    "address", ["x y@example.bg", "оffice@example.bg", "a<b@example.bg", "none", "a@b@c.bg"]
)
def test_an_invalid_address_is_refused(address: str) -> None:
    with pytest.raises(DeliveryError):
        address_field("To", "", address)


@pytest.mark.parametrize(
    ("name", "plain"),
    [("bulletin.pdf", "bulletin.pdf"), ("Бюлетин № 2.pdf", "No-2.pdf"), ("Бюлетин.pdf", "bulletin.pdf")],
)
def test_a_file_name_has_an_ascii_form(name: str, plain: str) -> None:
    assert ascii_name(name) == plain
