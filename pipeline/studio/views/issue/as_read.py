"""Texts as an officer reads them: facts by their names, and no sign of the file."""

from __future__ import annotations

from itertools import takewhile
from operator import eq
from typing import TYPE_CHECKING

from pipeline.desk.writing.articles import kind_and_title
from pipeline.desk.writing.heads import head_of
from pipeline.desk.writing.words_read import article_as_read, plan_as_read
from pipeline.findings.finding import BulletinError
from pipeline.findings.wording.wording import say
from pipeline.studio.views.forms.facts import facts_of
from pipeline.studio.views.forms.fields import shown_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.desk.writing.results import Passage
    from pipeline.studio.views.forms.fields import ShownField


def as_read(text: str, file: str, language: str) -> list[str]:
    """Return a text in lines as an officer reads it; as it is written where it cannot be read so.

    Args:
        text: Of an article or a plan.
        file: Its name.
        language: Of the names of facts.
    """
    try:
        if not file.endswith(".md"):
            return plan_as_read(text, file)
        kind, _ = kind_and_title(text, file)
        facts = shown_fields(facts_of(kind), head_of(text, file))
        said = [(say(each.field.label, language), _said(each, language)) for each in facts]
        return [*(f"{label}: {value}" for label, value in said if value), *article_as_read(text, file)]
    except BulletinError:
        return text.splitlines()


def sides_as_read(parts: Sequence[Passage], file: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield for each passage of a conflict what either side says there, in whole paragraphs.

    Args:
        parts: From the first to the last word of the file.
        file: Its name.
        language: Of the names of facts.

    Yields:
        Ours and theirs; both are empty where nothing is to be chosen.
    """
    ours = [part.ours for part in parts]
    mine = as_read("".join(ours), file, language)
    for number, part in enumerate(parts):
        if not part.is_conflict:
            yield "", ""
            continue
        other = as_read("".join([*ours[:number], part.theirs, *ours[number + 1 :]]), file, language)
        start = _alike(mine, other)
        end = _alike(mine[start:][::-1], other[start:][::-1])
        sides = ["\n".join(lines[start : len(lines) - end]) for lines in (mine, other)]
        # Where only how it is set differs, the words as they are written are all there is to tell them apart.
        yield (sides[0], sides[1]) if sides[0] != sides[1] else (part.ours, part.theirs)


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many lines two texts begin with alike."""
    return sum(takewhile(bool, map(eq, one, other)))


def _said(shown: ShownField, language: str) -> str:
    """Return the value of a field as its form says it: of a choice, its words."""
    value = _in_a_line(shown.value)
    words = dict(shown.field.choices).get(value) if value else None
    return say(words, language) if words else value


def _in_a_line(value: object) -> str:
    """Return the value of a field on one line; of a table, its rows one after the other."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_in_a_line, value)))
    return str(value or "")
