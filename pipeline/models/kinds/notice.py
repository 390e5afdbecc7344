"""The kind `notice`."""

from __future__ import annotations

from typing import Literal

from pipeline.models.kinds.common_head import CommonHead
from pipeline.models.values.facts import WrittenDate
from pipeline.models.values.strings import WrittenLine


class NoticeHead(CommonHead):
    """A short announcement, with a last day and someone to ask."""

    kind: Literal["notice"]
    deadline: WrittenDate | None = None
    contact: WrittenLine | None = None
