"""Misspellings: words that neither dictionary nor house knows, names and foreign words left aside."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from pipeline.editor.spelling import Spelling, has_dictionary
from pipeline.typography.microtypography.protected_spans import protected_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.editor.passages import Passage
    from pipeline.editor.queries import Desk
    from pipeline.findings.finding import Finding

_WORDS: Final = {
    "bg": re.compile(r"(?<![\w@./-])[А-Яа-яЀЍѐѝ]{3,}(?:-[А-Яа-яѝ]+)*(?![\w@]|\.\w)"),
    "en": re.compile(r"(?<![\w@./-])[A-Za-z]{3,}(?:['’-][A-Za-z]+)*(?![\w@]|\.\w)"),
}
_BEGINS: Final = re.compile(r"(?:^|[.!?:…]\s|[„“«\"(]|[–—]\s)\s*$")
"""What stands before a word that is written with a capital for no reason of its own."""


def misspelling_queries(desk: Desk) -> Iterator[Finding]:
    """Query words that nothing knows (W420), each once."""
    language = desk.issue.language.split("-", maxsplit=1)[0]
    if not has_dictionary(language):
        return
    spelling = Spelling(language, desk.house.words)
    names = {part for form in desk.house.known_forms for part in re.split(r"[\s-]+", form)}
    # Of these the house has told already how they are written.
    told = tuple(word.casefold() for term in desk.house.terms for word in term.instead_of)
    pattern = _WORDS[language]
    written = Counter(m[0].lower() for passage in desk.passages for m in pattern.finditer(passage.text))
    likely = frozenset(word for word, count in written.items() if count > 1 and spelling.knows(word))
    seen: set[str] = set()
    for passage in desk.passages:
        for match in pattern.finditer(passage.text):
            word = match[0].replace("’", "'")
            if word.casefold() in seen or word in names:
                continue
            if spelling.knows(word) or word.casefold().startswith(told):
                continue
            # Slower than to look a word up, and few words come here.
            if _is_set_apart(match, passage):
                continue
            seen.add(word.casefold())
            guess = spelling.meant(word, likely)
            if word[:1].isupper() and not guess:
                # A name that begins a sentence looks like a word that nothing knows.
                continue
            yield from desk.query("W420", passage, match.start(), match.end(), word, found=word, guess=guess)


def _is_set_apart(match: re.Match[str], passage: Passage) -> bool:
    """Return whether a word is a name, an abbreviation, or part of what is not to be read."""
    word = match[0]
    if word.isupper() or any(sign.isupper() for sign in word[1:]):
        return True
    if word[:1].isupper() and not _BEGINS.search(passage.text[: match.start()]):
        return True
    if passage.text[match.end() : match.end() + 1] == "." and len(word) <= 4:  # noqa: PLR2004 - „проф.“
        return True
    return any(begin <= match.start() < end for begin, end in protected_spans(passage.text))
