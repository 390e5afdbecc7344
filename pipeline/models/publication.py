"""`publication.yaml`: what stays the same from issue to issue."""

from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from pipeline.models.identity import Identity
from pipeline.models.press_plan import PressPlan
from pipeline.models.values.base import Frozen
from pipeline.models.values.codes import CountryCode
from pipeline.models.values.strings import (
    EmailAddress,
    FileFormat,
    FileName,
    Issn,
    Key,
    LanguageTag,
    TranslatedLine,
    WebAddress,
    WrittenLine,
)


class Publisher(Frozen):
    """Who publishes the bulletin, as the masthead and the colophon give it."""

    name: TranslatedLine
    short_name: TranslatedLine | None = None
    address: TranslatedLine
    site: WebAddress
    email: EmailAddress
    phone: WrittenLine | None = None


class SerialNumbers(Frozen):
    """The ISSN of the printed and of the online bulletin."""

    print: Issn | None = None
    online: Issn | None = None


class StyleChoice(Frozen):
    """Which style sets the pages; a version never changes once an issue was filed with it."""

    name: Key
    version: int = Field(ge=1)


class TeamMember(Frozen):
    """A member of the editorial team, with the role the colophon gives."""

    role: TranslatedLine
    name: TranslatedLine


EU_EMBLEM: Final = "eu-emblem"
"""The logo that is drawn to its published geometry, not read."""


class Funder(Frozen):
    """Who pays for a project, and the words they ask for, set verbatim.

    Args:
        key: What a project names it by.
        name: For the reader.
        logo: `eu-emblem` for the one we draw, or a picture under issues/.
        logo_cmyk: The picture for the press, where it differs.
        statement: The line beside the logo.
        disclaimer: The text below, or None.
    """

    key: Key
    name: TranslatedLine
    logo: str | None = None
    logo_cmyk: str | None = None
    statement: TranslatedLine
    disclaimer: Annotated[TranslatedLine, Field(max_length=2000)] | None = None

    def printed_logo(self, *, in_ink: bool) -> str | None:
        """Return the logo for paper or for a screen; where there is none for paper, the one for both."""
        return (self.logo_cmyk if in_ink else None) or self.logo


class Enclosure(StrEnum):
    """How a member gets the PDF."""

    ATTACHED = "attached"
    LINK = "link"


class Sender(Frozen):
    """Whose name the mail bears, and the address that is read.

    Args:
        name: For the reader.
        email: From which the mail comes.
        reply_to: Where answers are read; that address where left out.
        online: Where the site of the archive lies, or None.
        pdf: How a member gets the PDF: attached when None; a link leads to the site.
    """

    name: TranslatedLine
    email: EmailAddress
    reply_to: EmailAddress | None = None
    online: WebAddress | None = None
    pdf: Enclosure | None = None

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if self.pdf is Enclosure.LINK and self.online is None:
            raise PydanticCustomError("bulletin_online", "a link needs a site", {})
        return self


class PageCount(StrEnum):
    """How many pages an issue may have."""

    ANY = "any"
    MULTIPLE_OF_4 = "multiple-of-4"


class Publication(Frozen):
    """The publication, in one language: that of the validation context.

    Args:
        pages: How many pages an issue may have; any number where left out.
        fillers: Files under issues/ with pieces of the house that fill the foot of a page.
    """

    format: FileFormat
    title: TranslatedLine
    publisher: Publisher
    issn: SerialNumbers = SerialNumbers()
    languages: tuple[LanguageTag, ...] = Field(min_length=1)
    country: CountryCode = "BG"
    style: StyleChoice
    identity: Identity | None = None
    team: tuple[TeamMember, ...] = ()
    press: PressPlan = PressPlan()
    pages: PageCount | None = None
    fillers: tuple[FileName, ...] = Field(default=(), max_length=60)
    funders: tuple[Funder, ...] = ()
    sender: Sender | None = None
