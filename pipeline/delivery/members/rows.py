"""Cells of a row: parsed by the words offices use, or reported as a finding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.delivery.members.model import Status
from pipeline.findings.finding import Finding, found
from pipeline.findings.suggestions import in_latin, nearest
from pipeline.models.values.date_notations import whole_day

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.findings.place import Place

STATUS_WORDS: Final = {
    "активен": Status.ACTIVE,
    "активна": Status.ACTIVE,
    "да": Status.ACTIVE,
    "active": Status.ACTIVE,
    "yes": Status.ACTIVE,
    "subscribed": Status.ACTIVE,
    "абониран": Status.ACTIVE,
    "абонирана": Status.ACTIVE,
    "пауза": Status.PAUSED,
    "временно": Status.PAUSED,
    "спрян": Status.PAUSED,
    "спряна": Status.PAUSED,
    "paused": Status.PAUSED,
    "pause": Status.PAUSED,
    "отписан": Status.UNSUBSCRIBED,
    "отписана": Status.UNSUBSCRIBED,
    "отказал": Status.UNSUBSCRIBED,
    "отказала": Status.UNSUBSCRIBED,
    "не": Status.UNSUBSCRIBED,
    "неактивен": Status.UNSUBSCRIBED,
    "неактивна": Status.UNSUBSCRIBED,
    "unsubscribed": Status.UNSUBSCRIBED,
    "inactive": Status.UNSUBSCRIBED,
    "no": Status.UNSUBSCRIBED,
}
"""Words for a status."""

_LANGUAGES: Final = {
    "български": "bg",
    "bulgarian": "bg",
    "бг": "bg",
    "английски": "en",
    "english": "en",
    "анг": "en",
    "руски": "ru",
    "russian": "ru",
    "сръбски": "sr",
    "serbian": "sr",
    "украински": "uk",
    "ukrainian": "uk",
    "немски": "de",
    "german": "de",
    "френски": "fr",
    "french": "fr",
}
_TAG: Final = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")
_LARGE: Final = frozenset({
    "gmail.com", "abv.bg", "mail.bg", "dir.bg", "yahoo.com", "outlook.com", "hotmail.com", "icloud.com",
    "live.com", "proton.me",
})  # fmt: skip
_LIKE_LARGE: Final = frozenset({
    "mail.com", "ymail.com", "email.com", "live.bg", "bir.bg", "abc.bg", "mai.bg", "gmx.com", "mac.com",
    "dirs.bg",
})  # fmt: skip
"""Existing domains that differ from a large one by a letter."""


def read_address(text: str, place: Place) -> tuple[str | None, list[Finding]]:
    """Read an address (RFC 5321, 4.1.2), its domain in ASCII (RFC 5890).

    Args:
        text: Content of the cell, without the characters around it.
        place: Place of the cell.

    Returns:
        The address, or None if it is invalid; and findings about it.
    """
    if text.count("@") > 1:
        return None, [found("E319", place)]
    local, _, domain = text.rpartition("@")
    guess = in_latin(text)
    is_mixed = not local.isascii() or bool(re.search(r"[A-Za-z]", domain))
    if not text.isascii() and guess.isascii() and is_mixed and _valid(guess):
        letters = ", ".join(f"“{sign}”" for sign in dict.fromkeys(s for s in text if not s.isascii()))
        return None, [found("E313", place, found=text, letters=letters, guess=guess)]
    if not local.isascii():
        return None, [found("E314" if _valid(f"x@{domain}") else "E311", place, found=text)]
    address = _valid(text)
    if address is None:
        return None, [found("E311", place, found=text)]
    domain = address.rpartition("@")[2]
    if meant := _meant_domain(domain):
        return address, [found("W302", place, found=domain, guess=meant)]
    return address, []


def read_status(text: str, place: Place) -> tuple[Status, list[Finding]]:
    """Read a status; an empty cell means active."""
    word = text.strip().casefold()
    if not word:
        return Status.ACTIVE, []
    status = STATUS_WORDS.get(word)
    if status is None:
        guess = nearest(word, STATUS_WORDS)
        known = "активен, пауза, отписан; active, paused, unsubscribed"
        return Status.ACTIVE, [found("E315", place, found=text.strip(), known=known, guess=guess)]
    return status, []


def read_language(text: str, place: Place) -> tuple[str, list[Finding]]:
    """Read a language by its name or tag (BCP 47); an empty cell gives an empty tag."""
    word = text.strip()
    tag = _LANGUAGES.get(word.casefold(), word if _TAG.fullmatch(word) else word.lower())
    if word and not _TAG.fullmatch(tag):
        return "", [found("E316", place, found=word)]
    return tag, []


def read_day(text: str, place: Place) -> tuple[dt.date | None, list[Finding]]:
    """Read a date; an empty cell gives None."""
    word = text.strip()
    if not word:
        return None, []
    day = whole_day(word)
    return day, [found("E317", place, found=word)] if day is None else []


def read_groups(text: str) -> tuple[str, ...]:
    """Read the groups of a cell, each once."""
    parts = (" ".join(part.split()) for part in re.split(r"[,;/|]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _valid(text: str) -> str | None:
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - slow to load

    try:
        return validate_email(text, check_deliverability=False).ascii_email
    except EmailNotValidError:
        return None


def _meant_domain(domain: str) -> str:
    if domain in _LARGE or domain in _LIKE_LARGE:
        return ""
    return next((known for known in sorted(_LARGE) if _is_a_slip(domain, known)), "")


def _is_a_slip(typed: str, known: str) -> bool:
    """Return whether the words differ by one letter inserted, left out, replaced, or two swapped."""
    begin = next((at for at, pair in enumerate(zip(typed, known, strict=False)) if pair[0] != pair[1]), None)
    if begin is None:
        return abs(len(typed) - len(known)) == 1
    rest, wanted = typed[begin:], known[begin:]
    return (
        rest[1:] == wanted
        or rest == wanted[1:]
        or rest[1:] == wanted[1:]
        or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
    )
