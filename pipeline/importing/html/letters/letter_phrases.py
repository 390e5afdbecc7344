"""The lines with which mail programs open what is quoted, sent on or signed, in the languages they speak."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_WROTE: Final = (
    r"(?:написа(?:\s*\(а\)|л[аои]?)?|писа(?:л[аои]?)?|пише|написав(?:ла)?|напиша|је написа(?:о|ла)|"
    r"wrote|writes|schrieb|a écrit|escribió|ha scritto)"
)
_ATTRIBUTION: Final = re.compile(
    rf"(?:(?:на|в|у|on|am|le|el|il)\s.{{4,250}}?|[^!?:;<>]{{2,60}}<[^<>\s]+@[^<>\s]+>\s*,?\s*){_WROTE}\s*:?"
    r"|(?:цитат на|цитирам|quoting|quote from)\s.{2,120}:",
    re.IGNORECASE,
)
_ORIGINAL: Final = re.compile(
    r"-{2,}\s*(?:оригинално (?:съобщение|писмо)|първоначално (?:съобщение|писмо)|"
    r"original (?:message|appointment)|"
    r"ursprüngliche nachricht|исходное сообщение|message d'origine)\s*-{2,}",
    re.IGNORECASE,
)
_FORWARDED: Final = re.compile(
    r"[->\s]*(?:препратено (?:съобщение|писмо)|начало на препратено(?:то)? (?:съобщение|писмо)|"
    r"forwarded (?:message|by .{1,80})|begin forwarded message|weitergeleitete nachricht|"
    r"пересылаемое (?:сообщение|письмо))\s*:?[-\s]*",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(
    r"\*?(?P<name>from|от|sent|изпратено(?:\s+на)?|date|дата|to|до|cc|копие|subject|тема|относно|reply-to|"
    r"importance|важност|attachments|прикачени файлове|when|кога|where|къде)\s*:\*?(?:\s|$)",
    re.IGNORECASE,
)
_SENT_FROM: Final = re.compile(
    r"(?:изпратено (?:от|чрез|с) (?:моя|моето|mail|поща|yahoo|outlook|gmail|samsung|iphone|ipad|android).*|"
    r"sent (?:from|via|with) (?:my|mail|yahoo|outlook|samsung|iphone|ipad|android|proton).*|"
    r"(?:отправлено|надіслано|послато|испратено) (?:с|со|из|з|із|са|од) .{2,40}|"
    r"(?:get|вземете|изтеглете) outlook (?:for|за) .*)",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"(?:(?:сърдечни |най-добри |приятелски |с )?поздрави?|с уважение|сърдечно(?: ваш[аи]?)?|с благодарност|"
    r"(?:kind(?:est)?|best|warm) regards|regards|best(?: wishes)?|sincerely(?: yours)?|"
    r"yours (?:sincerely|truly)|"
    r"з повагою|с уважением|с наилучшими пожеланиями|срдачан поздрав|с поштовањем|поздрав)\s*[,.!–-]*",
    re.IGNORECASE,
)
_CONTACT: Final = re.compile(
    r"\b(?:тел|моб|gsm|phone|mobile|tel|fax|факс|mob|e-?mail|имейл|skype|viber|web|сайт)\w{0,6}\s*[.:]"
    r"|^(?:[tmтм]\s*[.:]\s*)?\+?\(?\d[\d\s()/.-]{6,20}$|^\S+@\S+\.\S+$|^(?:https?://|www\.)\S+$",
    re.IGNORECASE,
)
_DISCLAIMER: Final = re.compile(
    r"(?:съобщение|писмо|имейл|e-?mail|message|информация|лист|повідомлення|сообщение)\S*\s.{0,120}?"
    r"(?:поверител|конфиденциал|предназначен\w* (?:само|единствено)|confidential|privileged|"
    r"intended (?:only|solely)|конфіденцій)|"
    r"(?:преди да|before you|before) (?:отпечат|разпечат|print)|(?:without|без) (?:viruses|вируси)|"
    r"\bavast\b|virus-free|"
    r"(?:оферт|безплат|промоци)\w*\s.{0,80}\b(?:abv|mail|dir|gbg)\.bg\b|"
    r"\b(?:abv|mail|dir|gbg)\.bg\b.{0,60}(?:оферт|безплат|промоци)",
    re.IGNORECASE,
)
_RULE: Final = re.compile(r"[-_=*~–—]{3,}")
"""A line drawn above what a mail program adds."""

_LONGEST_LINE: Final = 160
_LONGEST_DISCLAIMER: Final = 1_500
_MOST_LINES: Final = 12
_SENT: Final = frozenset({"sent", "изпратено", "date", "дата"})
_ABOUT: Final = frozenset({"subject", "тема", "относно"})
_FROM: Final = frozenset({"from", "от"})
_MOST_FIELDS: Final = 9
_LONGEST: Final = 400


def is_attribution(line: str) -> bool:
    """Return whether a line says who wrote, when, what is quoted below: „На 4.03.2024 г. … написа:“."""
    line = " ".join(line.split())
    dated = re.search(r"@|\d{1,2}[:.]\d\d|\b(?:19|20)\d\d\b", line)
    return bool(dated) and len(line) < _LONGEST and bool(_ATTRIBUTION.fullmatch(line))


def is_original(line: str) -> bool:
    """Return whether a line opens an earlier letter: „-----Original Message-----“."""
    return bool(_ORIGINAL.fullmatch(line.strip()))


def is_forwarded(line: str) -> bool:
    """Return whether a line opens a letter that is sent on: „---------- Forwarded message ---------“."""
    return bool(line.strip()) and bool(_FORWARDED.fullmatch(line.strip()))


def is_sent_from(line: str) -> bool:
    """Return whether a line is the one a telephone signs with: „Изпратено от моя iPhone“."""
    return len(line) < _LONGEST and bool(_SENT_FROM.fullmatch(line.strip()))


def is_disclaimer(line: str) -> bool:
    """Return whether a line says for whom a letter is, or that it need not be printed, as offices add."""
    return len(line) < _LONGEST_DISCLAIMER and bool(_DISCLAIMER.search(line))


def signed_from(lines: Sequence[str]) -> int:
    """Return the line from which the last ones are a signature: after „Поздрави,“ and a name.

    Without a telephone, an address or a disclaimer what stands there is part of the letter; a disclaimer is
    none in any case.

    Args:
        lines: Lines of a letter's own words, with empty ones.
    """
    written = [at for at, line in enumerate(lines) if line.strip()]
    first = next(
        (n for n in range(len(written)) if all(is_disclaimer(lines[at]) for at in written[n:])), None
    )
    if first and _RULE.fullmatch(lines[written[first - 1]].strip()):
        first -= 1
    end = written[first] if first is not None else len(lines)
    last = [at for at in written if at < end][-_MOST_LINES - 1 :]
    for number, at in enumerate(last):
        behind = last[number + 1 :]
        if not _CLOSING.fullmatch(lines[at].strip()) or not behind:
            continue
        rest = [lines[each].strip() for each in behind]
        if all(len(line) < _LONGEST_LINE for line in rest) and any(_CONTACT.search(line) for line in rest):
            return behind[0] if _CONTACT.search(rest[0]) or len(behind) == 1 else behind[1]
    return end


def is_field(line: str) -> bool:
    """Return whether a line is one of the heading of a quoted letter: „Относно: …“."""
    return bool(_FIELD.match(line.strip()))


def heading_length(lines: Sequence[str]) -> int:
    """Return of how many of the first lines the heading of a letter consists, or 0 where there is none.

    A heading has a sender first, then a day and a subject; an address or „Изпратено“ tells it from „От: 10 ч.
    До: 12 ч.“ in a text.

    Args:
        lines: Lines of a text, without marks of quotation.
    """
    names: list[str] = []
    length = 0
    for at, line in enumerate(lines[: 2 * _MOST_FIELDS]):
        match = _FIELD.match(line.strip())
        if match:
            names.append(match["name"].casefold().split()[0])
            length = at + 1
        elif not names or (line[:1] not in " \t" if line.strip() else length < at):
            break
    written = " ".join(lines[:length])
    told = "@" in written or any(name in {"sent", "изпратено"} for name in names)
    whole = bool(names) and names[0] in _FROM and bool(_SENT & {*names}) and bool(_ABOUT & {*names})
    return length if whole and told else 0
