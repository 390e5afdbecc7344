"""Words of a mail's headers: encoded words (RFC 2047), and bytes that were sent as they are."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from email.message import Message
from email.utils import parseaddr
from typing import TYPE_CHECKING, Final

from pipeline.importing.charsets.settling import SettledText, settled_text

if TYPE_CHECKING:
    from email.message import EmailMessage

    from pipeline.findings.finding import Finding

_WORD: Final = re.compile(r"=\?([^?*\s]+)(?:\*[^?]*)?\?([bqBQ])\?([^?]*)\?=(?:[ \t\r\n]+(?==\?))?")


def header_text(message: EmailMessage, field: str, name: str) -> SettledText:
    """Return the words of a header, with what is in doubt about them.

    Args:
        message: The message.
        field: The header's name.
        name: The name of the file, for the findings.
    """
    return words_of_header(_written(message, field), name)


def sender_name(message: EmailMessage, name: str) -> SettledText:
    """Return the name in the header From, with what is in doubt about it; an empty text where it has none.

    Args:
        message: The message.
        name: The name of the file, for the findings.
    """
    return words_of_header(parseaddr(_written(message, "from"))[0], name)


def file_name(part: EmailMessage, name: str) -> SettledText:
    """Return the name that a part gives its file; an empty text where it gives none.

    Args:
        part: The part.
        name: The name of the file with the message, for the findings.
    """
    bare = Message()
    findings: tuple[Finding, ...] = ()
    for field in ("content-disposition", "content-type"):
        if written := _written(part, field):
            settled = settled_text(written.encode("utf-8", "surrogateescape"), name)
            bare[field] = settled.text.replace("\r", "").replace("\n", "")
            findings += settled.findings
    try:
        given = bare.get_filename() or ""
    except (LookupError, ValueError, TypeError, IndexError):
        given = ""
    words = words_of_header(given, name)
    return SettledText(words.text, (*findings, *words.findings))


def words_of_header(written: str, name: str) -> SettledText:
    """Return the words of a header as written, each in its own charset.

    Args:
        written: The header; a byte beyond ASCII is a surrogate, as the parser of mail leaves it.
        name: The name of the file, for the findings.
    """
    pieces: list[tuple[str, bytes]] = []
    at = 0
    for match in _WORD.finditer(written):
        if between := written[at : match.start()]:
            pieces.append(("", between.encode("utf-8", "surrogateescape")))
        content = _unencoded(match[2].lower(), match[3])
        charset = match[1].lower()
        if pieces and pieces[-1][0] == charset:
            # A letter of several bytes may be parted among words.
            pieces[-1] = (charset, pieces[-1][1] + content)
        else:
            pieces.append((charset, content))
        at = match.end()
    pieces.append(("", written[at:].encode("utf-8", "surrogateescape")))
    settled = [settled_text(content, name, charset) for charset, content in pieces if content]
    findings: list[Finding] = [finding for each in settled for finding in each.findings]
    return SettledText(" ".join("".join(each.text for each in settled).split()), tuple(findings))


def _written(message: EmailMessage, field: str) -> str:
    values = (value for key, value in message.raw_items() if key.lower() == field)
    return str(next(values, ""))


def _unencoded(kind: str, content: str) -> bytes:
    data = content.encode("utf-8", "surrogateescape")
    try:
        if kind == "b":
            return base64.b64decode(data + b"=" * (-len(data) % 4))
        return quopri.decodestring(data.replace(b"_", b" "), header=True)
    except (binascii.Error, ValueError):
        return data
