"""The kind `event`."""

from typing import Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from pipeline.findings.translatable import L_
from pipeline.models.kinds.common_head import CommonHead
from pipeline.models.kinds.presentation import (
    Body,
    CalendarEntry,
    Card,
    MailFacts,
    Presentation,
    Span,
    contact,
    facts_given,
    words,
)
from pipeline.models.values.facts import WrittenDate, WrittenMoment
from pipeline.models.values.strings import LineToTranslate, WayToReach, WebAddress


class EventHead(CommonHead):
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
    place: LineToTranslate
    url: WebAddress | None = None
    registration: WayToReach | None = None
    deadline: WrittenDate | None = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end is None:
            return self
        backwards = self.end.date < self.start.date
        if self.end.date == self.start.date and self.start.time is not None and self.end.time is not None:
            backwards = self.end.time < self.start.time
        if backwards:
            raise PydanticCustomError("bulletin_period", "ends before it starts", {})
        return self

    @property
    def presentation(self) -> Presentation:
        """What the outlets show of it."""
        registration = (L_("Registration"), contact(self.registration))
        deadline = (L_("Deadline"), self.deadline)
        facts = facts_given(
            (L_("When"), Span(self.start, self.end)),
            (L_("Where"), words(self.place)),
            registration,
            deadline,
            (L_("Website"), contact(self.url)),
        )
        about = facts_given(registration, deadline)
        return Presentation(
            card=Card(L_("Event"), facts),
            organisations=(),
            mail=MailFacts(facts, left_out=()),
            calendar=CalendarEntry(self.start, self.end, place=self.place, url=self.url, facts=about),
            figures=(),
            comparison=None,
            funding=None,
            continuation=None,
            body=Body.OPTIONAL_TEXT,
        )
