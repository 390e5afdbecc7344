"""Queries of names and terms: one thing should have one name throughout."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.editor.language_words import DOUBLETS
from pipeline.editor.queries import Mention, QueryContext, pair_key
from pipeline.findings.finding import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.finding import Finding

# A class with both alphabets takes ten times as long to compile as one of each.
_CAPITAL: Final = r"(?:[\u0400-\u042fҐ][\u0430-\u045fґ]{2,}|[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]{2,})"
# A lookahead, to match at every word: a sentence begins with a capital letter too, often right before a name.
_WORD: Final = rf"{_CAPITAL}(?:-{_CAPITAL})?"
_FULL_NAME: Final = re.compile(rf"(?<!\w)(?=(?P<whole>(?P<first>{_WORD})[ \u00a0](?P<last>{_WORD}))(?!\w))")
_LATIN: Final = re.compile(r"(?<![\w@./-])[A-Z][A-Za-z0-9]*(?:[ \u00a0-][A-Z][A-Za-z0-9]*)+(?![\w@/])")
_ENDINGS: Final = r"(?:ският|ската|ското|ските|ът|ят|та|то|те|а|я|и|о|е|у|ю|s|'s|’s)$"
_QUOTED: Final = r"„[^„“”]*[“”]|«[^«»]*»|»[^«»]*«|“[^“”]*”|‘[^‘’]*’|\"[^\"]*\""
_LEAST: Final = 5
"""The fewest letters of a surname in which a misspelling can be told from another name."""


_MOST_WORDS: Final = 8
"""Of a name."""


class _Seen(NamedTuple):
    """A name found before.

    Args:
        text: In full.
        where: Its first place, as `file:line`.
    """

    text: str
    where: str


def name_queries(context: QueryContext) -> Iterator[Finding]:
    """Query names that differ by a letter or two from another, in this issue or another (W400)."""
    by_first: dict[str, dict[str, _Seen]] = defaultdict(dict)
    for path, text in context.elsewhere.items():
        for number, line in enumerate(text.split("\n"), 1):
            for match in _FULL_NAME.finditer(line):
                by_first[match["first"]].setdefault(match["last"], _Seen(match["whole"], f"{path}:{number}"))
    for passage in context.passages:
        for match in _FULL_NAME.finditer(passage.text):
            last = match["last"]
            here = Mention(match["whole"].replace("\u00a0", " "), passage, match.start())
            known = by_first[match["first"]]
            if last not in known:
                for other, seen in known.items():
                    if (
                        _is_misspelling(last, other)
                        and not {here.text, seen.text} <= context.house.known_forms
                    ):
                        yield from _two_forms("W400", here, seen, context)
            place = passage.place_of(match.start(), match.start() + len(match["whole"]), context.sources)
            known.setdefault(last, _Seen(here.text, f"{place.path}:{place.line}"))


def term_queries(context: QueryContext) -> Iterator[Finding]:
    """Query terms that the house style writes otherwise (W401), and two words for one thing (W402)."""
    for term in context.house.terms:
        for word in term.instead_of:
            for mention in _mentions(word, context):
                place = mention.passage.place_of(mention.start, mention.end, context.sources)
                yield found("W401", place, found=mention.text, wanted=term.use)
    chosen = {word for term in context.house.terms for word in term.instead_of}
    for first, second in DOUBLETS.get(context.issue.language, ()):
        mine, other = list(_mentions(first, context)), list(_mentions(second, context))
        if mine and other and second not in chosen and first not in chosen:
            yield from _two_forms(
                "W402", other[0], _seen(mine[0], context), context, key=pair_key(first, second)
            )
    yield from _case_queries(context)


def quotation_queries(context: QueryContext) -> Iterator[Finding]:
    """Query quotation marks other than those of the house style (W404), once a passage."""
    wanted = context.house.quotation
    if wanted is None:
        return
    for passage in context.passages:
        for match in re.finditer(_QUOTED, passage.text):
            marks = match[0][0] + match[0][-1]
            if marks != wanted and not _is_inner(passage.text, match.start(), wanted):
                place = passage.place_of(*match.span(), context.sources)
                yield found("W404", place, found=marks, wanted=wanted)
                break


def _is_inner(text: str, at: int, marks: str) -> bool:
    """Return whether a position lies between marks of the house style."""
    return text.count(marks[0], 0, at) > text.count(marks[1], 0, at)


def _case_queries(context: QueryContext) -> Iterator[Finding]:
    """Query Latin names that differ in capitals alone: „XD Media Hub“ and „XD Media HUB“."""
    forms: dict[str, Mention] = {}
    for passage in context.passages:
        for match in _LATIN.finditer(passage.text):
            # A name may be a part of a longer one; its shorter beginnings are compared too.
            words = re.split(r"(?<=[ \u00a0-])", match[0])
            for count in range(2, min(len(words), _MOST_WORDS) + 1):
                text = "".join(words[:count]).rstrip(" \u00a0-")
                key = re.sub(r"[ \u00a0-]", " ", text).casefold()
                here = Mention(text, passage, match.start())
                first = forms.setdefault(key, here)
                here_text, first_text = text.replace("\u00a0", " "), first.text.replace("\u00a0", " ")
                if here_text != first_text and here_text.casefold() == first_text.casefold():
                    yield from _two_forms("W402", here, _seen(first, context), context)


_folded: Final = functools.lru_cache(4096)(str.casefold)
"""Returns a text to be compared: each passage is asked for every word of a house."""


def _mentions(word: str, context: QueryContext) -> Iterator[Mention]:
    """Yield every occurrence of a word, with any ending."""
    plain = word.casefold()
    passages = [passage for passage in context.passages if plain in _folded(passage.text)]
    if not passages:
        # Most words are not in an issue, and a pattern takes longer to compile than to look for the word.
        return
    pattern = re.compile(
        rf"(?<!\w){re.escape(word)}(?:та|то|те|ът|а|и|ите|ния|ния|ски|ска|ско|s)?(?!\w)", re.IGNORECASE
    )
    for passage in passages:
        for match in pattern.finditer(passage.text):
            yield Mention(match[0], passage, match.start())


def _seen(mention: Mention, context: QueryContext) -> _Seen:
    place = mention.passage.place_of(mention.start, mention.end, context.sources)
    return _Seen(mention.text, f"{place.path}:{place.line}")


def _two_forms(
    code: str, here: Mention, other: _Seen, context: QueryContext, key: str | None = None
) -> list[Finding]:
    return context.query(
        code,
        here.passage,
        (here.start, here.end),
        key or pair_key(here.text, other.text),
        found=here.text,
        other=other.text,
        where=other.where,
    )


def _is_misspelling(one: str, other: str) -> bool:
    """Return whether one of two surnames is probably a misspelling of the other, and not a form of it."""
    if one == other or min(len(one), len(other)) < _LEAST or one[:3] != other[:3]:
        return False
    # „Филипов“ and „Филипова“ are two people, „Институт“ and „Института“ one word.
    if re.sub(_ENDINGS, "", one) == re.sub(_ENDINGS, "", other):
        return False
    return _distance(one.casefold(), other.casefold()) <= (1 if min(len(one), len(other)) < _LEAST + 2 else 2)


def _distance(one: str, other: str) -> int:
    """Return the Levenshtein distance: letters to insert, delete or change."""
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one, 1):
        left, row[0] = row[0], at
        for column, against in enumerate(other, 1):
            left, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, left + (sign != against)),
            )
    return row[-1]
