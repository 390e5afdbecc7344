"""The kind `project`."""

from __future__ import annotations

from typing import Literal

from pipeline.models.kinds.common_head import CommonHead
from pipeline.models.values.facts import Budget, Partners, Period
from pipeline.models.values.strings import Key, WebAddress, WrittenLine


class ProjectHead(CommonHead):
    """A project: its facts become its card, the budget table, the timeline and the map."""

    kind: Literal["project"]
    url: WebAddress | None = None
    programme: WrittenLine | None = None
    funder: Key | None = None
    partners: Partners | None = None
    budget: Budget | None = None
    period: Period | None = None
