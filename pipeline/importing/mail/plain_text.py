"""Plain text of mail: flowed lines (RFC 3676), enriched text (RFC 1896), quotations taken off."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from pipeline.importing.html.letters.letter_phrases import (
    heading_length,
    is_attribution,
    is_field,
    is_forwarded,
    is_original,
    is_sent_from,
    signed_from,
)
from pipeline.importing.html.letters.quoted_letters import PartedOff

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNATURE: Final = re.compile(r"--[ \u00a0]?")
_SIGNED: Final = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Z][\w-]*: [^\n]*\n)*\n(?P<text>.*?)"
    r"^-----BEGIN PGP SIGNATURE-----\n.*?^-----END PGP SIGNATURE-----[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
"""A text with a signature of OpenPGP, whose lines with a dash have one more (RFC 9580, 7.1)."""

_LAST_LINES: Final = 4
_ENRICHED: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)>|(<<)|(\n+)")
_MARKS: Final = {"bold": "b", "italic": "i", "excerpt": "blockquote", "fixed": "code"}


def unflowed(text: str, *, delsp: bool) -> str:
    """Return flowed text with its paragraphs on one line each (RFC 3676, 4).

    Args:
        text: The part.
        delsp: Whether the space before a soft break is no part of the text.
    """
    lines: list[str] = []
    open_depth = -1
    for line in text.replace("\r\n", "\n").split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        flows = words.endswith(" ") and words != "-- "
        if delsp and flows:
            words = words[:-1]
        if open_depth == depth and words != "-- ":
            lines[-1] += words
        else:
            lines.append(f"{'>' * depth} {words}" if depth else words)
        open_depth = depth if flows else -1
    return "\n".join(lines)


def enriched_markup(text: str) -> str:
    """Return enriched text as HTML: bold, italic, excerpts; other commands count for their words alone.

    Args:
        text: A part of `text/enriched` or `text/richtext`.
    """
    pieces: list[str] = []
    at, hidden, unfilled = 0, 0, 0
    text = text.replace("\r\n", "\n")
    for match in _ENRICHED.finditer(text):
        between = html.escape(text[at : match.start()])
        pieces.append("" if hidden else between)
        at = match.end()
        ends, command = bool(match[1]), (match[2] or "").lower()
        if command == "param":
            hidden = max(0, hidden + (-1 if ends else 1))
        elif command == "nofill":
            unfilled = max(0, unfilled + (-1 if ends else 1))
        elif command in {"nl", "np"}:
            pieces.append("<br>")
        elif command in _MARKS:
            pieces.append(f"<{match[1]}{_MARKS[command]}>")
        elif match[3] and not hidden:
            pieces.append("&lt;")
        elif match[4]:
            # One line break is a space, each further one a break.
            breaks = len(match[4]) if unfilled else len(match[4]) - 1
            pieces.append("<br>" * (breaks if breaks != 1 or unfilled else 2) or " ")
    pieces.append("" if hidden else html.escape(text[at:]))
    return f"<div>{''.join(pieces)}</div>"


def part_plain(text: str, *, sent_on: bool) -> tuple[str, list[PartedOff]]:
    """Part plain text into a letter's own words, and what it quotes or signs with.

    Args:
        text: The part, unflowed.
        sent_on: Whether the letter sends others on, whose words are then what it is about. They are, too,
            where it has no words of its own.

    Returns:
        The text, and what was taken off.
    """
    text = _SIGNED.sub(lambda match: re.sub("(?m)^- ", "", match["text"]), text)
    own, off = _parted(text.split("\n"), sent_on=sent_on)
    if not sent_on and not re.search(r"\w", own):
        again, rest = _parted(text.split("\n"), sent_on=True)
        if re.search(r"\w", again):
            return again, rest
    return own, off


def _parted(lines: list[str], *, sent_on: bool) -> tuple[str, list[PartedOff]]:
    own: list[str] = []
    off: list[PartedOff] = []
    at = 0
    while at < len(lines):
        taken = _earlier_letter(lines, at, sent_on=sent_on)
        if taken is None:
            own.append(lines[at])
            at += 1
            continue
        end, kind, unquoted = taken
        off.append(PartedOff(kind, _joined(lines[at:end])))
        if unquoted:
            lines = [*lines[:end], *_unquoted(lines[end:])]
        at = end
    signed = _signature_start(own)
    if signed < len(own):
        off.append(PartedOff("signature", _joined(own[signed:])))
    return "\n".join(own[:signed]), [each for each in off if each.words]


def _earlier_letter(lines: Sequence[str], at: int, *, sent_on: bool) -> tuple[int, str, bool] | None:
    """Return where what is quoted from a line on ends, what it is, and whether the rest is unquoted."""
    line = lines[at].strip()
    marked = is_original(line) or is_forwarded(line) or bool(re.fullmatch(r"_{10,}", line))
    behind = at + 1 if marked else at
    while marked and behind < len(lines) and not lines[behind].strip():
        behind += 1
    heading = heading_length(_unquoted(lines[behind : behind + 20])) if line else 0
    if marked and not heading and is_forwarded(line):
        heading = _fields(lines, behind)
    if heading or (marked and not line.startswith("_")):
        if sent_on or is_forwarded(line):
            return behind + heading, "heading", True
        return len(lines), "quote", False
    for count in (1, 2, 3):
        parts = lines[at : at + count]
        if all(part.strip() for part in parts) and is_attribution(" ".join(parts)):
            return _after_attribution(lines, at + count, " ".join(parts), sent_on=sent_on)
    if line.startswith(">") and not sent_on:
        return _quoted_end(lines, at), "quote", False
    return None


def _after_attribution(
    lines: Sequence[str], at: int, said: str, *, sent_on: bool
) -> tuple[int, str, bool] | None:
    behind = at
    while behind < len(lines) and not lines[behind].strip():
        behind += 1
    quoted = behind < len(lines) and lines[behind].startswith(">")
    if not quoted and "@" not in said:
        # A sentence of the text: „На 5 май 2024 г. кметът написа:“
        return None
    if sent_on:
        return at, "heading", quoted
    return (_quoted_end(lines, behind) if quoted else len(lines)), "quote", False


def _quoted_end(lines: Sequence[str], at: int) -> int:
    end = at
    for number in range(at, len(lines)):
        if lines[number].startswith(">"):
            end = number + 1
        elif lines[number].strip():
            break
    return end


def _fields(lines: Sequence[str], at: int) -> int:
    count = 0
    while at + count < len(lines) and is_field(_unquoted([lines[at + count]])[0]):
        count += 1
    return count


def _unquoted(lines: Sequence[str]) -> list[str]:
    """Return lines without the first mark of quotation each."""
    return [re.sub(r"^>[ ]?", "", line) for line in lines]


def _signature_start(lines: Sequence[str]) -> int:
    """Return the line a signature begins with: of two dashes, of a telephone, or behind a name."""
    for at, line in enumerate(lines):
        if _SIGNATURE.fullmatch(line):
            return at
    written = [at for at, line in enumerate(lines) if line.strip()]
    end = next((at for at in written[-_LAST_LINES:] if is_sent_from(lines[at])), len(lines))
    return min(end, signed_from(lines[:end]))


def _joined(lines: Sequence[str]) -> str:
    return " ".join(" ".join(re.sub(r"^[> ]+", "", line) for line in lines).split())
