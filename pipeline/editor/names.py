"""Names and terms: one thing should be called one thing throughout."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.editor.queries import Desk, Mention, pair_key
from pipeline.editor.words import DOUBLETS
from pipeline.findings.finding import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.finding import Finding

_CAPITAL: Final = r"[А-ЯA-Z\u00c0-\u00de][а-яёѝa-z\u00df-\u00ff]{2,}"
# Looked for at every word: a sentence begins with a capital letter too, often right before a name.
_WORD: Final = rf"{_CAPITAL}(?:-{_CAPITAL})?"
_FULL_NAME: Final = re.compile(rf"(?<!\w)(?=(?P<whole>(?P<first>{_WORD})[ \u00a0](?P<last>{_WORD}))(?!\w))")
_LATIN: Final = re.compile(r"(?<![\w@./-])[A-Z][A-Za-z0-9]*(?:[ \u00a0-][A-Z][A-Za-z0-9]*)+(?![\w@/])")
_ENDINGS: Final = re.compile(r"(?:ският|ската|ското|ските|ът|ят|та|то|те|а|я|и|о|е|у|ю|s|'s|’s)$")
_QUOTED: Final = re.compile(r"„[^„“”]*[“”]|«[^«»]*»|»[^«»]*«|“[^“”]*”|‘[^‘’]*’|\"[^\"]*\"")
_LEAST: Final = 5
"""Letters of a surname that are enough to tell a slip from another person."""


class _Seen(NamedTuple):
    """A name that was met.

    Args:
        text: In full.
        where: The file and the line.
    """

    text: str
    where: str


def name_queries(desk: Desk) -> Iterator[Finding]:
    """Query names that differ by a letter or two from another, of this issue or of another one (W400)."""
    by_first: dict[str, dict[str, _Seen]] = defaultdict(dict)
    for path, text in desk.elsewhere.items():
        for number, line in enumerate(text.split("\n"), 1):
            for match in _FULL_NAME.finditer(line):
                by_first[match["first"]].setdefault(match["last"], _Seen(match["whole"], f"{path}:{number}"))
    for passage in desk.passages:
        for match in _FULL_NAME.finditer(passage.text):
            last = match["last"]
            here = Mention(match["whole"].replace("\u00a0", " "), passage, match.start())
            known = by_first[match["first"]]
            if last not in known:
                for other, seen in known.items():
                    if _is_a_slip(last, other) and not {here.text, seen.text} <= desk.house.known_forms:
                        yield from _two_ways("W400", here, seen, desk)
            place = passage.place_of(match.start(), match.start() + len(match["whole"]), desk.sources)
            known.setdefault(last, _Seen(here.text, f"{place.path}:{place.line}"))


def term_queries(desk: Desk) -> Iterator[Finding]:
    """Query what the house writes otherwise (W401), and of two words for one thing (W402)."""
    for term in desk.house.terms:
        for word in term.instead_of:
            for mention in _mentions(word, desk):
                place = mention.passage.place_of(mention.start, mention.end, desk.sources)
                yield found("W401", place, found=mention.text, wanted=term.use)
    chosen = {word for term in desk.house.terms for word in term.instead_of}
    for first, second in DOUBLETS.get(desk.issue.language, ()):
        mine, other = list(_mentions(first, desk)), list(_mentions(second, desk))
        if mine and other and second not in chosen and first not in chosen:
            yield from _two_ways("W402", other[0], _seen(mine[0], desk), desk, pair_key(first, second))
    yield from _case_queries(desk)


def quotation_queries(desk: Desk) -> Iterator[Finding]:
    """Query words in other marks than the house's (W404), once a passage."""
    wanted = desk.house.quotation
    if wanted is None:
        return
    for passage in desk.passages:
        for match in _QUOTED.finditer(passage.text):
            marks = match[0][0] + match[0][-1]
            if marks != wanted and not _is_inner(passage.text, match.start(), wanted):
                place = passage.place_of(match.start(), match.end(), desk.sources)
                yield found("W404", place, found=marks, wanted=wanted)
                break


def _is_inner(text: str, at: int, marks: str) -> bool:
    """Return whether a place lies within words that the house's own marks enclose."""
    return text.count(marks[0], 0, at) > text.count(marks[1], 0, at)


def _case_queries(desk: Desk) -> Iterator[Finding]:
    """Query Latin names that differ in capitals alone: „XD Media Hub“ and „XD Media HUB“."""
    forms: dict[str, Mention] = {}
    for passage in desk.passages:
        for match in _LATIN.finditer(passage.text):
            # A name may be a part of a longer one; its shorter beginnings are compared too.
            words = re.split(r"(?<=[ \u00a0-])", match[0])
            for count in range(2, len(words) + 1):
                text = "".join(words[:count]).rstrip(" \u00a0-")
                key = re.sub(r"[ \u00a0-]", " ", text).casefold()
                here = Mention(text, passage, match.start())
                first = forms.setdefault(key, here)
                told, held = text.replace("\u00a0", " "), first.text.replace("\u00a0", " ")
                if told != held and told.casefold() == held.casefold():
                    yield from _two_ways("W402", here, _seen(first, desk), desk)


def _mentions(word: str, desk: Desk) -> Iterator[Mention]:
    """Yield every place where a word stands, whatever its ending."""
    pattern = re.compile(
        rf"(?<!\w){re.escape(word)}(?:та|то|те|ът|а|и|ите|ния|ния|ски|ска|ско|s)?(?!\w)", re.IGNORECASE
    )
    for passage in desk.passages:
        for match in pattern.finditer(passage.text):
            yield Mention(match[0], passage, match.start())


def _seen(mention: Mention, desk: Desk) -> _Seen:
    place = mention.passage.place_of(mention.start, mention.end, desk.sources)
    return _Seen(mention.text, f"{place.path}:{place.line}")


def _two_ways(code: str, here: Mention, other: _Seen, desk: Desk, key: str | None = None) -> list[Finding]:
    return desk.query(
        code,
        here.passage,
        here.start,
        here.end,
        key or pair_key(here.text, other.text),
        found=here.text,
        other=other.text,
        where=other.where,
    )


def _is_a_slip(one: str, other: str) -> bool:
    """Return whether two surnames are so near that one is likely a slip, and not a form of the other."""
    if one == other or min(len(one), len(other)) < _LEAST or one[:3] != other[:3]:
        return False
    # „Филипов“ and „Филипова“ are two people, „Институт“ and „Института“ one word.
    if _ENDINGS.sub("", one) == _ENDINGS.sub("", other):
        return False
    return _distance(one.casefold(), other.casefold()) <= (1 if min(len(one), len(other)) < _LEAST + 2 else 2)


def _distance(one: str, other: str) -> int:
    """Return how many letters must be put in, taken out or changed (Levenshtein)."""
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one, 1):
        left, row[0] = row[0], at
        for column, against in enumerate(other, 1):
            left, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, left + (sign != against)),
            )
    return row[-1]
