"""The kind `article`: a plain article."""

from __future__ import annotations

from typing import Literal

from pipeline.models.kinds.common_head import CommonHead


class PlainHead(CommonHead):
    """An article without facts of its own."""

    kind: Literal["article"] = "article"
