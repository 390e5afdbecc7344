"""Queries of misspellings: words in neither dictionary nor house style; names are left out."""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.editor.spelling import Spelling, has_dictionary
from pipeline.typography.microtypography.protected_spans import protected_spans

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from pipeline.editor.house_style.model import House
    from pipeline.editor.queries import QueryContext
    from pipeline.findings.finding import Finding

WORDS: Final = {
    "bg": re.compile(r"(?<![\w@./\u00ad-])[А-Яа-яЀЍѐѝ\u00ad]{3,}(?:-[А-Яа-яѝ\u00ad]+)*(?![\w@]|\.\w)"),
    "en": re.compile(r"(?<![\w@./\u00ad-])[A-Za-z\u00ad]{3,}(?:['’-][A-Za-z\u00ad]+)*(?![\w@]|\.\w)"),
}
"""Words of a language; soft hyphens may stand within them."""

_BEGINS: Final = re.compile(r"(?:^|[.!?:…]\s|[„“«\"(]|[–—]\s)\s*$")
"""The text before a word that has a capital only because a sentence or a quotation begins with it."""


class Misspelling(NamedTuple):
    """A word in no dictionary.

    Args:
        word: As it is written, without soft hyphens.
        span: Its first character in the text and the one behind its last, from 0.
        guess: What was probably meant, or empty.
    """

    word: str
    span: tuple[int, int]
    guess: str


class Speller:
    """What a house takes for misspelt: the command and the editor in the browser mark the same words.

    Args:
        language: One that has a dictionary.
        house: Its names, terms and words.
    """

    def __init__(self, language: str, house: House) -> None:
        """Load the dictionary."""
        self._words = WORDS[language]
        self._spelling = Spelling(language, house.words)
        self._meant = functools.lru_cache(maxsize=2000)(self._spelling.meant)
        names = {part for form in house.known_forms for part in re.split(r"[\s-]+", form)}
        # What was answered under `accepted:` is right as it stands.
        self._right = names.union(house.accepted)
        # These are queried as terms (W401).
        self._replaced = tuple(word.casefold() for term in house.terms for word in term.instead_of)

    def likely_in(self, texts: Iterable[str]) -> frozenset[str]:
        """Return the right words that texts have more than once, in small letters."""
        written = Counter(
            match[0].replace("\u00ad", "").lower() for text in texts for match in self._words.finditer(text)
        )
        return frozenset(word for word, count in written.items() if count > 1 and self._spelling.knows(word))

    def misspelt(
        self, text: str, likely: frozenset[str] = frozenset(), passed_over: Container[str] = ()
    ) -> Iterator[Misspelling]:
        """Yield the misspelt words of a text; names, abbreviations and addresses are none.

        Args:
            text: The text.
            likely: Words in small letters that are preferred as a guess.
            passed_over: Words in small letters that are not looked up.
        """
        for match in self._words.finditer(text):
            word = match[0].replace("’", "'").replace("\u00ad", "")
            if word.casefold() in passed_over or word in self._right:
                continue
            if self._spelling.knows(word) or word.casefold().startswith(self._replaced):
                continue
            # Slower than to look a word up, and few words come here.
            if _is_set_apart(match, text):
                continue
            guess = self._meant(word, likely)
            if word[:1].isupper() and not guess:
                # It may be a name that begins a sentence.
                continue
            yield Misspelling(word, match.span(), guess)


def misspelling_queries(context: QueryContext) -> Iterator[Finding]:
    """Query words in no dictionary (W420), each once."""
    language = context.issue.language.split("-", maxsplit=1)[0]
    if not has_dictionary(language):
        return
    speller = Speller(language, context.house)
    likely = speller.likely_in(passage.text for passage in context.passages)
    seen: set[str] = set()
    for passage in context.passages:
        for word, span, guess in speller.misspelt(passage.text, likely, seen):
            seen.add(word.casefold())
            yield from context.query("W420", passage, span, word, found=word, guess=guess)


def _is_set_apart(match: re.Match[str], text: str) -> bool:
    """Return whether a word is a name, an abbreviation, or part of a protected span."""
    word = match[0].replace("\u00ad", "")
    if word.isupper() or any(sign.isupper() for sign in word[1:]):
        return True
    if word[:1].isupper() and not _BEGINS.search(text[: match.start()]):
        return True
    if word[:1].isupper() and _is_of_names(text):
        return True
    if text[match.end() : match.end() + 1] == "." and len(word) <= 4:  # noqa: PLR2004 - „проф.“
        return True
    return any(begin <= match.start() < end for begin, end in protected_spans(text))


def _is_of_names(text: str) -> bool:
    """Return whether every word has a capital, as in a cell with a person's name."""
    words = text.split()
    return len(words) > 1 and all(word[:1].isupper() for word in words)
