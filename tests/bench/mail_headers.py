"""Bulgarian header fields read back by two readers: `python -m tests.bench.mail_headers [--strings 2000]`.

Random subjects, names and file names are put into messages, and read by Python's parsers and by Perl's. The
exit status is 1 if any reader finds another text.
"""

from __future__ import annotations

import argparse
import email
import email.policy
import random
import subprocess
import sys
from email.header import decode_header, make_header
from email.utils import parseaddr
from typing import TYPE_CHECKING

from pipeline.delivery.messages.content import Attachment, Mailbox
from pipeline.delivery.messages.template_message import TemplateMessage
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


def main(arguments: list[str] | None = None) -> int:
    """Read strings back, and print those that differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.mail_headers", description=__doc__)
    parser.add_argument("--strings", type=int, default=2000)
    count = parser.parse_args(arguments).strings
    differing = misread(count)
    sys.stdout.write(
        "".join(f"{text!r}\n" for text in differing) + f"strings {count}, misread {len(differing)}\n"
    )
    return 1 if differing else 0


def misread(count: int) -> list[str]:
    """Return the strings, of so many, that a reader does not find as they were written."""
    texts = _strings(count)
    messages = [_message(text) for text in texts]
    return [
        text
        for text, data, by_perl in zip(texts, messages, _read_by_perl(messages), strict=True)
        if not _read_by_python(data) == by_perl == [text, text, text, text + ".pdf"] or _older(data) != text
    ]


def _strings(count: int) -> list[str]:
    chance = random.Random(2023)
    strings = []
    for _ in range(count):
        words = [chance.choice(WORDS) for _ in range(chance.randint(1, 24))]
        strings.append("".join(word + " " * chance.choice((1, 1, 1, 1, 2)) for word in words).strip())
    return strings


def _message(text: str) -> bytes:
    """Return a message with the text wherever a text may stand."""
    written = content(
        subject=text, sender=Mailbox(text, "bulletin@example.bg"), attachment=Attachment(text + ".pdf", b"x")
    )
    return TemplateMessage(written).render(Mailbox(text, TO.address), MESSAGE_ID, TOKEN)


def _read_by_python(data: bytes) -> list[str]:
    parsed: EmailMessage = email.message_from_bytes(data, policy=email.policy.default)
    # The newer parser breaks folded names; the older, which reads all other fields too, does not.
    plain = email.message_from_bytes(data)
    names = [str(make_header(decode_header(parseaddr(plain[field])[0]))) for field in ("From", "To")]
    (attached,) = [part for part in parsed.walk() if part.get_content_disposition() == "attachment"]
    return [str(parsed["Subject"]), *names, attached.get_filename() or ""]


def _older(data: bytes) -> str:
    return str(make_header(decode_header(email.message_from_bytes(data)["Subject"])))


def _read_by_perl(messages: list[bytes]) -> list[list[str]]:
    script = TESTS / "support" / "decode_headers.pl"
    framed = b"".join(b"%d\n%b" % (len(data), data) for data in messages)
    perl = subprocess.run(["perl", str(script)], input=framed, capture_output=True, check=True)
    lines = perl.stdout.decode().split("\n")[:-1]
    return [lines[at : at + 4] for at in range(0, len(lines), 4)]


if __name__ == "__main__":
    sys.exit(main())
