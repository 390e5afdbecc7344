"""Collects the parts of a mail (RFC 2045): the forms of its text, pictures, calendars and attachments.

One part that cannot be read is listed (W545), and the others are read.
"""

from __future__ import annotations

import base64
import binascii
import email.policy
import html
import quopri
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.findings.finding import IssueError, found
from pipeline.findings.wording.excerpts import shortened
from pipeline.importing.charsets.decoding import declared_in_page
from pipeline.importing.charsets.settling import settled_text
from pipeline.importing.html.letters.text_lines import lines_of
from pipeline.importing.html.tree import parse_html
from pipeline.importing.mail.headers import file_name, header_text
from pipeline.importing.mail.plain_text import enriched_markup, unflowed
from pipeline.importing.model.words import words_of

if TYPE_CHECKING:
    from email.message import EmailMessage
    from xml.etree.ElementTree import Element

    from pipeline.findings.finding import Finding
    from pipeline.importing.charsets.settling import SettledText

MOST_PARTS: Final = 200
DEEPEST: Final = 20
"""The most levels of parts within parts, and of messages forwarded within messages."""

_AS_IT_CAME: Final = email.policy.default.clone(refold_source="none")
_BAD_PART: Final = (LookupError, ValueError, TypeError, AttributeError)
_CALENDARS: Final = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_ENRICHED: Final = frozenset({"text/enriched", "text/richtext"})
_SHOWN: Final = frozenset(
    f"image/{kind}"
    for kind in ("jpeg", "png", "heic", "heif", "avif", "webp", "tiff", "gif", "bmp", "x-ms-bmp")
)
_SHORT: Final = 70
_WHOLE: Final = 0.5
"""The share of words of the plain text that a page must have to be taken for the same."""


class Attachment(NamedTuple):
    """A file attached to a mail.

    Args:
        name: Its name.
        data: Its content.
        charset: The one its part declares, or an empty text.
    """

    name: str
    data: bytes
    charset: str = ""


class Body(NamedTuple):
    """A form of a mail's text.

    Args:
        kind: `html`, `plain` or `flowed`.
        text: HTML, or plain text with its lines.
        words: Its words, for comparing forms.
        has_pictures: Whether it shows pictures.
    """

    kind: str
    text: str
    words: tuple[str, ...]
    has_pictures: bool = False


@dataclass
class MailParts:
    """What a mail holds.

    Args:
        name: The name of its file, for findings.
        bodies: Its texts, in order.
        inline: Pictures that its pages may show, by `cid:` and their name.
        attachments: Files, and letters within the letter.
        calendars: Calendar files.
        findings: What could not be read, and letters in doubt.
        count: Parts read so far.
        address: Where its first page was, of one saved with its pictures.
    """

    name: str
    bodies: list[Body] = field(default_factory=list)
    inline: dict[str, bytes] = field(default_factory=dict)
    attachments: list[Attachment] = field(default_factory=list)
    calendars: list[bytes] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    count: int = 0
    address: str = ""


def collect_parts(part: EmailMessage, parts: MailParts, depth: int = 0) -> None:
    """Collect the contents of a part: of alternatives the best form, otherwise all, in order.

    Args:
        part: The message or a part of it.
        parts: Collects them.
        depth: How many parts it is within.

    Raises:
        ValueError: There are too many parts, or too many levels of them.
    """
    parts.count += 1
    if parts.count > MOST_PARTS or depth > DEEPEST:
        raise ValueError(MOST_PARTS)
    inner: Any = part.get_payload()
    kind = part.get_content_type()
    if kind in {"message/rfc822", "message/global"} and isinstance(inner, list):
        _collect_letter(part, inner, parts)
    elif kind == "multipart/alternative" and isinstance(inner, list):
        _collect_alternatives(inner, parts, depth)
    elif part.is_multipart() and isinstance(inner, list) and not kind.startswith("message/"):
        for each in inner:
            collect_parts(each, parts, depth + 1)
    elif kind.startswith("message/"):
        parts.findings.append(found("W510", None, name=parts.name, found=kind))
    else:
        try:
            _collect_leaf(part, parts)
        except _BAD_PART as error:
            parts.findings.append(bad_part(parts.name, kind, str(error)))


def bad_part(name: str, part: str, problem: str) -> Finding:
    """Return the finding of a part that cannot be read (W545).

    Args:
        name: The mail.
        part: The part's name or type.
        problem: What is wrong with it.
    """
    return found(
        "W545", None, name=name, found=shortened(part, _SHORT), problem=shortened(problem, _SHORT) or "–"
    )


def _collect_letter(part: EmailMessage, inner: list[EmailMessage], parts: MailParts) -> None:
    """Collect a letter within the letter: a text of its own, in whatever form it was enclosed."""
    for number, message in enumerate(inner, 1):
        data = message.as_bytes(policy=_AS_IT_CAME)
        encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
        # The parser of mail takes an encoded letter for the letter itself (RFC 2046, 5.2.1 allows none).
        if encoding == "base64":
            data = _unencoded(data) or data
        elif encoding == "quoted-printable":
            # It ends the heading at a soft break within it.
            data = quopri.decodestring(data.replace(b"=\n\n", b"=\n", 1))
        given = header_text(message, "subject", parts.name).text if data[:1] != b"\n" else ""
        name = safe_name(given or f"part-{parts.count}-{number}")
        parts.attachments.append(Attachment(f"{name}.eml", data))


def _unencoded(data: bytes) -> bytes:
    try:
        return base64.b64decode(re.sub(rb"\s", b"", data), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _collect_alternatives(alternatives: list[EmailMessage], parts: MailParts, depth: int) -> None:
    """Collect the best form of a text; of the others, what they have beside their texts."""
    forms: list[MailParts] = []
    for each in alternatives:
        form = MailParts(parts.name, count=parts.count)
        collect_parts(each, form, depth + 1)
        parts.count = form.count
        parts.inline |= form.inline
        parts.attachments += form.attachments
        parts.calendars += form.calendars
        parts.findings += form.findings
        if form.bodies:
            forms.append(form)
    if not forms:
        return
    chosen = _best(forms)
    parts.bodies += chosen.bodies
    known = Counter(word for body in chosen.bodies for word in body.words)
    for form in forms:
        words = [word for body in form.bodies for word in body.words]
        shared = (Counter(words) & known).total()
        if form is not chosen and shared < _WHOLE * len(words):
            text = " ".join(_bare(body) for body in form.bodies)
            parts.findings.append(found("W546", None, name=parts.name, found=shortened(text, _SHORT)))


def _best(forms: list[MailParts]) -> MailParts:
    """Return the last form that is a page, unless the plain text says much more; else the longest."""
    longest = max(forms, key=lambda form: sum(len(body.words) for body in form.bodies))
    most = sum(len(body.words) for body in longest.bodies)
    for form in reversed(forms):
        is_page = any(body.kind == "html" for body in form.bodies)
        count = sum(len(body.words) for body in form.bodies)
        if is_page and (count >= _WHOLE * most or any(body.has_pictures for body in form.bodies)):
            return form
    return longest


def _bare(body: Body) -> str:
    """Return the words of a form as written."""
    if body.kind != "html":
        return " ".join(body.text.split())
    return " ".join(" ".join(re.sub(r"<[^>]*>", " ", body.text).split()).split())


def _collect_leaf(part: EmailMessage, parts: MailParts) -> None:
    kind, file = part.get_content_type(), _settled(file_name(part, parts.name), parts)
    ending = file.lower().rpartition(".")[2]
    if kind in _CALENDARS or ending == "ics":
        parts.calendars.append(_bytes(part))
    elif kind == "text/html" and not file:
        parts.address = parts.address or "".join(str(part.get("content-location", "")).split())
        _add_page(_text(part, parts), parts)
    elif kind in _ENRICHED and not file:
        _add_page(enriched_markup(_text(part, parts)), parts)
    elif kind == "text/plain" and not file:
        _add_plain(part, parts)
    else:
        data = _bytes(part)
        key = str(part.get("content-id", "")).strip("<> \t")
        name = safe_name(file or f"{key or 'part'}-{parts.count}.{part.get_content_subtype()}")
        if kind.startswith("image/") and (sources := _sources(part, key, parts)):
            parts.inline |= dict.fromkeys(sources, data)
        elif kind in _SHOWN and part.get_content_disposition() == "inline":
            _add_picture(name, data, parts)
        else:
            parts.attachments.append(Attachment(name, data, part.get_content_charset("")))


def _sources(part: EmailMessage, key: str, parts: MailParts) -> list[str]:
    """Return by what a page may show a picture: its key, or in a saved page its address (RFC 2557)."""
    if key:
        return [f"cid:{key}"]
    address = "".join(str(part.get("content-location", "")).split())
    if not address or not parts.address:
        return []
    folder = parts.address.rpartition("/")[0]
    beside = [address.removeprefix(f"{folder}/")] if folder and address.startswith(f"{folder}/") else []
    shown = " ".join(body.text for body in parts.bodies)
    return [each for each in (address, *beside) if each in html.unescape(shown)][:1]


def _add_picture(name: str, data: bytes, parts: MailParts) -> None:
    """Add a picture that a telephone puts between two texts, where it stands."""
    if name in parts.inline:
        name = f"{parts.count}-{name}"
    parts.inline[name] = data
    parts.bodies.append(Body("html", f'<p><img src="{html.escape(name)}"></p>', (), has_pictures=True))


def _add_page(markup: str, parts: MailParts) -> None:
    try:
        root: Element = parse_html(markup, parts.name)
    except IssueError as error:
        problem = next((value for key, value in error.findings[0].values if key == "problem"), "")
        parts.findings.append(bad_part(parts.name, "text/html", problem))
        return
    words = tuple(words_of(" ".join(lines_of(root))))
    has_pictures = any(image.get("src") for image in root.iter("img"))
    if words or has_pictures:
        parts.bodies.append(Body("html", markup, words, has_pictures))


def _add_plain(part: EmailMessage, parts: MailParts) -> None:
    text = _text(part, parts)
    flowed = str(part.get_param("format") or "").lower() == "flowed"
    if flowed:
        text = unflowed(text, delsp=str(part.get_param("delsp") or "").lower() == "yes")
    if text.strip():
        parts.bodies.append(Body("flowed" if flowed else "plain", text, tuple(words_of(text))))


def _text(part: EmailMessage, parts: MailParts) -> str:
    """Return the text of a part: by the charset of its header, that of its page, or what its letters say."""
    data = _bytes(part)
    declared = part.get_content_charset("")
    if not declared and part.get_content_subtype() == "html":
        declared = declared_in_page(data)
    return _settled(settled_text(data, parts.name, declared), parts).replace("\r\n", "\n")


def _settled(settled: SettledText, parts: MailParts) -> str:
    parts.findings += settled.findings
    return settled.text


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def safe_name(name: str) -> str:
    """Return a name without folders and control characters, never empty."""
    return re.sub(r"[\x00-\x1f]", "", re.split(r"[/\\]", name)[-1])[:120] or "part"
