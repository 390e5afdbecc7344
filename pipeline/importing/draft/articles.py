"""Splits the blocks of a section into articles: their beginnings and titles, and the lead of the section."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from pipeline.files.yaml_text import yaml_text
from pipeline.importing.draft.draft import DraftArticle, DraftSection
from pipeline.importing.draft.phrases import BULLETIN, NAMED_PROJECT, NUMBERED, SALUTATION
from pipeline.importing.draft.proposals import propose
from pipeline.importing.model.incoming_text import IncomingHeading, TextBlock
from pipeline.importing.model.inlines import (
    is_strong,
    is_unlinked_text,
    leaves,
    links_in,
    without_first,
    words_in,
)
from pipeline.models.text import NoteCall, Ornament, Paragraph, Quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.importing.model.incoming_event import IncomingEvent
    from pipeline.importing.model.incoming_text import IncomingBlock, IncomingText
    from pipeline.importing.model.inlines import Inlines

LONGEST_HEAD: Final = 160
"""The most characters of a bold line that is recognised as a heading."""

_LONGEST_PLAIN_HEAD: Final = 100
_ENDING: Final = ".,;:…"
_LONGEST_LEAD: Final = 600
_RUN_IN: Final = re.compile(r"\s*(\d{1,2})[.)]\s*(?=\S)")
_ENDED: Final = re.compile(r"\s*[.:–—-]\s*")


class ArticleFinder:
    """Finds the articles of an incoming text.

    Args:
        text: As read.
        language: The language of the text.
        generated: Collects words that the page generates by itself: the numbers of headings.
    """

    def __init__(self, text: IncomingText, language: str, generated: list[str]) -> None:
        self._text = text
        self.language = language
        self._generated = generated

    def section(self, title: str, body: list[IncomingBlock]) -> DraftSection:
        """Split a section's text into its lead and its articles."""
        starts = _article_starts(body)
        section = DraftSection(title)
        opening = body[: starts[0]] if starts else []
        if len(opening) == 1 and _may_lead(opening[0]):
            section.lead = plain_of(opening)
        elif opening:
            section.articles.append(self.article(title, opening))
        for start, end in zip(starts, [*starts[1:], len(body)], strict=False):
            head = body[start]
            assert isinstance(head, TextBlock)  # noqa: S101 - starts are chosen among these
            section.articles.append(self._headed(head, body[start + 1 : end]))
        if not starts and body:
            section.articles.append(self.article(_named_in(body) or title, body))
        return section

    def _headed(self, head: TextBlock, rest: list[IncomingBlock]) -> DraftArticle:
        run_in = _run_in(head.children)
        if run_in is None or is_strong(head.children):
            title, number = unnumbered(words_in(head.children))
            self._generated.append(number)
            article = self.article(title, [*_references_of(head), *rest])
            article.url = article.url or next((link.target for link in links_in(head.children)), "")
            return article
        self._generated.append(run_in.number)
        return self.article(run_in.title, [Paragraph(_without_head(head.children, run_in)), *rest])

    def articles_of_text(self) -> list[DraftArticle]:
        """Return the articles of a text without sections: one for each highest heading, or one."""
        blocks = list(self._text.blocks)
        if self._text.event is not None:
            return [self._of_event(self._text.event, blocks)]
        headings = [(at, block) for at, block in enumerate(blocks) if isinstance(block, IncomingHeading)]
        titled = [at for at, heading in headings if heading.title]
        first = blocks[0] if blocks else None
        highest = min((heading.level for _, heading in headings), default=-1)
        top = [at for at, heading in headings if heading.level == highest]
        if len(top) > 1 and top[0] == 0 and not titled and not self._text.title:
            parts = [
                (blocks[start], blocks[start + 1 : end])
                for start, end in zip(top, [*top[1:], len(blocks)], strict=False)
            ]
            return [self._titled(head, body) for head, body in parts if isinstance(head, IncomingHeading)]
        if isinstance(first, IncomingHeading) and (first.title or len(top) == 1):
            return [self._titled(first, blocks[1:])]
        if (
            not self._text.title
            and isinstance(first, Paragraph)
            and is_strong(first.children)
            and len(words_in(first.children)) < LONGEST_HEAD
        ):
            return [self._titled(first, blocks[1:])]
        if not self._text.title and len(blocks) > 1 and isinstance(first, Paragraph) and _is_head(first):
            return [self._titled(first, blocks[1:])]
        if not blocks:
            return []
        stem = re.sub(r"[_\s]+", " ", self._text.name.rpartition(".")[0]).strip()
        title = self._text.title or stem or self._text.name
        return [self.article(title[:LONGEST_HEAD], blocks)]

    def _of_event(self, event: IncomingEvent, blocks: list[IncomingBlock]) -> DraftArticle:
        """Return the event a calendar gives: set where it says when and where, or else offered."""
        title = event.title or self._text.title or self._text.name
        article = DraftArticle(title[:LONGEST_HEAD], self._text, blocks, author=self._text.author)
        given = {"start": event.start, "end": event.end, "place": event.place, "url": event.url}
        fields = {name: value for name, value in given.items() if value}
        if event.place:
            article.kind, article.fields = "event", fields
        else:
            article.may_be = "event"
            article.proposals = [(f"{name}: {yaml_text(value)}", title) for name, value in fields.items()]
        if event.address or event.organiser:
            by = " ".join(each for each in (event.organiser, event.address) if each)
            article.proposals.append((f"registration: {yaml_text(event.address or event.organiser)}", by))
        return article

    def _titled(self, head: TextBlock, body: list[IncomingBlock]) -> DraftArticle:
        return self.article(words_in(head.children), [*_references_of(head), *body])

    def article(self, title: str, blocks: list[IncomingBlock]) -> DraftArticle:
        """Return an article of blocks, with the facts of a project proposed from its text."""
        found = DraftArticle(title, self._text, _parted_by_rules(blocks), author=self._text.author)
        propose(found, self.language)
        return found


def _is_head(first: Paragraph) -> bool:
    """Return whether the paragraph that begins a text is its title: a short line, no sentence or greeting."""
    words = words_in(first.children).strip()
    return (
        is_unlinked_text(first.children)
        and 0 < len(words) <= _LONGEST_PLAIN_HEAD
        and words[0].isalnum()
        and words[-1] not in _ENDING
        and not SALUTATION.match(words)
        and not BULLETIN.search(words)
    )


def _parted_by_rules(blocks: list[IncomingBlock]) -> list[IncomingBlock]:
    """Return blocks without rules at their beginning and end, which part nothing from them."""
    kept = [at for at, block in enumerate(blocks) if not isinstance(block, Ornament)]
    return blocks[kept[0] : kept[-1] + 1] if kept else []


def plain_of(blocks: Sequence[IncomingBlock]) -> str:
    """Return the words of paragraphs, headings and quotations on one line."""
    said = (
        words_in(block.children)
        if isinstance(block, TextBlock)
        else plain_of(block.children)
        if isinstance(block, Quote)
        else ""
        for block in blocks
    )
    return " ".join(each for each in said if each)


def _article_starts(body: list[IncomingBlock]) -> list[int]:
    """Return where articles begin: at headings of the highest level, or at numbered run-in headings."""
    headings = [(at, block.level) for at, block in enumerate(body) if isinstance(block, IncomingHeading)]
    if headings:
        highest = min(level for _, level in headings)
        return [at for at, level in headings if level == highest]
    paragraphs = [(at, block.children) for at, block in enumerate(body) if isinstance(block, Paragraph)]
    run_in = [at for at, words in paragraphs if _run_in(words)]
    if run_in:
        return run_in
    bold = [
        at
        for at, words in paragraphs
        if is_strong(words)
        and len(words_in(words)) < LONGEST_HEAD
        and not words_in(words).endswith((":", "."))
    ]
    return bold if bold and bold[0] == 0 else []


class _RunIn(NamedTuple):
    """A heading at the beginning of a paragraph, in bold behind a number."""

    number: str
    title: str
    length: int
    """The characters of both, and of the signs behind the title that are bold too."""


def _run_in(inlines: Inlines) -> _RunIn | None:
    first = next(leaves(inlines), None)
    if first is None or not first.is_strong or not (match := _RUN_IN.match(first.text)):
        return None
    title = first.text[match.end() :].strip(" .:–—-")
    return _RunIn(match[0], title, len(first.text)) if title else None


def _without_head(inlines: Inlines, head: _RunIn) -> Inlines:
    """Return a paragraph without its run-in heading; of one that begins a sentence only the number goes."""
    behind = "".join(leaf.text for leaf in leaves(without_first(head.length, inlines)))
    ended = _ENDED.match(behind)
    if ended and behind[ended.end() :] and not behind[ended.end() :][:1].islower():
        return without_first(head.length + ended.end(), inlines)
    return without_first(len(head.number), inlines)


def _may_lead(block: IncomingBlock) -> bool:
    return (
        isinstance(block, TextBlock)
        and len(words_in(block.children)) <= _LONGEST_LEAD
        and is_unlinked_text(block.children)
    )


def unnumbered(text: str) -> tuple[str, str]:
    """Return a heading without its number, and the number as written."""
    match = NUMBERED.match(text)
    title = text[match.end() :] if match else text
    return title.strip(), match[0] if match else ""


def _references_of(head: TextBlock) -> list[IncomingBlock]:
    """Return the note references of a heading as a paragraph, for a title can have none."""
    references = tuple(each for each in head.children if isinstance(each, NoteCall))
    return [Paragraph(references)] if references else []


def _named_in(body: list[IncomingBlock]) -> str:
    """Return the project that the first paragraph names in bold, or an empty text."""
    first = body[0]
    if not isinstance(first, Paragraph):
        return ""
    for before, each in itertools.pairwise(leaves(first.children)):
        if each.is_strong and NAMED_PROJECT.search(before.text):
            return each.text.strip(" .,:;")
    return ""
