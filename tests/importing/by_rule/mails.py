"""Mails by rule: each charset, declared in each way, in each part of a message."""

from __future__ import annotations

import base64
import itertools
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS: Final = (
    "Уважаеми колеги, срещата на клъстера е в сряда от 14 часа.",
    "Каним Ви на работилница за отворени данни – „Зала 3“, на 5 април.",
    "Заповядайте на събранието; таксата за участие е 40 евро.",
)
CHARSETS: Final = ("utf-8", "windows-1251", "koi8-r", "iso-8859-5", "utf-16", "utf-16-le")
DECLARED: Final = ("right", "", "us-ascii", "utf-8", "iso-8859-1", "windows-1251", "koi8-r", "x-unknown")
PARTS: Final = (
    "plain",
    "html",
    "html-meta",
    "no-mime",
    "attached-text",
    "attached-page",
    "alternative",
    "subject-raw",
    "subject-encoded",
    "garbled-before",
)


class MailByRule(NamedTuple):
    """A mail.

    Args:
        name: Says by which rule it was made.
        data: The message.
        text: What was written.
    """

    name: str
    data: bytes
    text: str


def mails() -> Iterator[MailByRule]:
    """Yield all mails: each charset, declaration and part."""
    for at, (charset, said, part) in enumerate(itertools.product(CHARSETS, DECLARED, PARTS)):
        text = TEXTS[at % len(TEXTS)]
        try:
            content = text.encode(charset)
        except UnicodeEncodeError:
            text = text.replace("–", "-").replace("„", '"').replace("“", '"')
            content = text.encode(charset)
        if part == "subject-raw" and "16" in charset:
            continue
        declared = charset if said == "right" else said
        yield MailByRule(f"{part} {charset} as {said or 'nothing'}", _MAKERS[part](content, declared), text)


_TOP: Final = "From: Ivan <ivan@example.bg>\r\nTo: o@example.org\r\nDate: Fri, 12 Jan 2024 10:00:00 +0200\r\n"
_MIME: Final = "MIME-Version: 1.0\r\n"


def _kind(kind: str, charset: str) -> str:
    return f"Content-Type: text/{kind}" + (f"; charset={charset}" if charset else "") + "\r\n"


def _encoded(content: bytes) -> bytes:
    return b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(content)


def _plain(content: bytes, declared: str) -> bytes:
    top = f"{_TOP}Subject: Proba\r\n{_MIME}{_kind('plain', declared)}"
    return top.encode() + _encoded(content)


def _page(content: bytes) -> bytes:
    wide = b"\x00" in content
    begin, end = ("<html><body><p>", "</p></body></html>")
    if wide and content.startswith(b"\xff\xfe"):
        return b"\xff\xfe" + begin.encode("utf-16-le") + content[2:] + end.encode("utf-16-le")
    if wide:
        return begin.encode("utf-16-le") + content + end.encode("utf-16-le")
    return begin.encode() + content + end.encode()


def _html(content: bytes, declared: str) -> bytes:
    top = f"{_TOP}Subject: Proba\r\n{_MIME}{_kind('html', declared)}"
    return top.encode() + _encoded(_page(content))


def _html_meta(content: bytes, declared: str) -> bytes:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    head = f"<html><head>{meta}</head><body><p>"
    if b"\x00" in content:
        return _html(content, "")
    top = f"{_TOP}Subject: Proba\r\n{_MIME}{_kind('html', '')}"
    return top.encode() + _encoded(head.encode() + content + b"</p></body></html>")


def _no_mime(content: bytes, _: str) -> bytes:
    return f"{_TOP}Subject: Proba\r\n\r\n".encode() + content


def _mixed(part: bytes) -> bytes:
    top = f"{_TOP}Subject: Proba\r\n{_MIME}Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    body = b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello\r\n--b\r\n"
    return top.encode() + body + part + b"\r\n--b--\r\n"


def _attached_text(content: bytes, declared: str) -> bytes:
    head = _kind("plain", declared) + "Content-Disposition: attachment; filename=note.txt\r\n"
    return _mixed(head.encode() + _encoded(content))


def _attached_page(content: bytes, declared: str) -> bytes:
    head = _kind("html", declared) + "Content-Disposition: attachment; filename=note.html\r\n"
    return _mixed(head.encode() + _encoded(_page(content)))


def _alternative(content: bytes, declared: str) -> bytes:
    top = f"{_TOP}Subject: Proba\r\n{_MIME}Content-Type: multipart/alternative; boundary=b\r\n\r\n"
    plain = b"--b\r\n" + _kind("plain", declared).encode() + _encoded(content)
    page = b"\r\n--b\r\n" + _kind("html", declared).encode() + _encoded(_page(content))
    return top.encode() + plain + page + b"\r\n--b--\r\n"


def _subject_raw(content: bytes, _: str) -> bytes:
    rest = f"\r\n{_TOP}{_MIME}{_kind('plain', 'utf-8')}\r\nHello, this is the text.\r\n"
    return b"Subject: " + content + rest.encode()


def _subject_encoded(content: bytes, declared: str) -> bytes:
    word = base64.b64encode(content).decode()
    subject = f"=?{declared or 'utf-8'}?B?{word}?="
    return f"{_TOP}Subject: {subject}\r\n{_MIME}{_kind('plain', 'utf-8')}\r\nHello, this is it.\r\n".encode()


def _garbled_before(content: bytes, declared: str) -> bytes:
    """Return a mail in UTF-8 whose text was garbled before it was sent: read by the wrong table."""
    try:
        seen = content.decode(declared if declared and "unknown" not in declared else "iso-8859-1", "replace")
    except LookupError:
        seen = content.decode("iso-8859-1")
    return _plain(seen.replace("\x00", "").encode(), "utf-8")


_MAKERS: Final = {
    "plain": _plain,
    "html": _html,
    "html-meta": _html_meta,
    "no-mime": _no_mime,
    "attached-text": _attached_text,
    "attached-page": _attached_page,
    "alternative": _alternative,
    "subject-raw": _subject_raw,
    "subject-encoded": _subject_encoded,
    "garbled-before": _garbled_before,
}
