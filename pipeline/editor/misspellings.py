"""Queries of misspellings: words in neither dictionary nor house style; names are left out."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from pipeline.editor.spelling import Spelling, has_dictionary
from pipeline.typography.microtypography.protected_spans import protected_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.editor.passages import Passage
    from pipeline.editor.queries import QueryContext
    from pipeline.findings.finding import Finding

WORDS: Final = {
    "bg": re.compile(r"(?<![\w@./\u00ad-])[А-Яа-яЀЍѐѝ\u00ad]{3,}(?:-[А-Яа-яѝ\u00ad]+)*(?![\w@]|\.\w)"),
    "en": re.compile(r"(?<![\w@./\u00ad-])[A-Za-z\u00ad]{3,}(?:['’-][A-Za-z\u00ad]+)*(?![\w@]|\.\w)"),
}
"""Words of a language; soft hyphens may stand within them."""

_BEGINS: Final = re.compile(r"(?:^|[.!?:…]\s|[„“«\"(]|[–—]\s)\s*$")
"""The text before a word that has a capital only because a sentence or a quotation begins with it."""


def misspelling_queries(context: QueryContext) -> Iterator[Finding]:
    """Query words in no dictionary (W420), each once."""
    language = context.issue.language.split("-", maxsplit=1)[0]
    if not has_dictionary(language):
        return
    spelling = Spelling(language, context.house.words)
    names = {part for form in context.house.known_forms for part in re.split(r"[\s-]+", form)}
    # These are queried as terms (W401).
    replaced_terms = tuple(word.casefold() for term in context.house.terms for word in term.instead_of)
    pattern = WORDS[language]
    written = Counter(
        m[0].replace("\u00ad", "").lower()
        for passage in context.passages
        for m in pattern.finditer(passage.text)
    )
    likely = frozenset(word for word, count in written.items() if count > 1 and spelling.knows(word))
    seen: set[str] = set()
    for passage in context.passages:
        for match in pattern.finditer(passage.text):
            word = match[0].replace("’", "'").replace("\u00ad", "")
            if word.casefold() in seen or word in names:
                continue
            if spelling.knows(word) or word.casefold().startswith(replaced_terms):
                continue
            # Slower than to look a word up, and few words come here.
            if _is_set_apart(match, passage):
                continue
            seen.add(word.casefold())
            guess = spelling.meant(word, likely)
            if word[:1].isupper() and not guess:
                # It may be a name that begins a sentence.
                continue
            yield from context.query("W420", passage, match.span(), word, found=word, guess=guess)


def _is_set_apart(match: re.Match[str], passage: Passage) -> bool:
    """Return whether a word is a name, an abbreviation, or part of a protected span."""
    word = match[0].replace("\u00ad", "")
    if word.isupper() or any(sign.isupper() for sign in word[1:]):
        return True
    if word[:1].isupper() and not _BEGINS.search(passage.text[: match.start()]):
        return True
    if passage.text[match.end() : match.end() + 1] == "." and len(word) <= 4:  # noqa: PLR2004 - „проф.“
        return True
    return any(begin <= match.start() < end for begin, end in protected_spans(passage.text))
