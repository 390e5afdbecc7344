"""`issue.yaml` as written, and the whole issue as read."""

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from pydantic import Field

from pipeline.findings.place import Place
from pipeline.models.kinds.union import Head
from pipeline.models.lean_dataclass import lean_dataclass
from pipeline.models.publication import Funder, Publication
from pipeline.models.text import Block, Consent, Line, Measure, Note, Picture
from pipeline.models.values.base import Frozen
from pipeline.models.values.facts import WrittenDate
from pipeline.models.values.strings import FileFormat, FileName, LanguageTag, WrittenLine


def composed(name: str) -> str:
    """Return a file name with its letters composed (NFC); macOS stores them decomposed."""
    return unicodedata.normalize("NFC", name)


class CoverPlan(Frozen):
    """What the first page shows.

    Args:
        article: The article it leads to.
        picture: The picture in the field; that article's first picture when left out.
        alternative: What is to be seen in it.
        credit: Who made it.
        consent: Whether those that can be recognised in it agreed to be shown.
    """

    article: FileName | None = None
    picture: FileName | None = None
    alternative: WrittenLine | None = None
    credit: WrittenLine | None = None
    consent: Consent | None = None


class CorrectionPlan(Frozen):
    """What this edition of the issue mends in one that was filed before.

    Args:
        of: The number of the filing that is mended, of this same issue: 1 for the first.
        text: What was wrong, in a sentence or two for the reader.
    """

    of: int = Field(ge=1, le=9999)
    text: WrittenLine


class Order(StrEnum):
    """Whether the maker-up may change the order of short pieces that stand side by side."""

    FREE = "free"
    FIXED = "fixed"


class SectionPlan(Frozen):
    """A section as issue.yaml lists it."""

    title: WrittenLine
    lead: WrittenLine | None = None
    articles: tuple[FileName, ...] = Field(min_length=1)
    order: Order | None = None


class IssuePlan(Frozen):
    """`issue.yaml`, file format 1."""

    format: FileFormat
    number: int = Field(ge=1, le=9999)
    date: WrittenDate
    title: WrittenLine
    language: LanguageTag | None = None
    greeting: WrittenLine | None = None
    cover: CoverPlan | None = None
    correction: CorrectionPlan | None = None
    sections: tuple[SectionPlan, ...] = Field(min_length=1)


class SectionTexts(Frozen):
    """A section's texts in another language."""

    title: WrittenLine
    lead: WrittenLine | None = None


class IssueTexts(Frozen):
    """`issue.<language>.yaml`: what another language says instead; sections in the same order."""

    format: FileFormat
    title: WrittenLine
    greeting: WrittenLine | None = None
    cover_alternative: WrittenLine | None = None
    correction: WrittenLine | None = None
    sections: tuple[SectionTexts, ...] = Field(min_length=1)


Places = Mapping[str, Place]
"""Where each field was written, by its dotted path: `title`, `partners.countries.0`."""


@lean_dataclass(frozen=True, slots=True)
class Article:
    """An article as read.

    Args:
        name: Its file name in the issue's folder, which links within the issue use.
        head: Title and facts, by kind.
        body: The text.
        notes: Its footnotes, in the order of their first calls.
        place: The file.
        places: Where each field of the head was written.
    """

    name: str
    head: Head
    body: tuple[Block, ...]
    notes: tuple[Note, ...]
    place: Place
    places: Places = field(default_factory=dict, compare=False)

    @property
    def logos(self) -> tuple[Picture | None, ...]:
        """The logo of each organisation it lists, as a picture, or None where the organisation has none."""
        return tuple(
            Picture(
                organisation.logo,
                organisation.name,
                "",
                None,
                measure=Measure.MARGIN,
                consent=None,
                place=self.places.get(f"organisations.{index}.logo", self.place),
            )
            if organisation.logo
            else None
            for index, organisation in enumerate(self.head.presentation.organisations)
        )


@lean_dataclass(frozen=True, slots=True)
class Section:
    """A numbered section of the issue.

    Args:
        number: From 1.
        title: Its head.
        lead: The sentence or two below it, or None.
        articles: In the order of issue.yaml.
        order: Whether short pieces that stand side by side may change places on the pages.
    """

    number: int
    title: Line
    lead: Line | None
    articles: tuple[Article, ...]
    order: Order | None = None


@lean_dataclass(frozen=True, slots=True)
class Correction:
    """The notice of an issue that replaces an earlier filing.

    Args:
        of: The number of the filing it mends, of the same issue.
        text: What was wrong; empty where the translation lacks it.
    """

    of: int
    text: Line


@lean_dataclass(frozen=True, slots=True)
class Issue:
    """A whole issue in one language: all content of the pages.

    Args:
        folder: The issue's folder, relative to the workspace (`issues/2023-12-20`).
        language: The language of its texts.
        publication: The publication, in the same language.
        number: The issue's number.
        date: The day it is dated.
        title: The issue's title, which the masthead gives below the publication's.
        greeting: The words on the first page, or None.
        cover: The picture on the first page, or None for the style's own art.
        cover_article: The article the first page leads to, by name, or None.
        sections: In order.
        correction: The notice of what it corrects in an earlier filing, or None.
        fillers: Pieces of the house that may fill the foot of a page; they belong to no section, and stand on
            pages alone.
        places: Where the fields of issue.yaml were written.
        publication_places: Where the fields of publication.yaml were written.
    """

    folder: str
    language: str
    publication: Publication
    number: int
    date: dt.date
    title: Line
    greeting: Line | None
    cover: Picture | None
    cover_article: str | None
    sections: tuple[Section, ...]
    correction: Correction | None = None
    fillers: tuple[Article, ...] = ()
    places: Places = field(default_factory=dict, compare=False)
    publication_places: Places = field(default_factory=dict, compare=False)

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles, in reading order."""
        return tuple(article for section in self.sections for article in section.articles)

    @property
    def funders(self) -> tuple[Funder, ...]:
        """The funders whom its articles name, and no others, as publication.yaml orders them."""
        fundings = (article.head.presentation.funding for article in self.articles)
        named = {funding.funder for funding in fundings if funding is not None}
        return tuple(funder for funder in self.publication.funders if funder.key in named)
