"""Findings as text and JSON in the language of the user, the same for every interface.

    issues/2023-12-20/issue.yaml:15:5: грешка E12: непознато поле „titel“
         15 |   - titel: Участие в изложения
            |     ^^^^^
      поправка: напишете „title“

The English text is in the code; `locale/<language>/LC_MESSAGES/bulletin.po` translates them.
"""

from __future__ import annotations

import functools
import gettext
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.findings.finding import Finding, Severity, Spot, errors
from pipeline.findings.place import Place
from pipeline.findings.translatable import N_, NOT_A_PLAIN_FILE
from pipeline.findings.wording.excerpts import WIDEST, excerpt, shortened, visible
from pipeline.findings.wording.quoting import in_quotes, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.findings.code import Code

LANGUAGES: Final = ("bg", "en")
"""The languages of the program's messages."""

_CATALOGUES: Final = Path(__file__).with_name("locale")
_LONGEST_VALUE: Final = 120
_LONGEST_LIST: Final = 400
_GUTTER: Final = 7

_LISTS: Final = frozenset({"known", "choices", "what"})
"""Placeholders that name several things."""

_TRANSLATED_VALUES: Final = frozenset({"problem", "range", "wanted", "what"})
"""Placeholders whose value may be messages of the catalogue, with "; " between, which are translated too."""

_PLACEHOLDER: Final = re.compile(r"(?<!{){\w+}")
_QUOTED_LIST: Final = r"“[^“”„]*”(?:, “[^“”„]*”)*"
"""A value that lists things in quotes: these are of the language of the message."""

_OF_AN_IMPORT: Final = r"[EW]5\d\d"
"""Codes that quote passages of a text: of others a quotation mark may be what they are about."""

SYSTEM_MESSAGES: Final = (
    N_("Permission denied"),
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("Read-only file system"),
    N_("No such file or directory"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("File exists"),
    N_("File name too long"),
    N_("Input/output error"),
    N_("Too many open files"),
    N_("Too many levels of symbolic links"),
    N_("File too large"),
    N_("No locks available"),
    NOT_A_PLAIN_FILE,
)
"""Messages of the operating system about files (as glibc words them), which a finding may quote."""


def message_language(requested: str | None, environment: Mapping[str, str]) -> str:
    """Return the language of the program's messages.

    Args:
        requested: The value of `--language`, or None.
        environment: The environment; its locale is read as gettext reads it (GNU gettext, 2.3.3).

    Returns:
        `bg` or `en`; English for every other language and for the C and POSIX locales.
    """
    if requested is not None:
        return _language_of(requested) or "en"
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    if locale.partition(".")[0] in {"C", "POSIX"}:
        return "en"
    candidates = [*environment.get("LANGUAGE", "").split(":"), locale]
    return next((language for language in map(_language_of, candidates) if language), "en")


def say(message: str, language: str, **values: object) -> str:
    """Return a message of the program, translated.

    Args:
        message: The English message, with placeholders.
        language: `bg` or `en`.
        **values: The values of the placeholders.
    """
    text = _catalogue(language).gettext(message)
    return text.format(**values) if values else text


def say_counted(messages: tuple[str, str], count: int, language: str) -> str:
    """Return a message of the program about a number of things, translated.

    Args:
        messages: The English ones with `{n}`, in the singular and the plural, as `NN_` returns them.
        count: The number.
        language: `bg` or `en`.
    """
    return _catalogue(language).ngettext(*messages, count).format(n=count)


def message_of(finding: Finding, language: str) -> str:
    """Return what is wrong, in one line without a full stop."""
    return filled(_codes()[finding.code].message, finding, language)


def remedy_of(finding: Finding, language: str) -> str:
    """Return how to mend it, in one line without a full stop."""
    return filled(remedy_id(finding), finding, language)


def remedy_id(finding: Finding) -> str:
    """Return the English remedy, which the catalogues translate."""
    code = _codes()[finding.code]
    return code.guess if code.guess and dict(finding.values).get("guess") else code.remedy


def in_general(message: str, language: str) -> str:
    """Return a message as the guide has it: an ellipsis stands for what is written in a file.

    Args:
        message: The English message of a code, with placeholders.
        language: `bg` or `en`.
    """
    return _PLACEHOLDER.sub("…", say(message, language)).replace("{{", "{").replace("}}", "}")


def severity_of(finding: Finding, language: str) -> str:
    """Return the word for a finding's severity."""
    word = N_("error") if finding.severity is Severity.ERROR else N_("warning")
    return say(word, language)


def where(finding: Finding, language: str) -> str:
    """Return a finding's place and page as far as they are known: `issue.yaml:15:5`, `page 4`."""
    parts = []
    if finding.place is not None:
        parts.append(visible(str(finding.place)))
    if finding.page:
        parts.append(say(N_("page {number}"), language, number=finding.page))
    if finding.spot is not None:
        spot = finding.spot
        text = N_("{left}–{right} mm from the left, {top}–{bottom} mm from the top")
        edges = {name: round(value) for name, value in spot._asdict().items()}
        parts.append(say(text, language, **edges))
    return ": ".join(parts)


def in_words(finding: Finding, language: str, widest: int = WIDEST) -> str:
    """Return a finding as text: place, what is wrong, the line with the place marked, and the remedy.

    Args:
        finding: With its excerpt, where there is one.
        language: `bg` or `en`.
        widest: The most columns the excerpt's line may take.
    """
    place = where(finding, language)
    head = f"{severity_of(finding, language)} {finding.code}: {message_of(finding, language)}"
    lines = [f"{place}: {head}" if place else head]
    if finding.excerpt and finding.place is not None:
        shown = excerpt(finding.excerpt, finding.place.column, finding.place.length, widest)
        lines.append(f"{finding.place.line:>{_GUTTER}} | {shown.text}")
        if shown.mark:
            lines.append(f"{'':>{_GUTTER}} | {shown.mark}")
    remedy_word = say(N_("remedy"), language)
    lines.append(f"  {remedy_word}: {remedy_of(finding, language)}")
    return "\n".join(lines)


def as_data(finding: Finding, language: str) -> dict[str, Any]:
    """Return a finding as data for other programs; unknown line, column and page are null."""
    place = finding.place
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "path": place.path if place else None,
        "line": (place.line or None) if place else None,
        "column": (place.column or None) if place else None,
        "page": finding.page or None,
        "spot": finding.spot._asdict() if finding.spot else None,
        "message": message_of(finding, language),
        "remedy": remedy_of(finding, language),
    }


def as_whole_data(finding: Finding, language: str) -> dict[str, Any]:
    """Return a finding as data from which it can be made again (`from_data`), in other words too."""
    return {**as_data(finding, language), "values": dict(finding.values)}


def from_data(data: Mapping[str, Any]) -> Finding:
    """Return the finding that `as_whole_data` made data of, its excerpt and its length apart."""
    place = Place(data["path"], data["line"] or 0, data["column"] or 0) if data["path"] else None
    spot = Spot(**data["spot"]) if data["spot"] else None
    values = tuple(sorted(data["values"].items()))
    return Finding(data["code"], place, values, page=data["page"] or 0, spot=spot)


def as_json(findings: Iterable[Finding], language: str) -> str:
    """Return findings as a JSON list (RFC 8259)."""
    return json.dumps([as_data(finding, language) for finding in findings], ensure_ascii=False, indent=2)


def summary(findings: Sequence[Finding], language: str) -> str:
    """Return the number of errors and warnings: „2 грешки, 1 предупреждение“."""
    wrong = len(errors(findings))
    doubtful = len(findings) - wrong
    counts = []
    if wrong:
        counts.append(_catalogue(language).ngettext("{n} error", "{n} errors", wrong).format(n=wrong))
    if doubtful:
        text = _catalogue(language).ngettext("{n} warning", "{n} warnings", doubtful)
        counts.append(text.format(n=doubtful))
    return ", ".join(counts) or say(N_("no errors, no warnings"), language)


def filled(message: str, finding: Finding, language: str) -> str:
    """Return a message in a language, its placeholders filled with the values of a finding.

    Args:
        message: The English message: a code's own, or what an interface says in its stead.
        finding: The finding.
        language: `bg` or `en`.
    """
    values = {name: _value(name, value, language) for name, value in finding.values}
    text = _catalogue(language).gettext(message)
    if re.fullmatch(_OF_AN_IMPORT, finding.code):
        values |= {name: within(values[name], language) for name in in_quotes(text) & values.keys()}
    return text.format(**values)


def _value(name: str, value: str, language: str) -> str:
    if name in _TRANSLATED_VALUES and value:
        value = "; ".join(_catalogue(language).gettext(part) for part in value.split("; "))
    if language == "bg" and re.fullmatch(_QUOTED_LIST, value):
        value = value.replace("“", "„").replace("”", "“")
    return shortened(visible(value), _LONGEST_LIST if name in _LISTS else _LONGEST_VALUE)


@functools.cache
def _codes() -> dict[str, Code]:
    # Some three hundred codes; an issue without a fault needs none of them.
    from pipeline.findings.codes.register import CODES  # noqa: PLC0415

    return CODES


@functools.cache
def _catalogue(language: str) -> gettext.NullTranslations:
    # By its path: gettext's own search would ask the locale of the machine first.
    path = _CATALOGUES / language / "LC_MESSAGES" / "bulletin.mo"
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)
    except FileNotFoundError:
        return gettext.NullTranslations()


def _language_of(locale: str) -> str | None:
    """Return the language of a locale's name (`bg_BG.UTF-8@euro`), or None where it has no messages."""
    language = locale.replace("-", "_").partition("_")[0].partition(".")[0].partition("@")[0].lower()
    return language if language in LANGUAGES else None
