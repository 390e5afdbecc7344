"""`publication.yaml`: what stays the same from issue to issue."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from pipeline.models.values.base import Frozen
from pipeline.models.values.codes import CountryCode
from pipeline.models.values.colours import HexColour, WrittenInks
from pipeline.models.values.facts import WrittenDate
from pipeline.models.values.strings import (
    EmailAddress,
    FileFormat,
    FileName,
    InkName,
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


class Paper(StrEnum):
    """The kind of paper the print shop is asked for."""

    COATED = "coated"
    UNCOATED = "uncoated"


class Spine(StrEnum):
    """Where a picture ends that reaches the spine."""

    TRIM = "trim"
    BLEED = "bleed"


class SpotInks(Frozen):
    """The inks that the print shop mixes for the colours of the house, as it orders them."""

    main: InkName | None = None
    accent: InkName | None = None

    @model_validator(mode="after")
    def _are_two(self) -> Self:
        if self.main is not None and self.main == self.accent:
            raise PydanticCustomError("bulletin_ink_name", "named twice: {found}", {"found": self.main})
        return self

    @property
    def by_role(self) -> dict[str, str]:
        """The name of each ink, by the role whose colour it prints."""
        return {role: name for role, name in (("main", self.main), ("accent", self.accent)) if name}


class AddressCodes(StrEnum):
    """Beside which addresses printed pages carry a QR code."""

    REGISTRATIONS = "registrations"
    ADDRESSES = "addresses"


_BULK: Final = {Paper.COATED: Decimal("0.85"), Paper.UNCOATED: Decimal("1.25")}
"""Cubic centimetres a gram, of common offset papers: so many tenths of a millimetre at 100 g/m²."""


class PressPlan(Frozen):
    """What the print shop is told, and what paper has that a screen has not.

    Args:
        qr: Which web addresses among the facts have a QR code beside them on paper; None for none.
        paper: The kind of paper.
        profile: An ICC profile under issues/, or None for the paper's own.
        ink_limit: Most ink on one spot, in per cent of one colour.
        spine: Where a picture ends that reaches the spine: at the trim where left out, as stapled bulletins
            need it, or in the bleed, where the shop's template has one.
        marks: Whether the file has crop marks, colour bar and slug; None as well as yes.
        copies: How many are printed; None where it is still to be agreed, as likewise the next two.
        grammage: The paper's weight in grams a square metre.
        due: The day on which the copies are wanted.
        spot: Inks besides the four for the colours of the house; None for none.
        thickness: That of a leaf in millimetres; None to reckon it from the paper's weight.
    """

    paper: Paper = Paper.COATED
    profile: str | None = None
    ink_limit: int | None = Field(default=None, ge=200, le=400)
    spine: Spine | None = None
    qr: AddressCodes | None = None
    marks: bool | None = None
    copies: int | None = Field(default=None, ge=1, le=10_000_000)
    grammage: int | None = Field(default=None, ge=40, le=600)
    due: WrittenDate | None = None
    spot: SpotInks | None = None
    thickness: Decimal | None = Field(default=None, ge=Decimal("0.03"), le=Decimal("0.8"))

    @property
    def leaf(self) -> Decimal | None:
        """The thickness of a leaf in millimetres; None where neither it nor the paper's weight is told."""
        if self.thickness is not None or self.grammage is None:
            return self.thickness
        return self.grammage * _BULK[self.paper] / 1000

    @property
    def has_marks(self) -> bool:
        """Whether the file has marks around the trim."""
        return self.marks is not False


def _as_field(name: str) -> BeforeValidator:
    """Return what reads a single value as the one field of a model."""
    return BeforeValidator(lambda value: {name: value} if isinstance(value, str) else value)


class BrandColour(Frozen):
    """A colour of the house.

    Args:
        srgb: `#RRGGBB`, for screens.
        cmyk: Its inks; where left out, they follow from the paper's profile.
    """

    srgb: HexColour
    cmyk: WrittenInks | None = None


class HouseFaces(Frozen):
    """The faces of the house.

    Args:
        pair: A pair that is offered, by name; or else
        text: the face of running text, by its folder below fonts/,
        head: that of heads, or that of the text where left out,
        small: that of captions, tables and notes, or that of the heads where left out.
    """

    pair: Key | None = None
    text: Key | None = None
    head: Key | None = None
    small: Key | None = None

    @model_validator(mode="after")
    def _names_a_face(self) -> Self:
        if self.pair is None and self.text is None:
            raise PydanticCustomError("bulletin_faces", "no face of the text", {})
        return self


_WrittenColour = Annotated[
    BrandColour,
    _as_field("srgb"),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {
                        "srgb": {"type": "string"},
                        "cmyk": {"anyOf": [{"type": "string"}, {"type": "array"}]},
                    },
                    "required": ["srgb"],
                },
            ]
        }
    ),
]
_WrittenFaces = Annotated[
    HouseFaces,
    _as_field("pair"),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {role: {"type": "string"} for role in ("text", "head", "small")},
                    "required": ["text"],
                },
            ]
        }
    ),
]


class Identity(Frozen):
    """What makes the look the house's own; all of it optional.

    Args:
        logo: The house's logo, a file under issues/.
        logo_cmyk: The logo for the press, where it differs.
        main: The colour of heads and grounds, `#RRGGBB`, or `{srgb: …, cmyk: …}`.
        accent: The second colour, likewise.
        type: A pair of faces, by name, or `{text: …, head: …}` with folders below fonts/.
    """

    logo: str | None = None
    logo_cmyk: str | None = None
    main: _WrittenColour | None = None
    accent: _WrittenColour | None = None
    type: _WrittenFaces | None = None

    def printed_logo(self, *, in_ink: bool) -> str | None:
        """Return the logo for paper or for a screen; where there is none for paper, the one for both."""
        return (self.logo_cmyk if in_ink else None) or self.logo


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
