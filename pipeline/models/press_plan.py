"""What a publication tells the print shop: `press` in `publication.yaml`."""

from decimal import Decimal
from enum import StrEnum
from typing import Final, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from pipeline.models.values.base import Frozen
from pipeline.models.values.facts import WrittenDate
from pipeline.models.values.strings import InkName


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
