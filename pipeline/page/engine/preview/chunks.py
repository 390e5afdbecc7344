"""A document cut at its articles, so that what an edit changed is found without parsing it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_ARTICLE: Final = re.compile(r"<article\b.*?</article>", re.DOTALL)
_START_TAG: Final = re.compile(r"<article\b[^>]*>")

_IDENTIFIER: Final = re.compile(r"""\sid=["']?[^\s"'>]+""")


class Chunks(NamedTuple):
    """A document in parts.

    Args:
        rest: What stands around the articles, cut where they stand.
        articles: The articles with their tags, in order.
    """

    rest: tuple[str, ...]
    articles: tuple[str, ...]

    def changed_since(self, before: Chunks) -> list[int] | None:
        """Return the indices of the articles that differ, or None where anything else does.

        The start tag of an article counts to what stands around it, as rules may look at it from outside; so
        does the number of its notes, which are counted through the document, and what others link to.

        Args:
            before: The document as it was.
        """
        if self.rest != before.rest or len(self.articles) != len(before.articles):
            return None
        pairs = enumerate(zip(self.articles, before.articles, strict=True))
        changed = [index for index, (now, then) in pairs if now != then]
        if any(_outside(self.articles[index]) != _outside(before.articles[index]) for index in changed):
            return None
        return changed


def chunks_of(html: str) -> Chunks:
    """Cut a document at its articles.

    Args:
        html: The whole document; its articles do not stand in one another.
    """
    return Chunks(tuple(_ARTICLE.split(html)), tuple(_ARTICLE.findall(html)))


def _outside(article: str) -> tuple[str, int, list[str]]:
    """Return what of an article is seen outside of it."""
    match = _START_TAG.match(article)
    return match[0] if match else "", article.count('class="note"'), _IDENTIFIER.findall(article)
