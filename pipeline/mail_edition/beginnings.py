"""Beginnings that the mail gives of longer texts: of articles, and of the topics that inboxes show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.html_checks.addresses import INVISIBLE
from pipeline.models.editions import LARGEST_MAIL
from pipeline.models.text import Paragraph
from pipeline.pdf.law.expected.plain_words import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.findings.place import Place
    from pipeline.mail_edition.contents import MailContents
    from pipeline.models.issue import Article, Issue

_LEAST_TEASER: Final = 60
"""The fewest characters of a beginning that is cut; a shorter one could be anything."""

_LEAST_PREHEADER: Final = 40
"""Likewise, of what inboxes show after the subject."""

_MARKUP: Final = 600
"""Bytes of HTML around a teaser, at most."""

_BEGINNING: Final = 250
"""Characters of an article's beginning, at most, where it has no standfirst."""

_LONG_WORD: Final = 80
"""Characters of a word before which a beginning may end, however little is left of it."""

_WORDS_TOLD: Final = 12
"""Words of what is lacking that are told, at most."""


class BadTeaser(NamedTuple):
    """What the mail gives of an article, and is not its standfirst or beginning.

    Args:
        place: Where the article says it.
        words: Those given, or the first of those that are lacking.
        is_lacking: Whether nothing is given.
    """

    place: Place
    words: str
    is_lacking: bool


def bad_teasers(issue: Issue, contents: MailContents, size: int) -> Iterator[BadTeaser]:
    """Yield what is given of articles and is not their standfirst or beginning.

    They may be left out, all of them, where the HTML would be too large with them.

    Args:
        issue: Typeset.
        contents: What the parts of the mail were composed from.
        size: Of the HTML, in bytes.
    """
    entries = [entry for part in contents.parts for entry in part.entries]
    given = [*zip(issue.articles, entries, strict=False)]
    wholes = [article.head.standfirst or _whole(article)[:_BEGINNING] for article, _ in given]
    full = size + sum(len(words.encode()) + _MARKUP for words in wholes if words)
    are_left_out = full > LARGEST_MAIL and not any(entry.text for _, entry in given)
    for (article, entry), whole in zip(given, wholes, strict=True):
        if not entry.text:
            # A long word, such as an address, is not cut.
            longest = max(map(len, whole.split()), default=0)
            if longest <= _LONG_WORD and " " in whole.strip() and not are_left_out:
                place = article.places.get("standfirst", article.place)
                yield BadTeaser(place, " ".join(whole.split()[:_WORDS_TOLD]), is_lacking=True)
        elif not _is_beginning(entry.text, article):
            yield BadTeaser(article.place, entry.text, is_lacking=False)


def is_preheader(words: str, topics: str) -> bool:
    """Return whether words are the topics, or their beginning with “…”.

    Args:
        words: Parted by single spaces.
        topics: What inboxes show after the subject, whole.
    """
    topics = INVISIBLE.sub("", topics)
    beginning = words.removesuffix("…").rstrip()
    is_cut = words.endswith("…") and len(beginning) >= min(_LEAST_PREHEADER, len(topics) // 2) - 1
    return words == topics or (is_cut and topics.startswith(beginning))


def _is_beginning(teaser: str, article: Article) -> bool:
    """Return whether a text is the standfirst, the first paragraph, or its beginning with “…”."""
    whole = article.head.standfirst or _whole(article)
    if teaser.split() == whole.split():
        return True
    beginning = teaser.removesuffix("…").rstrip()
    is_cut = teaser.endswith("…") and not article.head.standfirst
    return is_cut and whole.startswith(beginning) and len(beginning) >= min(_LEAST_TEASER, len(whole) // 2)


def _whole(article: Article) -> str:
    """Return the first paragraph of an article."""
    first = next((block for block in article.body if isinstance(block, Paragraph) and not block.lines), None)
    return plain_words(first.children) if first else ""
