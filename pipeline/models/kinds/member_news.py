"""The kind `member_news`."""

from __future__ import annotations

from typing import Literal

from pipeline.models.kinds.common_head import CommonHead
from pipeline.models.values.strings import WebAddress, WrittenLine


class MemberNewsHead(CommonHead):
    """News from a member organisation."""

    kind: Literal["member_news"]
    member: WrittenLine
    url: WebAddress | None = None
