"""Searching the archive: words anywhere in any filing, in every form, quoted as they stand on the page."""

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
    """What is searched for.

    Args:
        words: A word, or the words of a phrase in their order, folded.
        begins: Whether only the beginning of the word was given.
    """

    words: tuple[str, ...]
    begins: bool = False


class Hit(NamedTuple):
    """A page on which everything stands that was searched for.

    Args:
        filing: Where.
        language: In which the page is.
        page: Its number, from 1.
        quote: The words around, as they stand on the page.
        marks: Where in the quote words that were searched for stand: begin and end.
        mended_by: The name of a filing that corrects this one, or empty.
    """

    filing: Filing
    language: str
    page: int
    quote: str
    marks: tuple[tuple[int, int], ...]
    mended_by: str = ""


def parse_query(text: str) -> list[SearchTerm]:
    """Read what somebody searches for: words, "phrases" in quotation marks, beginnings with a star."""
    wanted = []
    for match in _PHRASE.finditer(text):
        phrase, word = match[1], match[2] or ""
        folded = tuple(words_of(phrase or word))
        if folded:
            wanted.append(SearchTerm(folded, not phrase and word.endswith("*")))
    return wanted


def search(catalogue: Catalogue, filings: Iterable[Filing], wanted: Sequence[SearchTerm]) -> list[Hit]:
    """Find the pages on which all that is wanted stands.

    A filing that was corrected is left out where its correction has the words too.

    Args:
        catalogue: Of the archive.
        filings: Its filings.
        wanted: What is searched for.

    Returns:
        The best first; among equals the newer issue.
    """
    if not wanted:
        return []
    known = {filing.name: filing for filing in filings}
    mended = {
        f"{filing.issue}/{filing.correction.of}": filing.name
        for filing in known.values()
        if filing.correction
    }
    entries = [entry for entry in catalogue.pages(_fts_query(wanted)) if entry.filing in known]
    standing = {
        (known[entry.filing].issue, entry.language) for entry in entries if entry.filing not in mended
    }
    hits = []
    for entry in entries:
        filing = known[entry.filing]
        if entry.filing in mended and (filing.issue, entry.language) in standing:
            continue
        quote, marks = quote_of(entry, wanted)
        hits.append((entry.rank, filing, entry, quote, marks))
    hits.sort(key=lambda hit: (round(hit[0], 3), -hit[1].date.toordinal(), hit[2].page))
    return [
        Hit(filing, entry.language, entry.page, quote, marks, mended.get(filing.name, ""))
        for _, filing, entry, quote, marks in hits
    ]


def nearest_words(catalogue: Catalogue, wanted: Sequence[SearchTerm]) -> list[str]:
    """Return, for words that stand nowhere, the ones in the archive that come nearest."""
    vocabulary = catalogue.vocabulary()
    held = frozenset(vocabulary)
    unknown = [word for each in wanted for word in each.words if word not in held]
    return [guess for word in unknown if (guess := nearest(word, vocabulary))]


def quote_of(entry: PageEntry, wanted: Sequence[SearchTerm]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the clause of a page with the most of what is wanted, and where in it that stands."""
    words = {word for each in wanted for word in each.words}
    begun = {each.words[-1] for each in wanted if each.begins}
    best, most = "", -1
    for block in entry.blocks:
        for clause in _CLAUSE.split(block):
            found = {word for word in words_of(clause) if _fits(word, words, begun)}
            if len(found) > most:
                best, most = clause, len(found)
    quote = _shortened(best, words, begun)
    return quote, tuple(_marks(quote, words, begun))


def _fits(word: str, words: set[str], begun: set[str]) -> bool:
    return word in words or any(word.startswith(beginning) for beginning in begun)


def _shortened(clause: str, words: set[str], begun: set[str]) -> str:
    """Return a piece of a clause around the first word that is wanted."""
    parts = clause.split()
    if len(parts) <= _MOST_WORDS:
        return clause
    folded = [words_of(part) for part in parts]
    first = next((at for at, part in enumerate(folded) if any(_fits(word, words, begun) for word in part)), 0)
    start = max(0, min(first - _MOST_WORDS // 3, len(parts) - _MOST_WORDS))
    return " ".join(parts[start : start + _MOST_WORDS])


def _marks(quote: str, words: set[str], begun: set[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for word in spoken_words(quote):
        at = quote.index(word, at)
        if _fits(fold(word), words, begun):
            yield at, at + len(word)
        at += len(word)


def _fts_query(wanted: Sequence[SearchTerm]) -> str:
    """Write a query of FTS5 in which every word is a string, and no sign has a meaning of its own."""
    return " AND ".join(f'"{" ".join(each.words)}"' + (" *" if each.begins else "") for each in wanted)
