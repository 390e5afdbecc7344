"""Events and notices recognised in prose: offered with their sentences, but not set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.editor.numbers import sentences
from pipeline.files.yaml_text import yaml_text
from pipeline.importing.draft.dates_in_prose import WrittenDate, dates_in, times_behind
from pipeline.importing.draft.phrases import CALLS, INVITES, PLACE_LABEL, REGISTRATION
from pipeline.models.values.strings import LONGEST_LINE, is_email_address, is_web_address

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from pipeline.importing.draft.draft import DraftArticle

_REACHED: Final = re.compile(
    r"https?://[^\s<>\"“”„«»]*[\w/=&#-]|\bwww\.[\w.-]+\w(?:/[^\s<>]*[\w/])?|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
)
_SHORTENED: Final = (
    "ул",
    "вул",
    "просп",
    "буд",
    "м",
    "бул",
    "пл",
    "гр",
    "ж.к",
    "ет",
    "бл",
    "вх",
    "проф",
    "акад",
    "св",
    "ген",
    "St",
    "str",
)
_ABBREVIATED: Final = "".join(rf"(?<!\b{re.escape(each)})" for each in _SHORTENED) + r"(?<!\b[А-ЯA-Z])"
_PLACE: Final = re.compile(
    r"[\s,]*(?:г\.|ч\.|часа?)?[\s,]*(?:(?:в|във|на|at|in|@)\s+|(?=(?:у|біля|коло|код|u|kod)\s))(?P<place>[„“\"«]?\w.{1,140}?)"
    rf"(?={_ABBREVIATED}[.!?](?:\s|$)|[;\n]|\s+(?:от|from)\s+\d|\s*$)",
)
_LAST_DAY: Final = re.compile(
    r"(?:\b(?:до|by|until|before|do|bis(?: zum)?)|(?:deadline|срок(?:ът)?)[^.:]{0,40}(?:\bе|\bis|:)?)\s*$",
    re.IGNORECASE,
)
_WITHIN: Final = 60


def propose_event(article: DraftArticle, texts: list[str], language: str) -> None:
    """Find an event or a notice in a text.

    Args:
        article: Its `may_be` and its `proposals` are filled in.
        texts: Its paragraphs, on one line each.
        language: Their language.
    """
    fields = dict(_event(texts, language, article.source.sent))
    if "start" in fields:
        article.may_be = "event"
        article.proposals = list(fields.values())
        return
    deadline = next(_deadlines(texts, language, article.source.sent), None)
    if deadline is not None and any(CALLS.search(text) for text in texts):
        article.may_be = "notice"
        article.proposals = [(f"deadline: {deadline[0]}", deadline[1])]


def _event(texts: list[str], language: str, sent: dt.date | None) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the fields of the first event, by name, each as its line and its sentence."""
    if not any(INVITES.search(text) for text in texts):
        return
    for text in texts:
        deadlines = {where for *_, where in _deadlines_in(text, language, sent)}
        for date in dates_in(text, language):
            day = _in_its_year(date, sent)
            if day is None or date.start in deadlines or not _is_of_event(text, date):
                continue
            start, end, behind = times_behind(text, date.end)
            sentence = _sentence_at(text, date.start)
            yield "start", (f"start: {f'{day} {start}'.strip()}", sentence)
            if end:
                yield "end", (f"end: {day} {end}", sentence)
            yield from _place(texts, text, behind)
            yield from _registration(texts, language, day)
            return


def _is_of_event(text: str, date: WrittenDate) -> bool:
    """Return whether a date stands in a sentence that invites, or is labelled as the day."""
    sentence = _sentence_at(text, date.start)
    labelled = re.search(r"(?:дата|кога|начало|date|when)\s*:\s*$", text[: date.start], re.IGNORECASE)
    return bool(labelled or INVITES.search(sentence))


def _place(texts: list[str], text: str, behind: int) -> Iterator[tuple[str, tuple[str, str]]]:
    for each in texts:
        if match := PLACE_LABEL.search(each):
            place = re.split(rf"{_ABBREVIATED}[.;](?:\s|$)", match[1])[0].strip(" ,")
            if 0 < len(place) <= LONGEST_LINE // 2:
                yield "place", (f"place: {yaml_text(place)}", _sentence_at(each, match.start(1)))
                return
    if match := _PLACE.match(text, behind):
        place = match["place"].strip(" ,")
        yield "place", (f"place: {yaml_text(place)}", _sentence_at(text, match.start("place")))


def _registration(texts: list[str], language: str, day: str) -> Iterator[tuple[str, tuple[str, str]]]:
    reference = WrittenDate(int(day[:4]), int(day[5:7]), int(day[8:10]), 0, 0)
    for text in texts:
        for written, sentence, _ in _deadlines_in(text, language, None, reference):
            yield "deadline", (f"deadline: {written}", sentence)
            break
        for start, end in sentences(text):
            sentence = text[start:end].strip()
            if not REGISTRATION.search(sentence):
                continue
            for match in _REACHED.finditer(sentence):
                way = match[0] if "@" in match[0] or "//" in match[0] else f"https://{match[0]}"
                if is_web_address(way) or is_email_address(way):
                    yield "registration", (f"registration: {yaml_text(way)}", sentence)
                    break


def _deadlines(texts: list[str], language: str, sent: dt.date | None) -> Iterator[tuple[str, str]]:
    for text in texts:
        yield from ((written, sentence) for written, sentence, _ in _deadlines_in(text, language, sent))


def _deadlines_in(
    text: str, language: str, sent: dt.date | None, before: WrittenDate | None = None
) -> Iterator[tuple[str, str, int]]:
    """Yield the deadlines of a text, their sentences and where they stand; in the year of an event."""
    for date in dates_in(text, language):
        sentence = _sentence_at(text, date.start)
        near = text[max(0, date.start - _WITHIN) : date.start]
        if not _LAST_DAY.search(near) or not REGISTRATION.search(sentence):
            continue
        dated = date.in_year(before.year) if before is not None else date
        day = _in_its_year(dated, sent)
        if day is not None:
            yield day, sentence, date.start


def _in_its_year(date: WrittenDate, sent: dt.date | None) -> str | None:
    """Return a day as written in a field; without a year it is the next one after the mail was sent."""
    if date.month is None or date.day is None:
        return None
    if date.year is None and sent is not None:
        this = date.in_year(sent.year)
        return this.text if this.text >= sent.isoformat() else date.in_year(sent.year + 1).text
    return date.text or None


def _sentence_at(text: str, at: int) -> str:
    return next((text[start:end].strip() for start, end in sentences(text) if start <= at < end), text)
