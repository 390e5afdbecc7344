"""The history of a title: what the archive has under it, issue by issue, and how its figures changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.search.query import SearchTerm, quote_of, search
from pipeline.archive.search.word_forms import words_of
from pipeline.findings.suggestions import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.archive.filing_record import Filing
    from pipeline.archive.search.catalogue import Catalogue, PageEntry
    from pipeline.archive.search.fact_sheets import FactSheet
    from pipeline.archive.search.query import Hit
    from pipeline.models.kinds.presentation import Figure

_FEWEST_WORDS: Final = 4
"""Words of a sentence that says something."""

_MOST_WORDS: Final = 40
_SENTENCE: Final = re.compile(r"(?<=[.;!?…])(?<!\bг\.)\s+")


class HistoryEntry(NamedTuple):
    """An article of an issue with the title asked for.

    Args:
        filing: The filing.
        language: Language of the page.
        sheet: The facts, with the page.
        quote: Its first sentence, as on the page.
        figures: The figures of this entry, and without a value those that only the entry before had.
        changed: The names of the figures that differ from those of the entry before.
    """

    filing: Filing
    language: str
    sheet: FactSheet
    quote: str
    figures: tuple[Figure, ...]
    changed: tuple[str, ...]


class ArticleHistory(NamedTuple):
    """The articles and pages under a title, such as the name of a project.

    Args:
        entries: The articles about it, the oldest first.
        mentions: Other pages that name it.
    """

    entries: tuple[HistoryEntry, ...]
    mentions: tuple[Hit, ...]


def article_history(catalogue: Catalogue, filings: Sequence[Filing], name: str) -> ArticleHistory:
    """Find the articles and pages under a title.

    Args:
        catalogue: Catalogue of the archive.
        filings: The newest filing of each issue.
        name: The title, such as the name of a project, or a part of it.
    """
    known = {filing.name: filing for filing in filings}
    name_words = words_of(name)
    found = [
        (known[filing], language, sheet)
        for filing, language, sheet in catalogue.sheets()
        if filing in known and name_words and _names(words_of(sheet.title), name_words)
    ]
    found.sort(key=lambda each: (each[0].date, each[0].languages.index(each[1]), each[2].page))
    entries: list[HistoryEntry] = []
    before: dict[tuple[str, str], FactSheet] = {}
    for filing, language, sheet in found:
        key = (language, " ".join(words_of(sheet.title)))
        last = before.get(key)
        figures = sheet.figures if last is None else _figures(last, sheet)
        changed = [each.name for each in figures if last and last.value(each.name) != each.value]
        page = catalogue.page(filing.name, language, sheet.page)
        quote = _first_sentence(page, sheet.title) if page else ""
        entries.append(
            HistoryEntry(filing, language, sheet, quote=quote, figures=figures, changed=tuple(changed))
        )
        before[key] = sheet
    shown = {(entry.filing.name, entry.language, entry.sheet.page) for entry in entries}
    hits = search(catalogue, filings, [SearchTerm(tuple(name_words))] if name_words else [])
    mentions = [hit for hit in hits if (hit.filing.name, hit.language, hit.page) not in shown]
    mentions.sort(key=lambda hit: (hit.filing.date, hit.page))
    return ArticleHistory(tuple(entries), tuple(mentions))


def nearest_title(catalogue: Catalogue, name: str) -> str:
    """Return the title of an article that is nearest to a name, or an empty string."""
    return nearest(name, {sheet.title for _, _, sheet in catalogue.sheets()})


def _names(title: Sequence[str], name_words: Sequence[str]) -> bool:
    """Return whether a title contains the words of a name, in order and next to each other."""
    size = len(name_words)
    return any(list(title[at : at + size]) == list(name_words) for at in range(len(title) - size + 1))


def _figures(before: FactSheet, after: FactSheet) -> tuple[Figure, ...]:
    """Return the figures of a sheet, followed by those that only the one before has, without a value."""
    names = {figure.name for figure in after.figures}
    dropped = (figure._replace(value=None) for figure in before.figures if figure.name not in names)
    return (*after.figures, *dropped)


def _first_sentence(page: PageEntry, title: str) -> str:
    """Return the first sentence below a title, as on the page."""
    name_words = words_of(title)
    blocks = list(page.blocks)
    start = next((at for at, block in enumerate(blocks) if words_of(block) == name_words), -1)
    for block in blocks[start + 1 :]:
        sentence = _SENTENCE.split(block)[0]
        words = sentence.split()
        if len(words) >= _FEWEST_WORDS:
            return " ".join(words[:_MOST_WORDS])
    return quote_of(page, [SearchTerm(tuple(name_words))])[0]
