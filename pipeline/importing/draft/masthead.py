"""Reads masthead and closing lines: title, number, date, greeting, publisher."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from pipeline.editor.language_words import language_words_of
from pipeline.importing.draft.phrases import (
    BULLETIN,
    CONTACT_LABEL,
    DATE_LABEL,
    GREETING,
    ISSUE_NUMBER,
    STREET,
)
from pipeline.importing.model.incoming_text import IncomingHeading
from pipeline.importing.model.inlines import leaves, links_in, words_in
from pipeline.importing.model.words import words_of
from pipeline.models.text import LineBreak
from pipeline.models.values.strings import is_email_address, is_web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.importing.draft.draft import Masthead
    from pipeline.importing.model.incoming_text import TextBlock
    from pipeline.models.text import Paragraph

_FIGURED: Final = re.compile(
    r"(?<![\d.])(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?!\d)|((?:19|20)\d\d)-(\d\d)-(\d\d)"
)
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_SITE: Final = re.compile(r"https?://[^\s<>]+|\bwww\.[\w.-]+\w(?:/[^\s<>]*)?")
_PHONE: Final = re.compile(r"(?:\+|00|\b0)\d[\d /()-]{6,16}\d")
_LONGEST: Final = 260
_LONGEST_NUMBER: Final = 90
_PLACE: Final = 3
_GAZETTE: Final = re.compile(r"\bДВ\b|[Дд]ърж(?:авен|\.) вестник")
"""The gazette, whose numbers laws name."""
_NAMED: Final = re.compile(r"\s*[:–—|-]\s*(\w.{0,120})")
"""The title of an issue behind its number."""


def read_masthead_line(line: TextBlock, masthead: Masthead, generated: list[str], language: str) -> bool:
    """Read a line before the first section into the masthead.

    Args:
        line: The line.
        masthead: Filled in.
        generated: Collects words that the page generates by itself.
        language: The language of the text.

    Returns:
        Whether the line was understood; otherwise it is text.
    """
    text = words_in(line.children)
    if len(text) > _LONGEST and not _EMAIL.search(text):
        return False
    if _EMAIL.search(text) or (_SITE.search(text) and not masthead.site):
        return read_contacts(line, masthead, generated)
    if match := ISSUE_NUMBER.match(text):
        if _read_number(match, masthead, generated, language):
            return True
        if not isinstance(line, IncomingHeading):
            return _keep_number(match, masthead, language)
    if _read_date(text, masthead, generated, language):
        return True
    if _is_greeting(text) and not masthead.greeting:
        masthead.greeting = text
        return True
    if _is_name(text, masthead):
        # A repetition of the name: the first page prints it by itself.
        generated.append(text)
        return True
    return isinstance(line, IncomingHeading) and _read_title(text, masthead)


def _read_title(text: str, masthead: Masthead) -> bool:
    """Take a heading for the publication's title or else for the issue's; return whether it is one."""
    if not masthead.publication:
        masthead.publication = text
        return True
    if not masthead.title:
        masthead.title = text
        return True
    return False


def is_number_line(text: str) -> bool:
    """Return whether a line gives the number of an issue, as “Бр. 2, учебна 2023/2024 г.” does."""
    match = ISSUE_NUMBER.match(text)
    return (
        match is not None
        and BULLETIN.search(text) is not None
        and len(text) <= _LONGEST_NUMBER
        and (not text.endswith((".", "!", "?", ":", ";")) or text.endswith("г."))
        and not _GAZETTE.search(match[1])
    )


def _keep_number(match: re.Match[str], masthead: Masthead, language: str) -> bool:
    """Take number and day of a line with words that the page does not print by itself: it stays text."""
    if masthead.number is None and is_number_line(match[0]):
        masthead.number = int(match[2])
        masthead.date = masthead.date or date_in(match[3], language)[0]
    return False


def _read_date(text: str, masthead: Masthead, generated: list[str], language: str) -> bool:
    """Take the date of a line; return whether the line says nothing else."""
    day, rest = date_in(text, language)
    words = words_of(DATE_LABEL.sub(" ", rest))
    if day is None or len(words) > _PLACE:
        return False
    masthead.date = masthead.date or day
    if not words:
        generated += list(DATE_LABEL.findall(rest))
    return not words


def _is_name(text: str, masthead: Masthead) -> bool:
    return bool(masthead.name) and (_within(text, masthead.name) or _within(text, masthead.publication))


def _is_greeting(text: str) -> bool:
    """Return whether a line greets its readers; a salutation belongs to the letter below it."""
    is_whole = not text.endswith(",") and not text[:1].islower()
    return is_whole and bool(GREETING.search(text)) and len(words_of(text)) < 40  # noqa: PLR2004


def _read_number(match: re.Match[str], masthead: Masthead, generated: list[str], language: str) -> bool:
    day, rest = date_in(match[3], language)
    left = DATE_LABEL.sub(" ", rest)
    named = _NAMED.match(left) if not masthead.title and words_of(match[1]) else None
    if masthead.number is not None or (words_of(left) and not named):
        return False
    masthead.number = int(match[2])
    masthead.date = masthead.date or day
    label = match[0][len(match[1]) : match.start(2)]
    generated += [label, *DATE_LABEL.findall(rest)]
    if named:
        masthead.publication = masthead.publication or match[1].strip(" ,–—-|·")
        masthead.title = named[1].strip()
    elif words_of(match[1]):
        title = match[1].strip(" ,–—-|·")
        if not masthead.publication and words_of(title) and len(words_of(title)) == 1:
            masthead.publication = title
        elif not masthead.title:
            masthead.title = title
        else:
            return False
    return True


def read_contacts(line: TextBlock, masthead: Masthead, generated: list[str]) -> bool:
    """Read name, address, website and e-mail from a line; the page prints a repetition by itself."""
    lines = "".join(
        "\n" if isinstance(leaf.inline, LineBreak) else leaf.text for leaf in leaves(line.children)
    )
    text = " ".join(lines.split())
    email, site, phone = _EMAIL.search(text), _SITE.search(_EMAIL.sub(" ", text)), _PHONE.search(text)
    rest = _EMAIL.sub(" ", lines)
    rest = _SITE.sub(" ", rest)
    # A label of a telephone is recognised by the number behind it, so labels are removed first.
    labels = [each.strip() for each in CONTACT_LABEL.findall(rest)]
    rest = CONTACT_LABEL.sub(" ", rest)
    rest = _PHONE.sub(" ", rest) if phone else rest
    name, _, address = " ".join(rest.split()).strip(" ;,").partition(",")
    name, address = name.strip(" ;,:"), address.strip(" ;,:")
    if len(words_of(rest)) > 40 or (email and not is_email_address(email[0])):  # noqa: PLR2004
        return False
    known = masthead.name and masthead.address
    if (
        known
        and words_of(f"{name} {address}")
        and not _within(f"{name} {address}", f"{masthead.name} {masthead.address}")
    ):
        return False
    targets = [link.target for link in links_in(line.children)]
    site_address = _whole_address(site[0], targets) if site else ""
    if (email and masthead.email and email[0] != masthead.email) or (
        site and masthead.site and _bare(site_address) != _bare(masthead.site)
    ):
        return False
    if known:
        generated += [name, address, site[0] if site else "", email[0] if email else ""]
    elif name and address:
        masthead.name, masthead.address = name, address
    elif words_of(rest):
        return False
    masthead.email = masthead.email or (email[0] if email else "")
    if site and not masthead.site:
        masthead.site = site_address
    elif site and not known:
        generated.append(site[0])
    if phone:
        masthead.phone = masthead.phone or phone[0]
    generated += labels
    return True


def is_address_line(paragraph: Paragraph) -> bool:
    """Return whether a paragraph looks like an address or a line of contacts."""
    text = words_in(paragraph.children)
    return (
        len(text) < _LONGEST
        and (is_online(text) or STREET.search(text) is not None)
        and not text.endswith((".", "!"))
    )


def is_online(text: str) -> bool:
    """Return whether a text gives an e-mail address or a site."""
    return bool(_EMAIL.search(text) or _SITE.search(text))


def is_wordmark(paragraph: Paragraph) -> bool:
    """Return whether a short line at the end is a wordmark: mostly capitals, no sentence."""
    text = words_in(paragraph.children)
    capitals = sum(letter.isupper() for letter in text)
    letters = sum(letter.isalpha() for letter in text)
    return 0 < letters < 80 and capitals > letters * 0.8 and not text.endswith((".", "!", "?", ":"))  # noqa: PLR2004


def date_in(text: str, language: str) -> tuple[dt.date | None, str]:
    """Return the date in a text, and the text without it."""
    if match := _FIGURED.search(text):
        parts = (match[3], match[2], match[1]) if match[3] else (match[4], match[5], match[6])
    elif match := _worded(language).search(text):
        months = _months(language)
        parts = (match[3], str(months.index(match[2].casefold()) % 12 + 1), match[1])
    else:
        return None, text
    try:
        day = dt.date(*(int(part) for part in parts))
    except ValueError:
        return None, text
    return day, f"{text[: match.start()]} {text[match.end() :]}"


def _months(language: str) -> list[str]:
    candidates = [language_words_of(each) for each in dict.fromkeys((language, "bg", "en"))]
    return [
        month
        for language_words in candidates
        if language_words is not None
        for month in language_words.months
    ]


def _worded(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(_months(language))}),?\s+((?:19|20)\d\d)", re.IGNORECASE)


def _within(text: str, whole: str) -> bool:
    """Return whether all words of a text occur in another one in the same order."""
    remaining: Iterator[str] = iter(words_of(whole))
    words = words_of(text)
    return bool(words) and all(word in remaining for word in words)


def _whole_address(written: str, targets: list[str]) -> str:
    for target in targets:
        if _bare(written) == _bare(target) and is_web_address(target):
            return target
    return written if "//" in written else f"https://{written}"


def _bare(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|^www\.|/$", "", address.casefold())
