"""Facts recognised in the prose of a project: proposed with their sentence, but not set."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final

from pipeline.editor.facts import AMOUNT
from pipeline.editor.language_words import language_words_of
from pipeline.editor.numbers import sentences
from pipeline.importing.draft.dates_in_prose import periods_in
from pipeline.importing.draft.events_in_prose import propose_event
from pipeline.importing.draft.phrases import (
    BUDGET,
    ENDS,
    EVERYDAY_COUNTRIES,
    OF_A_PERIOD,
    OF_A_PROJECT,
    ORGANISATIONS,
    PARTNERS,
    PROJECT_SITE,
    STARTS,
    STATES,
)
from pipeline.importing.model.incoming_text import texts_in
from pipeline.importing.model.inlines import leaves, links_in, words_in
from pipeline.models.values.codes import COUNTRIES
from pipeline.models.values.facts import money_in
from pipeline.models.values.strings import is_web_address
from pipeline.typography.languages import known_language
from pipeline.typography.localisation import country_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.importing.draft.draft import DraftArticle
    from pipeline.models.values.facts import Money

_SEVERAL: Final = 3
_FEWEST_FACTS: Final = 2
"""Of a project that is not called one."""


def propose(article: DraftArticle, language: str) -> None:
    """Find the facts in a text, and whether it describes a project.

    Args:
        article: Its `proposals` and its `kind` are filled in.
        language: The language of the text; in an unknown one only the website is searched for.
    """
    texts = [words_in(text) for text in texts_in(article.blocks)]
    found = [*_budget(texts), *_partners(texts, language), *_period(texts, language)]
    called_so = any(OF_A_PROJECT.search(text) for text in (article.title, *texts))
    budget = any(line.startswith("budget") for line, _ in found)
    if len(found) < _FEWEST_FACTS and not (budget and called_so):
        propose_event(article, texts, language)
        return
    article.kind = "project"
    article.proposals = [*(list(_site(article)) or _labelled_site(article, texts)), *found]


def _sentences(texts: list[str]) -> Iterator[str]:
    for text in texts:
        for start, end in sentences(text):
            yield text[start:end].strip()


def _site(article: DraftArticle) -> Iterator[tuple[str, str]]:
    first = next(texts_in(article.blocks), ())
    link = next((each for each in links_in(first) if is_web_address(each.target)), None)
    if link is not None and not article.url:
        words, text = next(leaves(link.children)).text.strip(), words_in(first)
        yield f"url: {link.target}", next((s for s in _sentences([text]) if words in s), text)


def _labelled_site(article: DraftArticle, texts: list[str]) -> Iterator[tuple[str, str]]:
    for sentence in texts if not article.url else ():
        match = PROJECT_SITE.search(sentence)
        address = match[1] if match and "//" in match[1] else f"https://{match[1]}" if match else ""
        if match and is_web_address(address):
            yield f"url: {address}", next((s for s in _sentences([sentence]) if match[1] in s), sentence)
            return


def _budget(texts: list[str]) -> Iterator[tuple[str, str]]:
    for sentence in _sentences(texts):
        if not BUDGET.search(sentence):
            continue
        amounts = [
            money
            for match in re.finditer(AMOUNT, sentence)
            if (money := money_in(match[0].replace("\u00a0", " ").strip()))
        ]
        if not amounts:
            continue
        total = f"total: {_written(amounts[0])}"
        smaller = [
            each
            for each in amounts[1:]
            if each.currency == amounts[0].currency and each.amount < amounts[0].amount
        ]
        share = f", share: {_written(smaller[0])}" if smaller else ""
        yield f"budget: {{{total}{share}}}", sentence
        return


def _written(money: Money) -> str:
    return f"{money.amount.normalize():f} {money.currency}"


def _partners(texts: list[str], language: str) -> Iterator[tuple[str, str]]:
    fields: dict[str, str] = {}
    sentences_used: list[str] = []
    for sentence in _sentences(texts):
        if not PARTNERS.search(sentence):
            continue
        organisations = _counted(ORGANISATIONS, sentence, language)
        states = _counted(STATES, sentence, language)
        codes = list(_countries(sentence, language))
        new = {
            "organisations": str(organisations or ""),
            "countries": f"[{', '.join(codes)}]"
            if codes and (states or organisations or len(codes) >= _SEVERAL)
            else "",
            "country_count": str(states) if states and states != len(codes) else "",
        }
        if states and codes and states < len(codes):
            new["country_count"] = ""
        if any(value and name not in fields for name, value in new.items()):
            fields = {name: value for name, value in new.items() if value} | fields
            sentences_used.append(sentence)
        if {"organisations", "countries"} <= fields.keys():
            break
    if fields:
        if (
            fields.get("country_count", "").isdecimal()
            and int(fields["country_count"]) <= fields.get("countries", "").count(",") + 1
        ):
            fields.pop("country_count")
        order = ("organisations", "countries", "country_count")
        inside = ", ".join(f"{name}: {fields[name]}" for name in order if name in fields)
        yield f"partners: {{{inside}}}", " ".join(sentences_used)


def _counted(thing: str, sentence: str, language: str) -> int:
    language_words = language_words_of(language)
    numbers = language_words.numbers if language_words else {}
    words = "|".join(numbers) or "(?!)"
    match = re.search(rf"(?<![\w.,])(?:(\d{{1,3}})|({words}))\s+(?:{thing})", sentence, re.IGNORECASE)
    if match is None:
        return 0
    return int(match[1]) if match[1] else numbers[match[2].casefold()]


def _countries(sentence: str, language: str) -> Iterator[str]:
    names = _country_names(language)
    found = _countries_named(language).finditer(sentence)
    yield from dict.fromkeys(names[match[0].casefold()] for match in found)


@functools.cache
def _countries_named(language: str) -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, _country_names(language)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)


@functools.cache
def _country_names(language: str) -> dict[str, str]:
    tag = language.split("-", maxsplit=1)[0]
    locale_tag = tag if known_language(tag) else "en"
    names = {
        country_name(code, locale_tag).replace("\u00a0", " ").casefold(): code for code in sorted(COUNTRIES)
    }
    return names | EVERYDAY_COUNTRIES.get(tag, {})


def _period(texts: list[str], language: str) -> Iterator[tuple[str, str]]:
    for sentence in _sentences(texts):
        if not OF_A_PERIOD.search(sentence):
            continue
        for begins, ends in periods_in(sentence, language):
            if begins.text[:7] < ends.text[:7]:
                yield f"period: {{start: {begins.text}, end: {ends.text}}}", sentence
                return
    start, end = _first(STARTS, texts, language), _first(ENDS, texts, language)
    parts = {"start": start[0], "end": end[0]}
    if inside := ", ".join(f"{name}: {value}" for name, value in parts.items() if value):
        yield f"period: {{{inside}}}", " ".join(dict.fromkeys(each for each in (start[1], end[1]) if each))


def _first(keyword: str, texts: list[str], language: str) -> tuple[str, str]:
    """Return the month or year that follows a keyword closely, and its sentence."""
    language_words = language_words_of(language)
    months = language_words.months if language_words else ()
    named = "|".join(months) or "(?!)"
    near = r"[^.!?\d]{0,40}?"
    pattern = re.compile(
        rf"(?<!\w)(?:{keyword})(?!\w){near}(?<!\w)(?:(?:\d{{1,2}}\s+)?(?P<month>{named})[\s,]+)?(?P<year>20\d\d)(?!\d)",
        re.IGNORECASE,
    )
    for sentence in _sentences(texts):
        if not OF_A_PERIOD.search(sentence):
            continue
        if match := pattern.search(sentence):
            month = months.index(match["month"].casefold()) + 1 if match["month"] else 0
            return (f"{match['year']}-{month:02}" if month else match["year"]), sentence
    return "", ""
