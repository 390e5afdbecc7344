"""Where a text of an issue was written, for findings about renditions, which have no places of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.findings.place import Place
from pipeline.html_checks.addresses import canonical
from pipeline.mail_edition.finished_parts import bare
from pipeline.models.text import Paragraph
from pipeline.page.fact_values import fact_text
from pipeline.page.markup import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.models.issue import Article, Issue


def text_finder(issue: Issue) -> Callable[[str], Place]:
    """Return a function that finds where a text of the mail was written.

    Args:
        issue: Typeset.

    Returns:
        A function from a text to the place of the first title, standfirst, fact or paragraph that has it;
        where none has it, the file of the issue.
    """

    def place_of(text: str) -> Place:
        sought = {bare(text), bare(canonical(text))} - {""}
        texts = ((place, bare(each)) for place, each in _texts(issue))
        return next(
            (place for place, each in texts if any(form in each for form in sought)),
            Place(f"{issue.folder}/issue.yaml"),
        )

    return place_of


def _texts(issue: Issue) -> Iterator[tuple[Place, str]]:
    own = Place(f"{issue.folder}/issue.yaml")
    for field in ("title", "greeting"):
        yield issue.places.get(field, own), getattr(issue, field) or ""
    for at, section in enumerate(issue.sections):
        for field in ("title", "lead"):
            yield issue.places.get(f"sections.{at}.{field}", own), getattr(section, field) or ""
    for article in issue.articles:
        yield from _article_texts(article, issue.language)
    publisher = issue.publication.publisher
    for field in ("name", "address", "site", "email", "phone"):
        place = issue.publication_places.get(f"publisher.{field}", Place("issues/publication.yaml"))
        yield place, getattr(publisher, field) or ""


def _article_texts(article: Article, language: str) -> Iterator[tuple[Place, str]]:
    head = article.head
    for field in ("title", "standfirst"):
        yield article.places.get(field, article.place), getattr(head, field) or ""
    for fact in head.presentation.mail.facts:
        yield article.place, fact_text(fact.value, language)
    first = next((block for block in article.body if isinstance(block, Paragraph)), None)
    if first is not None:
        yield article.place, plain_text(first.children)
