"""A draft issue: the result of recognition, before it is written to files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from pipeline.findings.finding import Finding
    from pipeline.importing.model.incoming_text import IncomingBlock, IncomingText


@dataclass(slots=True)
class DraftArticle:
    """An article of the draft.

    Args:
        title: Its title.
        source: The imported text it is from.
        blocks: Its text.
        kind: `article` or `project`.
        url: Its website, where its heading links to one.
        author: Its author, where known; proposed in a comment.
        name: Its file name, once it is written.
        fields: Facts that are set, for a calendar gave them, by the names of their fields.
        proposals: Facts its text seems to give, as (fields in YAML, the sentence).
        may_be: The kind it seems to be, where that is only offered.
    """

    title: str
    source: IncomingText
    blocks: list[IncomingBlock] = field(default_factory=list)
    kind: str = "article"
    url: str = ""
    author: str = ""
    name: str = ""
    may_be: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    proposals: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class DraftSection:
    """A section of the draft; its title is empty where the text has no sections."""

    title: str
    lead: str = ""
    articles: list[DraftArticle] = field(default_factory=list)


@dataclass(slots=True)
class Masthead:
    """The contents of the lines before the first section and after the last."""

    publication: str = ""
    title: str = ""
    number: int | None = None
    date: dt.date | None = None
    name: str = ""
    address: str = ""
    site: str = ""
    email: str = ""
    phone: str = ""
    wordmark: str = ""
    greeting: str = ""


@dataclass(slots=True)
class Draft:
    """An imported text as recognised.

    Args:
        whole: Whether it is a bulletin with sections, and not a text for one.
        masthead: The data of the bulletin.
        sections: In order.
        generated: Words that the page generates by itself: numbers of sections, the contents, labels.
        findings: Errors and warnings.
    """

    whole: bool
    masthead: Masthead = field(default_factory=Masthead)
    sections: list[DraftSection] = field(default_factory=list)
    generated: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def articles(self) -> list[DraftArticle]:
        """All articles, in order."""
        return [article for section in self.sections for article in section.articles]
