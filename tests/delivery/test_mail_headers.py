"""Header fields: every letter of Bulgarian arrives as written, and no value begins a field of its own."""

from __future__ import annotations

import email
import email.policy
import random
import subprocess
from email.header import decode_header, make_header
from email.utils import parseaddr
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.delivery.messages.content import Attachment, Mailbox
from pipeline.delivery.messages.headers import address_field, ascii_name, structured_field, text_field
from pipeline.delivery.messages.template_message import TemplateMessage
from pipeline.findings.finding import DeliveryError
from tests.support.message_contents import MESSAGE_ID, TO, TOKEN, content
from tests.support.paths import TESTS

if TYPE_CHECKING:
    from email.message import EmailMessage

WORDS = [
    "иновации",
    "проекти",
    "и",
    "инициативи",
    "клъстер",
    "София",
    "XD",
    "Media",
    "Hub",
    "„Зелено“",
    "–",
    "№",
    "12",
    "½",
    "294",
    "500",
    "€",
    "ж.к.",
    "„Младост",
    "1“",
    "научноизследователска",
    "ѝ",
    "ЮЛИ",
    "съюз,",
    "партньори;",
    "Digiskill-retail",
    "а",
    "б",
    "в",
    "(I",
    "част)",
    "20",
    "декември",
    "2023",
    "г.",
    "50",
    "%",
    "interdisciplinaryinnovationecosystemorchestration",
    "☺",
    "🇧🇬",
    "«цитат»",
    "O'Neill",
    "a=?utf-8?q?b?=",
    "_под_",
    "100&1",
    "\\",
    "x@y",
    "<ъ>",
]
STRINGS = 2000


def strings() -> list[str]:
    chance = random.Random(2023)
    made = []
    for _ in range(STRINGS):
        words = [chance.choice(WORDS) for _ in range(chance.randint(1, 24))]
        made.append("".join(word + " " * chance.choice((1, 1, 1, 1, 2)) for word in words).strip())
    return made


def message(text: str) -> bytes:
    """Return a message with the text wherever a text may stand."""
    made = content(
        subject=text, sender=Mailbox(text, "bulletin@example.bg"), attachment=Attachment(text + ".pdf", b"x")
    )
    return TemplateMessage(made).render(Mailbox(text, TO.address), MESSAGE_ID, TOKEN)


def by_python(data: bytes) -> list[str]:
    told: EmailMessage = email.message_from_bytes(data, policy=email.policy.default)
    # The newer reader parts names that are folded; the older, which reads all other headers too, does not.
    plain = email.message_from_bytes(data)
    names = [str(make_header(decode_header(parseaddr(plain[field])[0]))) for field in ("From", "To")]
    (attached,) = [part for part in told.walk() if part.get_content_disposition() == "attachment"]
    return [str(told["Subject"]), *names, attached.get_filename() or ""]


def test_two_readers_find_every_string_as_it_was_written() -> None:
    texts = strings()
    messages = [message(text) for text in texts]
    wanted = [[text, text, text, text + ".pdf"] for text in texts]
    assert [by_python(data) for data in messages] == wanted
    older = [email.message_from_bytes(data)["Subject"] for data in messages]
    assert [str(make_header(decode_header(subject))) for subject in older] == texts
    poured = b"".join(b"%d\n%b" % (len(data), data) for data in messages)
    script = TESTS / "support" / "decode_headers.pl"
    told = subprocess.run(["perl", str(script)], input=poured, capture_output=True, check=True)
    lines = told.stdout.decode().split("\n")[:-1]
    assert [lines[at : at + 4] for at in range(0, len(lines), 4)] == wanted


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=120))
def test_any_text_of_one_line_is_read_back(text: str) -> None:
    line = text_field("Subject", text)
    told = email.message_from_bytes(line + b"\r\n")["Subject"]
    assert str(make_header(decode_header(told))) == text or text.isspace() or text != text.strip()
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
    made, to, message_id = content(), TO, MESSAGE_ID
    match field:
        case "subject":
            made = content(subject=value)
        case "from name":
            made = content(sender=Mailbox(value, "a@example.bg"))
        case "from address":
            made = content(sender=Mailbox("", f"{value}@example.bg"))
        case "reply-to":
            made = content(reply_to=Mailbox(value, "a@example.bg"))
        case "to name":
            to = Mailbox(value, "a@example.bg")
        case "to address":
            to = Mailbox("", f"{value}@example.bg")
        case "message-id":
            message_id = value
        case "file":
            made = content(attachment=Attachment(value, b"x"))
    return TemplateMessage(made).render(to, message_id, TOKEN)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", INJECTIONS, ids=[ascii(value) for value in INJECTIONS])
def test_no_value_begins_a_field_of_its_own(field: str, value: str) -> None:
    with pytest.raises(DeliveryError) as told:
        tried(field, value)
    assert told.value.findings[0].code == "E340"


@pytest.mark.parametrize("field", FIELDS)
def test_what_is_fit_is_taken(field: str) -> None:
    assert tried(field, "innovation")


def test_what_programs_read_stays_as_it_is() -> None:
    long = "https://bulletin.example.bg/" + "a" * 200
    assert structured_field("List-Unsubscribe", f"<{long}>") == f"List-Unsubscribe: <{long}>\r\n".encode()
    with pytest.raises(DeliveryError):
        structured_field("List-Id", "списък")


@pytest.mark.parametrize(
    "address", ["x y@example.bg", "оffice@example.bg", "a<b@example.bg", "none", "a@b@c.bg"]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(DeliveryError):
        address_field("To", "", address)


@pytest.mark.parametrize(
    ("name", "plain"),
    [("bulletin.pdf", "bulletin.pdf"), ("Бюлетин № 2.pdf", "No-2.pdf"), ("Бюлетин.pdf", "bulletin.pdf")],
)
def test_a_program_without_bulgarian_finds_a_file_name_too(name: str, plain: str) -> None:
    assert ascii_name(name) == plain
