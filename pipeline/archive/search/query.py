"""Full-text search of the archive: words in every inflected form, with quotes from the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.search.word_forms import fold, spoken_words, words_of
from pipeline.findings.suggestions import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.archive.filing_record import Filing
    from pipeline.archive.search.catalogue import Catalogue, PageEntry

_MOST_WORDS: Final = 26
"""Words of a quote."""

_CLAUSE: Final = re.compile(r"(?<=[.;:!?…])(?<!\bг\.)\s+")
_PHRASE: Final = re.compile(r'["„“”«»]([^"„“”«»]+)["„“”«»]|(\S+)')


class SearchTerm(NamedTuple):
    """A word or phrase to search for.

    Args:
        words: A word, or the words of a phrase in their order, folded.
        begins: Whether the word is a prefix.
    """

    words: tuple[str, ...]
    begins: bool = False


class Hit(NamedTuple):
    """A page that matches all terms.

    Args:
        filing: The filing.
        language: Language of the page.
        page: Its number, from 1.
        quote: The text around the match, as on the page.
        marks: Begin and end, in the quote, of each word that matches.
        mended_by: The name of a filing that corrects this one, or empty.
    """

    filing: Filing
    language: str
    page: int
    quote: str
    marks: tuple[tuple[int, int], ...]
    mended_by: str = ""


def parse_query(text: str) -> list[SearchTerm]:
    """Parse a query: words, "phrases" in quotation marks, prefixes with a star."""
    terms = []
    for match in _PHRASE.finditer(text):
        phrase, word = match[1], match[2] or ""
        folded = tuple(words_of(phrase or word))
        if folded:
            terms.append(SearchTerm(folded, not phrase and word.endswith("*")))
    return terms


def search(catalogue: Catalogue, filings: Iterable[Filing], terms: Sequence[SearchTerm]) -> list[Hit]:
    """Find the pages that match all terms.

    A filing that was corrected is left out where its correction matches too.

    Args:
        catalogue: Catalogue of the archive.
        filings: Filings of the archive.
        terms: Words and phrases to search for.

    Returns:
        The pages, best match first; among equals the newer issue first.
    """
    if not terms:
        return []
    known = {filing.name: filing for filing in filings}
    corrected = {
        f"{filing.issue}/{filing.correction.of}": filing.name
        for filing in known.values()
        if filing.correction
    }
    entries = [entry for entry in catalogue.pages(_fts_query(terms)) if entry.filing in known]
    standing = {
        (known[entry.filing].issue, entry.language) for entry in entries if entry.filing not in corrected
    }
    hits = []
    for entry in entries:
        filing = known[entry.filing]
        if entry.filing in corrected and (filing.issue, entry.language) in standing:
            continue
        quote, marks = quote_of(entry, terms)
        hits.append((entry.rank, filing, entry, quote, marks))
    hits.sort(key=lambda hit: (round(hit[0], 3), -hit[1].date.toordinal(), hit[2].page))
    return [
        Hit(
            filing,
            entry.language,
            entry.page,
            quote=quote,
            marks=marks,
            mended_by=corrected.get(filing.name, ""),
        )
        for _, filing, entry, quote, marks in hits
    ]


def nearest_words(catalogue: Catalogue, terms: Sequence[SearchTerm]) -> list[str]:
    """Return the nearest words of the archive for each word that it does not contain."""
    vocabulary = catalogue.vocabulary()
    known = frozenset(vocabulary)
    unknown = [word for each in terms for word in each.words if word not in known]
    return [guess for word in unknown if (guess := nearest(word, vocabulary))]


def quote_of(entry: PageEntry, terms: Sequence[SearchTerm]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the clause of a page with the most matches, and begin and end of each match in it."""
    words = {word for each in terms for word in each.words}
    prefixes = {each.words[-1] for each in terms if each.begins}
    best, most = "", -1
    for block in entry.blocks:
        for clause in _CLAUSE.split(block):
            found = {word for word in words_of(clause) if _matches(word, words, prefixes)}
            if len(found) > most:
                best, most = clause, len(found)
    quote = _shortened(best, words, prefixes)
    return quote, tuple(_marks(quote, words, prefixes))


def _matches(word: str, words: set[str], prefixes: set[str]) -> bool:
    return word in words or any(word.startswith(beginning) for beginning in prefixes)


def _shortened(clause: str, words: set[str], prefixes: set[str]) -> str:
    """Return part of a clause around its first match."""
    parts = clause.split()
    if len(parts) <= _MOST_WORDS:
        return clause
    folded = [words_of(part) for part in parts]
    first = next(
        (at for at, part in enumerate(folded) if any(_matches(word, words, prefixes) for word in part)), 0
    )
    start = max(0, min(first - _MOST_WORDS // 3, len(parts) - _MOST_WORDS))
    return " ".join(parts[start : start + _MOST_WORDS])


def _marks(quote: str, words: set[str], prefixes: set[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for word in spoken_words(quote):
        at = quote.index(word, at)
        if _matches(fold(word), words, prefixes):
            yield at, at + len(word)
        at += len(word)


def _fts_query(terms: Sequence[SearchTerm]) -> str:
    """Return a query of FTS5 in which every word is a string, so that no character is an operator."""
    return " AND ".join(f'"{" ".join(each.words)}"' + (" *" if each.begins else "") for each in terms)
