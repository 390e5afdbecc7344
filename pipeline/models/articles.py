"""The seven kinds of article: the head that front matter gives each of them."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from pipeline.models.base import Frozen
from pipeline.models.codes import CountryCode
from pipeline.models.facts import Budget, Partners, Period, WrittenDate, WrittenMoment
from pipeline.models.publication import FunderKey
from pipeline.models.values import WayToReach, WebAddress, WrittenLine


class _Head(Frozen):
    title: WrittenLine
    standfirst: WrittenLine | None = None
    author: WrittenLine | None = None


class PlainHead(_Head):
    """An article without facts of its own."""

    kind: Literal["article"] = "article"


class ProjectHead(_Head):
    """A project: its facts become its card, the budget table, the timeline and the map."""

    kind: Literal["project"]
    url: WebAddress | None = None
    programme: WrittenLine | None = None
    funder: FunderKey | None = None
    partners: Partners | None = None
    budget: Budget | None = None
    period: Period | None = None


class EventHead(_Head):
    """Something to attend; it enters the calendar and the .ics file.

    Args:
        start: The day, with a local time where one is known.
        end: Likewise; None for one day.
        place: The venue, as the reader needs it.
        url: The event's page.
        registration: A web address, an e-mail address or a telephone number.
        deadline: The last day to register.
    """

    kind: Literal["event"]
    start: WrittenMoment
    end: WrittenMoment | None = None
    place: WrittenLine
    url: WebAddress | None = None
    registration: WayToReach | None = None
    deadline: WrittenDate | None = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end is None:
            return self
        both_timed = self.start.time is not None and self.end.time is not None
        backwards = self.end.date < self.start.date or (
            both_timed and self.end.date == self.start.date and (self.end.time or 0) < (self.start.time or 0)  # type: ignore[operator]
        )
        if backwards:
            raise PydanticCustomError("bulletin_period", "ends before it starts", {})
        return self


class NoticeHead(_Head):
    """A short announcement, with a last day and someone to ask."""

    kind: Literal["notice"]
    deadline: WrittenDate | None = None
    contact: WrittenLine | None = None


class MemberNewsHead(_Head):
    """News from a member organisation."""

    kind: Literal["member_news"]
    member: WrittenLine
    url: WebAddress | None = None


class GalleryHead(_Head):
    """Two to twelve pictures, which stand in the body."""

    kind: Literal["gallery"]


class Organisation(Frozen):
    """A partner organisation."""

    name: WrittenLine
    country: CountryCode | None = None
    url: WebAddress | None = None


class PartnersHead(_Head):
    """The organisations the publisher works with."""

    kind: Literal["partners"]
    organisations: tuple[Organisation, ...] = Field(min_length=1, max_length=200)


ArticleHead = Annotated[
    PlainHead | ProjectHead | EventHead | NoticeHead | MemberNewsHead | GalleryHead | PartnersHead,
    Field(discriminator="kind"),
]
