"""The search index of the site: one file with the words of every article, which needs no server.

It is a script that sets one value, because a browser loads no other type of file for a page opened from a
folder. Words are folded here; the index has the folded form of every word in it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.archive.search.word_forms import fold, plain_form, spoken_words
from pipeline.models.text import Figure, Heading, ListBlock, Paragraph, Quote, Table
from pipeline.page.markup import plain_text
from pipeline.typography.typesetting import line_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.models.issue import Article
    from pipeline.models.text import Block

NAME: Final = "search-index.js"

ENDINGS: Final = "авеищоуъюяйтs"
"""Letters of which the endings consist that folding takes off; what it leaves is the word's beginning."""

_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u2060\u200b"))


class SearchedArticle(NamedTuple):
    """Entry of an article in the search index.

    Args:
        url: Its URL, relative to the page with the search.
        issue: Number and date of its issue, for the reader.
        section: Its section's title.
        title: Its own.
        text: All its words.
    """

    url: str
    issue: str
    section: str
    title: str
    text: str


def search_index(articles: Iterable[SearchedArticle]) -> bytes:
    """Return the index as a script.

    Args:
        articles: In the order in which articles that match equally well are shown.
    """
    listed = [[_shown(part) for part in article] for article in articles]
    words = sorted({word for _, _, *texts in listed for text in texts for word in spoken_words(text)})
    forms = {plain: fold(word) for word in words if (plain := plain_form(word)) != fold(word)}
    spelt = {key: plain for word in words if (key := _as_typed(word)) != (plain := plain_form(word))}
    index = {"endings": ENDINGS, "forms": forms, "spelt": spelt, "articles": listed}
    text = json.dumps(index, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # JavaScript before ES2019 ends a line at both.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.bulletinIndex={text};\n".encode()


def words_of_article(article: Article) -> str:
    """Return all words of an article in the order of the page: those of its head, its text, its notes."""
    head = (text for name, text in line_fields(article.head) if name != "title")
    notes = (plain_text(note.children) for note in article.notes)
    return " ".join(part for part in (*head, *_block_texts(article.body), *notes) if part)


def _block_texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield plain_text(block.children)
            case ListBlock():
                for item in block.items:
                    yield from _block_texts(item)
            case Quote():
                yield from _block_texts(block.children)
            case Table():
                for row in (block.heads, *block.rows):
                    yield from (plain_text(cell) for cell in row)
            case Figure():
                yield block.picture.caption or ""


def _shown(text: str) -> str:
    return " ".join(text.translate(_INVISIBLE).split())


def _as_typed(word: str) -> str:
    return word.lower()
