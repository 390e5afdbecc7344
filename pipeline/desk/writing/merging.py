"""Two changes of one text merged by word, read back, and given up where nothing proves the result right."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from merge3 import Merge3

from pipeline.desk.writing.heads import head_of, parted
from pipeline.desk.writing.results import Passage
from pipeline.editor.writing.article_text import ArticleText
from pipeline.editor.writing.node_texts import texts_of
from pipeline.files.yaml_items.item_edits import ItemEditor
from pipeline.findings.finding import BulletinError, errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_WORD: Final = re.compile(r"\w+|\s+|[^\w\s]")
_FIELD: Final = re.compile(r"[ \t]*(?:-[ \t]+)*[^\s:#][^:\r\n]*:(?=[ \t\r\n]|\Z)|\r\n|\n|\r|[^\r\n]+")
"""A name with its colon, a line end, or a value: values are facts, which are not mixed."""

_SEEN: Final = re.compile(r"\w+|[^\w\s]")

_UNKNOWN: Final = object()


def merged_article(base: str, ours: str, theirs: str, path: str) -> str | None:
    """Merge two changes of an article; None where they conflict, or the result would not say both.

    Args:
        base: The text both began from.
        ours: The one.
        theirs: The other.
        path: The file, for reading it.
    """
    merged = _merged([_article_tokens(text) for text in (base, ours, theirs)])
    if merged is None:
        return None
    texts = (base, ours, theirs, merged)
    heads = [head_of(text, path) for text in texts]
    if _of_three(*heads[:3]) != heads[3]:
        return None
    articles = [ArticleText(text, path) for text in texts]
    wrong = [{each.code for each in errors(article.manuscript.findings)} for article in articles]
    if wrong[3] - wrong[1] - wrong[2]:
        return None
    seen = [_seen(article) for article in articles]
    return merged if _agree(*seen) else None


def merged_fields(base: str, ours: str, theirs: str, path: str) -> str | None:
    """Merge two changes of a YAML file; None where they conflict, or the result would not say both.

    Args:
        base: The text both began from.
        ours: The one.
        theirs: The other.
        path: The file, for reading it.
    """
    merged = _merged([_FIELD.findall(text) for text in (base, ours, theirs)])
    if merged is None:
        return None
    try:
        values = [ItemEditor(text, path).value(()) for text in (base, ours, theirs, merged)]
    except BulletinError:
        return None
    return merged if _agree(*(Counter(_leaves(value)) for value in values)) else None


def passages(base: str, ours: str, theirs: str, path: str) -> tuple[Passage, ...]:
    """Return three texts side by side, from the first to the last word.

    Args:
        base: The text both began from.
        ours: The one.
        theirs: The other.
        path: The file, whose ending tells what it is.
    """
    parts = _article_tokens if path.endswith(".md") else _FIELD.findall
    shown: list[Passage] = []
    for region in regions([parts(text) for text in (base, ours, theirs)]):
        before, one, other = ("".join(part) for part in region)
        last = shown[-1] if shown else None
        if last is not None and _is_same(last) and before == one == other:
            shown[-1] = Passage(last.base + before, last.ours + one, last.theirs + other)
        elif before or one or other:
            shown.append(Passage(before, one, other, one != other and before not in {one, other}))
    return tuple(shown)


def conflicting(base: str, ours: str, theirs: str, path: str) -> tuple[Passage, ...]:
    """Return three texts side by side, at least one passage of which is to be chosen; see `passages`.

    Where no passage by itself is against another, but both together would not say what each says, all
    that differ are.
    """
    parts = passages(base, ours, theirs, path)
    if any(part.is_conflict for part in parts):
        return parts
    return tuple(part._replace(is_conflict=part.ours != part.theirs) for part in parts)


def _is_same(passage: Passage) -> bool:
    return passage.base == passage.ours == passage.theirs


def _article_tokens(text: str) -> list[str]:
    parts = parted(text)
    front = _FIELD.findall(parts.opening + parts.front)
    return [*front, *_WORD.findall(parts.rest)]


def _merged(tokens: Sequence[Sequence[str]]) -> str | None:
    words: list[str] = []
    for before, one, other in regions(tokens):
        if other in (one, before):
            words += one
        elif one == before:
            words += other
        else:
            return None
    return "".join(words)


def regions(tokens: Sequence[Sequence[str]]) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """Yield what stands beside one another in three texts: where all agree, and what is between.

    Args:
        tokens: The words of the base, of ours and of theirs.
    """
    # Most of a text is as it was; only what is between is compared.
    first = _alike(tokens)
    last = _alike([part[first:][::-1] for part in tokens])
    base, ours, theirs = (part[first : len(part) - last] for part in tokens)
    if first:
        head = tokens[0][:first]
        yield head, head, head
    at = (0, 0, 0)
    for start, end, begin, stop, opening, close in Merge3(base, ours, theirs).find_sync_regions():
        between = base[at[0] : start], ours[at[1] : begin], theirs[at[2] : opening]
        if any(between):
            yield between
        if end > start:
            yield base[start:end], ours[begin:stop], theirs[opening:close]
        at = end, stop, close
    if last:
        tail = tokens[0][len(tokens[0]) - last :]
        yield tail, tail, tail


def _alike(tokens: Sequence[Sequence[str]]) -> int:
    """Return how many words at the beginning are the same in all."""
    at = 0
    for words in zip(*tokens, strict=False):
        if len(set(words)) > 1:
            break
        at += 1
    return at


# what a merged text must say


def _seen(article: ArticleText) -> Counter[str]:
    """Return every word and sign that a reader sees, and how many blocks of each kind there are."""
    document = article.document
    nodes: Iterable[Any] = (*document.content, *document.notes)
    words = (word for node in nodes for text in texts_of(node) for word in _SEEN.findall(text))
    kinds = (f"<{node.type}>" for node in document.content)
    sources = (node.attrs.source for node in document.content if node.type == "figure")
    return Counter((*map(_composed, words), *kinds, *sources))


def _composed(word: str) -> str:
    return unicodedata.normalize("NFC", word)


def _agree(base: Counter[str], ours: Counter[str], theirs: Counter[str], merged: Counter[str]) -> bool:
    """Return whether a text has each word as often as both changes make it."""
    for word in {*base, *ours, *theirs, *merged}:
        before = base[word]
        one, other = ours[word] - before, theirs[word] - before
        both = before + one + other
        # The same word may have been added, or taken away, by both: once or twice.
        either = before + max(one, other, key=abs) if one * other > 0 else both
        if not min(both, either) <= merged[word] <= max(both, either):
            return False
    return True


def _of_three(base: Any, ours: Any, theirs: Any) -> Any:  # noqa: ANN401 - text, lists and fields
    """Return the value that both changes make; nothing equal to any value where they conflict."""
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    if isinstance(ours, dict) and isinstance(theirs, dict):
        before = base if isinstance(base, dict) else {}
        names = dict.fromkeys((*ours, *theirs))
        absent = _Absent
        values = {
            name: _of_three(before.get(name, absent), ours.get(name, absent), theirs.get(name, absent))
            for name in names
        }
        return {name: value for name, value in values.items() if value is not absent}
    return _UNKNOWN


class _Absent:
    """A field that is not there."""


def _leaves(value: Any, field: str = "") -> Iterator[str]:  # noqa: ANN401 - text, lists and fields
    """Yield the values of fields, each with the name of its own field."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _leaves(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each, field)
    else:
        yield f"{field}: {value}"
