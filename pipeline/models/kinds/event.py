"""The kind `event`."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from pipeline.models.kinds.common_head import CommonHead
from pipeline.models.values.facts import WrittenDate, WrittenMoment
from pipeline.models.values.strings import WayToReach, WebAddress, WrittenLine


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
